"""What requests and answers say, in the encodings of SageMaker's data capture.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
"""

from __future__ import annotations

import base64
import csv
import io
import json
import math
from typing import Any, List

from texts import figures_of, prompts_of

#: As they came: text of CSV, or whatever JSON holds.
Cells = List[Any]


class Unreadable(Exception):
    """A record says nothing that can be understood."""


#: What reading a record may end in that is no record: people send what they like, also what is nested a thousand times.
NOT_UNDERSTOOD = (Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def rows_of(side: dict[str, Any]) -> list[Cells]:
    """The rows of a request; of prompts, what they are in numbers."""
    content = _content(side)
    if isinstance(content, dict) and "inputs" in content:
        content = [figures_of(prompt) for prompt in prompts_of(content["inputs"])]
    if not isinstance(content, list) or not content:
        raise Unreadable("no rows")
    rows = content if all(isinstance(row, list) for row in content) else [content]
    if not all(row and not any(isinstance(cell, (list, dict)) for cell in row) for row in rows):
        raise Unreadable("no table")
    return rows


def answers_of(side: dict[str, Any], rows: int) -> list[Any]:
    """What is said of each row: a number or a class, however grouped, or a class with the probability of each; nothing where it is not clear."""
    content = _content(side)
    if isinstance(content, dict) and isinstance(content.get("predictions"), list):
        content = [_predicted(one) if isinstance(one, dict) else one for one in content["predictions"]]
    values = _flat(content)
    if len(values) == rows:
        return values
    is_of_rows = isinstance(content, list) and len(content) == rows and all(isinstance(row, list) and len(row) > 1 for row in content)
    return [row[0] for row in content] if is_of_rows else []


def _predicted(one: dict[str, Any]) -> Any:
    """As SageMaker's own algorithms answer."""
    return one.get("score") if isinstance(one.get("score"), (int, float)) else one.get("predicted_label")


def class_of(value: Any) -> str:
    """The name of a class, by which 1 and 1.0 are the same; empty where there is none."""
    if value is None or isinstance(value, (list, dict)):
        return ""
    as_number = number(value)
    return f"{as_number:g}" if math.isfinite(as_number) and not isinstance(value, bool) else str(value).strip()


def number(value: Any) -> float:
    """NaN where it is none."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (list, dict)):
        return math.nan
    text = str(value).strip().lower()
    try:
        return {"true": 1.0, "false": 0.0}[text] if text in ("true", "false") else float(text)
    except ValueError:
        return math.nan


def is_missing(value: Any) -> bool:
    """Nothing was said; other than something that is no number."""
    return value is None or str(value).strip().lower() in ("", "nan", "na", "null", "none")


def _content(side: dict[str, Any]) -> Any:
    data, encoding = side.get("data"), str(side.get("encoding", "CSV")).upper()
    if data is None:
        raise Unreadable("no data")
    kind = str(side.get("observedContentType", "text/csv")).split(";")[0].strip()
    try:
        if encoding == "BASE64":
            data = base64.b64decode(str(data), validate=True).decode()
            encoding = "JSON" if kind == "application/json" else "CSV" if kind == "text/csv" else kind
        if encoding == "JSON":
            return json.loads(data) if isinstance(data, str) else data
        if encoding == "CSV":
            return [row for row in csv.reader(io.StringIO(str(data))) if row]
    except (ValueError, csv.Error, RecursionError) as error:
        raise Unreadable(f"not {encoding}: {error}") from None
    raise Unreadable(f"{encoding} is not understood")


def _flat(content: Any) -> list[Any]:
    """However deep: a request may be nested more often than Python calls itself."""
    values: list[Any] = []
    open_parts = [iter([content])]
    while open_parts:
        for part in open_parts[-1]:
            if isinstance(part, list):
                open_parts.append(iter(part))
                break
            values.append(part)
        else:
            open_parts.pop()
    return values
