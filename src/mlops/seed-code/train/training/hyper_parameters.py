"""Hyper-parameters that a job was given instead of those of `config.json`: parameters of the pipeline, or a try of a tuning step."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from .configuration import Configuration, ConfigurationError

#: Where SageMaker puts them, all of them as text.
GIVEN = Path("/opt/ml/input/config/hyperparameters.json")


def given(settings: Configuration, file: Path = GIVEN) -> Configuration:
    """Each by the type that it has in `config.json`. What SageMaker says besides, to its images, is left alone."""
    if not file.is_file():
        return settings
    said = json.loads(file.read_text())
    known = settings.hyper_parameters
    return replace(settings, hyper_parameters={name: _typed(name, said[name], value) if name in said else value for name, value in known.items()})


def _typed(name: str, text: str, like: Any) -> Any:
    if isinstance(like, str):
        return text
    try:
        value = json.loads(text)
    except ValueError:
        value = text
    if _is_number(like) and _is_number(value):
        return int(value) if isinstance(like, int) and float(value).is_integer() else float(value)
    if type(value) is not type(like):
        raise ConfigurationError(f"the hyper-parameter {name} is {text!r} but must be like {json.dumps(like)}, which config.json has")
    return value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
