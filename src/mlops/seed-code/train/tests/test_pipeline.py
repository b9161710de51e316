"""What SageMaker is told. The environment refuses jobs that are not so; these tests say it before a push does."""

import json

import pytest

from pipeline import __main__ as program
from pipeline import aws, definition
from pipeline.environment import Environment, EnvironmentIncomplete
from training.configuration import load

VARIABLES = {
    name: name.lower().replace("_", "-")
    for name in [
        "ENVIRONMENT_NAME",
        "SAGEMAKER_PROJECT_NAME",
        "SAGEMAKER_PROJECT_ID",
        "PIPELINE_NAME",
        "MODEL_PACKAGE_GROUP_NAME",
        "PIPELINE_ROLE_ARN",
        "JOB_ROLE_ARN",
        "SECURITY_GROUP_IDS",
        "VOLUMES_KEY_ARN",
        "DATA_KEY_ARN",
        "MODELS_KEY_ARN",
        "ARTIFACTS_KEY_ARN",
        "DATA_BUCKET",
        "MODELS_BUCKET",
        "REPORTS_BUCKET",
        "CODE_BUCKET",
    ]
} | {"AWS_REGION": "eu-west-1", "SUBNET_IDS": "subnet-1,subnet-2", "CODE_PREFIX": "code/project/"}


@pytest.fixture
def environment(monkeypatch):
    for name, value in VARIABLES.items():
        monkeypatch.setenv(name, value)
    return Environment.from_variables()


def steps(environment):
    written = definition.definition(environment)["Steps"]
    return {step["Name"]: step for step in [*written, *written[-1]["Arguments"]["IfSteps"], *written[-1]["Arguments"]["ElseSteps"]]}


def jobs(environment):
    return {name: step["Arguments"] for name, step in steps(environment).items() if step["Type"] in ("Processing", "Training")}


def test_the_steps_are_in_order(environment, task):
    assert list(steps(environment)) == ["Process", "Train", "Evaluate", "Gate", "Evidence", "Register", "Refuse"]


def test_every_job_is_in_the_network_and_encrypted(environment):
    for job in jobs(environment).values():
        network = job.get("NetworkConfig", job)
        assert network["VpcConfig"] == {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["security-group-ids"]}
        assert network["EnableNetworkIsolation"] and network["EnableInterContainerTrafficEncryption"]
        cluster = job["ProcessingResources"]["ClusterConfig"] if "ProcessingResources" in job else job["ResourceConfig"]
        assert cluster["VolumeKmsKeyId"] == "volumes-key-arn"
        assert job["StoppingCondition"]["MaxRuntimeInSeconds"] <= 86400


def test_what_a_job_writes_is_encrypted_with_the_key_of_its_bucket(environment):
    for name, job in jobs(environment).items():
        output = job.get("ProcessingOutputConfig", job.get("OutputDataConfig"))
        buckets = {bucket for bucket in ("data", "models", "reports") if f"s3://{bucket}-bucket" in json.dumps(output)}
        key = {"data": "data", "models": "models", "reports": "artifacts"}[buckets.pop()]
        assert output["KmsKeyId"] == f"{key}-key-arn", name
        assert not buckets, name


def test_a_version_waits_for_approval_and_knows_where_it_is_from(environment):
    registered = steps(environment)["Register"]["Arguments"]
    assert registered["ModelApprovalStatus"] == "PendingManualApproval"
    assert registered["CustomerMetadataProperties"]["commit"] == "unknown"


def test_a_version_brings_baselines_of_its_data_and_of_its_quality(environment):
    baselines = steps(environment)["Register"]["Arguments"]["DriftCheckBaselines"]
    files = {(kind, what): source["S3Uri"]["Std:Join"]["Values"][1] for kind, sources in baselines.items() for what, source in sources.items()}
    assert files == {
        ("ModelDataQuality", "Statistics"): "statistics.json",
        ("ModelDataQuality", "Constraints"): "constraints.json",
        ("ModelQuality", "Statistics"): "quality-statistics.json",
        ("ModelQuality", "Constraints"): "quality-constraints.json",
    }


def test_the_gate_is_the_configuration(environment, task):
    gate = load().gate
    condition = steps(environment)["Gate"]["Arguments"]["Conditions"][0]
    assert condition["Type"] == ("LessThanOrEqualTo" if gate.comparison == "at-most" else "GreaterThanOrEqualTo")
    assert condition["LeftValue"]["Std:JsonGet"]["Path"].split(".")[1] == gate.metric
    assert condition["RightValue"] == gate.threshold


def test_missing_variables_are_named(monkeypatch):
    monkeypatch.delenv("PIPELINE_NAME", raising=False)
    with pytest.raises(EnvironmentIncomplete, match="PIPELINE_NAME"):
        Environment.from_variables({})


@pytest.mark.parametrize("exists", [True, False])
def test_the_pipeline_is_written_and_started(environment, monkeypatch, exists, capsys):
    calls = []

    def call(*words):
        calls.append(words[1])
        if words[1] == "update-pipeline" and not exists:
            raise aws.AwsError("An error occurred (ResourceNotFound) when calling the UpdatePipeline operation: Pipeline does not exist")
        return {"PipelineArn": "arn:pipeline", "PipelineExecutionArn": "arn:execution"}

    monkeypatch.setattr(aws, "call", call)
    assert program.main(["upsert-and-start"]) == 0
    assert [one for one in calls if one != "cp"] == ["update-pipeline", *([] if exists else ["create-pipeline"]), "start-pipeline-execution"]
    assert "arn:execution" in capsys.readouterr().out


def test_what_aws_refuses_is_said(environment, monkeypatch, capsys):
    def refuse(*_):
        raise aws.AwsError("AccessDenied: not yours")

    monkeypatch.setattr(aws, "call", refuse)
    assert program.main(["upsert-and-start"]) == 1
    assert "The pipeline was not started: AccessDenied" in capsys.readouterr().err
