"""What SageMaker is told. The environment refuses jobs that are not so; these tests say it before a push does."""

import json
from dataclasses import fields

import pytest

from pipeline import definition, source
from pipeline.environment import Environment
from training import train


@pytest.fixture
def environment():
    said = {field.name.upper(): field.name.replace("_", "-") for field in fields(Environment)}
    return Environment.from_variables({**said, "AWS_REGION": "eu-west-1", "SUBNET_IDS": "subnet-1,subnet-2"})


@pytest.fixture
def jobs(environment, configured):
    def of(**differs):
        configured(**differs)
        written = definition.definition(environment)["Steps"]
        return {one["Name"]: one for one in [*written, *written[-1]["Arguments"]["IfSteps"], *written[-1]["Arguments"]["ElseSteps"]]}

    return of


def disk(step):
    arguments = step["Arguments"]
    return arguments["ResourceConfig"] if "ResourceConfig" in arguments else arguments["ProcessingResources"]["ClusterConfig"]


def test_the_steps_are_in_order(jobs):
    assert list(jobs()) == ["Process", "Train", "Evaluate", "Gate", "Evidence", "Register", "Refuse"]


def test_jobs_that_hold_the_model_have_a_disk_for_it(jobs):
    found = jobs(volumeSize=300)
    assert {name: disk(found[name])["VolumeSizeInGB"] for name in ("Process", "Train", "Evaluate", "Evidence")} == {
        "Process": 30,
        "Train": 300,
        "Evaluate": 300,
        "Evidence": 30,
    }


@pytest.mark.parametrize(
    ("kind", "has_key"), [("ml.g5.2xlarge", False), ("ml.p4d.24xlarge", False), ("ml.m5.4xlarge", True), ("ml.m5d.large", False)]
)
def test_a_disk_of_the_instance_itself_takes_no_key(jobs, kind, has_key):
    instances = {"process": "ml.m5.large", "train": kind, "evaluate": kind, "evidence": "ml.m5.large"}
    found = jobs(instances=instances)
    assert [("VolumeKmsKeyId" in disk(found[name])) for name in ("Train", "Evaluate")] == [has_key, has_key]


@pytest.mark.parametrize(
    ("said", "address"), [("models/tiny/", "s3://data-bucket/models/tiny/"), ("s3://models-of-the-company/tiny/", "s3://models-of-the-company/tiny/")]
)
def test_the_base_model_is_a_prefix_of_the_data_bucket_or_an_address(environment, configured, said, address):
    configured(baseModel=said)
    declared = {one["Name"]: one["DefaultValue"] for one in definition.definition(environment)["Parameters"]}
    assert declared["BaseModel"] == address


def test_spare_capacity_may_be_waited_for(jobs):
    job = jobs(spot=True, maximumSeconds=3600)["Train"]["Arguments"]
    assert job["EnableManagedSpotTraining"] and job["StoppingCondition"] == {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 7200}


def test_the_container_looks_for_nothing_at_hugging_face(jobs):
    [container] = jobs()["Register"]["Arguments"]["InferenceSpecification"]["Containers"]
    assert container["Environment"]["HF_HUB_OFFLINE"] == "1"
    assert container["Framework"] == "HUGGINGFACE"


def test_a_version_brings_the_sample_that_endpoints_are_tested_with(jobs):
    said = jobs()["Register"]["Arguments"]["CustomerMetadataProperties"]
    assert said["sample-payload"]["Std:Join"]["Values"][-1] == "payload.jsonl"


def test_a_step_finds_its_inputs_where_its_program_looks(jobs):
    inputs = {one["InputName"] for one in jobs()["Evaluate"]["Arguments"]["ProcessingInputs"]}
    assert inputs == {"code", "base", "model", "test", "manifest"}
    assert {one["ChannelName"] for one in jobs()["Train"]["Arguments"]["InputDataConfig"]} == {"code", "base", "train", "test"}


def test_the_loss_is_read_of_what_the_training_prints(jobs):
    import re

    [metric] = jobs()["Train"]["Arguments"]["AlgorithmSpecification"]["MetricDefinitions"]
    assert re.search(metric["Regex"], f"epoch=2; train-loss={0.0001234:.6g};").group(1) == "0.0001234"


def test_the_code_of_jobs_is_complete(environment):
    assert {"config.json", "config.schema.json", "training/train.py", "training/schema.py", "training/report/page.py"} <= set(source.files())
    assert all(f"training/{name}" in source.files() for name in train.SERVING)


def test_the_pipeline_is_json(environment, configured):
    configured()
    assert json.loads(json.dumps(definition.definition(environment)))["Version"] == "2020-12-01"
