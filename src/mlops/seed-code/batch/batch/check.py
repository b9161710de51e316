"""Whether what came out of the model can be used: an answer for each row or prompt, each a number, a class or a text, none out of range.

Only then is `manifest.json` written, by which everybody knows that the predictions beside it are complete.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List

from . import configuration
from .answer import fault_of, fault_of_text

JOB = Path("/opt/ml/processing")
#: What batch transform calls what it made of a file.
MADE = ".out"
#: How many faults are told; there may be millions.
TOLD = 5


class Unusable(Exception):
    """What came out of the model must not be used; the message names the file and the line."""


def check(inputs: Path, predictions: Path) -> List[Dict[str, Any]]:
    """What each file holds, or an error that says what is wrong with it."""
    settings = configuration.load()
    files = sorted(file for file in inputs.rglob("*") if file.is_file() and file.stat().st_size > 0)
    if not files:
        raise Unusable(f"there is no input: put files of {'prompts' if settings.is_of_texts else 'rows'} under {settings.input}")
    faults: List[str] = []
    checked = [_file(file.relative_to(inputs), file, predictions, settings, faults) for file in files]
    known = {f"{file.relative_to(inputs)}{MADE}" for file in files}
    made = sorted(str(file.relative_to(predictions)) for file in predictions.rglob("*") if file.is_file() and file.stat().st_size > 0)
    faults += [f"{name}: there is no input for it" for name in made if name not in known]
    if faults:
        more = f" (and {len(faults) - TOLD} more)" if len(faults) > TOLD else ""
        raise Unusable("; ".join(faults[:TOLD]) + more)
    return checked


def _file(name: Path, source: Path, predictions: Path, settings: configuration.Configuration, faults: List[str]) -> Dict[str, Any]:
    made = predictions / f"{name}{MADE}"
    rows = sum(1 for _ in _lines(source))
    if not made.exists():
        faults.append(f"{name}: there are no predictions")
        return {}
    answers = 0
    for number, line in enumerate(_lines(made), start=1):
        answers += 1
        is_of_texts, classes = settings.is_of_texts, settings.classes
        fault = fault_of_text(line, classes) if is_of_texts else fault_of(line, settings.minimum, settings.maximum, classes)
        if fault:
            faults.append(f"{name}{MADE}, line {number}: {fault}")
    if answers != rows:
        faults.append(f"{name}: {rows} rows went in and {answers} answers came out")
    return {"file": f"{name}{MADE}", "rows": rows, "sha256": _digest(made)}


def _lines(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8") as content:
        try:
            for line in content:
                if line.strip():
                    yield line.rstrip("\n")
        except UnicodeDecodeError as error:
            raise Unusable(f"{file.name} is not UTF-8: the byte {hex(error.object[error.start])}: save it as UTF-8") from None


def _digest(file: Path) -> str:
    """In parts: a file may be larger than the memory of the job."""
    content = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(1 << 20):
            content.update(part)
    return content.hexdigest()


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--input", type=Path, default=JOB / "input" / "rows")
    words.add_argument("--predictions", type=Path, default=JOB / "input" / "predictions")
    words.add_argument("--output", type=Path, default=JOB / "output" / "manifest")
    asked = words.parse_args(arguments)
    try:
        files = check(asked.input, asked.predictions)
    except (Unusable, configuration.ConfigurationError) as error:
        print(f"The predictions must not be used: {error}", file=sys.stderr)
        return 1
    manifest = {"modelPackageArn": os.environ.get("MODEL_PACKAGE_ARN"), "rows": sum(file["rows"] for file in files), "files": files}
    asked.output.mkdir(parents=True, exist_ok=True)
    (asked.output / "manifest.json").write_text(json.dumps(manifest, indent=2))
    print(f"{manifest['rows']} rows in {len(files)} files are answered")
    return 0


if __name__ == "__main__":
    sys.exit(main())
