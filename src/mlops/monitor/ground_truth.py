"""What was true, told after the model has answered.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from captures import Row
from payload import NOT_UNDERSTOOD, answers_of, class_of, number
from settings import Settings
from store import Place
from window import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Joined:
    """Answers and what was true, row by row."""

    pairs: list[tuple[Any, Any]]
    unreadable: int

    def numbers(self, classes: list[str] | None = None) -> NDArray[np.float64]:
        """Two columns, without rows of which one says no number. Of two classes, the truth may be told by name."""
        places = {class_of(name): float(at) for at, name in enumerate(classes or [])}
        table = [(number(said), places.get(class_of(true), number(true))) for said, true in self.pairs]
        return _finite(np.array(table, dtype=float).reshape(-1, 2))

    def classes(self) -> list[tuple[str, str]]:
        named = [(class_of(said), class_of(true)) for said, true in self.pairs]
        return [pair for pair in named if all(pair)]


def joined(place: Place, settings: Settings, rows: list[Row]) -> Joined:
    """The truth may be told at any hour from the first request until now; what is told last holds."""
    labels, unreadable = _labels(place, settings, {row.event: row.siblings for row in rows})
    pairs = [(row.prediction, labels[row.event][row.position]) for row in rows if row.prediction is not None and row.event in labels]
    return Joined(pairs, unreadable)


def _finite(table: NDArray[np.float64]) -> NDArray[np.float64]:
    finite: NDArray[np.float64] = table[np.isfinite(table).all(axis=1)]
    return finite


def _labels(place: Place, settings: Settings, wanted: dict[str, int]) -> tuple[dict[str, list[Any]], int]:
    found: dict[str, list[Any]] = {}
    unreadable = 0
    for hour in Window(settings.window.start, settings.until).folders:
        for file in place.files(hour):
            for line in filter(bytes.strip, place.lines(file)):
                try:
                    said = json.loads(line)
                    event = str(said["eventMetadata"].get("inferenceId") or said["eventMetadata"]["eventId"])
                    if event not in wanted:
                        continue
                    values = answers_of(said["groundTruthData"], wanted[event])
                except NOT_UNDERSTOOD:
                    unreadable += 1
                    continue
                if values:
                    found[event] = values
                else:
                    unreadable += 1
    return found, unreadable
