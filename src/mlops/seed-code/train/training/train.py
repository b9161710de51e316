"""Trains a model: gradient-boosted trees, which stop growing when the validation set no longer gains."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import List

import pandas as pd
import xgboost

from . import configuration

JOB = Path("/opt/ml")
#: The name by which SageMaker's XGBoost container finds the model.
MODEL = "xgboost-model"


def train(data: Path, target: Path) -> None:
    settings = configuration.load()
    sets = {name: _matrix(data / name / f"{name}.csv", settings.target) for name in ("train", "validation")}
    parameters = dict(settings.hyper_parameters)
    rounds, patience = parameters.pop("rounds"), parameters.pop("early_stopping_rounds")
    booster = xgboost.train(
        {**parameters, "objective": settings.objective, "seed": settings.split["seed"]},
        sets["train"],
        num_boost_round=rounds,
        evals=[(matrix, name) for name, matrix in sets.items()],
        early_stopping_rounds=patience,
        verbose_eval=50,
    )
    target.mkdir(parents=True, exist_ok=True)
    booster[: booster.best_iteration + 1].save_model(str(target / f"{MODEL}.json"))
    (target / f"{MODEL}.json").rename(target / MODEL)
    print(f"{booster.best_iteration + 1} trees")


def _matrix(file: Path, target: str) -> xgboost.DMatrix:
    frame = pd.read_csv(file)
    features = frame.drop(columns=target)
    # Names stay out of the model: an endpoint gets rows of numbers.
    return xgboost.DMatrix(features.to_numpy(), label=frame[target].to_numpy())


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--data", type=Path, default=JOB / "input" / "data")
    words.add_argument("--model", type=Path, default=JOB / "model")
    asked = words.parse_args(arguments)
    train(asked.data, asked.model)
    return 0


if __name__ == "__main__":
    sys.exit(main())
