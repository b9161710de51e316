"""What was true, told after the model has answered.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from captures import Row
from payload import NOT_UNDERSTOOD, numbers_of
from settings import Settings
from store import Place
from window import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Joined:
    """Answers and what was true, row by row."""

    predictions: NDArray[np.float64]
    truth: NDArray[np.float64]
    unreadable: int


def joined(place: Place, settings: Settings, rows: list[Row]) -> Joined:
    """The truth may be told at any hour from the first request until now; what is told last holds."""
    labels, unreadable = _labels(place, settings, {row.event: row.siblings for row in rows})
    pairs = [(row.prediction, labels[row.event][row.position]) for row in rows if row.prediction is not None and row.event in labels]
    table = np.array(pairs, dtype=float).reshape(-1, 2)
    table = table[np.isfinite(table).all(axis=1)]
    return Joined(table[:, 0], table[:, 1], unreadable)


def _labels(place: Place, settings: Settings, wanted: dict[str, int]) -> tuple[dict[str, list[float]], int]:
    found: dict[str, list[float]] = {}
    unreadable = 0
    for hour in Window(settings.window.start, settings.until).folders:
        for file in place.files(hour):
            for line in filter(bytes.strip, place.lines(file)):
                try:
                    said = json.loads(line)
                    event = str(said["eventMetadata"].get("inferenceId") or said["eventMetadata"]["eventId"])
                    if event not in wanted:
                        continue
                    values = numbers_of(said["groundTruthData"])
                except NOT_UNDERSTOOD:
                    unreadable += 1
                    continue
                if len(values) == wanted[event]:
                    found[event] = values
                else:
                    unreadable += 1
    return found, unreadable
