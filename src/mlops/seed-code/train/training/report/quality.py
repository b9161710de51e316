"""The metrics in the JSON that SageMaker's model registry shows, and that its monitors write.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Dict, Mapping, Sequence

from ..configuration import KINDS
from . import measures
from .metric import Chance, Measured

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Of fewer rows Model Monitor gives no standard deviation.
ENOUGH = 200


def quality(
    task: str, classes: Sequence[str], truth: NDArray[Any], predictions: NDArray[Any], measured: Measured, chances: Mapping[str, Chance]
) -> Dict[str, Any]:
    content: Dict[str, Any] = {
        name: {"value": value, "standard_deviation": _deviation(chances.get(name), len(truth))}
        for name, value in measured.items()
        if math.isfinite(value)
    }
    if task != "regression":
        table = measures.confusion(task, truth, predictions)
        content["confusion_matrix"] = {was: {said: int(table[row, column]) for column, said in enumerate(classes)} for row, was in enumerate(classes)}
    if task == "binary":
        curve = measures.roc(truth == 1, predictions[:, 1])
        content["receiver_operating_characteristic_curve"] = {
            "false_positive_rates": [x for x, _ in curve],
            "true_positive_rates": [y for _, y in curve],
        }
        curve = measures.precision_recall(truth == 1, predictions[:, 1])
        content["precision_recall_curve"] = {"precisions": [y for _, y in curve], "recalls": [x for x, _ in curve]}
    return {KINDS[task]: content}


def _deviation(chance: Chance | None, rows: int) -> float | str:
    return chance.deviation if chance and rows >= ENOUGH and math.isfinite(chance.deviation) else "NaN"
