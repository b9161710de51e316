"""Everything that may be decided, from one file. `config.schema.json` says what may be in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import schema

ROOT = Path(__file__).resolve().parent.parent
#: What the evaluation measures, and which way is better.
METRICS = {
    "loss": "at-most",
    "perplexity": "at-most",
    "perplexity_against_base": "at-most",
    "token_accuracy": "at-least",
    "exact_match": "at-least",
}


class ConfigurationError(Exception):
    """The configuration says something that cannot be meant."""


@dataclass(frozen=True)
class Gate:
    """What a model must reach to be registered."""

    metric: str
    comparison: str
    threshold: float

    def __str__(self) -> str:
        return f"{self.metric} must be {self.comparison.replace('-', ' ')} {self.threshold:g}"

    def lets_pass(self, value: float) -> bool:
        return value <= self.threshold if self.comparison == "at-most" else value >= self.threshold


@dataclass(frozen=True)
class Configuration:
    #: A prefix of the data bucket, or an address.
    base_model: str
    input: str
    held_out: dict[str, Any]
    lora: dict[str, Any]
    training: dict[str, Any]
    gate: Gate
    generation: dict[str, Any]
    instances: dict[str, str]
    volume_size: int
    spot: bool
    maximum_seconds: int
    sample_rows: int


def default_path() -> Path:
    """Beside the code, wherever it was put; another one by the variable CONFIG."""
    return Path(os.environ.get("CONFIG", ROOT / "config.json"))


def load(path: Path | None = None) -> Configuration:
    file = path or default_path()
    try:
        return of(json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once), file.name)
    except FileNotFoundError:
        raise ConfigurationError(f"{file} does not exist") from None
    except ValueError as error:
        raise ConfigurationError(f"{file} is not JSON: {error}") from None


def of(said: Any, name: str = "config.json") -> Configuration:
    """What is said, or all that is wrong with it."""
    wrong = schema.faults(said, json.loads((ROOT / "config.schema.json").read_text())) or _contradictions(said)
    if wrong:
        raise ConfigurationError(f"{name}: {'; '.join(wrong)}")
    return Configuration(
        base_model=said["baseModel"],
        input=said["input"],
        held_out=said["heldOut"],
        lora=said["lora"],
        training=said["training"],
        gate=Gate(**{**said["gate"], "threshold": float(said["gate"]["threshold"])}),
        generation=said["generation"],
        instances=said["instances"],
        volume_size=int(said["volumeSize"]),
        spot=said.get("spot", False),
        maximum_seconds=int(said["maximumSeconds"]),
        sample_rows=int(said.get("sampleRows", 20)),
    )


def _contradictions(said: dict[str, Any]) -> list[str]:
    """What is wrong only together. A gate that lets everything pass by mistake would be worse than none."""
    gate, targets, found = said["gate"], said["lora"]["targets"], []
    better = METRICS[gate["metric"]]
    if gate["comparison"] != better:
        way = "lower" if better == "at-most" else "higher"
        found.append(f"gate.comparison is {schema.shown(gate['comparison'])} but must be {better}: {gate['metric']} is better the {way} it is")
    if targets == [] or (isinstance(targets, str) and targets != "all-linear"):
        found.append(f'lora.targets is {schema.shown(targets)} but must be "all-linear" or a list of names of layers')
    return found


def _no_number(said: str) -> Any:
    raise ValueError(f"{said} is no number of JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} is said twice")
    return said
