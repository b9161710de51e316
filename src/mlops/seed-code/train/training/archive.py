"""What is in `model.tar.gz`: the model, the transform that goes before it, what its rows are like, and the code that answers with it."""

from __future__ import annotations

import importlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List

import numpy as np
import pandas as pd

from .columns import Columns
from .formats import FORMATS, read_object, write_object
from .model_file import FOLDER, ModelFile

if TYPE_CHECKING:
    from numpy.typing import NDArray

DESCRIPTION, TRANSFORM, CODE = "model.json", "transform.pickle", "code"
#: Not of the code that travels.
LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


@dataclass
class Trained:
    """A model as it answers: raw rows in, numbers out."""

    file: ModelFile
    task: str
    columns: Columns
    #: In the order of the probabilities; none where numbers are predicted.
    classes: List[Any] | None
    transform: Any
    model: Any
    #: With which it was trained, wherever they were said.
    hyper_parameters: Dict[str, Any] = field(default_factory=dict)

    def predict(self, rows: pd.DataFrame) -> NDArray[np.float64]:
        """One number for each row, or where there are classes, one probability for each of them."""
        return self.file.predict(self.model, self.file.transform(self.transform, self.columns.typed(rows)), self.classes)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        form = FORMATS[self.file.framework]
        form.write(self.model, folder / form.file)
        write_object(self.transform, folder / TRANSFORM)
        said = {
            "model": self.file.name,
            "framework": self.file.framework,
            "task": self.task,
            "columns": self.columns.say(),
            "classes": self.classes,
            "hyperParameters": self.hyper_parameters,
        }
        (folder / DESCRIPTION).write_text(json.dumps(said, indent=2))
        code = folder / CODE
        for package in ("training", FOLDER):
            for place in importlib.import_module(package).__path__:
                shutil.copytree(place, code / package, ignore=LEFT_OUT, dirs_exist_ok=True)
        (code / "inference.py").write_text("from training.serving import model_fn, transform_fn  # noqa: F401\n")

    @staticmethod
    def load(folder: Path) -> Trained:
        said = json.loads((folder / DESCRIPTION).read_text())
        file = ModelFile(said["model"])
        form = FORMATS[file.framework]
        return Trained(
            file,
            said["task"],
            Columns.said(said["columns"]),
            said["classes"],
            read_object(folder / TRANSFORM),
            form.read(folder / form.file),
            said.get("hyperParameters", {}),
        )
