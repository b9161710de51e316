"""Everything that may be decided about the model, from one file."""

from __future__ import annotations

import json
import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict

COMPARISONS = ("at-most", "at-least")


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
    variant: str
    data: str
    target: str
    objective: str
    gate: Gate
    split: Dict[str, Any]
    hyper_parameters: Dict[str, Any]
    instances: Dict[str, str]
    maximum_seconds: int
    sample_rows: int

    #: The file of `models/` that is trained.
    model: str = "gradient_boosting"

    @property
    def is_classification(self) -> bool:
        return self.objective.startswith("binary:")

    @property
    def task(self) -> str:
        return "binary" if self.is_classification else "regression"


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
    name = os.environ.get("VARIANT", said.get("variant"))
    variants = said.get("variants", {})
    if name not in variants:
        raise ConfigurationError(f"variant is {name!r} but must be one of {', '.join(sorted(variants))}")
    variant = variants[name]
    return Configuration(
        variant=name,
        data=_of(variant, "data", name),
        target=_of(variant, "target", name),
        objective=_of(variant, "objective", name),
        gate=_gate(variant.get("gate"), name),
        split=_of(said, "split"),
        hyper_parameters=_of(said, "hyperParameters"),
        instances=_of(said, "instances"),
        maximum_seconds=int(_of(said, "maximumSeconds")),
        sample_rows=int(said.get("sampleRows", 20)),
    )


def _gate(said: Any, variant: str) -> Gate:
    """A gate that lets everything pass by mistake would be worse than none."""
    if not isinstance(said, dict) or not said.get("metric"):
        raise ConfigurationError(f"variants.{variant}.gate.metric is missing: name the metric that decides, such as rmse or auc")
    if said.get("comparison") not in COMPARISONS:
        raise ConfigurationError(f"variants.{variant}.gate.comparison is {said.get('comparison')!r} but must be one of {', '.join(COMPARISONS)}")
    threshold = said.get("threshold")
    if isinstance(threshold, bool) or not isinstance(threshold, (int, float)) or not math.isfinite(threshold):
        raise ConfigurationError(f"variants.{variant}.gate.threshold is {threshold!r} but must be a number")
    return Gate(said["metric"], said["comparison"], float(threshold))


def _of(said: Dict[str, Any], key: str, variant: str | None = None) -> Any:
    if key not in said:
        raise ConfigurationError(f"{f'variants.{variant}.' if variant else ''}{key} is missing")
    return said[key]
