"""Hyper-parameters that a job was given instead of those of `config.json`: parameters of the pipeline, or a try of a tuning step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Mapping

from .config_file import ConfigurationError

#: Where SageMaker puts them, all of them as text.
GIVEN = Path("/opt/ml/input/config/hyperparameters.json")


def given(known: Mapping[str, Any], file: Path | None = None) -> Dict[str, Any]:
    """Each by the type that it has in `config.json`. What SageMaker says besides, to its images, is left alone."""
    place = file or GIVEN
    said = json.loads(place.read_text()) if place.is_file() else {}
    return {name: _typed(name, said[name], value) if name in said else value for name, value in known.items()}


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
