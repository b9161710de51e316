"""Everything that may be decided about the model, from one file. `config.schema.json` says what may be in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List

from . import schema
from .config_file import ROOT, ConfigurationError, check, default_path, read
from .quality_gate import Gate, wrong_way

__all__ = ["KINDS", "METRICS", "ROOT", "Configuration", "ConfigurationError", "Gate", "default_path", "load", "of"]

#: What SageMaker calls the metrics of a task.
KINDS = {"regression": "regression_metrics", "binary": "binary_classification_metrics", "multi-class": "multiclass_classification_metrics"}
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
    #: Images in the place of AWS's, of training and inference.
    images: Dict[str, str]
    #: For how long steps are not run again.
    cache: str | None
    tuning: Dict[str, Any] | None

    @property
    def kind_of_metrics(self) -> str:
        """Where they stand in the evaluation."""
        return KINDS[self.task]

    @property
    def about(self) -> Dict[str, str]:
        """What a run is of, beside its hyper-parameters."""
        return {"model": self.model, "task": self.task, "data": self.input or self.data}

    @property
    def is_classification(self) -> bool:
        return self.task != "regression"


def load(path: Path | None = None) -> Configuration:
    file = path or default_path()
    return of(read(file), file.name)


def of(said: Any, name: str = "config.json") -> Configuration:
    """What is said, or all that is wrong with it."""
    check(said, name, _contradictions)
    return Configuration(
        model=said["model"],
        task=said["task"],
        data=said["data"],
        target=said["target"],
        gate=Gate.of(said["gate"]),
        positive=said.get("positive"),
        columns=said.get("columns", {}),
        split=said["split"],
        hyper_parameters=said["hyperParameters"].get(said["model"], {}),
        instances=said["instances"],
        maximum_seconds=int(said["maximumSeconds"]),
        sample_rows=int(said.get("sampleRows", 20)),
        input=said.get("input"),
        images=said.get("images", {}),
        cache=said.get("cache"),
        tuning=said.get("tuning"),
    )


def _contradictions(said: Dict[str, Any]) -> List[str]:
    """What is wrong only together."""
    task, gate, split = said["task"], said["gate"], said["split"]
    metrics = METRICS[task]
    found: List[str] = []
    if gate["metric"] not in metrics:
        found.append(f"gate.metric is {schema.shown(gate['metric'])} but must be one of {', '.join(sorted(metrics))} for the task {task}")
    else:
        found += wrong_way(gate, metrics)
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
