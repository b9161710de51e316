"""Hyper-parameters that SageMaker finds instead of `config.json` saying them: a training job for each try, all of them as the environment demands."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterable, List, Mapping

from training.configuration import Configuration, ConfigurationError

from .parameters import as_text
from .steps import CODE_OF_TRAINING, MODELS, Step, Steps
from .values import within

#: SageMaker knows its XGBoost image: it looks for these metrics in what a job prints, takes no others, and tunes these names alone.
#: https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost-tuning.html
XGBOOST_METRICS = ("accuracy", "auc", "f1", "mae", "mse", "rmse")
XGBOOST_NAMES = (
    "alpha",
    "colsample_bylevel",
    "colsample_bynode",
    "colsample_bytree",
    "eta",
    "gamma",
    "lambda",
    "max_delta_step",
    "max_depth",
    "min_child_weight",
    "num_round",
    "subsample",
)


def metric_definitions(framework: str, metrics: Iterable[str]) -> List[Dict[str, str]]:
    """How SageMaker finds the metrics in what training prints; `training/train.py` prints as XGBoost does."""
    if framework == "xgboost":
        return []
    return [{"Name": f"validation:{name}", "Regex": f"validation-{name}:(\\S+)"} for name in metrics]


def started_by() -> Dict[str, str]:
    """For a job whose definition has no entry point: AWS's images are told by hyper-parameters what to run, in JSON."""
    return {"sagemaker_program": json.dumps("tuned.py"), "sagemaker_submit_directory": json.dumps(CODE_OF_TRAINING)}


#: The image of XGBoost installs the code by pip, which would fetch setuptools although the image has it, and there is no way to an index.
#: 0 is what pip's variable says for `--no-build-isolation`.
INSTALLED_WITH = {"PIP_NO_BUILD_ISOLATION": "0"}


class Tuning:
    def __init__(self, steps: Steps, settings: Configuration, metrics: Mapping[str, str], *, metric: str, seed: int):
        """:param metrics: what training prints, and which way is better; `metric` is the one that decides where `tuning.metric` is not said"""
        self.steps = steps
        self.settings = settings
        self.said: Mapping[str, Any] = settings.tuning or {}
        self.metrics = metrics
        self.metric: str = self.said.get("metric", metric)
        self.seed = seed
        self._check()

    def step(self, name: str, channels: Mapping[str, Any], hyper_parameters: Mapping[str, Any]) -> Step:
        job = {
            "Strategy": self.said.get("strategy", "Bayesian"),
            "HyperParameterTuningJobObjective": {
                "Type": "Minimize" if self.metrics[self.metric] == "at-most" else "Maximize",
                "MetricName": f"validation:{self.metric}",
            },
            "ResourceLimits": {"MaxNumberOfTrainingJobs": self.said["jobs"], "MaxParallelTrainingJobs": self.said.get("parallel", 1)},
            "ParameterRanges": self._ranges(),
            "TrainingJobEarlyStoppingType": "Off",
            "RandomSeed": self.seed,
        }
        definition = {
            "Environment": INSTALLED_WITH,
            "StaticHyperParameters": {**hyper_parameters, **self._started_by()},
            **self.steps.training_job(self.steps.algorithm(metric_definitions(self.steps.framework, self.metrics), "tuning"), channels),
        }
        return self.steps.tuning(name, job=job, definition=definition)

    def best_model(self, name: str) -> Any:
        return within(self.steps.place(MODELS, "models"), {"Get": f"Steps.{name}.BestTrainingJob.TrainingJobName"}, "output/model.tar.gz")

    def _started_by(self) -> Dict[str, str]:
        if self.steps.framework != "xgboost" or "num_round" in self.settings.hyper_parameters:
            return started_by()
        return {**started_by(), "num_round": as_text(self.settings.hyper_parameters.get("rounds", 100))}  # SageMaker demands it of its XGBoost image

    def _ranges(self) -> Dict[str, List[Dict[str, Any]]]:
        found: Dict[str, List[Dict[str, Any]]] = {"IntegerParameterRanges": [], "ContinuousParameterRanges": [], "CategoricalParameterRanges": []}
        for name, said in self.said["ranges"].items():
            if "values" in said:
                found["CategoricalParameterRanges"].append({"Name": name, "Values": [as_text(value) for value in said["values"]]})
                continue
            whole = all(isinstance(value, int) for value in (said["minimum"], said["maximum"], self.settings.hyper_parameters[name]))
            bounds = {"MinValue": as_text(said["minimum"]), "MaxValue": as_text(said["maximum"]), "ScalingType": said.get("scaling", "Auto")}
            found["IntegerParameterRanges" if whole else "ContinuousParameterRanges"].append({"Name": name, **bounds})
        return {kind: ranges for kind, ranges in found.items() if ranges}

    def _check(self) -> None:
        """What is wrong only together with the rest of the configuration."""
        jobs, parallel = self.said["jobs"], self.said.get("parallel", 1)
        if parallel > jobs:
            raise ConfigurationError(f"tuning.parallel is {parallel} but must be at most tuning.jobs, {jobs}")
        if not self.said["ranges"]:
            raise ConfigurationError("tuning.ranges is empty: say what is tried")
        for name, said in self.said["ranges"].items():
            if said.get("values") == []:
                raise ConfigurationError(f"tuning.ranges.{name}.values is empty: say at least one value")
            if ("values" in said) == bool({"minimum", "maximum"} & set(said)) or ("minimum" in said) != ("maximum" in said):
                raise ConfigurationError(f"tuning.ranges.{name} must have minimum and maximum, or values")
            if "minimum" in said and said["minimum"] >= said["maximum"]:
                raise ConfigurationError(f"tuning.ranges.{name}.minimum is {said['minimum']} but must be less than the maximum, {said['maximum']}")
            if name not in self.settings.hyper_parameters:
                known = ", ".join(sorted(self.settings.hyper_parameters))
                raise ConfigurationError(f"tuning.ranges.{name} is not known: hyperParameters has {known}")
            if self.steps.framework == "xgboost" and name not in XGBOOST_NAMES:
                raise ConfigurationError(
                    f"tuning.ranges.{name} cannot be tuned with SageMaker's XGBoost image, which takes {', '.join(XGBOOST_NAMES)}"
                )
        known_metrics = [one for one in self.metrics if self.steps.framework != "xgboost" or one in XGBOOST_METRICS]
        if self.metric not in known_metrics:
            raise ConfigurationError(f"tuning.metric is {self.metric} but must be one of {', '.join(known_metrics)}")
