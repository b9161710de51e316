"""Gradient-boosted trees by XGBoost, which stop growing when the validation set no longer gains."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Tuple

import numpy as np
import pandas as pd
import xgboost

from training.columns import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.configuration import Configuration

FRAMEWORK = "xgboost"

#: What `hyperParameters` of config.json may change.
HYPER_PARAMETERS = {
    "max_depth": 3,
    "eta": 0.05,
    "subsample": 0.8,
    "colsample_bytree": 0.8,
    "min_child_weight": 2,
    "rounds": 400,
    "early_stopping_rounds": 25,
}
OBJECTIVES = {"regression": "reg:squarederror", "binary": "binary:logistic", "multi-class": "multi:softprob"}


def features(rows: pd.DataFrame, settings: Configuration) -> Table:
    """Numbers as they are, and a column of zeros and ones for each text that a column holds."""
    return Table().fit(rows)


def fit(features: NDArray[Any], target: NDArray[Any], validation: Tuple[NDArray[Any], NDArray[Any]], settings: Configuration) -> xgboost.Booster:
    parameters = {"objective": OBJECTIVES[settings.task], "seed": settings.split["seed"], **settings.hyper_parameters}
    if settings.task == "multi-class":
        parameters["num_class"] = int(target.max()) + 1
    rounds, patience = parameters.pop("rounds"), parameters.pop("early_stopping_rounds")
    sets = {"train": xgboost.DMatrix(features, label=target), "validation": xgboost.DMatrix(validation[0], label=validation[1])}
    booster = xgboost.train(
        parameters,
        sets["train"],
        num_boost_round=rounds,
        evals=[(matrix, name) for name, matrix in sets.items()],
        early_stopping_rounds=patience,
        verbose_eval=50,
    )
    print(f"{booster.best_iteration + 1} trees")
    return booster[: booster.best_iteration + 1]


def predict(model: xgboost.Booster, features: NDArray[Any]) -> NDArray[Any]:
    values = model.predict(xgboost.DMatrix(features))
    binary = '"binary:' in model.save_config()
    return np.column_stack([1 - values, values]) if binary else values
