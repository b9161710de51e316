"""Measures the fine-tuned model and its base model on the held-out examples, and writes down what came out."""

from __future__ import annotations

import json
import os
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from . import configuration, examples, tracking
from .examples import DataError
from .language_model import SETTINGS, LanguageModel, ModelError
from .manifest import FILE
from .measures import measure_as
from .program import ended, folders
from .report.comparison import Previous
from .report.fine_tuning import Comparison

JOB = Path("/opt/ml/processing")
#: https://docs.aws.amazon.com/sagemaker/latest/dg/build-your-own-processing-container.html
DESCRIPTION = Path("/opt/ml/config/processingjobconfig.json")


def evaluate(
    base: Path,
    model: Path,
    data: Path,
    target: Path,
    *,
    manifest: Path | None = None,
    previous: Path | None = None,
    variables: Mapping[str, str] = os.environ,
) -> dict[str, float]:
    """Into `evaluation/` of the target. What it is not given, it says less of."""
    settings = configuration.load()
    if "GATE_THRESHOLD" in variables:  # who starts the pipeline may have said another one
        settings = replace(settings, gate=replace(settings.gate, threshold=float(variables["GATE_THRESHOLD"])))
    settings = replace(settings, base_model=variables.get("BASE_MODEL", settings.base_model))
    held_out = examples.written(data / "examples.jsonl")
    with ExitStack() as places:
        folder = _unpacked(model, places)
        settings = settings.with_hyper_parameters(json.loads((folder / SETTINGS).read_text()).get("hyperParameters", {}))
        tuned = measure_as(settings, LanguageModel.load(folder), held_out)  # one model is in memory at a time
    said = json.loads((manifest / FILE).read_text()) if manifest else {}
    measured = Comparison(
        settings=settings,
        held_out=held_out,
        base=measure_as(settings, LanguageModel.load(base), held_out),
        tuned=tuned,
        manifest=said,
        previous=Previous.read(previous, variables.get("PREVIOUS", "")),
        commit=variables.get("COMMIT", ""),
        job=json.loads(DESCRIPTION.read_text()) if DESCRIPTION.is_file() else {},
    ).write(target / "evaluation")
    tracking.note(target / "evaluation", settings, said)
    print(", ".join(f"{name} {value:.4g}" for name, value in measured.items()))
    return measured


def _unpacked(model: Path, places: ExitStack) -> Path:
    """From a folder, or from the archive that a training job leaves in it: unpacked beside it, where the job has its disk."""
    archive = model / "model.tar.gz"
    if not archive.exists():
        return model
    folder = Path(places.enter_context(tempfile.TemporaryDirectory(dir=model)))
    with tarfile.open(archive) as content:
        content.extractall(folder, filter="data")
    return folder


def main(arguments: list[str] | None = None) -> int:
    given = JOB / "input"
    places = {"base": given / "base", "model": given / "model", "data": given / "test", "manifest": given / "manifest"}
    places["previous"] = given / "previous"
    asked = folders(__doc__, arguments, **places, output=JOB / "output")

    def measured() -> None:
        evaluate(asked.base, asked.model, asked.data, asked.output, manifest=asked.manifest, previous=asked.previous)

    return ended(measured, "The model was not evaluated", DataError, ModelError)


if __name__ == "__main__":
    sys.exit(main())
