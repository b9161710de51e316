"""Whether a model is good enough to be registered. In SageMaker the pipeline asks the same of the same report."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import List

from . import configuration
from .program import ended


class TooBad(Exception):
    """The model does not reach what was asked of it."""


def metric_path(settings: configuration.Configuration) -> List[str]:
    """Where the metric stands in the report."""
    return [settings.kind_of_metrics, settings.gate.metric, "value"]


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
        raise TooBad(f"{gate}, and is {value:.4g}")
    return value


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("report", type=Path)
    report = words.parse_args(arguments).report
    return ended(lambda: print(f"The model passes with {decide(report):.4g}"), "The model is not registered", TooBad)


if __name__ == "__main__":
    sys.exit(main())
