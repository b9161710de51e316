"""What code/inference.py of `model.tar.gz` gives to AWS's images, which serve it under /ping and /invocations.

The images of XGBoost and scikit-learn run sagemaker-containers, the one of PyTorch sagemaker-inference in TorchServe. Both call
`transform_fn`; what cannot be answered is the caller's fault to both, and not an error of the server, only if it is said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import inference
from .archive import Trained
from .columns import BadRequest

model_fn = inference.model_fn
#: What is meant by a request that does not say.
CONTENT_TYPE, ACCEPT = inference.JSON, inference.CSV


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    content_type: str


def answer(model: Trained, body: Any, content_type: str, accept: str) -> Answer:
    try:
        kind = inference.accepted(accept)
        rows = inference.input_fn(body, content_type)
        return Answer(200, inference.output_fn(inference.predict_fn(rows, model), kind), kind)
    except BadRequest as error:
        return Answer(error.status, f"{error}\n", "text/plain")


def transform_fn(model: Trained, body: Any, content_type: str, accept: str, context: Any = None) -> Any:
    made = answer(model, body, content_type, accept)
    if context is None:
        from sagemaker_containers.beta.framework import worker

        return worker.Response(response=made.body, status=made.status, mimetype=made.content_type)
    if made.status != 200:
        context.set_response_status(code=made.status, phrase="Bad Request")
    return made.body, made.content_type
