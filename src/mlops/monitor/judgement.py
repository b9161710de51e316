"""What a check finds of one version."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Callable, Dict

import numpy as np

from captures import Captured
from settings import Settings

#: As Model Monitor writes them: feature_name, constraint_check_type, description.
Violation = Dict[str, Any]


class NotJudged(Exception):
    """There is something to judge, and nothing to judge it by."""


@dataclass
class Judgement:
    rows: int
    statistics: dict[str, Any] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)
    #: What goes to CloudWatch beside the number of rows and violations; nothing where too few rows say nothing.
    measures: dict[str, float] = field(default_factory=dict)

    def violated(self, name: str, kind: str, description: str, **more: Any) -> None:
        self.violations.append({"feature_name": name, "constraint_check_type": kind, "description": description, **more})

    def says_nothing(self, why: str) -> Judgement:
        self.statistics["not_judged"] = why
        return self

    def __str__(self) -> str:
        measured = "".join(f", {name} {value:.4g}" for name, value in self.measures.items())
        return f"{self.rows} rows, {len(self.violations)} violations{measured}{self._why}"

    @property
    def _why(self) -> str:
        return f" ({self.statistics['not_judged']})" if "not_judged" in self.statistics else ""


#: Within what CloudWatch takes, and JSON knows.
LARGEST = 1e100


def finite(measure: Callable[[], Any]) -> float:
    """A measure of numbers that may be as large as numbers get: cut off where nobody compares any more."""
    with np.errstate(over="ignore", invalid="ignore"):
        value = float(measure())
    return LARGEST if math.isnan(value) else max(-LARGEST, min(LARGEST, value))


def judgement_of(seen: Captured, rows: int) -> Judgement:
    """Begins with how much there was to see."""
    sampled = {"rows_captured": seen.seen, "rows_sampled": len(seen.rows), "records_unreadable": seen.unreadable}
    return Judgement(rows, {"rows": rows, **sampled})


def too_few(rows: int, settings: Settings, what: str) -> str | None:
    return f"{rows} {what}, and fewer than {settings.minimum_rows} say nothing" if rows < settings.minimum_rows else None
