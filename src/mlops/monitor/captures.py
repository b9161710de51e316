"""What was captured of an endpoint, by the version that answered."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any

from payload import NOT_UNDERSTOOD, Cells, Unreadable, answers_of, rows_of
from settings import Settings
from store import Place

#: Project id, model package group, version, version of the object: where a release is, and what it has captured.
LEVELS_OF_A_RELEASE = 4
#: More rows would say no more, and would not fit into the memory of a small instance.
MAXIMUM_ROWS = 50_000


@dataclass(frozen=True)
class Row:
    """A row of a request, which may have several."""

    event: str
    position: int
    siblings: int
    cells: Cells
    #: A number, or the likeliest of several classes; nothing where there was no answer.
    prediction: Any


@dataclass
class Captured:
    """Of one version: all rows, or as many as fit, each as likely as any other."""

    rows: list[Row] = field(default_factory=list)
    seen: int = 0
    unreadable: int = 0
    _chance: random.Random = field(default_factory=lambda: random.Random(7))  # fixed: the same captures are the same report

    def add(self, row: Row) -> None:
        self.seen += 1
        if len(self.rows) < MAXIMUM_ROWS:
            self.rows.append(row)
            return
        place = self._chance.randrange(self.seen)
        if place < MAXIMUM_ROWS:
            self.rows[place] = row


def captured(captures: Place, settings: Settings) -> dict[str, Captured]:
    """By release folder; versions that have answered nothing in these hours are left out."""
    found: dict[str, Captured] = {}
    for release in _releases(captures):
        answered = f"{release}/{settings.endpoint}"
        seen = Captured()
        for variant in captures.folders(answered):
            for hour in settings.window.folders:
                for file in captures.files(f"{answered}/{variant}/{hour}"):
                    for line in captures.lines(file):
                        if line.strip():
                            _read(line, seen)
        if seen.seen or seen.unreadable:
            found[release] = seen
    return found


def _releases(captures: Place) -> list[str]:
    level = [""]
    for _ in range(LEVELS_OF_A_RELEASE):
        level = [f"{folder}/{name}".lstrip("/") for folder in level for name in captures.folders(folder)]
    return level


def _read(line: bytes, seen: Captured) -> None:
    try:
        event = json.loads(line)
        rows = rows_of(event["captureData"]["endpointInput"])
        said = event.get("eventMetadata", {})
        name = str(said.get("inferenceId") or said["eventId"])
        predictions = _predictions(event["captureData"].get("endpointOutput"), len(rows))
    except NOT_UNDERSTOOD:
        seen.unreadable += 1
        return
    for position, (cells, prediction) in enumerate(zip(rows, predictions)):
        seen.add(Row(name, position, len(rows), cells, prediction))


def _predictions(side: dict[str, Any] | None, rows: int) -> list[Any]:
    """One for each row. A request that was not answered, or not for each row, has none."""
    try:
        answers = answers_of(side, rows) if side else []
    except Unreadable:
        answers = []
    return answers or [None] * rows
