"""Everything that may be decided, from one file. `config.schema.json` says what may be in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import schema
from .config_file import ROOT, ConfigurationError, Gate, check, default_path, read, wrong_way

__all__ = ["KIND", "METRICS", "ROOT", "Configuration", "ConfigurationError", "Gate", "default_path", "load", "of"]

#: Where metrics stand in the evaluation.
KIND = "language_model_metrics"
#: What the evaluation measures, and which way is better.
METRICS = {
    "loss": "at-most",
    "perplexity": "at-most",
    "perplexity_against_base": "at-most",
    "token_accuracy": "at-least",
    "exact_match": "at-least",
}


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

    @property
    def kind_of_metrics(self) -> str:
        return KIND


def load(path: Path | None = None) -> Configuration:
    file = path or default_path()
    return of(read(file), file.name)


def of(said: Any, name: str = "config.json") -> Configuration:
    """What is said, or all that is wrong with it."""
    check(said, name, _contradictions)
    return Configuration(
        base_model=said["baseModel"],
        input=said["input"],
        held_out=said["heldOut"],
        lora=said["lora"],
        training=said["training"],
        gate=Gate.of(said["gate"]),
        generation=said["generation"],
        instances=said["instances"],
        volume_size=int(said["volumeSize"]),
        spot=said.get("spot", False),
        maximum_seconds=int(said["maximumSeconds"]),
        sample_rows=int(said.get("sampleRows", 20)),
    )


def _contradictions(said: dict[str, Any]) -> list[str]:
    """What is wrong only together."""
    found, targets = wrong_way(said["gate"], METRICS), said["lora"]["targets"]
    if targets == [] or (isinstance(targets, str) and targets != "all-linear"):
        found.append(f'lora.targets is {schema.shown(targets)} but must be "all-linear" or a list of names of layers')
    return found
