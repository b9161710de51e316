"""What goes along with a version that is registered: held-out prompts to test its endpoint with, what its prompts were like, how good it was."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from . import configuration, examples
from .program import folders

JOB = Path("/opt/ml/processing")
#: The release copies no larger sample.
LARGEST = 1024 * 1024


def collect(test: Path, baseline: Path, evaluation: Path, target: Path) -> None:
    settings = configuration.load()
    found = [json.dumps({"inputs": one.prompt}, ensure_ascii=False) for one in examples.written(test / "examples.jsonl")]
    lines: list[str] = []
    for line in found[: settings.sample_rows]:
        if len("\n".join([*lines, line]).encode()) < LARGEST:
            lines.append(line)
    for folder in ("samples", "baseline"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    for file in baseline.glob("*.json"):
        shutil.copy(file, target / "baseline" / file.name)
    shutil.copy(evaluation / "evaluation.json", target / "baseline" / "quality-statistics.json")
    (target / "samples" / "payload.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines)} prompts to test an endpoint with")


def main(arguments: list[str] | None = None) -> int:
    given = {name: JOB / "input" / name for name in ("test", "baseline", "evaluation")}
    asked = folders(__doc__, arguments, **given, output=JOB / "output")
    collect(asked.test, asked.baseline, asked.evaluation, asked.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
