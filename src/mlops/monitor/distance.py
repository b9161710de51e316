"""How far values are from how they were once counted: one definition, for monitors and for the report of an evaluation.

Both are what Deequ measures, and so Model Monitor's comparison methods `Robust` and `Simple`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Sequence

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What `Robust` takes off a distance for what is chance in few rows.
CHANCE = 1.8


def number_distance(edges: list[float], counts: list[int], values: NDArray[np.float64], is_robust: bool) -> float:
    """The Kolmogorov-Smirnov distance of two samples, which is the greatest difference of their cumulative distributions.

    It is taken at the bounds of the buckets, where alone the distribution of what was counted is known.
    """
    known = np.concatenate([[0], np.cumsum(counts)]) / sum(counts)
    ordered = np.sort(values)
    # A bucket holds its lower bound, the last one also its upper.
    below = np.searchsorted(ordered, edges[:-1], side="left")
    now = np.append(below, np.searchsorted(ordered, edges[-1], side="right")) / len(values)
    return _without_chance(float(np.abs(known - now).max()), sum(counts), len(values), is_robust)


def text_distance(counts: dict[str, int], values: Sequence[str], is_robust: bool) -> float:
    """The greatest difference between the shares of a text, texts included that are new."""
    now: dict[str, int] = {}
    for value in values:
        now[value] = now.get(value, 0) + 1
    before = sum(counts.values())
    greatest = max(abs(counts.get(text, 0) / before - now.get(text, 0) / len(values)) for text in {*counts, *now})
    return _without_chance(greatest, before, len(values), is_robust)


def _without_chance(distance: float, before: int, now: int, is_robust: bool) -> float:
    return max(0.0, distance - CHANCE * math.sqrt((before + now) / (before * now))) if is_robust else distance
