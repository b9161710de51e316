"""The SageMaker pipeline as SageMaker reads it: process, train, evaluate, and register what passes the gate.

Every job is in the environment's network, without a way out of its container, with the environment's keys and encryption
between containers, and ends in time: the environment refuses any other.
https://aws-sagemaker-mlops.github.io/sagemaker-model-building-pipeline-definition-JSON-schema/
"""

from __future__ import annotations

from typing import Any, Dict, List

from training import configuration, gate

from .environment import Environment
from .images import described, image
from .processing import of_execution, processing, processing_input, processing_output
from .source import digest

Step = Dict[str, Any]
#: What may be wrong with what people have written.
MISTAKES = (configuration.ConfigurationError,)


def definition(environment: Environment) -> Dict[str, Any]:
    return Definition(environment, configuration.load()).whole()


class Definition:
    def __init__(self, environment: Environment, settings: configuration.Configuration):
        self.environment = environment
        self.settings = settings
        self.image = image("xgboost", environment.aws_region)
        self.code = f"s3://{environment.code_bucket}/{environment.code_prefix}{digest()}/"

    def whole(self) -> Dict[str, Any]:
        return {
            "Version": "2020-12-01",
            "Metadata": {},
            "Parameters": [],
            "PipelineExperimentConfig": {"ExperimentName": {"Get": "Execution.PipelineName"}, "TrialName": {"Get": "Execution.PipelineExecutionId"}},
            "Steps": [self.process(), self.train(), self.evaluate(), self.decide()],
        }

    def process(self) -> Step:
        parts = ["train", "validation", "test", "baseline"]
        return self._processing("Process", "process", [], [self._output(part, self._data(part), "data") for part in parts])

    def train(self) -> Step:
        environment = self.environment
        return {
            "Name": "Train",
            "Type": "Training",
            "Arguments": {
                "AlgorithmSpecification": {
                    "TrainingImage": self.image,
                    "TrainingInputMode": "File",
                    "ContainerEntrypoint": ["bash", "-c", f"cd {_CODE_OF_TRAINING} && python3 -m training.train"],
                },
                "InputDataConfig": [
                    self._channel("code", self.code, None),
                    self._channel("train", self._made("train"), "text/csv"),
                    self._channel("validation", self._made("validation"), "text/csv"),
                ],
                "OutputDataConfig": {"S3OutputPath": self._models("models"), "KmsKeyId": environment.models_key_arn},
                "ResourceConfig": {
                    "InstanceType": self.settings.instances["train"],
                    "InstanceCount": 1,
                    "VolumeSizeInGB": 30,
                    "VolumeKmsKeyId": environment.volumes_key_arn,
                },
                "RoleArn": environment.job_role_arn,
                "StoppingCondition": {"MaxRuntimeInSeconds": self.settings.maximum_seconds},
                "VpcConfig": {"Subnets": environment.subnets, "SecurityGroupIds": environment.security_groups},
                "EnableNetworkIsolation": True,
                "EnableInterContainerTrafficEncryption": True,
                "ProfilerConfig": {"DisableProfiler": True},
                "Tags": environment.tags,
            },
        }

    def evaluate(self) -> Step:
        step = self._processing(
            "Evaluate",
            "evaluate",
            [
                processing_input("model", {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}),
                processing_input("test", self._made("test")),
            ],
            [self._output("evaluation", self._report("evaluation"), "artifacts")],
        )
        return {**step, "PropertyFiles": [{"PropertyFileName": "Report", "OutputName": "evaluation", "FilePath": "evaluation.json"}]}

    def decide(self) -> Step:
        asked = self.settings.gate
        return {
            "Name": "Gate",
            "Type": "Condition",
            "Arguments": {
                "Conditions": [
                    {
                        "Type": "LessThanOrEqualTo" if asked.comparison == "at-most" else "GreaterThanOrEqualTo",
                        "LeftValue": {
                            "Std:JsonGet": {
                                "PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Report"},
                                "Path": ".".join(gate.metric_path(self.settings)),
                            }
                        },
                        "RightValue": asked.threshold,
                    }
                ],
                "IfSteps": [self.evidence(), self.register()],
                "ElseSteps": [
                    {
                        "Name": "Refuse",
                        "Type": "Fail",
                        "Arguments": {"ErrorMessage": f"The model is not registered: {asked}"},
                    }
                ],
            },
        }

    def evidence(self) -> Step:
        """In a job of its own: it writes to the models bucket, and a job has one key for all that it writes."""
        return self._processing(
            "Evidence",
            "evidence",
            [
                processing_input("test", self._made("test")),
                processing_input("baseline", self._made("baseline")),
                processing_input("evaluation", self._made("evaluation", "Evaluate")),
            ],
            [self._output("samples", self._models("samples"), "models"), self._output("baseline", self._models("baseline"), "models")],
        )

    def register(self) -> Step:
        environment = self.environment
        report = {"ContentType": "application/json", "S3Uri": _in(self._report("evaluation"), "evaluation.json")}
        return {
            "Name": "Register",
            "Type": "RegisterModel",
            "Arguments": {
                "ModelPackageGroupName": environment.model_package_group_name,
                "ModelPackageDescription": f"{self.settings.model}, commit {environment.commit_id or 'unknown'}",
                "ModelApprovalStatus": "PendingManualApproval",
                "InferenceSpecification": {
                    "Containers": [
                        {
                            "Image": self.image,
                            "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"},
                            **described("xgboost"),
                        }
                    ],
                    "SupportedContentTypes": ["text/csv"],
                    "SupportedResponseMIMETypes": ["text/csv"],
                },
                "ModelMetrics": {"ModelQuality": {"Statistics": report}},
                "DriftCheckBaselines": {"ModelDataQuality": self._baselines(""), "ModelQuality": self._baselines("quality-")},
                "CustomerMetadataProperties": {
                    "commit": environment.commit_id or "unknown",
                    "pipeline-execution": {"Get": "Execution.PipelineExecutionId"},
                    "sample-payload": _in(self._made("samples", "Evidence"), "payload.csv"),
                },
                "Tags": environment.tags,
            },
        }

    def _baselines(self, kind: str) -> Dict[str, Any]:
        files = {what: _in(self._made("baseline", "Evidence"), f"{kind}{what.lower()}.json") for what in ("Statistics", "Constraints")}
        return {what: {"ContentType": "application/json", "S3Uri": uri} for what, uri in files.items()}

    def _processing(self, name: str, module: str, inputs: List[Any], outputs: List[Any]) -> Step:
        return {
            "Name": name,
            "Type": "Processing",
            "Arguments": processing(
                self.environment,
                image=self.image,
                module=f"training.{module}",
                inputs=[processing_input("code", self.code), *inputs],
                outputs=[output for output, _ in outputs],
                output_key_arn=outputs[0][1],
                instance_type=self.settings.instances[module],
                maximum_seconds=self.settings.maximum_seconds,
            ),
        }

    def _output(self, name: str, uri: Any, key: str) -> Any:
        return processing_output(name, uri), getattr(self.environment, f"{key}_key_arn")

    @staticmethod
    def _channel(name: str, uri: Any, content_type: str | None) -> Dict[str, Any]:
        channel = {
            "ChannelName": name,
            "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": uri, "S3DataDistributionType": "FullyReplicated"}},
        }
        return {**channel, "ContentType": content_type} if content_type else channel

    def _data(self, part: str) -> Any:
        return of_execution(f"s3://{self.environment.data_bucket}/outputs/{self.environment.pipeline_name}", part)

    @staticmethod
    def _made(part: str, step: str = "Process") -> Any:
        return {"Get": f"Steps.{step}.ProcessingOutputConfig.Outputs['{part}'].S3Output.S3Uri"}

    def _models(self, part: str) -> Any:
        return of_execution(f"s3://{self.environment.models_bucket}/{self.environment.pipeline_name}", part)

    def _report(self, part: str) -> Any:
        return of_execution(f"s3://{self.environment.reports_bucket}/{self.environment.pipeline_name}", part)


_CODE_OF_TRAINING = "/opt/ml/input/data/code"


def _in(place: Any, file: str) -> Any:
    return {"Std:Join": {"On": "/", "Values": [place, file]}}
