"""What the training data was like, in the files that monitors compare with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
import pandas as pd

#: Distances are corrected for how few the rows are that they are taken of.
MONITORING = {
    "evaluate_constraints": "Enabled",
    "emit_metrics": "Enabled",
    "datatype_check_threshold": 0.05,
    "domain_content_threshold": 0.05,
    "distribution_constraints": {"perform_comparison": "Enabled", "comparison_threshold": 0.2, "comparison_method": "Robust"},
}
#: A column with more is no category, and how its texts are distributed says nothing.
MOST_TEXTS = 100


def write(features: pd.DataFrame, folder: Path) -> None:
    """Of the features of the training part, or of as many of its rows as are enough to say."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "statistics.json", {"version": 0.0, "dataset": {"item_count": len(features)}, "features": _statistics(features)})
    _write(folder / "constraints.json", {"version": 0.0, "features": _constraints(features), "monitoring_config": MONITORING})


def _statistics(frame: pd.DataFrame) -> List[Dict[str, Any]]:
    """In the schema of SageMaker Model Monitor's statistics; buckets are counted, and there is no sketch to merge them by."""
    return [{"name": column, **(_of_numbers(values) if _is_number(values) else _of_texts(values))} for column, values in frame.items()]


def _of_numbers(values: pd.Series) -> Dict[str, Any]:
    statistics = {
        "common": _common(values),
        "mean": float(values.mean()),
        "sum": float(values.sum()),
        "std_dev": float(values.std()),
        "min": float(values.min()),
        "max": float(values.max()),
        "distribution": {"kll": {"buckets": _buckets(values.dropna())}},
    }
    return {"inferred_type": "Fractional", "numerical_statistics": statistics}


def _of_texts(values: pd.Series) -> Dict[str, Any]:
    counts = values.value_counts()
    statistics: Dict[str, Any] = {"common": _common(values), "distinct_count": len(counts)}
    if len(counts) <= MOST_TEXTS:
        statistics["distribution"] = {"categorical": {"buckets": [{"value": str(value), "count": int(count)} for value, count in counts.items()]}}
    return {"inferred_type": "String", "string_statistics": statistics}


def _common(values: pd.Series) -> Dict[str, int]:
    return {"num_present": int(values.count()), "num_missing": int(values.isna().sum())}


def _buckets(values: pd.Series) -> List[Dict[str, Any]]:
    """Ten of one width, as Model Monitor has them: each holds its lower bound, the last one also its upper."""
    counts, bounds = np.histogram(values, bins=10)
    return [{"lower_bound": float(bounds[at]), "upper_bound": float(bounds[at + 1]), "count": int(count)} for at, count in enumerate(counts)]


def _constraints(frame: pd.DataFrame) -> List[Dict[str, Any]]:
    return [{"name": column, "completeness": float(values.notna().mean()), **_rules(values)} for column, values in frame.items()]


def _rules(values: pd.Series) -> Dict[str, Any]:
    if not _is_number(values):
        return {"inferred_type": "String"}
    return {"inferred_type": "Fractional", "num_constraints": {"is_non_negative": bool((values.dropna() >= 0).all())}}


def _is_number(values: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values))


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, indent=2))
