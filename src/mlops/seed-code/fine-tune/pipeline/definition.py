"""The SageMaker pipeline as SageMaker reads it: process, train or tune, evaluate, and register what passes the gate.

Each step is a method; `pipeline/steps.py` says what every job must be like. To have one more step, write one more method and name
it in `whole`.
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

from typing import Any

from training import configuration

from .environment import Environment
from .instances import has_local_storage
from .outline import address, decide, track, whole
from .parameters import INPUT_VERSION, Parameters
from .previous import last_approved
from .steps import DATA, MODELS, REPORTS, Step, Steps
from .tuning import Tuning
from .values import made, read, text, within

#: What may be wrong with what people have written.
MISTAKES = (configuration.ConfigurationError,)
#: How the container finds the functions that answer, in the archive of the model; it looks for nothing at Hugging Face.
SERVED_BY = {
    "SAGEMAKER_PROGRAM": "inference.py",
    "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
#: A parameter of an execution beside those of `pipeline/parameters.py`.
BASE_MODEL = "BaseModel"


def definition(environment: Environment) -> dict[str, Any]:
    return Definition(environment, configuration.load()).whole()


def started_with(environment: Environment) -> dict[str, str]:
    """Parameters of an execution that a build starts, for a push or a schedule alike: it reads what is there now."""
    version = environment.delivery_id or environment.commit_id
    return {**({INPUT_VERSION: version} if version else {}), **last_approved(environment)}


class Definition:
    def __init__(self, environment: Environment, settings: configuration.Configuration):
        self.environment = environment
        self.settings = settings
        self.steps = Steps(
            environment,
            framework="hugging-face",
            instances=settings.instances,
            maximum_seconds=settings.maximum_seconds,
            images=settings.images,
        )
        self.parameters = Parameters(
            settings,
            address(environment, settings.input),
            nothing=f"{self.steps.code}training/__init__.py",
            instances={},  # whether a disk has a key depends on their type
            **{BASE_MODEL: address(environment, settings.base_model)},
        )
        # The base model is the same for all tries: what is better beside it is so by itself.
        metric = settings.gate.metric.replace("_against_base", "")
        seed = int(settings.held_out["seed"])
        self.tuning = Tuning(self.steps, settings, configuration.OF_TRAINING, metric=metric, seed=seed) if settings.tuning else None

    def whole(self) -> dict[str, Any]:
        found = self.tune() if self.tuning else self.train()
        tracked = track(self.environment, self.steps)
        decided = decide(self.settings, self.steps, self.parameters.gate_threshold, [self.evidence(), self.register()])
        return whole(self.parameters, [self.process(), found, self.evaluate(), *tracked, decided])

    def process(self) -> Step:
        return self.on_disk(
            self.steps.processing(
                "Process",
                inputs={"data": self.parameters.input},
                outputs=dict.fromkeys(["train", "test", "baseline", "manifest", *(["validation"] if self.tuning else [])], DATA),
                variables={"INPUT": self.parameters.input, "INPUT_VERSION": self.parameters.input_version},
            )
        )

    def train(self) -> Step:
        metrics = [{"Name": "train:loss", "Regex": "train-loss=([0-9.e+-]+);"}]
        channels, said = self._channels("train", "test"), self.parameters.hyper_parameters
        step = self.steps.training("Train", channels=channels, hyper_parameters=said, metrics=metrics)
        self._with_capacity(step["Arguments"])
        return self.on_disk(step, holds_model=True)

    def tune(self) -> Step:
        """In AWS's training image: tuning jobs take no entry point, and its toolkit looks for one in hyper-parameters."""
        assert self.tuning is not None
        step = self.tuning.step("Tune", self._channels("train", "validation", "test"), self.parameters.hyper_parameters)
        self._with_capacity(step["Arguments"]["TrainingJobDefinition"])
        return self.on_disk(step, holds_model=True)

    def evaluate(self) -> Step:
        return self.on_disk(
            self.steps.processing(
                "Evaluate",
                inputs={
                    "base": self.parameters.places[BASE_MODEL],
                    "model": self._model,
                    "test": made("Process", "test"),
                    "manifest": made("Process", "manifest"),
                    "previous": self.parameters.previous,
                },
                outputs={"evaluation": REPORTS},
                reads={
                    "Report": ("evaluation", "evaluation.json"),
                    "Manifest": ("evaluation", "manifest.json"),
                    "Card": ("evaluation", "model-card-content.json"),
                },
                variables={
                    "BASE_MODEL": self.parameters.places[BASE_MODEL],
                    "COMMIT": self._commit,
                    "GATE_THRESHOLD": text(self.parameters.gate_threshold),
                    "PREVIOUS": self.parameters.previous_name,
                },
            ),
            holds_model=True,
        )

    def evidence(self) -> Step:
        """In a job of its own: it writes to the models bucket, and a job has one key for all that it writes."""
        inputs = {**{part: made("Process", part) for part in ("test", "baseline")}, "evaluation": made("Evaluate", "evaluation")}
        return self.on_disk(self.steps.processing("Evidence", inputs=inputs, outputs=dict.fromkeys(["samples", "baseline"], MODELS)))

    def register(self) -> Step:
        return self.steps.register(
            "Register",
            model=self._model,
            variables=SERVED_BY,
            description=f"Fine-tuned with LoRA, commit {self._commit}",
            content_types=["application/json"],
            ModelCard={"ModelCardContent": read("Evaluate", "Card", "content"), "ModelCardStatus": "PendingReview"},
            ModelMetrics={"ModelQuality": {"Statistics": _json(self._evaluated("evaluation.json"))}},
            DriftCheckBaselines={
                "ModelDataQuality": {"Statistics": self._baseline("statistics.json"), "Constraints": self._baseline("constraints.json")},
                "ModelQuality": {"Statistics": self._baseline("quality-statistics.json")},
            },
            CustomerMetadataProperties={
                "commit": self._commit,
                "pipeline-execution": {"Get": "Execution.PipelineExecutionId"},
                "base-model": self.parameters.places[BASE_MODEL],
                "report": self._evaluated("report.html"),
                "sample-payload": within(made("Evidence", "samples"), "payload.jsonl"),
                "input": self.parameters.input,
                "input-digest": read("Evaluate", "Manifest", "digest"),
                "input-manifest": self._evaluated("manifest.json"),
            },
        )

    def on_disk(self, step: Step, holds_model: bool = False) -> Step:
        """With room for the model, where a job holds it. Disks that an instance has itself are encrypted by it, and take no key."""
        arguments = step["Arguments"].get("TrainingJobDefinition", step["Arguments"])
        disk = arguments["ResourceConfig"] if "ResourceConfig" in arguments else arguments["ProcessingResources"]["ClusterConfig"]
        if holds_model:
            disk["VolumeSizeInGB"] = self.settings.volume_size
        if has_local_storage(disk["InstanceType"]):
            del disk["VolumeKmsKeyId"]
        return step

    def _with_capacity(self, job: dict[str, Any]) -> None:
        if self.settings.spot:
            longest = self.settings.maximum_seconds
            stop = {"MaxRuntimeInSeconds": longest, "MaxWaitTimeInSeconds": 2 * longest}
            job.update(EnableManagedSpotTraining=True, StoppingCondition=stop)

    def _channels(self, *parts: str) -> dict[str, Any]:
        return {"base": self.parameters.places[BASE_MODEL], **{part: made("Process", part) for part in parts}}

    @property
    def _commit(self) -> str:
        return self.environment.commit_id or "unknown"

    @property
    def _model(self) -> Any:
        return self.tuning.best_model("Tune") if self.tuning else {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}

    def _baseline(self, file: str) -> dict[str, Any]:
        return _json(within(made("Evidence", "baseline"), file))

    def _evaluated(self, file: str) -> Any:
        return within(made("Evaluate", "evaluation"), file)


def _json(place: Any) -> dict[str, Any]:
    return {"ContentType": "application/json", "S3Uri": place}
