"""The file that everything is decided in: read strictly, held against `config.schema.json`, and the gate that it says."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Tuple

from . import schema

ROOT = Path(__file__).resolve().parent.parent


class ConfigurationError(Exception):
    """The configuration says something that cannot be meant."""


@dataclass(frozen=True)
class Gate:
    """What a model must reach to be registered."""

    metric: str
    comparison: str
    threshold: float

    @staticmethod
    def of(said: Mapping[str, Any]) -> Gate:
        return Gate(said["metric"], said["comparison"], float(said["threshold"]))

    @property
    def words(self) -> str:
        return self.comparison.replace("-", " ")

    def __str__(self) -> str:
        return f"{self.metric} must be {self.words} {self.threshold:g}"

    def lets_pass(self, value: float) -> bool:
        return value <= self.threshold if self.comparison == "at-most" else value >= self.threshold


def default_path() -> Path:
    """Beside the code, wherever it was put; another one by the variable CONFIG."""
    return Path(os.environ.get("CONFIG", ROOT / "config.json"))


def read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once)
    except FileNotFoundError:
        raise ConfigurationError(f"{file} does not exist") from None
    except ValueError as error:
        raise ConfigurationError(f"{file} is not JSON: {error}") from None


def rules() -> Dict[str, Any]:
    return dict(json.loads((ROOT / "config.schema.json").read_text()))


def check(said: Any, name: str, contradictions: Callable[[Dict[str, Any]], List[str]]) -> None:
    """All that is wrong at once: by the schema, or else only together."""
    wrong = schema.faults(said, rules()) or contradictions(said)
    if wrong:
        raise ConfigurationError(f"{name}: {'; '.join(wrong)}")


def wrong_way(gate: Mapping[str, Any], metrics: Mapping[str, str]) -> List[str]:
    """A gate that lets everything pass by mistake would be worse than none."""
    better = metrics[gate["metric"]]
    if gate["comparison"] == better:
        return []
    way = "lower" if better == "at-most" else "higher"
    return [f"gate.comparison is {schema.shown(gate['comparison'])} but must be {better}: {gate['metric']} is better the {way} it is"]


def _no_number(said: str) -> Any:
    raise ValueError(f"{said} is no number of JSON")


def _once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} is said twice")
    return said
