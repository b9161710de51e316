"""Everything that may be decided, from one file. `config.schema.json` says what may be in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from . import schema
from .config_file import ROOT, ConfigurationError, check, default_path, read, rules
from .quality_gate import Gate, wrong_way

__all__ = ["HYPER_PARAMETERS", "KIND", "METRICS", "OF_TRAINING", "ROOT", "Configuration", "ConfigurationError", "Gate", "default_path", "load", "of"]

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
#: What a training job knows of these: the base model is measured when it is evaluated.
OF_TRAINING = {name: better for name, better in METRICS.items() if name != "perplexity_against_base"}
#: What an execution, or a try of a tuning step, may say anew, by where it stands in the file.
HYPER_PARAMETERS = {"lora": ("rank", "alpha", "dropout"), "training": ("epochs", "learningRate", "batchSize")}


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
    #: Images in the place of AWS's, of training, tuning and inference.
    images: dict[str, str]
    tuning: dict[str, Any] | None

    @property
    def kind_of_metrics(self) -> str:
        """Where they stand in the evaluation."""
        return KIND

    @property
    def about(self) -> dict[str, str]:
        """What a run is of, beside its hyper-parameters."""
        return {"base model": self.base_model, "data": self.input}

    @property
    def hyper_parameters(self) -> dict[str, Any]:
        parts = {"lora": {"dropout": 0.0, **self.lora}, "training": self.training}
        return {name: parts[part][name] for part, names in HYPER_PARAMETERS.items() for name in names}

    def with_hyper_parameters(self, given: Mapping[str, Any]) -> Configuration:
        said = {"lora": self.lora, "training": self.training}
        parts = {part: {**said[part], **{name: given[name] for name in names if name in given}} for part, names in HYPER_PARAMETERS.items()}
        wrong = [fault for part, value in parts.items() for fault in schema.faults(value, rules()["properties"][part], part)]
        if wrong:
            raise ConfigurationError("; ".join(wrong))
        return replace(self, lora=parts["lora"], training=parts["training"])


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
        images=said.get("images", {}),
        tuning=said.get("tuning"),
    )


def _contradictions(said: dict[str, Any]) -> list[str]:
    """What is wrong only together."""
    found, targets = wrong_way(said["gate"], METRICS), said["lora"]["targets"]
    if targets == [] or (isinstance(targets, str) and targets != "all-linear"):
        found.append(f'lora.targets is {schema.shown(targets)} but must be "all-linear" or a list of names of layers')
    if "tuning" in said and said["heldOut"]["share"] >= 0.5:
        found.append(f"heldOut.share is {said['heldOut']['share']:g} but must be less than 0.5: tuning holds out as much again to choose by")
    images = said.get("images", {})
    if "tuning" in said and "training" in images and "tuning" not in images:
        found.append("images.tuning is missing: tries of a tuning step would run AWS's image although images.training is said")
    return found
