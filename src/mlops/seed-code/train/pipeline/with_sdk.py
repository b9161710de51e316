"""The same pipeline by classes of the SageMaker Python SDK, for who prefers them: `python -m pipeline.with_sdk definition`.

`WithSdk.steps` gives steps of the SDK, so that any other of its steps can stand beside them in `more_steps`. A build must be able to
install the SDK (`buildspec.sdk.yml`); `pipeline/definition.py` needs nothing. Every job says by itself what the environment demands,
and AWS is asked nothing while the pipeline is written.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Dict, List, Mapping, Tuple, Type

from .environment import ANY_REGION, Environment

# The SDK makes clients of AWS when it is imported, and looks at the role of a job, which a build may not.
os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("AWS_REGION") or ANY_REGION)
os.environ.setdefault("SAGEMAKER_VALIDATE_ROLE", "false")

# ruff: noqa: E402
import boto3
from sagemaker.core.helper.pipeline_variable import PipelineVariable
from sagemaker.core.network import NetworkConfig
from sagemaker.core.processing import Processor
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output, StoppingCondition, Tag
from sagemaker.core.training.configs import Compute, InputData, Networking, OutputDataConfig
from sagemaker.core.workflow.conditions import ConditionGreaterThanOrEqualTo, ConditionLessThanOrEqualTo
from sagemaker.core.workflow.execution_variables import ExecutionVariables
from sagemaker.core.workflow.parameters import ParameterFloat, ParameterString
from sagemaker.core.workflow.pipeline_context import PipelineSession
from sagemaker.core.workflow.properties import PropertyFile
from sagemaker.mlops.workflow.condition_step import ConditionStep
from sagemaker.mlops.workflow.fail_step import FailStep
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.pipeline_experiment_config import PipelineExperimentConfig
from sagemaker.mlops.workflow.steps import CacheConfig, ProcessingStep, StepTypeEnum, TrainingStep
from sagemaker.mlops.workflow.steps import Step as SdkStep
from sagemaker.train.model_trainer import ModelTrainer

from training import configuration

from .definition import Definition
from .processing import CODE
from .steps import MODELS, Steps
from .tuning import INSTALLED_WITH, started_by


def definition(environment: Environment) -> Dict[str, Any]:
    pipeline = WithSdk(environment, configuration.load()).pipeline()
    return dict(json.loads(pipeline.definition()))


class WithSdk(Definition):
    steps: SdkSteps

    @property
    def kind_of_steps(self) -> Type[Steps]:
        return SdkSteps

    def pipeline(self) -> Pipeline:
        whole = self.whole()
        kinds = {"String": ParameterString, "Float": ParameterFloat}
        return Pipeline(
            name=self.environment.pipeline_name,
            parameters=[kinds[one["Type"]](name=one["Name"], default_value=one["DefaultValue"]) for one in whole["Parameters"]],
            pipeline_experiment_config=PipelineExperimentConfig(ExecutionVariables.PIPELINE_NAME, ExecutionVariables.PIPELINE_EXECUTION_ID),
            steps=[*whole["Steps"], *self.more_steps()],
            sagemaker_session=self.steps.session,
        )

    def more_steps(self) -> List[SdkStep]:
        """Steps of your own, by the SDK."""
        return []


class SdkSteps(Steps):
    def __init__(self, environment: Environment, **options: Any):
        super().__init__(environment, **options)
        self.session = PipelineSession(
            boto3.Session(region_name=environment.aws_region),
            default_bucket=environment.code_bucket,
            sagemaker_config={"SchemaVersion": "1.0", "SageMaker": {"PythonSDK": {"Modules": {"TelemetryOptOut": True}}}},
        )
        self.tags = [Tag(key=tag["Key"], value=tag["Value"]) for tag in environment.tags]
        self.cache = CacheConfig(enable_caching=True, expire_after=self.cached_for) if self.cached_for else None

    def processing(
        self,
        name: str,
        *,
        inputs: Mapping[str, Any],
        outputs: Mapping[str, str],
        module: str | None = None,
        reads: Mapping[str, Tuple[str, str]] | None = None,
        variables: Mapping[str, Any] | None = None,
        isolated: bool = True,
    ) -> Any:
        bucket = self.bucket_of(name, outputs)
        processor = Processor(
            role=self.environment.job_role_arn,
            image_uri=self.image("training"),
            instance_count=1,
            instance_type=known_later(self.instances.get(name.lower(), self.instances["process"])),
            entrypoint=["bash", "-c", f"cd {CODE} && python3 -m {module or f'training.{name.lower()}'}"],
            volume_kms_key=self.environment.volumes_key_arn,
            output_kms_key=self.key_arn(bucket),
            max_runtime_in_seconds=self.maximum_seconds,
            sagemaker_session=self.session,
            env={what: known_later(value) for what, value in variables.items()} if variables else None,
            tags=self.environment.tags,
            network_config=NetworkConfig(
                enable_network_isolation=isolated,
                security_group_ids=self.environment.security_groups,
                subnets=self.environment.subnets,
                encrypt_inter_container_traffic=True,
            ),
        )
        return ProcessingStep(
            name,
            step_args=processor.run(
                inputs=[_input(what, place) for what, place in {"code": self.code, **inputs}.items()],
                outputs=[_output(what, self.place(bucket, what)) for what in outputs],
            ),
            property_files=[PropertyFile(what, output_name=output, path=path) for what, (output, path) in (reads or {}).items()],
            cache_config=self.cache,
        )

    def training(self, name: str, *, channels: Mapping[str, Any], hyper_parameters: Mapping[str, Any], metrics: List[Any]) -> Any:
        """Started by the image itself, as hyper-parameters say: the SDK would upload an entry point of its own while the pipeline is written."""
        trainer = ModelTrainer(
            training_image=self.image("training"),
            role=self.environment.job_role_arn,
            compute=Compute(
                instance_type=known_later(self.instances["train"]),
                instance_count=1,
                volume_size_in_gb=30,
                volume_kms_key_id=self.environment.volumes_key_arn,
            ),
            networking=Networking(
                subnets=self.environment.subnets,
                security_group_ids=self.environment.security_groups,
                enable_network_isolation=True,
                enable_inter_container_traffic_encryption=True,
            ),
            output_data_config=OutputDataConfig(s3_output_path=known_later(self.place(MODELS, "models")), kms_key_id=self.key_arn(MODELS)),
            stopping_condition=StoppingCondition(max_runtime_in_seconds=self.maximum_seconds),
            hyperparameters={what: known_later(value) for what, value in {**hyper_parameters, **started_by()}.items()},
            environment=dict(INSTALLED_WITH),
            tags=self.tags,
            sagemaker_session=self.session,
        )
        if metrics:
            trainer.with_metric_definitions([{"name": one["Name"], "regex": one["Regex"]} for one in metrics])
        fed = [InputData(channel_name=what, data_source=known_later(place)) for what, place in {"code": self.code, **channels}.items()]
        return TrainingStep(name, step_args=trainer.train(input_data_config=fed), cache_config=self.cache)

    @staticmethod
    def branch(name: str, *, conditions: List[Any], then: List[Any], otherwise: List[Any]) -> Any:
        kinds = {"LessThanOrEqualTo": ConditionLessThanOrEqualTo, "GreaterThanOrEqualTo": ConditionGreaterThanOrEqualTo}
        asked = [kinds[one["Type"]](left=known_later(one["LeftValue"]), right=known_later(one["RightValue"])) for one in conditions]
        return ConditionStep(name, conditions=asked, if_steps=then, else_steps=otherwise)

    @staticmethod
    def fail(name: str, message: Any) -> Any:
        return FailStep(name, error_message=known_later(message))

    def register(self, name: str, **version: Any) -> Any:
        return Given(super().register(name, **version))

    def tuning(self, name: str, **tries: Any) -> Any:
        return Given(super().tuning(name, **tries))


class Given(SdkStep):  # type: ignore[misc]
    """A step by the arguments of SageMaker's API, where the SDK's own class would ask AWS while the pipeline is written."""

    def __init__(self, step: Dict[str, Any]):
        super().__init__(step["Name"], step_type=StepTypeEnum(step["Type"]))
        self.step = step

    @property
    def arguments(self) -> Dict[str, Any]:
        return dict(self.step["Arguments"])

    @property
    def properties(self) -> Any:
        return None

    def to_request(self) -> Dict[str, Any]:
        return {**super().to_request(), **self.step}


class KnownLater(PipelineVariable):  # type: ignore[misc]
    """A value of `pipeline/values.py` or `pipeline/parameters.py`."""

    def __init__(self, said: Dict[str, Any]):
        self.said = said

    def to_string(self) -> PipelineVariable:
        return self

    @property
    def expr(self) -> Dict[str, Any]:
        return self.said

    @property
    def _referenced_steps(self) -> List[str]:
        return []


def known_later(value: Any) -> Any:
    return KnownLater(value) if isinstance(value, dict) else value


def _input(name: str, place: Any) -> ProcessingInput:
    return ProcessingInput(
        input_name=name,
        s3_input=ProcessingS3Input(
            s3_uri=known_later(place),
            local_path=f"/opt/ml/processing/input/{name}",
            s3_data_type="S3Prefix",
            s3_input_mode="File",
            s3_data_distribution_type="FullyReplicated",
        ),
    )


def _output(name: str, place: Any) -> ProcessingOutput:
    place_of_output = ProcessingS3Output(s3_uri=known_later(place), local_path=f"/opt/ml/processing/output/{name}", s3_upload_mode="EndOfJob")
    return ProcessingOutput(output_name=name, s3_output=place_of_output)


if __name__ == "__main__":
    from .__main__ import main

    sys.exit(main(write=definition))
