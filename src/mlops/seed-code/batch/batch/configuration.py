"""Everything that may be decided about the project, from one file. `config.schema.json` says what may be in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List

from . import schema
from .config_file import ConfigurationError, check, default_path, read

__all__ = ["JSON", "OUTPUTS", "Configuration", "ConfigurationError", "default_path", "load"]

#: Where predictions go, in the data bucket.
OUTPUTS = "outputs/"
#: SageMaker takes no more of requests at once.
MOST_MEGABYTES = 100
#: The content type of prompts, of which each line is a request of its own.
JSON = "application/json"


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
    #: In the place of AWS's.
    check_image: str | None
    #: The least and the most that the model may answer; nothing where any number will do.
    minimum: float | None
    maximum: float | None
    #: The classes that the model may answer; nothing where any will do.
    classes: tuple[str, ...]
    maximum_seconds: int

    @property
    def is_of_texts(self) -> bool:
        """Whether prompts of a language model are answered, instead of rows."""
        return self.content_type == JSON


def load(path: Path | None = None) -> Configuration:
    file = path or default_path()
    said = read(file)
    check(said, file.name, _contradictions)
    instance, check_of = said["instance"], said["check"]
    return Configuration(
        input=said["input"],
        content_type=said["contentType"],
        instance_type=instance["type"],
        instance_count=int(instance["count"]),
        maximum_payload_megabytes=int(said["maximumPayloadMegabytes"]),
        concurrency=int(said["concurrency"]),
        check_instance_type=check_of["instanceType"],
        check_image=check_of.get("image"),
        minimum=check_of.get("minimum"),
        maximum=check_of.get("maximum"),
        classes=tuple(check_of.get("classes") or ()),
        maximum_seconds=int(said["maximumSeconds"]),
    )


def _contradictions(said: Dict[str, Any]) -> List[str]:
    """What is wrong only together, or with what is written."""
    found: List[str] = []
    if said["input"].startswith(OUTPUTS):
        found.append(f"input is {schema.shown(said['input'])} but must not be under {OUTPUTS}: predictions would be scored")
    bounds = {name: said["check"].get(name) for name in ("minimum", "maximum")}
    least, most = bounds["minimum"], bounds["maximum"]
    if least is not None and most is not None and least > most:
        found.append(f"check.minimum is {least:g} but must be at most check.maximum, {most:g}")
    if said["contentType"] == JSON:
        found += [f"check.{name} is {value:g} but answers to prompts are texts: take it out" for name, value in bounds.items() if value is not None]
    at_once = said["maximumPayloadMegabytes"] * said["concurrency"]
    if at_once > MOST_MEGABYTES:
        found.append(f"maximumPayloadMegabytes times concurrency is {at_once:g} but must be at most {MOST_MEGABYTES}")
    return found
