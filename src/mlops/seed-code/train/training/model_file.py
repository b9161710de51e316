"""A file of `models/`: found by its name, and held to what such a file must say and give."""

from __future__ import annotations

import importlib
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Callable, List, Tuple

import numpy as np
import pandas as pd

from .formats import FORMATS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .configuration import Configuration

FOLDER = "models"
FUNCTIONS = ("features", "fit", "predict")


class ModelFileError(Exception):
    """A file of `models/` is not there, or does not do what it must; the message names it."""


class ModelFile:
    """What a file of `models/` does, with each of its answers looked at."""

    def __init__(self, name: str):
        self.name = name
        self.file = f"{FOLDER}/{name}.py"
        self.module = self._module()
        missing = [function for function in FUNCTIONS if not callable(getattr(self.module, function, None))]
        if missing:
            raise ModelFileError(f"{self.file} has no function {' and no function '.join(missing)}: README.md says what each of them does")
        framework = getattr(self.module, "FRAMEWORK", None)
        if framework not in FORMATS:
            raise ModelFileError(f"{self.file}: FRAMEWORK is {framework!r} but must be one of {', '.join(FORMATS)}")
        self.framework: str = framework

    def configured(self, settings: Configuration) -> Configuration:
        """With the hyper-parameters of the file, as far as config.json says no others."""
        known = getattr(self.module, "HYPER_PARAMETERS", None)
        if known is None:
            return settings
        unknown = sorted(set(settings.hyper_parameters) - set(known))
        if unknown:
            where = f"hyperParameters.{self.name} of config.json"
            raise ModelFileError(f"{where} says {', '.join(unknown)} but {self.file} knows {', '.join(known)}: change HYPER_PARAMETERS there")
        return replace(settings, hyper_parameters={**known, **settings.hyper_parameters})

    def features(self, rows: pd.DataFrame, settings: Configuration) -> Any:
        transform = self._call("features", rows, settings)
        if isinstance(transform, pd.DataFrame) or not callable(getattr(transform, "transform", None)):
            raise ModelFileError(f"{self.file}: features gave {_kind(transform)} but must give a fitted transform, with .transform(rows)")
        return transform

    def transform(self, transform: Any, rows: pd.DataFrame) -> NDArray[Any]:
        made: NDArray[Any] = self._checked("transform of features", lambda: transform.transform(rows))
        if getattr(made, "shape", (None,))[0] != len(rows):
            raise ModelFileError(f"{self.file}: the transform of features gave {_kind(made)} for {len(rows)} rows but must give as many rows")
        return made

    def fit(self, features: NDArray[Any], target: NDArray[Any], validation: Tuple[NDArray[Any], NDArray[Any]], settings: Configuration) -> Any:
        model = self._call("fit", features, target, validation, settings)
        if model is None:
            raise ModelFileError(f"{self.file}: fit gave nothing but must give the model: does it end with return?")
        return model

    def predict(self, model: Any, features: NDArray[Any], classes: List[Any] | None) -> NDArray[np.float64]:
        """One number for each row, or where there are classes, one probability for each of them."""
        said = self._call("predict", model, features)
        try:
            values = np.asarray(said, dtype=float)
        except (TypeError, ValueError):
            raise ModelFileError(f"{self.file}: predict gave {_kind(said)} but must give an array of numbers") from None
        wanted = (len(features),) if classes is None else (len(features), len(classes))
        if values.shape != wanted:
            meaning = "one number for each row" if classes is None else f"one probability of each class ({', '.join(map(str, classes))}) for each row"
            raise ModelFileError(f"{self.file}: predict gave an array of the shape {values.shape} but must give {wanted}: {meaning}")
        infinite = np.argwhere(~np.isfinite(values))
        if len(infinite):
            raise ModelFileError(f"{self.file}: predict gave a number that is not finite, first for row {int(infinite[0][0]) + 1}")
        return values

    def _module(self) -> ModuleType:
        if not self.name.isidentifier():
            raise ModelFileError(f"model is {self.name!r} but must be the name of a file in {FOLDER}/, without .py")
        package = importlib.import_module(FOLDER)
        known = sorted({file.stem for place in package.__path__ for file in Path(place).glob("*.py") if not file.stem.startswith("_")})
        if self.name not in known:
            raise ModelFileError(f"model is {self.name!r} but must be one of {', '.join(known)}: the files of {FOLDER}/")
        try:
            return importlib.import_module(f"{FOLDER}.{self.name}")
        except Exception as error:
            raise ModelFileError(f"{self.file} cannot be imported: {type(error).__name__}: {error}") from error

    def _call(self, function: str, *arguments: Any) -> Any:
        return self._checked(function, lambda: getattr(self.module, function)(*arguments))

    def _checked(self, what: str, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as error:
            raise ModelFileError(f"{self.file}: {what} failed: {type(error).__name__}: {error}") from error


def _kind(value: Any) -> str:
    shape = getattr(value, "shape", None)
    return f"a {type(value).__name__}" + (f" of the shape {tuple(shape)}" if shape is not None else "")
