"""The SageMaker pipeline as SageMaker reads it: the approved version runs over the rows, and what comes out is checked.

The model has no network, its instances are in the environment's, and everything is written with the environment's keys: the
environment refuses any other.
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

import os
from typing import Any, Dict

from batch import configuration

from .environment import Environment, EnvironmentIncomplete
from .images import image
from .instances import has_local_storage
from .processing import of_execution, processing, processing_input, processing_output
from .release import NoRelease, Release
from .source import digest

Step = Dict[str, Any]
#: What may be wrong with what people have written, or with what the step before has left.
MISTAKES = (configuration.ConfigurationError, NoRelease)


def definition(environment: Environment) -> Dict[str, Any]:
    return Definition(environment, configuration.load(), Release.read()).whole()


def started_with(_: Environment) -> Dict[str, str]:
    """It has no parameters: a release and a configuration make another pipeline."""
    return {}


class Definition:
    def __init__(self, environment: Environment, settings: configuration.Configuration, release: Release):
        self.environment = environment
        self.settings = settings
        self.release = release
        self.role = os.environ.get("BATCH_ROLE_ARN", "")
        if not self.role:
            raise EnvironmentIncomplete("not set: BATCH_ROLE_ARN")
        self.rows = f"s3://{environment.data_bucket}/{settings.input}"

    def whole(self) -> Dict[str, Any]:
        return {
            "Version": "2020-12-01",
            "Metadata": {},
            "Parameters": [],
            "Steps": [self.model(), self.transform(), self.check()],
        }

    def model(self) -> Step:
        environment, release = self.environment, self.release
        return {
            "Name": "Model",
            "Type": "Model",
            "Arguments": {
                "PrimaryContainer": {"Image": release.image, "ModelDataUrl": release.model_data_url, "Environment": release.variables},
                "ExecutionRoleArn": self.role,
                "VpcConfig": {"Subnets": environment.subnets, "SecurityGroupIds": environment.security_groups},
                "EnableNetworkIsolation": True,
                "Tags": environment.tags,
            },
        }

    def transform(self) -> Step:
        environment, settings = self.environment, self.settings
        return {
            "Name": "Transform",
            "Type": "Transform",
            "Arguments": {
                "ModelName": {"Get": "Steps.Model.ModelName"},
                "BatchStrategy": "SingleRecord" if settings.is_of_texts else "MultiRecord",
                "MaxPayloadInMB": settings.maximum_payload_megabytes,
                "MaxConcurrentTransforms": settings.concurrency,
                "TransformInput": {
                    "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": self.rows}},
                    "ContentType": settings.content_type,
                    "SplitType": "Line",
                },
                "TransformOutput": {
                    "S3OutputPath": self._made("predictions"),
                    "Accept": settings.content_type,
                    "AssembleWith": "Line",
                    "KmsKeyId": environment.data_key_arn,
                },
                "TransformResources": {
                    "InstanceType": settings.instance_type,
                    "InstanceCount": settings.instance_count,
                    # Disks that an instance has itself are encrypted by it, and take no key.
                    **({} if has_local_storage(settings.instance_type) else {"VolumeKmsKeyId": environment.volumes_key_arn}),
                },
                "Tags": environment.tags,
            },
        }

    def check(self) -> Step:
        environment, settings = self.environment, self.settings
        code = f"s3://{environment.code_bucket}/{environment.code_prefix}{digest()}/"
        return {
            "Name": "Check",
            "Type": "Processing",
            "DependsOn": ["Transform"],
            "Arguments": {
                **processing(
                    environment,
                    image=settings.check_image or image("xgboost", environment.aws_region),
                    module="batch.check",
                    inputs=[
                        processing_input("code", code),
                        processing_input("rows", self.rows),
                        processing_input("predictions", self._made("predictions")),
                    ],
                    outputs=[processing_output("manifest", self._made("manifest"))],
                    output_key_arn=environment.data_key_arn,
                    instance_type=settings.check_instance_type,
                    maximum_seconds=settings.maximum_seconds,
                ),
                "Environment": {"MODEL_PACKAGE_ARN": self.release.model_package_arn},
            },
        }

    def _made(self, part: str) -> Any:
        return of_execution(f"s3://{self.environment.data_bucket}/{configuration.OUTPUTS}{self.environment.pipeline_name}", part)
