"""Fits the transform and the model of the file that `config.json` names, and packs them with the code that answers."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import List

from . import configuration
from .archive import Trained
from .formats import UnknownContent
from .hyper_parameters import given
from .model_file import ModelFile, ModelFileError
from .parts import Part
from .program import ended, folders
from .report.measures import measure

JOB = Path("/opt/ml")


def train(data: Path, target: Path) -> None:
    settings = configuration.load()
    settings = replace(settings, hyper_parameters=given(settings.hyper_parameters))
    file = ModelFile(settings.model)
    settings = file.configured(settings)
    parts = {name: Part.read(data / name, name) for name in ("train", "validation")}
    columns, classes = parts["train"].columns, parts["train"].classes
    transform = file.features(parts["train"].rows, settings)
    made = {name: file.transform(transform, part.rows) for name, part in parts.items()}
    known = {name: part.truth for name, part in parts.items()}
    model = file.fit(made["train"], known["train"], (made["validation"], known["validation"]), settings)
    trained = Trained(file, settings.task, columns, classes, transform, model, settings.hyper_parameters)
    measured = measure(settings.task, known["validation"], trained.predict(parts["validation"].rows))  # what cannot answer is not packed
    # As XGBoost prints: SageMaker reads it.
    print("[0]" + "".join(f"\tvalidation-{name}:{measured[name]:.6g}" for name in configuration.METRICS[settings.task]))
    trained.save(target)
    print(f"{file.file}: {made['train'].shape[0]} rows, {len(columns.names)} columns, {made['train'].shape[1]} features")


def main(arguments: List[str] | None = None) -> int:
    asked = folders(__doc__, arguments, data=JOB / "input" / "data", model=JOB / "model")
    return ended(lambda: train(asked.data, asked.model), "The model was not trained", ModelFileError, UnknownContent)


if __name__ == "__main__":
    sys.exit(main())
