"""The model card of a version, in the JSON that SageMaker's model registry takes.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-details.html#model-card-schema
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Dict, List, Mapping, Sequence

from . import measures
from .metric import Chance, Measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ..configuration import Configuration

#: What a card has room for.
LARGEST_MATRIX, LONG, SHORT = 20, 1024, 255
Card = Dict[str, Any]


def begun(settings: Configuration, commit: str) -> Card:
    """What is known before anything has run."""
    wants = "Maximize" if settings.gate.comparison == "at-least" else "Minimize"
    return {
        "intended_uses": {
            "purpose_of_model": f"{settings.task.capitalize()}: says {settings.target} of rows of {settings.data}",
            "intended_uses": "Rows like those that it was trained on; the report says what they are like, and which of them are answered worse.",
            "risk_rating": "Unknown",
        },
        "training_details": {
            "objective_function": {
                "function": {"function": wants, "facet": settings.gate.metric[:63]},
                "notes": f"Quality gate: {settings.gate}"[:LONG],
            },
            "training_job_details": {
                "user_provided_hyper_parameters": [
                    {"name": str(name)[:SHORT], "value": str(value)[:SHORT] or "none"}
                    for name, value in list(settings.hyper_parameters.items())[:100]
                ]
            },
        },
        "additional_information": {
            "custom_details": {"commit": commit or "unknown", "model": str(settings.model)[:LONG], "data": str(settings.data)[:LONG]}
        },
    }


def evaluated(
    card: Card,
    task: str,
    classes: Sequence[str],
    truth: NDArray[Any],
    predictions: NDArray[Any],
    measured: Measured,
    chances: Mapping[str, Chance],
    observation: str,
    job: Mapping[str, Any],
) -> Card:
    """With what the evaluation has found."""
    numbers = [
        {"name": name, "type": "number", "value": value, **_notes(chances.get(name))} for name, value in measured.items() if math.isfinite(value)
    ]
    groups = [{"name": "metrics", "metric_data": numbers}]
    if task == "binary":
        positive, scores = truth == 1, predictions[:, 1]
        groups.append(
            {
                "name": "curves",
                "metric_data": [
                    _graph("ROC", measures.roc(positive, scores), "false positive rate", "true positive rate"),
                    _graph("precision and recall", measures.precision_recall(positive, scores), "recall", "precision"),
                ],
            }
        )
    if task != "regression" and len(classes) <= LARGEST_MATRIX:
        names = [name[:63] for name in classes]
        table = measures.confusion(task, truth, predictions).tolist()
        groups.append(
            {
                "name": "confusion",
                "metric_data": [{"name": "confusion matrix", "type": "matrix", "value": table, "x_axis_name": names, "y_axis_name": names}],
            }
        )
    details: Dict[str, Any] = {
        "name": "test set",
        "evaluation_observation": observation[:2096],
        "metadata": {"rows": str(len(truth)), "report": "report.html, beside evaluation.json"},
        "metric_groups": groups,
    }
    places = {one["InputName"]: one.get("S3Input", {}).get("S3Uri", "") for one in job.get("ProcessingInputs", [])}
    arn, model, test = job.get("ProcessingJobArn"), places.get("model"), places.get("test")
    details.update({name: said for name, said in (("evaluation_job_arn", arn), ("datasets", [test] if test else None)) if said})
    return {**card, **({"model_overview": {"model_artifact": [model]}} if model else {}), "evaluation_details": [details]}


def _graph(name: str, curve: List[Any], x: str, y: str) -> Dict[str, Any]:
    return {"name": name, "type": "linear_graph", "value": [[*point] for point in curve], "x_axis_name": x, "y_axis_name": y}


def _notes(chance: Chance | None) -> Dict[str, str]:
    return {"notes": f"95 % interval {chance.low:.6g} to {chance.high:.6g}"} if chance and math.isfinite(chance.low) else {}
