"""Processing jobs as the environment demands them: in its network, with its keys, closed to everything else, and ending in time."""

from __future__ import annotations

from typing import Any, Dict, List

from .environment import Environment

#: Where the code of the project is in a job.
CODE = "/opt/ml/processing/input/code"


def processing(
    environment: Environment,
    *,
    image: str,
    module: str,
    inputs: List[Any],
    outputs: List[Any],
    output_key_arn: str,
    instance_type: str,
    maximum_seconds: int,
    isolated: bool = True,
) -> Dict[str, Any]:
    """Arguments of a step that runs a module of the project. A job has one key for all that it writes, and sees no network if it is isolated."""
    return {
        "AppSpecification": {"ImageUri": image, "ContainerEntrypoint": ["bash", "-c", f"cd {CODE} && python3 -m {module}"]},
        "ProcessingInputs": inputs,
        "ProcessingOutputConfig": {"Outputs": outputs, "KmsKeyId": output_key_arn},
        "ProcessingResources": {
            "ClusterConfig": {
                "InstanceType": instance_type,
                "InstanceCount": 1,
                "VolumeSizeInGB": 30,
                "VolumeKmsKeyId": environment.volumes_key_arn,
            }
        },
        "RoleArn": environment.job_role_arn,
        "StoppingCondition": {"MaxRuntimeInSeconds": maximum_seconds},
        "NetworkConfig": {
            "EnableInterContainerTrafficEncryption": True,
            "EnableNetworkIsolation": isolated,
            "VpcConfig": {"Subnets": environment.subnets, "SecurityGroupIds": environment.security_groups},
        },
        "Tags": environment.tags,
    }


def processing_input(name: str, uri: Any) -> Dict[str, Any]:
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


def processing_output(name: str, uri: Any) -> Dict[str, Any]:
    return {"OutputName": name, "S3Output": {"S3Uri": uri, "LocalPath": f"/opt/ml/processing/output/{name}", "S3UploadMode": "EndOfJob"}}


def of_execution(prefix: str, part: str) -> Any:
    """A place of each execution's own: what one has made, no other writes again."""
    return {"Std:Join": {"On": "/", "Values": [prefix, {"Get": "Execution.PipelineExecutionId"}, part]}}
