"""Checks the data, divides it, and describes what it is like."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Dict, List

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

from . import configuration, dataset
from .manifest import FILE, manifest

JOB = Path("/opt/ml/processing")
#: Distances are corrected for how few the rows are that they are taken of.
MONITORING = {
    "evaluate_constraints": "Enabled",
    "emit_metrics": "Enabled",
    "datatype_check_threshold": 0.05,
    "domain_content_threshold": 0.05,
    "distribution_constraints": {"perform_comparison": "Enabled", "comparison_threshold": 0.2, "comparison_method": "Robust"},
}


def process(source: Path | None, target: Path) -> None:
    """Nothing is written unless all of the data can be used."""
    settings = configuration.load()
    frame = dataset.checked(dataset.read(source, settings), settings)
    split = settings.split
    rest, test = _divided(frame, split["test"], settings)
    train, validation = _divided(rest, split["validation"], settings)
    for name, part in (("train", train), ("validation", validation), ("test", test)):
        (target / name).mkdir(parents=True, exist_ok=True)
        part.to_csv(target / name / f"{name}.csv", index=False)
    for folder in ("baseline", "manifest"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    _write(target / "manifest" / FILE, manifest(source))
    features = train.drop(columns=settings.target)
    _write(target / "baseline" / "statistics.json", {"version": 0.0, "dataset": {"item_count": len(features)}, "features": _statistics(features)})
    _write(target / "baseline" / "constraints.json", {"version": 0.0, "features": _constraints(features), "monitoring_config": MONITORING})
    print(f"{len(train)} rows to train, {len(validation)} to validate, {len(test)} to test")


def _divided(frame: pd.DataFrame, part: float, settings: configuration.Configuration) -> List[pd.DataFrame]:
    """In two, with as much of each class in either."""
    labels = frame[settings.target] if settings.is_classification else None
    try:
        return list(train_test_split(frame, test_size=part, random_state=settings.split["seed"], stratify=labels))
    except ValueError as error:
        least = "" if labels is None else f", {labels.value_counts().min()} of the rarest class of column {settings.target}"
        raise dataset.DataError(f"{len(frame)} rows{least}: too few to keep a part of {part:g} of them apart ({error})") from None


def _statistics(frame: pd.DataFrame) -> List[Dict[str, Any]]:
    """In the schema of SageMaker Model Monitor's statistics; buckets are counted, and there is no sketch to merge them by."""
    return [
        {
            "name": column,
            "inferred_type": "Fractional",
            "numerical_statistics": {
                "common": {"num_present": int(values.count()), "num_missing": int(values.isna().sum())},
                "mean": float(values.mean()),
                "sum": float(values.sum()),
                "std_dev": float(values.std()),
                "min": float(values.min()),
                "max": float(values.max()),
                "distribution": {"kll": {"buckets": _buckets(values)}},
            },
        }
        for column, values in frame.items()
    ]


def _buckets(values: pd.Series) -> List[Dict[str, Any]]:
    """Ten of one width, as Model Monitor has them: each holds its lower bound, the last one also its upper."""
    counts, bounds = np.histogram(values, bins=10)
    return [{"lower_bound": float(bounds[at]), "upper_bound": float(bounds[at + 1]), "count": int(count)} for at, count in enumerate(counts)]


def _constraints(frame: pd.DataFrame) -> List[Dict[str, Any]]:
    return [
        {"name": column, "inferred_type": "Fractional", "completeness": 1.0, "num_constraints": {"is_non_negative": bool((values >= 0).all())}}
        for column, values in frame.items()
    ]


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, indent=2))


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--input", type=Path, default=JOB / "input" / "data")
    words.add_argument("--output", type=Path, default=JOB / "output")
    asked = words.parse_args(arguments)
    try:
        process(asked.input, asked.output)
    except (dataset.DataError, configuration.ConfigurationError) as error:
        print(f"The data was not processed: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
