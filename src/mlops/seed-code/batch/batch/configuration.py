"""Everything that may be decided about the project, from one file."""

from __future__ import annotations

import json
import math
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict

#: Where predictions go, in the data bucket.
OUTPUTS = "outputs/"
#: SageMaker takes no more of requests at once.
MOST_MEGABYTES = 100


class ConfigurationError(Exception):
    """The configuration says something that cannot be meant."""


@dataclass(frozen=True)
class Configuration:
    #: Where the rows are, in the data bucket.
    input: str
    content_type: str
    instance_type: str
    instance_count: int
    maximum_payload_megabytes: int
    concurrency: int
    check_instance_type: str
    #: The least and the most that the model may answer; nothing where any number will do.
    minimum: float | None
    maximum: float | None
    #: The classes that the model may answer; nothing where any will do.
    classes: tuple[str, ...]
    maximum_seconds: int


def default_path() -> Path:
    """Beside the code, wherever it was put; another one by the variable CONFIG."""
    return Path(os.environ.get("CONFIG", Path(__file__).resolve().parent.parent / "config.json"))


def load(path: Path | None = None) -> Configuration:
    file = path or default_path()
    try:
        said = json.loads(file.read_text())
    except FileNotFoundError:
        raise ConfigurationError(f"{file} does not exist") from None
    except json.JSONDecodeError as error:
        raise ConfigurationError(f"{file} is not JSON: {error}") from None
    instance, check = _of(said, "instance"), _of(said, "check")
    prefix = str(_of(said, "input"))
    if not re.fullmatch(r"([\w!.*'()-]+/)+", prefix):
        raise ConfigurationError(f"input is {prefix!r} but must be a prefix of the data bucket that ends in a slash, such as batch/input/")
    if prefix.startswith(OUTPUTS):
        raise ConfigurationError(f"input is {prefix!r} but must not be under {OUTPUTS}: predictions would be scored")
    if _of(said, "contentType") != "text/csv":
        raise ConfigurationError(f"contentType is {said['contentType']!r} but must be text/csv: rows are told apart by their lines")
    least, most = _number(check, "minimum"), _number(check, "maximum")
    if least is not None and most is not None and least > most:
        raise ConfigurationError(f"check.minimum is {least:g} but must be at most check.maximum, {most:g}")
    payload, concurrency = _whole(said, "maximumPayloadMegabytes", 1, MOST_MEGABYTES), _whole(said, "concurrency", 1, 100)
    if payload * concurrency > MOST_MEGABYTES:
        raise ConfigurationError(f"maximumPayloadMegabytes times concurrency is {payload * concurrency} but must be at most {MOST_MEGABYTES}")
    return Configuration(
        input=prefix,
        content_type=said["contentType"],
        instance_type=str(_of(instance, "type", "instance.")),
        instance_count=_whole(instance, "count", 1, 100, "instance."),
        maximum_payload_megabytes=payload,
        concurrency=concurrency,
        check_instance_type=str(_of(check, "instanceType", "check.")),
        minimum=least,
        maximum=most,
        classes=_texts(check, "classes"),
        maximum_seconds=_whole(said, "maximumSeconds", 60, 86_400),
    )


def _of(said: Dict[str, Any], key: str, before: str = "") -> Any:
    if not isinstance(said, dict) or said.get(key) is None:
        raise ConfigurationError(f"{before}{key} is missing")
    return said[key]


def _whole(said: Dict[str, Any], key: str, least: int, most: int, before: str = "") -> int:
    value = _of(said, key, before)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ConfigurationError(f"{before}{key} is {value!r} but must be a whole number from {least} to {most}")
    return int(value)


def _texts(check: Dict[str, Any], key: str) -> tuple[str, ...]:
    value = check.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ConfigurationError(f"check.{key} is {value!r} but must be a list of texts, or null where any will do")
    return tuple(value)


def _number(check: Dict[str, Any], key: str) -> float | None:
    value = check.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ConfigurationError(f"check.{key} is {value!r} but must be a number, or null where any will do")
    return float(value)
