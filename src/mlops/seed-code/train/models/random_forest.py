"""A random forest by scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Tuple

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

from training.columns import Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.configuration import Configuration

FRAMEWORK = "scikit-learn"
#: What `hyperParameters` of config.json may change: words of scikit-learn's forests.
HYPER_PARAMETERS = {"n_estimators": 200, "max_depth": None, "min_samples_leaf": 2, "max_features": 0.5}


def features(rows: pd.DataFrame, settings: Configuration) -> Table:
    """Numbers as they are, and a column of zeros and ones for each text that a column holds."""
    return Table().fit(rows)


def fit(features: NDArray[Any], target: NDArray[Any], validation: Tuple[NDArray[Any], NDArray[Any]], settings: Configuration) -> Any:
    """Trees do not stop early: what is kept to validate is measured, no more."""
    forest = RandomForestRegressor if settings.task == "regression" else RandomForestClassifier
    model = forest(random_state=settings.split["seed"], **settings.hyper_parameters).fit(features, target)
    print(f"validation: score {model.score(*validation):.4g}")
    return model


def predict(model: Any, features: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(model.predict_proba(features) if hasattr(model, "predict_proba") else model.predict(features))
