"""Whether a model is good enough to be registered. In SageMaker the pipeline asks the same of the same report."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import configuration

#: Where metrics stand in the report.
KIND = "language_model_metrics"


class TooBad(Exception):
    """The model does not reach what was asked of it."""


def metric_path(settings: configuration.Configuration) -> list[str]:
    return [KIND, settings.gate.metric, "value"]


def decide(report: Path) -> float:
    settings = configuration.load()
    value = json.loads(report.read_text())
    for step in metric_path(settings):
        value = value[step]
    if not settings.gate.lets_pass(value):
        raise TooBad(f"{settings.gate}, and is {value:.4g}")
    return float(value)


def main(arguments: list[str] | None = None) -> int:
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
