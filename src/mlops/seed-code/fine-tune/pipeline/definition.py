"""The SageMaker pipeline as SageMaker reads it: process, train, evaluate, and register what passes the gate.

Each step is a method; `pipeline/steps.py` says what every job must be like. To have one more step, write one more method and name
it in `whole`.
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

from typing import Any

from training import configuration, gate

from .environment import Environment
from .instances import has_local_storage
from .steps import DATA, MODELS, REPORTS, Step, Steps
from .values import condition, made, read, text, within

#: What may be wrong with what people have written.
MISTAKES = (configuration.ConfigurationError,)
#: How the container finds the functions that answer, in the archive of the model; it looks for nothing at Hugging Face.
SERVED_BY = {
    "SAGEMAKER_PROGRAM": "inference.py",
    "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
#: Parameters of an execution.
INPUT, INPUT_VERSION, BASE_MODEL, GATE_THRESHOLD = "Input", "InputVersion", "BaseModel", "GateThreshold"


def definition(environment: Environment) -> dict[str, Any]:
    return Definition(environment, configuration.load()).whole()


def started_with(environment: Environment) -> dict[str, str]:
    """Parameters of an execution that a build starts, for a push or a schedule alike: it reads what is there now."""
    version = environment.delivery_id or environment.commit_id
    return {INPUT_VERSION: version} if version else {}


class Definition:
    def __init__(self, environment: Environment, settings: configuration.Configuration):
        self.environment = environment
        self.settings = settings
        self.steps = Steps(environment, framework="hugging-face", instances=settings.instances, maximum_seconds=settings.maximum_seconds)

    def whole(self) -> dict[str, Any]:
        declared = [
            (INPUT, "String", self._address(self.settings.input)),
            (INPUT_VERSION, "String", "unchanged"),
            (BASE_MODEL, "String", self._address(self.settings.base_model)),
            (GATE_THRESHOLD, "Float", self.settings.gate.threshold),
        ]
        return {
            "Version": "2020-12-01",
            "Metadata": {},
            "Parameters": [{"Name": name, "Type": kind, "DefaultValue": default} for name, kind, default in declared],
            "PipelineExperimentConfig": {"ExperimentName": {"Get": "Execution.PipelineName"}, "TrialName": {"Get": "Execution.PipelineExecutionId"}},
            "Steps": [self.process(), self.train(), self.evaluate(), self.decide()],
        }

    def process(self) -> Step:
        return self.on_disk(
            self.steps.processing(
                "Process",
                inputs={"data": _parameter(INPUT)},
                outputs=dict.fromkeys(["train", "test", "manifest"], DATA),
                variables={"INPUT": _parameter(INPUT), "INPUT_VERSION": _parameter(INPUT_VERSION)},
            )
        )

    def train(self) -> Step:
        metrics = [{"Name": "train:loss", "Regex": "train-loss=([0-9.e+-]+);"}]
        channels = {"base": _parameter(BASE_MODEL), "train": made("Process", "train"), "test": made("Process", "test")}
        step = self.on_disk(self.steps.training("Train", channels=channels, hyper_parameters={}, metrics=metrics), holds_model=True)
        if self.settings.spot:
            longest = self.settings.maximum_seconds
            stop = {"MaxRuntimeInSeconds": longest, "MaxWaitTimeInSeconds": 2 * longest}
            step["Arguments"].update(EnableManagedSpotTraining=True, StoppingCondition=stop)
        return step

    def evaluate(self) -> Step:
        return self.on_disk(
            self.steps.processing(
                "Evaluate",
                inputs={
                    "base": _parameter(BASE_MODEL),
                    "model": self._model,
                    "test": made("Process", "test"),
                    "manifest": made("Process", "manifest"),
                },
                outputs={"evaluation": REPORTS},
                reads={
                    "Report": ("evaluation", "evaluation.json"),
                    "Manifest": ("evaluation", "manifest.json"),
                    "Card": ("evaluation", "model-card-content.json"),
                },
                variables={"COMMIT": self._commit, "GATE_THRESHOLD": text(_parameter(GATE_THRESHOLD))},
            ),
            holds_model=True,
        )

    def decide(self) -> Step:
        asked = self.settings.gate
        measured = read("Evaluate", "Report", *gate.metric_path(self.settings))
        said = [f"The model is not registered: {asked.metric} must be {asked.comparison.replace('-', ' ')}", _parameter(GATE_THRESHOLD)]
        return self.steps.branch(
            "Gate",
            conditions=[condition(measured, asked.comparison, _parameter(GATE_THRESHOLD))],
            then=[self.evidence(), self.register()],
            otherwise=[self.steps.fail("Refuse", {"Std:Join": {"On": " ", "Values": said}})],
        )

    def evidence(self) -> Step:
        """In a job of its own: it writes to the models bucket, and a job has one key for all that it writes."""
        return self.on_disk(self.steps.processing("Evidence", inputs={"test": made("Process", "test")}, outputs={"samples": MODELS}))

    def register(self) -> Step:
        return self.steps.register(
            "Register",
            model=self._model,
            variables=SERVED_BY,
            description=f"Fine-tuned with LoRA, commit {self._commit}",
            content_types=["application/json"],
            ModelCard={"ModelCardContent": read("Evaluate", "Card", "content"), "ModelCardStatus": "PendingReview"},
            ModelMetrics={"ModelQuality": {"Statistics": {"ContentType": "application/json", "S3Uri": self._evaluated("evaluation.json")}}},
            CustomerMetadataProperties={
                "commit": self._commit,
                "pipeline-execution": {"Get": "Execution.PipelineExecutionId"},
                "base-model": _parameter(BASE_MODEL),
                "report": self._evaluated("report.html"),
                "sample-payload": within(made("Evidence", "samples"), "payload.jsonl"),
                "input": _parameter(INPUT),
                "input-digest": read("Evaluate", "Manifest", "digest"),
                "input-manifest": self._evaluated("manifest.json"),
            },
        )

    def on_disk(self, step: Step, holds_model: bool = False) -> Step:
        """With room for the model, where a job holds it. Disks that an instance has itself are encrypted by it, and take no key."""
        arguments = step["Arguments"]
        disk = arguments["ResourceConfig"] if "ResourceConfig" in arguments else arguments["ProcessingResources"]["ClusterConfig"]
        if holds_model:
            disk["VolumeSizeInGB"] = self.settings.volume_size
        if has_local_storage(disk["InstanceType"]):
            del disk["VolumeKmsKeyId"]
        return step

    @property
    def _commit(self) -> str:
        return self.environment.commit_id or "unknown"

    @property
    def _model(self) -> Any:
        return {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}

    def _evaluated(self, file: str) -> Any:
        return within(made("Evaluate", "evaluation"), file)

    def _address(self, said: str) -> str:
        """A prefix of the data bucket, or an address."""
        return said if said.startswith("s3://") else f"s3://{self.environment.data_bucket}/{said}"


def _parameter(name: str) -> Any:
    return {"Get": f"Parameters.{name}"}
