"""The whole of it here: rows of a folder to a model that is served, as batch transform sends them, and the check."""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Iterator, List

from . import check, configuration


def payloads(lines: List[str], most: int) -> Iterator[str]:
    """As many lines as a request may hold: batch transform never divides one."""
    size = 0
    waiting: List[str] = []
    for line in lines:
        length = len(line.encode()) + 1
        if waiting and size + length > most:
            yield "".join(waiting)
            size, waiting = 0, []
        waiting.append(f"{line}\n")
        size += length
    if waiting:
        yield "".join(waiting)


def transform(url: str, inputs: Path, predictions: Path) -> None:
    settings = configuration.load()
    for file in sorted(inputs.rglob("*")):
        if not file.is_file():
            continue
        made = predictions / f"{file.relative_to(inputs)}{check.MADE}"
        made.parent.mkdir(parents=True, exist_ok=True)
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        most = 0 if settings.is_of_texts else settings.maximum_payload_megabytes * 1024**2  # each prompt is a request of its own
        answers = [_ask(url, settings.content_type, body) for body in payloads(lines, most)]
        made.write_text("".join(answer if answer.endswith("\n") else f"{answer}\n" for answer in answers))


def _ask(url: str, content_type: str, body: str) -> str:
    request = urllib.request.Request(f"{url}/invocations", body.encode(), {"Content-Type": content_type, "Accept": content_type})
    with urllib.request.urlopen(request, timeout=600) as answer:
        return str(answer.read().decode())


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--url", default="http://127.0.0.1:8080", help="where `make serve` of the training project serves the model")
    words.add_argument("--input", type=Path, required=True, help="a folder with files of rows, without a header and without the target")
    words.add_argument("--output", type=Path, default=Path("build"))
    asked = words.parse_args(arguments)
    predictions = asked.output / "predictions"
    try:
        transform(asked.url, asked.input, predictions)
    except (urllib.error.URLError, configuration.ConfigurationError) as error:
        print(f"The model was not asked: {error}", file=sys.stderr)
        return 1
    return check.main(["--input", str(asked.input), "--predictions", str(predictions), "--output", str(asked.output)])


if __name__ == "__main__":
    sys.exit(main())
