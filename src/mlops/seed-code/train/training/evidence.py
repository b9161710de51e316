"""What goes along with a version that is registered: a sample to test its endpoint with, and what its data was like."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import List

import pandas as pd

from . import configuration

JOB = Path("/opt/ml/processing")


def collect(test: Path, baseline: Path, target: Path) -> None:
    settings = configuration.load()
    sample = pd.read_csv(test / "test.csv").drop(columns=settings.target).head(settings.sample_rows)
    for folder in ("samples", "baseline"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    sample.to_csv(target / "samples" / "payload.csv", index=False, header=False)
    for file in baseline.glob("*.json"):
        shutil.copy(file, target / "baseline" / file.name)
    print(f"{len(sample)} rows to test an endpoint with")


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--test", type=Path, default=JOB / "input" / "test")
    words.add_argument("--baseline", type=Path, default=JOB / "input" / "baseline")
    words.add_argument("--output", type=Path, default=JOB / "output")
    asked = words.parse_args(arguments)
    collect(asked.test, asked.baseline, asked.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
