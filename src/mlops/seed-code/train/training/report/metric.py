"""A metric: which way it is better, and how much of it is chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict

Measured = Dict[str, float]

#: Those of which more is better; of all others less.
GREATER_IS_BETTER = (
    "r2",
    "auc",
    "accuracy",
    "precision",
    "recall",
    "f0_5",
    "f1",
    "f2",
    "average_precision",
    "true_positive_rate",
    "true_negative_rate",
    "token_accuracy",
    "exact_match",
)


def greater_is_better(name: str) -> bool:
    return name.replace("weighted_", "").replace("macro_", "") in GREATER_IS_BETTER


@dataclass(frozen=True)
class Chance:
    """Where a measure would lie with other examples of the same kind, 95 times of 100."""

    low: float
    high: float
    deviation: float
