"""What AWS's images of XGBoost and scikit-learn run under gunicorn, made of the toolkit that they are made of.

Both images have a module of their own beside it (`sagemaker_xgboost_container.serving`, `sagemaker_sklearn_container.serving`),
which is not published as a package. It takes the functions of the user's module and gives them to the toolkit's transformer.
https://github.com/aws/sagemaker-scikit-learn-container/blob/eae7b6b/src/sagemaker_sklearn_container/serving.py
"""

from __future__ import annotations

import importlib
from typing import Any

from sagemaker_containers.beta.framework import env, transformer, worker

_FUNCTIONS = ("model_fn", "input_fn", "predict_fn", "output_fn", "transform_fn")
_apps: list[Any] = []


def main(environ: Any, start_response: Any) -> Any:
    if not _apps:
        module = importlib.import_module(env.ServingEnv().module_name)
        made = transformer.Transformer(**{name: getattr(module, name) for name in _FUNCTIONS if hasattr(module, name)})
        made.initialize()
        _apps.append(worker.Worker(transform_fn=made.transform, module_name=module.__name__))
    return _apps[0](environ, start_response)
