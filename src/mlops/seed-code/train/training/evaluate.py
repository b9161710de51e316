"""Measures a model on data that it has not seen, and writes down what it is: the page, the model card, and metrics for the registry."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import sys
import tarfile
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any, Dict, List, Mapping

from . import configuration, tracking
from .archive import Trained
from .manifest import FILE
from .parts import Part
from .program import ended
from .report.comparison import Previous
from .report.evaluation import Evaluation

JOB = Path("/opt/ml/processing")
#: https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
DESCRIPTION = Path("/opt/ml/config/processingjobconfig.json")


def evaluate(
    model: Path,
    data: Path,
    target: Path,
    *,
    baseline: Path | None = None,
    previous: Path | None = None,
    manifest: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> Dict[str, float]:
    """Into `evaluation/` of the target. What it is not given, it says less of."""
    settings = configuration.load()
    if "GATE_THRESHOLD" in variables:  # who starts the pipeline may have said another one
        settings = replace(settings, gate=replace(settings.gate, threshold=float(variables["GATE_THRESHOLD"])))
    part, trained = Part.read(data, "test"), _load(model)
    if part.classes != trained.classes:
        raise configuration.ConfigurationError(f"the test set has the classes {part.classes} but the model has learnt {trained.classes}: train again")
    settings = replace(settings, hyper_parameters=trained.hyper_parameters or settings.hyper_parameters)
    said = _said(manifest, FILE)
    measured = Evaluation(
        settings=settings,
        classes=[str(one) for one in trained.classes or []],
        rows=part.rows,
        truth=part.truth,
        predict=trained.predict,
        statistics=_said(baseline, "statistics.json"),
        previous=Previous.read(previous, variables.get("PREVIOUS", "")),
        origin=_origin(model, data, said, variables),
        job=_said(DESCRIPTION.parent, DESCRIPTION.name),
    ).write(target / "evaluation")
    tracking.note(target / "evaluation", settings, said)
    print(", ".join(f"{name} {value:.4g}" for name, value in measured.items()))
    return measured


def _load(model: Path) -> Trained:
    """From a folder, or from the archive that a training job leaves in it."""
    archive = model / "model.tar.gz"
    if not archive.exists():
        return Trained.load(model)
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as content:
        content.extractall(folder, filter="data")
        return Trained.load(Path(folder))


def _said(folder: Path | None, name: str) -> Dict[str, Any]:
    file = folder / name if folder else None
    return dict(json.loads(file.read_text())) if file and file.is_file() else {}


def _origin(model: Path, data: Path, manifest: Mapping[str, Any], variables: Mapping[str, str]) -> Dict[str, str]:
    archive = model / "model.tar.gz"
    said = {
        "commit": variables.get("COMMIT", ""),
        "input": manifest.get("input", ""),
        "input version": manifest.get("inputVersion", ""),
        "input (SHA-256)": manifest.get("digest", ""),
        "test set (SHA-256)": _digest(data / "test.csv"),
        "model (SHA-256)": _digest(archive) if archive.exists() else "",
    }
    return {name: str(value) for name, value in said.items() if value}


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--model", type=Path, default=JOB / "input" / "model")
    words.add_argument("--data", type=Path, default=JOB / "input" / "test")
    words.add_argument("--manifest", type=Path, default=JOB / "input" / "manifest", help="what the data was read of")
    words.add_argument("--baseline", type=Path, default=JOB / "input" / "baseline", help="what the training data is like")
    words.add_argument("--previous", type=Path, default=JOB / "input" / "previous", help="what the last approved version has brought along")
    words.add_argument("--output", type=Path, default=JOB / "output")
    asked = words.parse_args(arguments)

    def measured() -> None:
        evaluate(asked.model, asked.data, asked.output, baseline=asked.baseline, previous=asked.previous, manifest=asked.manifest)
        shutil.copy(asked.manifest / FILE, asked.output / "evaluation" / FILE)

    return ended(measured, "The model was not evaluated")


if __name__ == "__main__":
    sys.exit(main())
