"""Whether one part of the data is answered worse than the rest: each category, and each quarter of the numbers of a feature."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Iterator, List, Tuple

import numpy as np
import pandas as pd

from . import measures, numerals
from .figure import Figure, Table, bars_of_names

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Fewer rows say nothing, and might say something of somebody.
LEAST_ROWS = 10
#: Numbers of which there are so few are categories, and categories that are looked at.
CATEGORIES, MOST_CATEGORIES = 6, 30
SHOWN, LISTED = 12, 40


@dataclass(frozen=True)
class Slice:
    feature: str
    group: str
    rows: int
    error: float
    low: float
    high: float


def slices(rows: pd.DataFrame, errors: NDArray[np.float64]) -> List[Slice]:
    """Those first that are most surely bad: by the lower end of what chance leaves open."""
    found = []
    for name, values in rows.items():
        for group, inside in _groups(values):
            wrong = errors[inside]
            doubt = 1.96 * float(wrong.std(ddof=1)) / np.sqrt(len(wrong))
            found.append(Slice(str(name), group, len(wrong), float(wrong.mean()), float(max(0.0, wrong.mean() - doubt)), float(wrong.mean() + doubt)))
    return sorted(found, key=lambda one: (-one.low, -one.error))


def figure(task: str, found: List[Slice], overall: float) -> Figure:
    what = "mean absolute error" if task == "regression" else "share of wrong answers"
    surely = sum(one.low > overall for one in found)
    verdict = (
        f"{numerals.counted(surely, 'group')} surely worse than all rows together" if surely else "no group is surely worse than all rows together"
    )
    lines = f"The line is what chance leaves open; the dashed line is all rows, {numerals.short(overall)}"
    says = f"Of {numerals.counted(len(found), 'group')} of at least {LEAST_ROWS} rows: {verdict}. {lines}."
    shown = [(f"{one.feature}: {one.group}", one.error, (one.low, one.high)) for one in found[:SHOWN]]
    drawn = bars_of_names(shown, what, (overall, "all rows"), dots=True)
    means = numerals.aligned([one.error for one in found[:LISTED]])
    rows = [[one.feature, one.group, numerals.count(one.rows), means[at], _words(one, overall)] for at, one in enumerate(found[:LISTED])]
    table = Table(f"Parts of the data, by {what}", ["feature", "group", "rows", "error", "than all rows"], rows)
    return Figure("slices", "Worst parts of the data", says, drawn, table)


def overall_of(task: str, truth: NDArray[Any], predictions: NDArray[Any]) -> Tuple[NDArray[np.float64], float]:
    wrong = measures.errors(task, truth, predictions)
    return wrong, float(wrong.mean())


def _words(one: Slice, overall: float) -> str:
    return "worse" if one.low > overall else "better" if one.high < overall else "alike"


def _groups(values: pd.Series) -> Iterator[Tuple[str, NDArray[np.bool_]]]:
    number = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    if number and values.nunique() > CATEGORIES:
        known = values.astype(float)
        bounds = np.unique(np.nanpercentile(known, [0, 25, 50, 75, 100]))
        parts = [
            (_range(at, len(bounds) - 2, low, high), ((known >= low) & ((known < high) | (at == len(bounds) - 2))).to_numpy())
            for at, (low, high) in enumerate(zip(bounds[:-1], bounds[1:]))
        ]
    else:
        shown = values.map(lambda one: numerals.plain(float(one)) if number else str(one), na_action="ignore")
        parts = [(str(group), (shown == group).to_numpy()) for group in shown.value_counts().index[:MOST_CATEGORIES]]
    parts.append(("no value", values.isna().to_numpy()))
    return ((group, inside.astype(bool)) for group, inside in parts if inside.sum() >= LEAST_ROWS)


def _range(at: int, last: int, low: float, high: float) -> str:
    """The ends are nobody's: the least and the greatest value are single rows'."""
    return (
        f"below {numerals.plain(high)}"
        if at == 0
        else f"from {numerals.plain(low)}"
        if at == last
        else f"{numerals.plain(low)} – {numerals.plain(high)}"
    )
