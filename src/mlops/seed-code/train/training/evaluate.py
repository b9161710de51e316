"""Measures a model on data that it has not seen, and writes down what it is: report and model card."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, List

import numpy as np
import pandas as pd
from sklearn import metrics

from . import configuration, gate
from .archive import Trained
from .manifest import FILE

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOB = Path("/opt/ml/processing")
#: Words of SageMaker's model cards.
PROBLEMS = {"regression": "Regression", "binary": "Binary Classification", "multi-class": "Multiclass Classification"}


def evaluate(model: Path, data: Path, target: Path) -> Dict[str, float]:
    settings = configuration.load()
    frame = pd.read_csv(data / "test.csv")
    trained = _load(model)
    measured = measure(settings.task, trained.truth(frame[settings.target]), trained.predict(frame))
    kind = gate.KINDS[settings.task]
    _write(
        target / "evaluation" / "evaluation.json", {kind: {name: {"value": value, "standard_deviation": "NaN"} for name, value in measured.items()}}
    )
    _write(target / "evaluation" / "model-card.json", _card(settings, measured, len(frame)))
    print(", ".join(f"{name} {value:.4g}" for name, value in measured.items()))
    return measured


def measure(task: str, truth: NDArray[Any], answers: NDArray[np.float64]) -> Dict[str, float]:
    """The metrics of a task: of numbers, or of the numbers of classes and their probabilities."""
    if task == "regression":
        return _regressed(truth, answers)
    return _classified(truth, answers[:, 1]) if task == "binary" else _several(truth, answers)


def _load(model: Path) -> Trained:
    """From a folder, or from the archive that a training job leaves in it."""
    archive = model / "model.tar.gz"
    if not archive.exists():
        return Trained.load(model)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as content:
        content.extractall(folder, filter="data")
        return Trained.load(Path(folder))


def _regressed(truth: NDArray[np.float64], predictions: NDArray[np.float64]) -> Dict[str, float]:
    return {
        "mse": float(metrics.mean_squared_error(truth, predictions)),
        "rmse": float(np.sqrt(metrics.mean_squared_error(truth, predictions))),
        "mae": float(metrics.mean_absolute_error(truth, predictions)),
        "r2": float(metrics.r2_score(truth, predictions)),
    }


def _classified(truth: NDArray[np.float64], predictions: NDArray[np.float64]) -> Dict[str, float]:
    classes = (predictions >= 0.5).astype(int)
    return {
        "auc": float(metrics.roc_auc_score(truth, predictions)),
        "accuracy": float(metrics.accuracy_score(truth, classes)),
        "precision": float(metrics.precision_score(truth, classes, zero_division=0)),
        "recall": float(metrics.recall_score(truth, classes, zero_division=0)),
        "f1": float(metrics.f1_score(truth, classes, zero_division=0)),
    }


def _several(truth: NDArray[Any], answers: NDArray[np.float64]) -> Dict[str, float]:
    """Each class counts by how many rows are of it."""
    classes = answers.argmax(axis=1)
    measured = {"accuracy": float(metrics.accuracy_score(truth, classes))}
    for name, score in (("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1", metrics.f1_score)):
        measured[f"weighted_{name}"] = float(score(truth, classes, average="weighted", zero_division=0))
    return measured


def _card(settings: configuration.Configuration, measured: Dict[str, float], rows: int) -> Dict[str, Any]:
    return {
        "model_overview": {"problem_type": PROBLEMS[settings.task], "algorithm_type": settings.model},
        "training_details": {"objective_function": settings.task, "hyper_parameters": settings.hyper_parameters, "data": settings.data},
        "evaluation_details": {"rows": rows, "metrics": measured},
        "intended_uses": {"quality_gate": f"{settings.gate.metric} {settings.gate.comparison} {settings.gate.threshold}"},
    }


def _write(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=2))


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--model", type=Path, default=JOB / "input" / "model")
    words.add_argument("--data", type=Path, default=JOB / "input" / "test")
    words.add_argument("--manifest", type=Path, default=JOB / "input" / "manifest", help="what the data was read of")
    words.add_argument("--output", type=Path, default=JOB / "output")
    asked = words.parse_args(arguments)
    evaluate(asked.model, asked.data, asked.output)
    shutil.copy(asked.manifest / FILE, asked.output / "evaluation" / FILE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
