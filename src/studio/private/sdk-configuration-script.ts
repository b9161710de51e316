/** Where the script finds what: names of parameters, and what no parameter tells. */
export interface SdkConfigurationInput {
  readonly region: string;
  /** Names of parameters, by what they hold. */
  readonly parameters: Record<string, string>;
  /** Prefix of the data bucket under which people write, without a slash at its end. */
  readonly outputPrefix: string;
  readonly requireNetworkIsolation: boolean;
}

/**
 * A program that writes the SDK's configuration of a person, by what the environment's parameters say at that moment. A file
 * that somebody wrote by hand stays. Versions 2 and 3 of the SDK read the same file, and refuse what their schema lacks.
 *
 * @see https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
 */
export function sdkConfigurationScript({ region, parameters, outputPrefix, requireNetworkIsolation }: SdkConfigurationInput): string {
  return `#!/bin/bash
python3 - <<'PYTHON' || echo "the SageMaker SDK could not be configured" >&2
import json, os, pathlib
import boto3

MARK = "cdk-secure-mlops"
names = json.loads('${JSON.stringify(parameters)}')
isolates_jobs = ${requireNetworkIsolation ? 'True' : 'False'}

folder = pathlib.Path(os.environ.get("XDG_CONFIG_HOME") or pathlib.Path.home() / ".config") / "sagemaker"
file = folder / "config.yaml"
if file.exists() and MARK not in file.read_text():
    raise SystemExit(0)  # somebody's own

answer = boto3.client("ssm", region_name="${region}").get_parameters(Names=list(names.values()))
values = {one["Name"]: one["Value"] for one in answer["Parameters"]}
of = {what: values[name] for what, name in names.items()}
vpc = {"Subnets": of["subnets"].split(","), "SecurityGroupIds": [of["group"]]}
output, volume, role = {"KmsKeyId": of["dataKey"]}, of["volumeKey"], of["jobRole"]
root = "s3://" + of["bucket"] + "/${outputPrefix}"
automl = {"EnableInterContainerTrafficEncryption": True, "VolumeKmsKeyId": volume, "VpcConfig": vpc}
by_code = {"RoleArn": role, "S3RootUri": root, "S3KmsKeyId": of["dataKey"], "VolumeKmsKeyId": volume, "VpcConfig": vpc}
configuration = {
    "SchemaVersion": "1.0",
    "CustomParameters": {"WrittenBy": MARK},
    "SageMaker": {
        "PythonSDK": {
            "Modules": {
                "Session": {"DefaultS3Bucket": of["bucket"], "DefaultS3ObjectKeyPrefix": "${outputPrefix}"},
                "RemoteFunction": {**by_code, "EnableInterContainerTrafficEncryption": True},
                "NotebookJob": by_code,
                "TelemetryOptOut": True,
            }
        },
        "TrainingJob": {
            "RoleArn": role,
            "VpcConfig": vpc,
            "EnableNetworkIsolation": isolates_jobs,
            "EnableInterContainerTrafficEncryption": True,
            "OutputDataConfig": output,
            "ResourceConfig": {"VolumeKmsKeyId": volume},
            "ProfilerConfig": {"DisableProfiler": True},
        },
        "ProcessingJob": {
            "RoleArn": role,
            "NetworkConfig": {
                "VpcConfig": vpc,
                "EnableNetworkIsolation": isolates_jobs,
                "EnableInterContainerTrafficEncryption": True,
            },
            "ProcessingOutputConfig": output,
            "ProcessingResources": {"ClusterConfig": {"VolumeKmsKeyId": volume}},
        },
        "TransformJob": {"TransformOutput": output, "TransformResources": {"VolumeKmsKeyId": volume}},
        "AutoMLJob": {"RoleArn": role, "OutputDataConfig": output, "AutoMLJobConfig": {"SecurityConfig": automl}},
        "AutoMLJobV2": {"RoleArn": role, "OutputDataConfig": output, "SecurityConfig": automl},
        "Model": {"ExecutionRoleArn": role, "VpcConfig": vpc, "EnableNetworkIsolation": True},
        "EndpointConfig": {"KmsKeyId": volume, "DataCaptureConfig": output},
        "Pipeline": {"RoleArn": of["pipelineRole"]},
    },
}
folder.mkdir(parents=True, exist_ok=True)
new = file.with_suffix(".new")
new.write_text(json.dumps(configuration, indent=2) + "\\n")  # JSON is YAML
new.replace(file)
PYTHON
exit 0
`;
}
