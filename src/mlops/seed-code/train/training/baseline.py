"""What the training data was like, in the files that monitors compare with."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List

import pandas as pd

from . import monitored

#: A column with more is no category, and how its texts are distributed says nothing.
MOST_TEXTS = 100


def write(features: pd.DataFrame, folder: Path) -> None:
    """Of the features of the training part, or of as many of its rows as are enough to say."""
    monitored.write(folder, len(features), _statistics(features), _constraints(features))


def _statistics(frame: pd.DataFrame) -> List[Dict[str, Any]]:
    return [{"name": column, **(_of_numbers(values) if _is_number(values) else _of_texts(values))} for column, values in frame.items()]


def _of_numbers(values: pd.Series) -> Dict[str, Any]:
    return monitored.of_numbers(values.dropna().to_numpy(dtype=float), missing=int(values.isna().sum()))


def _of_texts(values: pd.Series) -> Dict[str, Any]:
    counts = values.value_counts()
    common = {"num_present": int(values.count()), "num_missing": int(values.isna().sum())}
    statistics: Dict[str, Any] = {"common": common, "distinct_count": len(counts)}
    if len(counts) <= MOST_TEXTS:
        statistics["distribution"] = {"categorical": {"buckets": [{"value": str(value), "count": int(count)} for value, count in counts.items()]}}
    return {"inferred_type": "String", "string_statistics": statistics}


def _constraints(frame: pd.DataFrame) -> List[Dict[str, Any]]:
    return [{"name": column, "completeness": float(values.notna().mean()), **_rules(values)} for column, values in frame.items()]


def _rules(values: pd.Series) -> Dict[str, Any]:
    return monitored.rule_of_numbers(values.dropna().to_numpy(dtype=float)) if _is_number(values) else {"inferred_type": "String"}


def _is_number(values: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(values))
