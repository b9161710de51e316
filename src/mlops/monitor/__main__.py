"""Looks at what an endpoint has captured: whether its data and its model are still what they were when it was approved.

`python3 monitor.zip --check data-quality|model-quality|bias …`, or the same by environment variables. Needs Python 3.8 with
numpy, and boto3 where something is in S3. Ends with 0 when it could judge, whatever it found: what it found are metrics.
"""

from __future__ import annotations

import os
import sys
from typing import Any, Callable, Mapping

import bias
import data_quality
import metrics
import model_quality
import report
import store
from baseline import BaselineError
from captures import captured
from history import caught_up
from judgement import Judgement, NotJudged
from settings import Settings, SettingsError

CHECKS = {"data-quality": data_quality.check, "model-quality": model_quality.check, "bias": bias.check}


def monitor(settings: Settings, clients: Callable[[str], Any]) -> list[str]:
    """What could not be judged; everything else is in the report."""
    reports = store.place(settings.reports, clients)
    settings = caught_up(settings, reports)
    judgements: list[tuple[str, Judgement]] = []
    faults: list[str] = []
    for release, seen in captured(store.place(settings.captures, clients), settings).items():
        try:
            judgements.append((release, CHECKS[settings.check](settings, release, seen, clients)))
        except (BaselineError, NotJudged) as error:
            faults.append(f"{release}: {error}")
    written = report.writing(reports, settings)
    report.write_violations(written, judgements)
    metrics.put(settings, judgements, clients, written)
    report.write_statistics(written, settings, judgements, faults)
    for release, judgement in judgements:
        print(f"{release}: {judgement}")
    if not judgements and not faults:
        print(f"nothing was captured from {settings.window}")
    return faults


def main(arguments: list[str] | None = None, environment: Mapping[str, str] = os.environ, clients: Callable[[str], Any] = store.client) -> int:
    try:
        faults = monitor(Settings.read(sys.argv[1:] if arguments is None else arguments, environment), clients)
    except (SettingsError, store.StoreError) as error:
        faults = [str(error)]
    if faults:
        print(f"Not judged: {'; '.join(faults)}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
