"""What a request to SageMaker must say in this environment, and does not: it is filled in before the request is sent.

The SDK's configuration says most of it. It has no word for some requests, and the SDK does not read it for others. What code says
stays as it is. `SECURE_MLOPS_DEFAULTS=off` switches this off, before the first client is made.
"""

import io
import json
import os
import socket
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Parameters = dict[str, Any]

#: What the environment's parameters said when the application started, and its guardrails when it was deployed.
ENVIRONMENT: Parameters = json.loads(Path(__file__).with_suffix(".json").read_text())

_VPC = {"Subnets": ENVIRONMENT["subnets"], "SecurityGroupIds": [ENVIRONMENT["group"]]}
_VOLUME = {"VolumeKmsKeyId": ENVIRONMENT["volumeKey"]}
_OUTPUT = {"KmsKeyId": ENVIRONMENT["dataKey"]}
_END = {"MaxRuntimeInSeconds": ENVIRONMENT["maximumRuntime"]}
_ISOLATED = {"EnableNetworkIsolation": True} if ENVIRONMENT["isolatesJobs"] else {}
_NETWORK = {"VpcConfig": _VPC, "EnableInterContainerTrafficEncryption": True, **_ISOLATED}

_TRAINING = {**_NETWORK, "OutputDataConfig": _OUTPUT, "StoppingCondition": _END}
#: By the names of the operations; the steps of a pipeline are called after them.
DEFAULTS: dict[str, Parameters] = {
    "TrainingJob": {**_TRAINING, "ResourceConfig": _VOLUME},
    "ProcessingJob": {
        "NetworkConfig": _NETWORK,
        "ProcessingOutputConfig": {"Outputs": [], **_OUTPUT},
        "ProcessingResources": {"ClusterConfig": _VOLUME},
        "StoppingCondition": _END,
    },
    "TransformJob": {"TransformOutput": _OUTPUT, "TransformResources": _VOLUME},
    "Model": {"VpcConfig": _VPC, "EnableNetworkIsolation": True},
}
_STEPS = {
    "Training": "TrainingJob",
    "Processing": "ProcessingJob",
    "Transform": "TransformJob",
    "Model": "Model",
    "Tuning": "HyperParameterTuningJob",
}


def named(name: str) -> str:
    """A name of what is to be the environment's: pipelines and groups of versions must be called so."""
    return f"{ENVIRONMENT['namePrefix']}{name}"


def offline_store(path: str = "") -> str:
    """Where feature groups have their offline stores."""
    if "offlineStore" not in ENVIRONMENT:
        raise LookupError("The environment has no feature store: featureStore must be set where it is deployed")
    return f"s3://{ENVIRONMENT['offlineStore']}/{path}".rstrip("/")


def complete(kind: str, parameters: Parameters) -> Parameters:
    """The same, with what it did not say."""
    if kind == "HyperParameterTuningJob":
        for definition in [parameters.get("TrainingJobDefinition"), *parameters.get("TrainingJobDefinitions", [])]:
            if definition:
                own = "HyperParameterTuningResourceConfig" if "HyperParameterTuningResourceConfig" in definition else "ResourceConfig"
                _fill(definition, {**_TRAINING, own: _VOLUME})
    elif kind == "ModelPackage" and "ModelPackageGroupName" in parameters:
        parameters.setdefault("ModelApprovalStatus", "PendingManualApproval")
    elif kind == "FeatureGroup" and "RecordIdentifierFeatureName" in parameters and "offlineStore" in ENVIRONMENT:
        _complete_stores(parameters)
    elif kind == "Pipeline" and "PipelineDefinition" in parameters:
        definition = json.loads(parameters["PipelineDefinition"])
        _complete_steps(definition.get("Steps", []))
        parameters["PipelineDefinition"] = json.dumps(definition)
    else:
        _fill(parameters, DEFAULTS.get(kind, {}))
    return parameters


def _complete_stores(group: Parameters) -> None:
    key = {"KmsKeyId": ENVIRONMENT["featureStoreKey"]}
    online = group.get("OnlineStoreConfig") or {}
    _fill(group, {"RoleArn": ENVIRONMENT["featureStoreRole"]})
    if online.get("EnableOnlineStore"):
        _fill(online, {"SecurityConfig": key})
    if "OfflineStoreConfig" in group or not online.get("EnableOnlineStore"):
        _fill(group, {"OfflineStoreConfig": {"S3StorageConfig": {"S3Uri": offline_store(), **key}}})
        # The SDK says that there shall be a table in AWS Glue, unless it is told; here is none.
        group["OfflineStoreConfig"]["DisableGlueTableCreation"] = True


def _complete_steps(steps: list[Parameters]) -> None:
    for step in steps:
        arguments = step.get("Arguments", {})
        for branch in ("IfSteps", "ElseSteps"):
            _complete_steps(arguments.get(branch, []))
        if step.get("Type") in _STEPS:
            complete(_STEPS[step["Type"]], arguments)


def _fill(parameters: Parameters, defaults: Parameters) -> None:
    for name, value in defaults.items():
        if name == "VolumeKmsKeyId" and _has_local_storage(parameters):
            if parameters.get(name) == value:
                del parameters[name]  # the SDK's configuration knows nothing of instances
        elif isinstance(value, dict) and isinstance(parameters.get(name), dict):
            _fill(parameters[name], value)
        elif parameters.get(name) is None:
            parameters[name] = json.loads(json.dumps(value))


def _has_local_storage(cluster: Parameters) -> bool:
    """SageMaker takes no volume key for these: their own storage is encrypted by hardware."""
    instance = cluster.get("InstanceType")
    return isinstance(instance, str) and instance.startswith(tuple(ENVIRONMENT["localStorage"]))


def _before_sagemaker(params: Parameters, model: Any, **_: Any) -> None:
    for verb in ("Create", "Update"):
        if model.name.startswith(verb):
            complete(model.name.removeprefix(verb), params)


def _before_s3(params: Parameters, **_: Any) -> None:
    """`aws:kms` without a key is the account's own key for S3, which is nobody's here."""
    if params.get("Bucket") == ENVIRONMENT["bucket"] and params.get("ServerSideEncryption") == "aws:kms":
        params.setdefault("SSEKMSKeyId", ENVIRONMENT["dataKey"])


def _before_iam(request: Any, **_: Any) -> Any:
    """IAM has no endpoint in a VPC: version 3 of the SDK would wait for minutes before it does without what it asks there."""
    if _is_reachable(urlsplit(request.url).hostname, urlsplit(request.url).port or 443):
        return None
    from botocore.awsrequest import AWSResponse

    said = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>IAM is out of reach of this network</Message></Error></ErrorResponse>"
    return AWSResponse(request.url, 403, {}, _Body(said.encode()))


@cache
def _is_reachable(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


class _Body(io.BytesIO):
    def stream(self, **_: Any) -> Any:
        yield self.read()


def _watch(session: Any) -> None:
    session.register("provide-client-params.sagemaker", _before_sagemaker)
    for operation in ("PutObject", "CreateMultipartUpload"):
        session.register(f"provide-client-params.s3.{operation}", _before_s3)
    session.register("before-send.iam", _before_iam)


def install() -> None:
    """From now on, for every session that is made: `secure_mlops.pth` calls it as Python starts."""
    if os.environ.get("SECURE_MLOPS_DEFAULTS") == "off":
        return
    if "trackingServer" in ENVIRONMENT:
        os.environ.setdefault("MLFLOW_TRACKING_URI", ENVIRONMENT["trackingServer"])
    import botocore

    botocore.register_initializer(_watch)
