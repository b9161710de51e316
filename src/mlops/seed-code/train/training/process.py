"""Checks the data, divides it, and describes what it is like."""

from __future__ import annotations

import csv
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any, List

import numpy as np
import pandas as pd

from . import baseline, configuration, dataset, summary
from .columns import Column
from .kinds import NOTHING
from .manifest import FILE, manifest
from .program import ended, folders
from .split import PARTS
from .survey import Survey, survey, typed
from .tables import DataError, Tables

JOB = Path("/opt/ml/processing")


def process(source: Path | None, target: Path) -> None:
    """Nothing is written unless all of the data can be used."""
    settings = configuration.load()
    tables = dataset.tables_of(source, settings)
    found = survey(tables, settings)
    drawn = _write_parts(tables, found, settings.target, target)
    columns = [vars(Column(name, found.kinds[name], found.seen[name].missing > 0)) for name in found.features]
    for part in PARTS:
        _write(target / part / "columns.json", {"target": settings.target, "classes": found.classes, "columns": columns})
    said = manifest(source)
    _write(target / "manifest" / FILE, said)
    _write(target / "manifest" / "summary.json", summary.of(found, settings, said["digest"]))
    baseline.write(drawn, target / "baseline")
    for note in found.notes:
        print(f"Note: {note}")
    print(", ".join(f"{found.sizes[part]} rows to {verb}" for part, verb in (("train", "train"), ("validation", "validate"), ("test", "test"))))


def _write_parts(tables: Tables, found: Survey, label: str, target: Path) -> pd.DataFrame:
    """Raw rows with a header, the target last; nothing where there is no value. Gives the features of the rows that baselines are taken of."""
    names = [*found.features, label]
    order = [tables.columns.index(name) for name in names]
    drawn: List[List[str]] = []
    with ExitStack() as files:
        writers = []
        for part in PARTS:
            (target / part).mkdir(parents=True, exist_ok=True)
            file = files.enter_context((target / part / f"{part}.csv").open("w", newline="", encoding="utf-8"))
            writers.append(csv.writer(file, lineterminator="\n"))
            writers[-1].writerow(names)
        at = 0
        for chunk in tables.chunks():
            parts, chosen = found.parts[at : at + len(chunk.rows)], found.drawn[at : at + len(chunk.rows)]
            at += len(chunk.rows)
            rows = [["" if row[at].strip() in NOTHING else row[at].strip() for at in order] for row in chunk.rows]
            for number, writer in enumerate(writers):
                writer.writerows([rows[at] for at in np.flatnonzero(parts == number)])
            drawn += [rows[at][:-1] for at in np.flatnonzero(chosen)]
    return typed(pd.DataFrame(drawn, columns=found.features, dtype=object), found.kinds)


def _write(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=2))


def main(arguments: List[str] | None = None) -> int:
    asked = folders(__doc__, arguments, input=JOB / "input" / "data", output=JOB / "output")
    return ended(lambda: process(asked.input, asked.output), "The data was not processed", DataError)


if __name__ == "__main__":
    sys.exit(main())
