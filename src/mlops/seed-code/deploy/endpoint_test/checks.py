"""Sends the sample again and again, and says what is wrong with the answers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from .answer import fault_of, fault_of_text
from .settings import Settings

#: Sends a row of the sample, answers the body; raises whatever went wrong.
Invoke = Callable[[str], str]


@dataclass(frozen=True)
class Sample:
    rows: list[str]
    content_type: str


@dataclass
class Outcome:
    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def latency_of_95_percent(self) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[max(0, math.ceil(len(ordered) * 0.95) - 1)] if ordered else math.inf


def check(invoke: Invoke, sample: Sample, settings: Settings) -> Outcome:
    """One row at a time, as users ask; the sample begins anew until there were enough requests."""
    outcome = Outcome()
    wrong: list[str] = []
    for number in range(settings.requests):
        row = sample.rows[number % len(sample.rows)]
        began = time.monotonic()
        try:
            answer = invoke(row)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is no answer
            outcome.errors.append(f"{type(error).__name__}: {error}")
            continue
        outcome.milliseconds.append((time.monotonic() - began) * 1000)
        reason = _wrong(answer, sample.content_type, settings)
        if reason:
            wrong.append(reason)
    _judge(outcome, wrong, settings)
    return outcome


def _wrong(answer: str, content_type: str, settings: Settings) -> str | None:
    if content_type == "application/json":
        return fault_of_text(answer, settings.classes)
    rows = [row for row in answer.splitlines() if row.strip()]
    if len(rows) != 1:
        return f"{len(rows)} answers for one row: {answer[:60]!r}"
    return fault_of(rows[0], settings.minimum, settings.maximum, settings.classes)


def _judge(outcome: Outcome, wrong: list[str], settings: Settings) -> None:
    if wrong:
        outcome.faults.append(f"{len(wrong)} of {settings.requests} answers are wrong, the first: {wrong[0]}")
    failed = 100 * len(outcome.errors) / settings.requests
    if failed > settings.error_percentage:
        outcome.faults.append(f"{failed:.1f} % of requests failed, {settings.error_percentage:g} % may; the first: {outcome.errors[0]}")
    if outcome.milliseconds and outcome.latency_of_95_percent > settings.latency_of_95_percent:
        outcome.faults.append(f"95 % of answers took up to {outcome.latency_of_95_percent:.0f} ms, {settings.latency_of_95_percent:.0f} ms may")
