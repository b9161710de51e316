"""Steps as the environment demands them: in its network, with its keys, closed to everything else, and ending in time.

One more step is one more call. What a step is given (`inputs`, `channels`) lies in its container under `/opt/ml/processing/input/<name>`
(of training under `/opt/ml/input/data/<name>`), what it writes to `/opt/ml/processing/output/<name>` is kept.
"""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Tuple

from .environment import Environment
from .images import described, image
from .processing import of_execution, processing, processing_input, processing_output
from .source import digest

Step = Dict[str, Any]
#: Where the code of the project is in a training job.
CODE_OF_TRAINING = "/opt/ml/input/data/code"
#: Buckets that steps write to, each with its key.
DATA, MODELS, REPORTS = "data", "models", "reports"
_KEYS = {DATA: "data", MODELS: "models", REPORTS: "artifacts"}


class Steps:
    def __init__(
        self,
        environment: Environment,
        *,
        framework: str,
        instances: Mapping[str, Any],
        maximum_seconds: int,
        cached_for: str | None = None,
        images: Mapping[str, str] | None = None,
    ):
        self.environment = environment
        self.framework = framework
        self.instances = instances
        self.maximum_seconds = maximum_seconds
        self.cached_for = cached_for
        self.images = images or {}
        self.code = f"s3://{environment.code_bucket}/{environment.code_prefix}{digest()}/"

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
    ) -> Step:
        """Runs a module of the project.

        :param inputs: places by their names
        :param outputs: DATA, MODELS or REPORTS by their names, one of them for all: a job has one key for what it writes
        :param module: by default `training.<name of the step in small letters>`
        :param reads: JSON files that other steps read values of, by their names: the output and the path in it
        :param isolated: false for what calls AWS itself, from the network of the environment
        """
        bucket = self.bucket_of(name, outputs)
        arguments = processing(
            self.environment,
            image=self.image("training"),
            module=module or f"training.{name.lower()}",
            inputs=[processing_input(what, place) for what, place in {"code": self.code, **inputs}.items()],
            outputs=[processing_output(what, self.place(bucket, what)) for what in outputs],
            output_key_arn=self.key_arn(bucket),
            instance_type=self.instances.get(name.lower(), self.instances["process"]),
            maximum_seconds=self.maximum_seconds,
            isolated=isolated,
        )
        if variables:
            arguments["Environment"] = dict(variables)
        files = [{"PropertyFileName": what, "OutputName": output, "FilePath": path} for what, (output, path) in (reads or {}).items()]
        return {**self._job(name, "Processing", arguments), **({"PropertyFiles": files} if files else {})}

    def training(self, name: str, *, channels: Mapping[str, Any], hyper_parameters: Mapping[str, Any], metrics: List[Any]) -> Step:
        """Runs `training.<name of the step in small letters>`."""
        algorithm = {
            **self.algorithm(metrics),
            "ContainerEntrypoint": ["bash", "-c", f"cd {CODE_OF_TRAINING} && python3 -m training.{name.lower()}"],
        }
        arguments = {
            **self.training_job(algorithm, channels),
            "HyperParameters": dict(hyper_parameters),
            "ProfilerConfig": {"DisableProfiler": True},
            "Tags": self.environment.tags,
        }
        return self._job(name, "Training", arguments)

    def tuning(self, name: str, *, job: Mapping[str, Any], definition: Mapping[str, Any]) -> Step:
        """Finds hyper-parameters. `pipeline/tuning.py` says which, and by what."""
        arguments = {"HyperParameterTuningJobConfig": dict(job), "TrainingJobDefinition": dict(definition), "Tags": self.environment.tags}
        return self._job(name, "Tuning", arguments)

    def algorithm(self, metrics: List[Any], purpose: str = "training") -> Dict[str, Any]:
        algorithm = {"TrainingImage": self.image(purpose), "TrainingInputMode": "File"}
        return {**algorithm, "MetricDefinitions": metrics} if metrics else algorithm

    def training_job(self, algorithm: Mapping[str, Any], channels: Mapping[str, Any]) -> Dict[str, Any]:
        """What the job of a training step and those of a tuning step have in common."""
        environment = self.environment
        return {
            "AlgorithmSpecification": dict(algorithm),
            "InputDataConfig": [_channel(what, place) for what, place in {"code": self.code, **channels}.items()],
            "OutputDataConfig": {"S3OutputPath": self.place(MODELS, "models"), "KmsKeyId": self.key_arn(MODELS)},
            "ResourceConfig": {
                "InstanceType": self.instances["train"],
                "InstanceCount": 1,
                "VolumeSizeInGB": 30,
                "VolumeKmsKeyId": environment.volumes_key_arn,
            },
            "RoleArn": environment.job_role_arn,
            "StoppingCondition": {"MaxRuntimeInSeconds": self.maximum_seconds},
            "VpcConfig": {"Subnets": environment.subnets, "SecurityGroupIds": environment.security_groups},
            "EnableNetworkIsolation": True,
            "EnableInterContainerTrafficEncryption": True,
        }

    @staticmethod
    def branch(name: str, *, conditions: List[Any], then: List[Step], otherwise: List[Step]) -> Step:
        """Goes on with some steps where all conditions hold, and with others where not."""
        return {"Name": name, "Type": "Condition", "Arguments": {"Conditions": conditions, "IfSteps": then, "ElseSteps": otherwise}}

    @staticmethod
    def fail(name: str, message: Any) -> Step:
        return {"Name": name, "Type": "Fail", "Arguments": {"ErrorMessage": message}}

    def register(self, name: str, *, model: Any, variables: Mapping[str, str], description: str, content_types: List[str], **version: Any) -> Step:
        """A version that waits for its approval; `version` is what CreateModelPackage takes besides."""
        container = {"Image": self.image("inference"), "ModelDataUrl": model, "Environment": dict(variables), **described(self.framework)}
        arguments = {
            "ModelPackageGroupName": self.environment.model_package_group_name,
            "ModelPackageDescription": description,
            "ModelApprovalStatus": "PendingManualApproval",
            "InferenceSpecification": {
                "Containers": [container],
                "SupportedContentTypes": content_types,
                "SupportedResponseMIMETypes": content_types,
            },
            **version,
            "Tags": self.environment.tags,
        }
        return {"Name": name, "Type": "RegisterModel", "Arguments": arguments}

    def image(self, purpose: str) -> str:
        """One of the project's own, or AWS's. What trains once trains in tries as well, where no other is said for them."""
        own = self.images.get(purpose) or self.images.get("training" if purpose == "tuning" else purpose)
        return own or image(self.framework, self.environment.aws_region, purpose)

    def place(self, bucket: str, what: str) -> Any:
        """Of each execution's own."""
        project = f"{'outputs/' if bucket == DATA else ''}{self.environment.pipeline_name}"
        return of_execution(f"s3://{getattr(self.environment, f'{bucket}_bucket')}/{project}", what)

    @staticmethod
    def bucket_of(name: str, outputs: Mapping[str, str]) -> str:
        bucket, *others = dict.fromkeys(outputs.values())
        if others:
            raise ValueError(f"{name} writes to {bucket} and {' and '.join(others)}, but a job has one key for what it writes: make two steps of it")
        return bucket

    def key_arn(self, bucket: str) -> str:
        return str(getattr(self.environment, f"{_KEYS[bucket]}_key_arn"))

    def _job(self, name: str, kind: str, arguments: Dict[str, Any]) -> Step:
        step: Step = {"Name": name, "Type": kind, "Arguments": arguments}
        return {**step, "CacheConfig": {"Enabled": True, "ExpireAfter": self.cached_for}} if self.cached_for else step


def _channel(name: str, place: Any) -> Dict[str, Any]:
    return {
        "ChannelName": name,
        "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": place, "S3DataDistributionType": "FullyReplicated"}},
    }
