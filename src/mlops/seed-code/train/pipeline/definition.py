"""The SageMaker pipeline as SageMaker reads it: process, train or tune, evaluate, and register what passes the gate.

Each step is a method; `pipeline/steps.py` says what every job must be like. To have one more step, write one more method and name
it in `whole`.
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Type

from training import configuration

from .environment import Environment
from .framework import NoFramework, framework_of
from .outline import address, decide, track, whole
from .parameters import INPUT, INPUT_VERSION, Parameters
from .previous import last_approved
from .source import digest
from .steps import DATA, MODELS, REPORTS, Step, Steps
from .tuning import Tuning, metric_definitions
from .values import made, read, text, within

#: What may be wrong with what people have written.
MISTAKES = (configuration.ConfigurationError, NoFramework)
#: How a container of AWS's finds the functions that answer, in the archive of the model.
SERVED_BY = {
    "SAGEMAKER_PROGRAM": "inference.py",
    "SAGEMAKER_SUBMIT_DIRECTORY": "/opt/ml/model/code",
    "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT": "text/csv",
    # The image of scikit-learn installs the code by pip, which would fetch setuptools although the image has it, and there is no
    # way to an index. 0 is what pip's variable says for `--no-build-isolation`.
    "PIP_NO_BUILD_ISOLATION": "0",
    # TorchServe takes 6.5 MB; batch transform sends and gets up to 100.
    "TS_MAX_REQUEST_SIZE": "104857600",
    "TS_MAX_RESPONSE_SIZE": "104857600",
}


def definition(environment: Environment) -> Dict[str, Any]:
    return Definition(environment, configuration.load()).whole()


def started_with(environment: Environment) -> Dict[str, str]:
    """Parameters of an execution that a build starts, for a push, a schedule or drift alike: it reads what is there now."""
    version = environment.delivery_id or environment.commit_id
    read_now = {INPUT: Definition(environment, configuration.load()).input, **({INPUT_VERSION: version} if version else {})}
    return {**read_now, **last_approved(environment)}


class Definition:
    def __init__(self, environment: Environment, settings: configuration.Configuration):
        self.environment = environment
        self.settings = settings
        self.framework = framework_of(settings.model)
        # Without data of one's own, what stands for the bundled data set.
        self.input = f"{self._code}bundled/" if settings.input is None else address(environment, settings.input)
        self.parameters = Parameters(settings, self.input, nothing=f"{self._code}training/__init__.py", instances=settings.instances)
        self.steps = self.kind_of_steps(
            environment,
            framework=self.framework,
            instances=self.parameters.instances,
            maximum_seconds=settings.maximum_seconds,
            cached_for=settings.cache,
            images=settings.images,
        )
        self.metrics = configuration.METRICS[settings.task]
        seed = settings.split["seed"]
        self.tuning = Tuning(self.steps, settings, self.metrics, metric=settings.gate.metric, seed=seed) if settings.tuning else None

    @property
    def kind_of_steps(self) -> Type[Steps]:
        return Steps

    def whole(self) -> Dict[str, Any]:
        found = self.tune() if self.tuning else self.train()
        tracked = track(self.environment, self.steps)
        passed = [self.evidence(), self.register()]
        decided = decide(self.settings, self.steps, self.parameters.gate_threshold, passed)
        return whole(self.parameters, [self.process(), found, self.evaluate(), *tracked, decided])

    def process(self) -> Step:
        parameters = self.parameters
        return self.steps.processing(
            "Process",
            inputs={"data": parameters.input},
            outputs=dict.fromkeys(["train", "validation", "test", "baseline", "manifest"], DATA),
            variables={"INPUT": parameters.input, "INPUT_VERSION": parameters.input_version},
        )

    def train(self) -> Step:
        metrics = metric_definitions(self.framework, self.metrics)
        return self.steps.training("Train", channels=self._channels, hyper_parameters=self.parameters.hyper_parameters, metrics=metrics)

    def tune(self) -> Step:
        assert self.tuning is not None
        return self.tuning.step("Tune", self._channels, self.parameters.hyper_parameters)

    def evaluate(self) -> Step:
        return self.steps.processing(
            "Evaluate",
            inputs={
                "model": self._model,
                **{part: made("Process", part) for part in ("test", "manifest", "baseline")},
                "previous": self.parameters.previous,
            },
            outputs={"evaluation": REPORTS},
            reads={
                "Report": ("evaluation", "evaluation.json"),
                "Manifest": ("evaluation", "manifest.json"),
                "Card": ("evaluation", "model-card-content.json"),
            },
            variables={
                "COMMIT": self.environment.commit_id or "unknown",
                "GATE_THRESHOLD": text(self.parameters.gate_threshold),
                "PREVIOUS": self.parameters.previous_name,
            },
        )

    def evidence(self) -> Step:
        """In a job of its own: it writes to the models bucket, and a job has one key for all that it writes."""
        return self.steps.processing(
            "Evidence",
            inputs={"test": made("Process", "test"), "baseline": made("Process", "baseline"), "evaluation": made("Evaluate", "evaluation")},
            outputs=dict.fromkeys(["samples", "baseline"], MODELS),
        )

    def register(self) -> Step:
        commit = self.environment.commit_id or "unknown"
        return self.steps.register(
            "Register",
            model=self._model,
            variables=SERVED_BY,
            description=f"{self.settings.model}, commit {commit}",
            content_types=["text/csv", "application/json"],
            ModelCard={"ModelCardContent": read("Evaluate", "Card", "content"), "ModelCardStatus": "PendingReview"},
            ModelMetrics={"ModelQuality": {"Statistics": _json(self._evaluated("evaluation.json"))}},
            DriftCheckBaselines={"ModelDataQuality": self._baselines(""), "ModelQuality": self._baselines("quality-")},
            CustomerMetadataProperties={
                "commit": commit,
                "pipeline-execution": {"Get": "Execution.PipelineExecutionId"},
                "report": self._evaluated("report.html"),
                "sample-payload": within(made("Evidence", "samples"), "payload.csv"),
                "input": self.parameters.input,
                "input-digest": read("Evaluate", "Manifest", "digest"),
                "input-manifest": self._evaluated("manifest.json"),
            },
        )

    @property
    def _code(self) -> str:
        return f"s3://{self.environment.code_bucket}/{self.environment.code_prefix}{digest()}/"

    @property
    def _channels(self) -> Mapping[str, Any]:
        return {part: made("Process", part) for part in ("train", "validation")}

    @property
    def _model(self) -> Any:
        return self.tuning.best_model("Tune") if self.tuning else {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}

    def _evaluated(self, file: str) -> Any:
        return within(made("Evaluate", "evaluation"), file)

    def _baselines(self, kind: str) -> Dict[str, Any]:
        return {what: _json(within(made("Evidence", "baseline"), f"{kind}{what.lower()}.json")) for what in ("Statistics", "Constraints")}


def _json(place: Any) -> Dict[str, Any]:
    return {"ContentType": "application/json", "S3Uri": place}
