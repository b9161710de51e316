"""Checks the examples, and holds a part of them out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from . import baseline, configuration, examples
from .examples import DataError
from .manifest import FILE, manifest
from .program import ended, folders

JOB = Path("/opt/ml/processing")


def process(source: Path, target: Path) -> None:
    """Nothing is written unless all of the data can be used."""
    settings = configuration.load()
    found, repeated = examples.unrepeated(examples.read(source))
    parts = examples.parts(found, float(settings.held_out["share"]), int(settings.held_out["seed"]), chooses=settings.tuning is not None)
    for name, part in parts.items():
        examples.write(part, target / name / "examples.jsonl")
    baseline.write(parts["train"], target / "baseline")
    sizes = {name: len(part) for name, part in parts.items()}
    (target / "manifest").mkdir(parents=True, exist_ok=True)
    said = {**manifest(source), "examples": len(found), "repeated": repeated, **sizes}
    (target / "manifest" / FILE).write_text(json.dumps(said, indent=2))
    print(", ".join([f"{size} examples {examples.PARTS[name]}" for name, size in sizes.items()] + [f"{repeated} repeated and left out"]))


def main(arguments: list[str] | None = None) -> int:
    asked = folders(__doc__, arguments, input=JOB / "input" / "data", output=JOB / "output")
    return ended(lambda: process(asked.input, asked.output), "The data was not processed", DataError)


if __name__ == "__main__":
    sys.exit(main())
