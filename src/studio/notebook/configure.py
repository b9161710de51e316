"""Writes the SDK's configuration of this application, by what the environment's parameters say at this moment.

Versions 2 and 3 of the SDK read the same file, and refuse what their schema lacks. A file that somebody wrote by hand stays, and
goes before ours.
https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
"""

import json
import os
import site
import sysconfig
from pathlib import Path
from typing import Any

import boto3

MARK = "cdk-secure-mlops"
#: Parameters that Systems Manager gives at once.
AT_ONCE = 10
#: What an environment has by option, and the module then knows of.
OPTIONS = ("offlineStore", "featureStoreKey", "featureStoreRole", "trackingServer")
Values = dict[str, Any]


def main() -> None:
    settings = json.loads(os.environ["SETTINGS"])
    names: dict[str, str] = settings["parameters"]
    client, asked = boto3.client("ssm", region_name=settings["region"]), list(names.values())
    answers = [client.get_parameters(Names=asked[at : at + AT_ONCE]) for at in range(0, len(asked), AT_ONCE)]
    values = {one["Name"]: one["Value"] for answer in answers for one in answer["Parameters"]}
    missing = [name for name in names.values() if name not in values]
    if missing:
        raise SystemExit(f"Missing parameters: {', '.join(missing)}")
    of = {what: values[name] for what, name in names.items()}
    of["subnets"] = of["subnets"].split(",")
    prefix, isolates = settings["outputPrefix"], settings["isolatesJobs"]
    _write_configuration(json.dumps(configuration(of, prefix, isolates), indent=2) + "\n")
    own = {key: of[key] for key in ("subnets", "group", "bucket", "dataKey", "volumeKey", *OPTIONS) if key in of}
    _write_module({**own, **{key: settings[key] for key in ("namePrefix", "isolatesJobs", "maximumRuntime", "localStorage")}})


def configuration(of: Values, prefix: str, isolates_jobs: bool) -> Values:
    vpc = {"Subnets": of["subnets"], "SecurityGroupIds": [of["group"]]}
    output, volume, role = {"KmsKeyId": of["dataKey"]}, of["volumeKey"], of["jobRole"]
    root = f"s3://{of['bucket']}/{prefix}"
    by_code = {"RoleArn": role, "S3RootUri": root, "S3KmsKeyId": of["dataKey"], "VolumeKmsKeyId": volume, "VpcConfig": vpc}
    network = {"VpcConfig": vpc, "EnableNetworkIsolation": isolates_jobs, "EnableInterContainerTrafficEncryption": True}
    automl = {"EnableInterContainerTrafficEncryption": True, "VolumeKmsKeyId": volume, "VpcConfig": vpc}
    return {
        "SchemaVersion": "1.0",
        "CustomParameters": {"WrittenBy": MARK},
        "SageMaker": {
            "PythonSDK": {
                "Modules": {
                    "Session": {"DefaultS3Bucket": of["bucket"], "DefaultS3ObjectKeyPrefix": prefix},
                    "RemoteFunction": {**by_code, "EnableInterContainerTrafficEncryption": True},
                    "NotebookJob": by_code,
                    "TelemetryOptOut": True,
                }
            },
            "TrainingJob": {
                "RoleArn": role,
                **network,
                "OutputDataConfig": output,
                "ResourceConfig": {"VolumeKmsKeyId": volume},
                "ProfilerConfig": {"DisableProfiler": True},
            },
            "ProcessingJob": {
                "RoleArn": role,
                "NetworkConfig": network,
                "ProcessingOutputConfig": output,
                "ProcessingResources": {"ClusterConfig": {"VolumeKmsKeyId": volume}},
            },
            # No TransformJob: version 3 fails at it, and secure_mlops says the same.
            "AutoMLJob": {"RoleArn": role, "OutputDataConfig": output, "AutoMLJobConfig": {"SecurityConfig": automl}},
            "AutoMLJobV2": {"RoleArn": role, "OutputDataConfig": output, "SecurityConfig": automl},
            "Model": {"ExecutionRoleArn": role, "VpcConfig": vpc, "EnableNetworkIsolation": True},
            "EndpointConfig": {"KmsKeyId": volume, "DataCaptureConfig": output},
            "Pipeline": {"RoleArn": of["pipelineRole"]},
            # No stores: version 2 would make one where somebody asks for none.
            **({"FeatureGroup": {"RoleArn": of["featureStoreRole"]}} if "offlineStore" in of else {}),
        },
    }


def _write_configuration(text: str) -> None:
    """For everybody, where images have a place for that (`/etc/xdg/sagemaker`, gone with the application); else for the person."""
    everybody = Path(os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":")[0]) / "sagemaker"
    person = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "sagemaker" / "config.yaml"
    for_everybody = os.access(everybody, os.W_OK)
    if person.exists() and MARK in person.read_text():
        person.unlink()  # ours, of an earlier start
    elif person.exists() and not for_everybody:
        return  # the person's own
    _replace(everybody / "config.yaml" if for_everybody else person, text)  # JSON is YAML


def _write_module(values: Values) -> None:
    """Beside the packages of this Python, or of the person: what the configuration has no word for."""
    folder = Path(sysconfig.get_path("purelib"))
    if not os.access(folder, os.W_OK):
        folder = Path(site.getusersitepackages())
    _replace(folder / "secure_mlops.json", json.dumps(values))
    _replace(folder / "secure_mlops.py", os.environ["MODULE"] + "\n")
    _replace(folder / "secure_mlops.pth", "import secure_mlops; secure_mlops.install()\n")


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f"{file.name}.new")
    new.write_text(text)
    new.replace(file)


main()
