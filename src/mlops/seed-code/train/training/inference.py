"""How the model answers, in the four functions that SageMaker knows. Callers send raw rows, as the data has them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, List

import numpy as np

from .archive import Trained
from .columns import BadRequest

if TYPE_CHECKING:
    from numpy.typing import NDArray

CSV, JSON = "text/csv", "application/json"


@dataclass(frozen=True)
class Answers:
    task: str
    classes: List[Any] | None
    values: NDArray[np.float64]

    def rows(self) -> List[Any]:
        """A number for each row: the value, or the probability of the second of two classes. Of more classes, the likeliest and all probabilities."""
        if self.classes is None:
            return [float(value) for value in self.values]
        if self.task == "binary":
            return [float(value) for value in self.values[:, 1]]
        return [[self.classes[int(row.argmax())], *map(float, row)] for row in self.values]


def model_fn(model_dir: str) -> Trained:
    return Trained.load(Path(model_dir))


def input_fn(body: Any, content_type: str) -> List[Any]:
    """Rows of the columns that the model has learnt from: CSV without a header, or JSON: a list of rows, each a list or an object."""
    kind = (content_type or "").split(";")[0].strip().lower()
    if kind not in (CSV, JSON):
        raise BadRequest(f"the content type {content_type!r} is not understood: send {CSV} or {JSON}", 415)
    try:
        text = body.decode("utf-8-sig") if isinstance(body, (bytes, bytearray)) else str(body)
    except UnicodeDecodeError as error:
        raise BadRequest(f"the body is no UTF-8, at byte {error.start}: send UTF-8") from None
    if kind == CSV:
        return [row for row in csv.reader(io.StringIO(text)) if row]
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"the body is no JSON: {error}: send a list of rows") from None
    rows = said if isinstance(said, list) and all(isinstance(row, (list, dict)) for row in said) else [said]
    if not all(isinstance(row, (list, dict)) for row in rows):
        raise BadRequest("the body is JSON but holds no rows: send a list of rows, each a list of values or an object by columns")
    return rows


def predict_fn(rows: List[Any], model: Trained) -> Answers:
    return Answers(model.task, model.classes, model.predict(model.columns.table(rows)))


def accepted(accept: str) -> str:
    """The first that is asked for and can be given; CSV where anything will do."""
    asked = [kind.split(";")[0].strip().lower() for kind in (accept or "*/*").split(",")]
    found = next((kind for kind in asked if kind in (CSV, JSON, "*/*", "text/*", "application/*")), None)
    if found is None:
        raise BadRequest(f"an answer of the content type {accept!r} cannot be given: accept {CSV} or {JSON}", 406)
    return JSON if found in (JSON, "application/*") else CSV


def output_fn(answers: Answers, accept: str) -> str:
    rows = answers.rows()
    if accepted(accept) == JSON:
        return json.dumps(rows)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(row if isinstance(row, list) else [row] for row in rows)
    return text.getvalue()
