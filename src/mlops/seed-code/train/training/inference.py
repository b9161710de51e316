"""How the model answers, in the four functions that SageMaker's containers know."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xgboost

if TYPE_CHECKING:
    from numpy.typing import NDArray

MODEL = "xgboost-model"


class BadRequest(Exception):
    """A request that the model cannot answer."""


def model_fn(model_dir: str) -> xgboost.Booster:
    booster = xgboost.Booster()
    booster.load_model(bytearray((Path(model_dir) / MODEL).read_bytes()))
    return booster


def input_fn(body: Any, content_type: str) -> NDArray[np.float64]:
    """Rows of features, as CSV without a header or as a JSON list of lists."""
    text = body.decode() if isinstance(body, (bytes, bytearray)) else body
    kind = content_type.split(";")[0].strip()
    try:
        if kind == "text/csv":
            return np.loadtxt(io.StringIO(text), delimiter=",", ndmin=2)
        if kind == "application/json":
            return np.atleast_2d(np.array(json.loads(text), dtype=float))
    except ValueError as error:
        raise BadRequest(f"the body is not {kind} of numbers: {error}") from None
    raise BadRequest(f"{kind} is not understood: send text/csv or application/json")


def predict_fn(rows: NDArray[np.float64], model: xgboost.Booster) -> NDArray[np.float64]:
    if rows.shape[1] != model.num_features():
        raise BadRequest(f"a row has {rows.shape[1]} features but must have {model.num_features()}")
    return np.asarray(model.predict(xgboost.DMatrix(rows)), dtype=float)


def output_fn(predictions: NDArray[np.float64], accept: str) -> str:
    values = [float(value) for value in predictions]
    return json.dumps(values) if accept.startswith("application/json") else "\n".join(map(str, values)) + "\n"
