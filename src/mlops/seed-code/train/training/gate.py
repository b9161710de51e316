"""Whether a model is good enough to be registered. In SageMaker the pipeline asks the same of the same report."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import List

from . import configuration

#: What SageMaker calls the metrics of a task.
KINDS = {"regression": "regression_metrics", "binary": "binary_classification_metrics", "multi-class": "multiclass_classification_metrics"}


class TooBad(Exception):
    """The model does not reach what was asked of it."""


def metric_path(settings: configuration.Configuration) -> List[str]:
    """Where the metric stands in the report."""
    return [KINDS[settings.task], settings.gate.metric, "value"]


def value_of(report: Path, settings: configuration.Configuration) -> float:
    value = json.loads(report.read_text())
    for step in metric_path(settings):
        if step not in value:
            raise configuration.ConfigurationError(f"gate.metric {settings.gate.metric} is not in the report, which has {', '.join(sorted(value))}")
        value = value[step]
    return float(value)


def decide(report: Path) -> float:
    settings = configuration.load()
    value, gate = value_of(report, settings), settings.gate
    if not gate.lets_pass(value):
        raise TooBad(f"{gate.metric} is {value:.4g} but must be {gate.comparison.replace('-', ' ')} {gate.threshold:g}")
    return value


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("report", type=Path)
    try:
        value = decide(words.parse_args(arguments).report)
    except (TooBad, configuration.ConfigurationError) as error:
        print(f"The model is not registered: {error}", file=sys.stderr)
        return 1
    print(f"The model passes with {value:.4g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
