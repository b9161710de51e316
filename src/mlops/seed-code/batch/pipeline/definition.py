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
from .images import xgboost_image
from .release import NoRelease, Release
from .source import digest

Step = Dict[str, Any]
#: What may be wrong with what people have written, or with what the step before has left.
MISTAKES = (configuration.ConfigurationError, NoRelease)


def definition(environment: Environment) -> Dict[str, Any]:
    return Definition(environment, configuration.load(), Release.read()).whole()


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
                "BatchStrategy": "MultiRecord",
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
                    "VolumeKmsKeyId": environment.volumes_key_arn,
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
                "AppSpecification": {
                    "ImageUri": xgboost_image(environment.aws_region),
                    "ContainerEntrypoint": ["bash", "-c", f"cd {_CODE} && python3 -m batch.check"],
                },
                "Environment": {"MODEL_PACKAGE_ARN": self.release.model_package_arn},
                "ProcessingInputs": [_input("code", code), _input("rows", self.rows), _input("predictions", self._made("predictions"))],
                "ProcessingOutputConfig": {
                    "Outputs": [
                        {
                            "OutputName": "manifest",
                            "S3Output": {
                                "S3Uri": self._made("manifest"),
                                "LocalPath": "/opt/ml/processing/output/manifest",
                                "S3UploadMode": "EndOfJob",
                            },
                        }
                    ],
                    "KmsKeyId": environment.data_key_arn,
                },
                "ProcessingResources": {
                    "ClusterConfig": {
                        "InstanceType": settings.check_instance_type,
                        "InstanceCount": 1,
                        "VolumeSizeInGB": 30,
                        "VolumeKmsKeyId": environment.volumes_key_arn,
                    }
                },
                "RoleArn": environment.job_role_arn,
                "StoppingCondition": {"MaxRuntimeInSeconds": settings.maximum_seconds},
                "NetworkConfig": {
                    "EnableInterContainerTrafficEncryption": True,
                    "EnableNetworkIsolation": True,
                    "VpcConfig": {"Subnets": environment.subnets, "SecurityGroupIds": environment.security_groups},
                },
                "Tags": environment.tags,
            },
        }

    def _made(self, part: str) -> Any:
        """A place of each execution's own: what one has made, no other writes again."""
        prefix = f"s3://{self.environment.data_bucket}/{configuration.OUTPUTS}{self.environment.pipeline_name}"
        return {"Std:Join": {"On": "/", "Values": [prefix, {"Get": "Execution.PipelineExecutionId"}, part]}}


_CODE = "/opt/ml/processing/input/code"


def _input(name: str, uri: Any) -> Dict[str, Any]:
    return {
        "InputName": name,
        "S3Input": {
            "S3Uri": uri,
            "LocalPath": f"/opt/ml/processing/input/{name}",
            "S3DataType": "S3Prefix",
            "S3InputMode": "File",
            "S3DataDistributionType": "FullyReplicated",
        },
    }
