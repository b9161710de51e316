"""What the pipelines of all projects that make models have in common: how they begin, the run in MLflow, the gate, and where data is."""

from __future__ import annotations

from typing import Any, Dict, List

from training import gate
from training.configuration import Configuration

from .environment import Environment
from .parameters import Parameters
from .steps import REPORTS, Step, Steps
from .values import condition, made, read


def whole(parameters: Parameters, steps: List[Step]) -> Dict[str, Any]:
    return {
        "Version": "2020-12-01",
        "Metadata": {},
        "Parameters": parameters.declared,
        "PipelineExperimentConfig": {"ExperimentName": {"Get": "Execution.PipelineName"}, "TrialName": {"Get": "Execution.PipelineExecutionId"}},
        "Steps": steps,
    }


def address(environment: Environment, said: str) -> str:
    """A prefix of the data bucket, or an address."""
    return said if said.startswith("s3://") else f"s3://{environment.data_bucket}/{said}"


def track(environment: Environment, steps: Steps) -> List[Step]:
    """Beside the gate: what was not good enough is a run as well. Of the network it needs MLflow and S3, so it is not isolated."""
    server = environment.mlflow_tracking_server_arn
    if not server:
        return []
    variables = {
        "MLFLOW_TRACKING_URI": server,
        "MLFLOW_EXPERIMENT_NAME": environment.pipeline_name,
        "MLFLOW_RUN_NAME": {"Get": "Execution.PipelineExecutionId"},
        "COMMIT_ID": environment.commit_id or "unknown",
    }
    inputs, outputs = {"evaluation": made("Evaluate", "evaluation")}, {"tracking": REPORTS}
    return [steps.processing("Track", module="training.tracking", inputs=inputs, outputs=outputs, variables=variables, isolated=False)]


def decide(settings: Configuration, steps: Steps, threshold: Any, passed: List[Step]) -> Step:
    asked = settings.gate
    refusal = {"Std:Join": {"On": " ", "Values": [f"The model is not registered: {asked.metric} must be {asked.words}", threshold]}}
    return steps.branch(
        "Gate",
        conditions=[condition(read("Evaluate", "Report", *gate.metric_path(settings)), asked.comparison, threshold)],
        then=passed,
        otherwise=[steps.fail("Refuse", refusal)],
    )
