"""What the data is like, and whether it is still like that of the version before, by the files that a version brings along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, List, Sequence, Tuple

import pandas as pd

from . import numerals
from .distance import number_distance, text_distance
from .figure import Figure, Html, Table, bars_of_names

#: As the monitor's own default, and fewer rows than which say nothing.
FAR, LEAST_ROWS = 0.2, 50
SHOWN, LISTED = 15, 60
#: Width and height of a small picture, and the texts of a column that are named.
SHAPE, NAMED = (96, 22), 3


def summary(statistics: Dict[str, Any]) -> Table:
    """A row for each feature of the training data. Least and greatest values are left out: they are single rows'."""
    features = statistics.get("features", [])
    rows = [[one["name"], *_described(one), Html(_shape([count for _, count in _buckets(one)]))] for one in features[:LISTED]]
    rest = f", the first {LISTED} of {len(features)}" if len(features) > LISTED else ""
    return Table(f"Features of the training data{rest}", ["feature", "kind", "missing", "about", "shape"], rows)


@dataclass(frozen=True)
class Drift:
    feature: str
    distance: float

    @property
    def is_far(self) -> bool:
        return self.distance > FAR


def drift(statistics: Dict[str, Any], rows: pd.DataFrame) -> List[Drift]:
    """The greatest first: how far rows of today are from what was counted for the version before."""
    found = []
    for one in statistics.get("features", []):
        buckets, name = _buckets(one), one["name"]
        values = rows[name].dropna() if name in rows.columns else pd.Series(dtype=float)
        if not sum(count for _, count in buckets) or len(values) < LEAST_ROWS:
            continue
        if "numerical_statistics" not in one:
            found.append(Drift(name, text_distance({str(bounds): count for bounds, count in buckets}, [str(value) for value in values], True)))
        elif pd.api.types.is_numeric_dtype(values):
            edges = [bounds[0] for bounds, _ in buckets] + [buckets[-1][0][1]]
            found.append(Drift(name, number_distance(edges, [count for _, count in buckets], values.to_numpy(dtype=float), True)))
    return sorted(found, key=lambda one: -one.distance)


def drift_figure(found: Sequence[Drift], before: str) -> Figure:
    far = [one.feature for one in found if one.is_far]
    verdict = f"Beyond {FAR:g}, where monitors ring: {', '.join(far[:5])}." if far else f"None is beyond {FAR:g}, where monitors ring."
    measured = "the Kolmogorov-Smirnov distance, without what is chance in few rows"
    says = f"The test set of this version against the training data of {before}: {measured}. {verdict}"
    drawn = bars_of_names([(one.feature, one.distance, None) for one in found[:SHOWN]], "distance, from 0 to 1", (FAR, "far"))
    distances = numerals.aligned([one.distance for one in found[:LISTED]])
    rows = [[one.feature, distances[at], "far" if one.is_far else "as before"] for at, one in enumerate(found[:LISTED])]
    return Figure("drift", "Drift of each feature", says, drawn, Table("Drift by feature", ["feature", "distance", "verdict"], rows))


def _described(one: Dict[str, Any]) -> Tuple[str, str, str]:
    numbers = one.get("numerical_statistics")
    common = (numbers or one.get("string_statistics") or {}).get("common", {})
    missing, present = common.get("num_missing", 0), common.get("num_present", 0)
    share = numerals.percent(missing / (missing + present)) if missing + present else "–"
    if numbers:
        return "number", share, f"mean {numerals.short(numbers['mean'])}, standard deviation {numerals.short(numbers['std_dev'])}"
    most = sorted(_buckets(one), key=lambda bucket: -bucket[1])[:NAMED]
    return "text", share, ", ".join(f"{text} {numerals.percent(count / present, 0)}" for text, count in most if count >= 10) or "–"


def _buckets(one: Dict[str, Any]) -> List[Tuple[Any, int]]:
    if "numerical_statistics" in one:
        said = one["numerical_statistics"].get("distribution", {}).get("kll", {}).get("buckets", [])
        return [((float(bucket["lower_bound"]), float(bucket["upper_bound"])), int(bucket["count"])) for bucket in said]
    said = one.get("string_statistics", {}).get("distribution", {}).get("categorical", {}).get("buckets", [])
    return [(str(bucket["value"]), int(bucket["count"])) for bucket in said]


def _shape(counts: Sequence[int]) -> str:
    """Only how a feature lies is to be seen: what it says stands beside it."""
    if not counts or not max(counts):
        return ""
    width, height = SHAPE
    step, heights = width / len(counts), [height * count / max(counts) for count in counts[:40]]
    bars = "".join(
        f'<rect class="fill s1" x="{at * step:.1f}" y="{height - tall:.1f}" width="{step * 0.86:.1f}" height="{tall:.1f}"/>'
        for at, tall in enumerate(heights)
    )
    return f'<svg class="shape" aria-hidden="true" viewBox="0 0 {width} {height}">{bars}</svg>'
