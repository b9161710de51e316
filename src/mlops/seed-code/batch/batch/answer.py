"""What a model may answer: for a row a number, or of several classes the likeliest and the probability of each; for a prompt a text."""

from __future__ import annotations

import csv
import json
import math

#: By how much the sum of probabilities may be off that a model has rounded.
ROUNDED = 0.01


def fault_of(line: str, minimum: float | None, maximum: float | None, classes: tuple[str, ...] = ()) -> str | None:
    """What is wrong with an answer; nothing where it can be used. The bounds are of a number."""
    name, *probabilities = next(csv.reader([line.strip()]), []) or [""]
    if probabilities:
        return _fault_of_class(name, probabilities, classes)
    if classes:
        return None if name in classes else f"{name!r} is none of the classes {', '.join(classes)}"
    value = _number(name)
    if value is None:
        return f"{name!r} is no number"
    if not math.isfinite(value):
        return f"{name.strip()} is not finite"
    if minimum is not None and value < minimum:
        return f"{value:g} is below {minimum:g}"
    if maximum is not None and value > maximum:
        return f"{value:g} is above {maximum:g}"
    return None


def fault_of_text(body: str, classes: tuple[str, ...] = ()) -> str | None:
    """What is wrong with the answer of a language model, which is JSON; nothing where it can be used."""
    try:
        said = json.loads(body)
    except ValueError:
        return f"{body[:60]!r} is no JSON"
    if not isinstance(said, list) or len(said) != 1 or not isinstance(said[0], dict) or not isinstance(said[0].get("generated_text"), str):
        return f"{body[:60]!r} is no list of one generated_text"
    text = said[0]["generated_text"].strip()
    if not text:
        return "the generated text is empty"
    if classes and text not in classes:
        return f"{text[:60]!r} is none of the classes {', '.join(classes)}"
    return None


def _fault_of_class(name: str, cells: list[str], classes: tuple[str, ...]) -> str | None:
    values = [_number(cell) for cell in cells]
    for cell, value in zip(cells, values, strict=True):
        if value is None or not 0 <= value <= 1:
            return f"{cell!r} is no probability"
    total = sum(value for value in values if value is not None)
    if abs(total - 1) > ROUNDED:
        return f"the probabilities of the classes add up to {total:g}, not to 1"
    if not name.strip():
        return "there is no class before the probabilities"
    if classes and name not in classes:
        return f"{name!r} is none of the classes {', '.join(classes)}"
    return None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
