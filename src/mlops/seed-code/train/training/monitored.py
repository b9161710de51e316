"""How data is described for monitors, which compare with it: in the schema of SageMaker Model Monitor's statistics and constraints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Distances are corrected for how few the rows are that they are taken of.
MONITORING = {
    "evaluate_constraints": "Enabled",
    "emit_metrics": "Enabled",
    "datatype_check_threshold": 0.05,
    "domain_content_threshold": 0.05,
    "distribution_constraints": {"perform_comparison": "Enabled", "comparison_threshold": 0.2, "comparison_method": "Robust"},
}


def write(folder: Path, rows: int, statistics: List[Dict[str, Any]], constraints: List[Dict[str, Any]]) -> None:
    """Of each feature a description and a rule."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "statistics.json", {"version": 0.0, "dataset": {"item_count": rows}, "features": statistics})
    _write(folder / "constraints.json", {"version": 0.0, "features": constraints, "monitoring_config": MONITORING})


def of_numbers(values: NDArray[Any], missing: int = 0) -> Dict[str, Any]:
    """Buckets are counted, and there is no sketch to merge them by. Of a column that is empty in this part of the data nothing is known."""
    nothing = len(values) == 0
    statistics = {
        "common": {"num_present": len(values), "num_missing": missing},
        "mean": float("nan") if nothing else float(values.mean()),
        "sum": float(values.sum()),
        "std_dev": float(values.std(ddof=1)) if len(values) > 1 else 0.0,
        "min": float("nan") if nothing else float(values.min()),
        "max": float("nan") if nothing else float(values.max()),
        "distribution": {"kll": {"buckets": _buckets(values)}},
    }
    return {"inferred_type": "Fractional", "numerical_statistics": statistics}


def rule_of_numbers(values: NDArray[Any]) -> Dict[str, Any]:
    return {"inferred_type": "Fractional", "num_constraints": {"is_non_negative": bool((values >= 0).all())}}


def _buckets(values: NDArray[Any]) -> List[Dict[str, Any]]:
    """Ten of one width, as Model Monitor has them: each holds its lower bound, the last one also its upper."""
    counts, bounds = np.histogram(values, bins=10)
    return [{"lower_bound": float(bounds[at]), "upper_bound": float(bounds[at + 1]), "count": int(count)} for at, count in enumerate(counts)]


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, indent=2))
