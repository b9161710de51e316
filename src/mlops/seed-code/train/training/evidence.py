"""What goes along with a version that is registered: a sample to test its endpoint with, what its data was like, how good it was."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any, Dict, List

import pandas as pd

from . import configuration, gate
from .program import folders

JOB = Path("/opt/ml/processing")


def collect(test: Path, baseline: Path, evaluation: Path, target: Path) -> None:
    settings = configuration.load()
    raw = pd.read_csv(test / "test.csv", dtype=str, keep_default_na=False)  # as callers send it
    sample = raw.drop(columns=settings.target).head(settings.sample_rows)
    for folder in ("samples", "baseline"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    sample.to_csv(target / "samples" / "payload.csv", index=False, header=False)
    for file in baseline.glob("*.json"):
        shutil.copy(file, target / "baseline" / file.name)
    report = evaluation / "evaluation.json"
    shutil.copy(report, target / "baseline" / "quality-statistics.json")
    (target / "baseline" / "quality-constraints.json").write_text(json.dumps(_quality(report, settings), indent=2))
    print(f"{len(sample)} rows to test an endpoint with")


def _quality(report: Path, settings: configuration.Configuration) -> Dict[str, Any]:
    """What decided that the model is registered is what it must not fall behind afterwards, in the schema of Model Monitor."""
    kind = gate.metric_path(settings)[0]
    rule = {
        "threshold": gate.value_of(report, settings),
        "comparison_operator": "GreaterThanThreshold" if settings.gate.comparison == "at-most" else "LessThanThreshold",
    }
    return {"version": 0.0, kind.replace("_metrics", "_constraints"): {settings.gate.metric: rule}}


def main(arguments: List[str] | None = None) -> int:
    given = {name: JOB / "input" / name for name in ("test", "baseline", "evaluation")}
    asked = folders(__doc__, arguments, **given, output=JOB / "output")
    collect(asked.test, asked.baseline, asked.evaluation, asked.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
