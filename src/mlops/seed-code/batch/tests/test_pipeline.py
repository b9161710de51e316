"""What SageMaker is told. The environment refuses jobs that are not so; these tests say it before a push does."""

import json

import pytest

from pipeline import __main__ as program
from pipeline import definition
from pipeline.environment import Environment
from pipeline.release import NoRelease

NAMES = """
ENVIRONMENT_NAME SAGEMAKER_PROJECT_NAME SAGEMAKER_PROJECT_ID PIPELINE_NAME MODEL_PACKAGE_GROUP_NAME PIPELINE_ROLE_ARN JOB_ROLE_ARN
BATCH_ROLE_ARN SECURITY_GROUP_IDS VOLUMES_KEY_ARN DATA_KEY_ARN MODELS_KEY_ARN ARTIFACTS_KEY_ARN
DATA_BUCKET MODELS_BUCKET REPORTS_BUCKET CODE_BUCKET
"""
VARIABLES = {name: name.lower().replace("_", "-") for name in NAMES.split()}
RELEASE = {"modelPackageArn": "arn:version", "image": "image@sha256:0", "modelDataUrl": "s3://releases/model.tar.gz", "environment": {"A": "b"}}


@pytest.fixture
def environment(monkeypatch, tmp_path):
    release = tmp_path / "release.json"
    release.write_text(json.dumps(RELEASE))
    more = {"AWS_REGION": "eu-west-1", "SUBNET_IDS": "subnet-1,subnet-2", "CODE_PREFIX": "code/project/", "RELEASE": str(release)}
    for name, value in {**VARIABLES, **more}.items():
        monkeypatch.setenv(name, value)
    return Environment.from_variables()


@pytest.fixture
def steps(environment):
    return {step["Name"]: step for step in definition.definition(environment)["Steps"]}


def test_the_copy_of_the_approved_version_runs_without_a_network(steps):
    model = steps["Model"]["Arguments"]
    assert model["PrimaryContainer"] == {"Image": "image@sha256:0", "ModelDataUrl": "s3://releases/model.tar.gz", "Environment": {"A": "b"}}
    assert model["EnableNetworkIsolation"] and model["VpcConfig"]["Subnets"] == ["subnet-1", "subnet-2"]
    assert model["ExecutionRoleArn"] == "batch-role-arn"


def test_rows_are_read_and_answers_written_with_the_keys_of_the_environment(steps):
    transform = steps["Transform"]["Arguments"]
    assert transform["TransformInput"]["DataSource"]["S3DataSource"]["S3Uri"] == "s3://data-bucket/batch/input/"
    assert transform["TransformOutput"]["KmsKeyId"] == "data-key-arn"
    assert transform["TransformResources"]["VolumeKmsKeyId"] == "volumes-key-arn"


def test_the_check_runs_in_an_image_of_ones_own_where_one_is_said(environment, steps, configured):
    own = f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images@sha256:{'a' * 64}"
    assert steps["Check"]["Arguments"]["AppSpecification"]["ImageUri"].endswith("/sagemaker-xgboost:3.0-5")
    configured(lambda said: said["check"].update(image=own))
    said = {step["Name"]: step for step in definition.definition(environment)["Steps"]}
    assert said["Check"]["Arguments"]["AppSpecification"]["ImageUri"] == own
    assert said["Model"]["Arguments"]["PrimaryContainer"]["Image"] == "image@sha256:0"


def test_rows_are_sent_together_and_prompts_one_by_one(environment, steps, configured):
    assert steps["Transform"]["Arguments"]["BatchStrategy"] == "MultiRecord"
    configured(lambda said: said.update(contentType="application/json", instance={"type": "ml.g5.2xlarge", "count": 1}))
    [transform] = [step["Arguments"] for step in definition.definition(environment)["Steps"] if step["Name"] == "Transform"]
    assert transform["BatchStrategy"] == "SingleRecord" and transform["TransformInput"]["SplitType"] == "Line"
    assert transform["TransformInput"]["ContentType"] == transform["TransformOutput"]["Accept"] == "application/json"
    assert "VolumeKmsKeyId" not in transform["TransformResources"]  # SageMaker refuses a key for disks of the instance itself


def test_what_was_made_is_checked_after_it_was_made(steps):
    check = steps["Check"]
    assert check["DependsOn"] == ["Transform"]
    assert check["Arguments"]["ProcessingInputs"][2]["S3Input"]["S3Uri"] == steps["Transform"]["Arguments"]["TransformOutput"]["S3OutputPath"]
    network = check["Arguments"]["NetworkConfig"]
    assert network["EnableNetworkIsolation"] and network["EnableInterContainerTrafficEncryption"]


def test_without_a_release_nothing_starts(environment, monkeypatch, capsys):
    monkeypatch.setenv("RELEASE", "/nowhere.json")
    with pytest.raises(NoRelease):
        definition.definition(environment)
    assert program.main(["definition"]) == 1
    assert "The pipeline was not started: /nowhere.json is no release" in capsys.readouterr().err


def test_a_release_that_says_too_little_is_none(environment, monkeypatch, tmp_path, capsys):
    (tmp_path / "release.json").write_text(json.dumps({"modelPackageArn": "arn:version"}))
    assert program.main(["definition"]) == 1
    assert "release.json is no release: 'image' is missing" in capsys.readouterr().err


def test_the_role_is_named_when_it_is_missing(environment, monkeypatch, capsys):
    monkeypatch.delenv("BATCH_ROLE_ARN")
    assert program.main(["definition"]) == 1
    assert "not set: BATCH_ROLE_ARN" in capsys.readouterr().err
