"""This version beside the last one that was approved."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, Mapping, Sequence

from . import numerals
from .figure import Figure, Table
from .metric import Chance, Measured, greater_is_better
from .page import Section


@dataclass(frozen=True)
class Previous:
    """What a version has brought along when it was registered: nothing of it need be there."""

    name: str
    metrics: Measured = field(default_factory=dict)
    statistics: Dict[str, Any] = field(default_factory=dict)

    @staticmethod
    def read(folder: Path | None, name: str = "") -> Previous | None:
        """None at the first run."""
        if folder is None or not folder.is_dir() or not any(folder.glob("*.json")):
            return None
        quality = _said(folder / "quality-statistics.json")
        kinds = [content for kind, content in quality.items() if kind.endswith("_metrics") and isinstance(content, dict)]
        values = {
            metric: float(one["value"])
            for content in kinds
            for metric, one in content.items()
            if isinstance(one, dict) and isinstance(one.get("value"), (int, float))
        }
        return Previous(name or "the last approved version", values, _said(folder / "statistics.json"))


def verdict_of(metric: str, now: float, before: float, chance: Chance | None) -> str:
    """In a word: better or worse only where chance alone does not explain it."""
    if chance and chance.low <= before <= chance.high:
        return "no clear difference"
    return "better" if (now > before) == greater_is_better(metric) else "worse"


def table(measured: Measured, chances: Mapping[str, Chance], before: Previous) -> Table:
    shared = [metric for metric in measured if metric in before.metrics]
    rows = []
    for metric in shared:
        now, then = measured[metric], before.metrics[metric]
        first, second, third = numerals.aligned([now, then, now - then], 4)
        third = third if third.startswith("−") or now == then else f"+{third}"
        rows.append([metric, first, second, third, verdict_of(metric, now, then, chances.get(metric))])
    return Table(f"Metrics of this version and of {before.name}", ["metric", "this version", before.name, "difference", "verdict"], rows)


def in_words(metric: str, measured: Measured, chances: Mapping[str, Chance], before: Previous) -> str:
    if metric not in before.metrics:
        return f"{before.name.capitalize()} has no {metric} to compare with."
    now, then = measured[metric], before.metrics[metric]
    verdict = verdict_of(metric, now, then, chances.get(metric))
    said = "no clear difference to" if verdict == "no clear difference" else f"{verdict} than"
    return f"By {metric}, {said} {before.name}: {numerals.short(now)} now, {numerals.short(then)} then."


def section(
    metric: str, measured: Measured, chances: Mapping[str, Chance], before: Previous | None, says: Sequence[str] = (), figures: Sequence[Figure] = ()
) -> Section:
    """:param says: and `figures`, what there is to say besides where there is a version before"""
    name, title = "before", "Against the last approved version"
    if before is None:
        return Section(name, title, says=["No version has been approved before this one: there is nothing to compare with."])
    said = [
        in_words(metric, measured, chances, before),
        "A difference within what chance leaves open is called none. Each version was measured on the test set of its own time.",
    ]
    return Section(name, title, [*said, *says], [table(measured, chances, before)], list(figures))


def _said(file: Path) -> Dict[str, Any]:
    """A version of another time may have written anything: then there is nothing to compare with."""
    try:
        content = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
