"""Everything that may be decided about the model, from one file. `config.schema.json` says what may be in it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Tuple

from . import schema

ROOT = Path(__file__).resolve().parent.parent
#: What the evaluation measures, by task, and which way is better.
METRICS = {
    "regression": {"mse": "at-most", "rmse": "at-most", "mae": "at-most", "r2": "at-least"},
    "binary": {
        **dict.fromkeys(["auc", "average_precision", "accuracy", "precision", "recall", "f1"], "at-least"),
        **dict.fromkeys(["brier", "log_loss"], "at-most"),
    },
    "multi-class": {
        **dict.fromkeys(["accuracy", "weighted_precision", "weighted_recall", "weighted_f1", "macro_f1", "macro_auc"], "at-least"),
        "log_loss": "at-most",
    },
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
    #: The file of `models/` that is trained.
    model: str
    task: str
    #: The bundled data set of a run without data of its own.
    data: str
    target: str
    gate: Gate
    #: The class that is looked for, of two.
    positive: str | None
    #: What is said of single columns: drop, kinds, required, allowedLeakage.
    columns: Dict[str, Any]
    split: Dict[str, Any]
    #: Those of the model that is trained.
    hyper_parameters: Dict[str, Any]
    instances: Dict[str, str]
    maximum_seconds: int
    sample_rows: int
    #: Where the pipeline's data is: a prefix of the data bucket, or an address.
    input: str | None
    #: For how long steps are not run again.
    cache: str | None
    tuning: Dict[str, Any] | None

    @property
    def is_classification(self) -> bool:
        return self.task != "regression"


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
        model=said["model"],
        task=said["task"],
        data=said["data"],
        target=said["target"],
        gate=Gate(**{**said["gate"], "threshold": float(said["gate"]["threshold"])}),
        positive=said.get("positive"),
        columns=said.get("columns", {}),
        split=said["split"],
        hyper_parameters=said["hyperParameters"].get(said["model"], {}),
        instances=said["instances"],
        maximum_seconds=int(said["maximumSeconds"]),
        sample_rows=int(said.get("sampleRows", 20)),
        input=said.get("input"),
        cache=said.get("cache"),
        tuning=said.get("tuning"),
    )


def _contradictions(said: Dict[str, Any]) -> List[str]:
    """What is wrong only together. A gate that lets everything pass by mistake would be worse than none."""
    task, gate, split = said["task"], said["gate"], said["split"]
    metrics, found = METRICS[task], []
    if gate["metric"] not in metrics:
        found.append(f"gate.metric is {schema.shown(gate['metric'])} but must be one of {', '.join(sorted(metrics))} for the task {task}")
    elif gate["comparison"] != metrics[gate["metric"]]:
        better = metrics[gate["metric"]]
        why = f"{gate['metric']} is better the {_WAYS[better]} it is"
        found.append(f"gate.comparison is {schema.shown(gate['comparison'])} but must be {better}: {why}")
    if "positive" in said and task != "binary":
        found.append(f"positive is {schema.shown(said['positive'])} but the task {task} has no positive class: take it out")
    if ("column" in split) != (split.get("by", "random") != "random"):
        is_said = "column" in split
        found.append(
            "split.column is said, but split.by is random: take one of them out" if is_said else "split.column is missing: say by which column"
        )
    if split["validation"] + split["test"] >= 1:
        parts = f"{split['validation']:g} and {split['test']:g}"
        found.append(f"split.validation and split.test are {parts}, which leaves nothing to train on: their sum must be less than 1")
    return found


_WAYS = {"at-most": "lower", "at-least": "higher"}


def _no_number(said: str) -> Any:
    raise ValueError(f"{said} is no number of JSON")


def _once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} is said twice")
    return said
