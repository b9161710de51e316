"""What SageMaker is told. The environment refuses jobs that are not so; these tests say it before a push does."""

import json
from dataclasses import fields, replace

import pytest

from pipeline import aws, definition, source
from pipeline.environment import Environment
from pipeline.images import NoImage
from pipeline.values import made
from training import configuration, train


@pytest.fixture
def environment():
    said = {field.name.upper(): field.name.replace("_", "-") for field in fields(Environment)}
    return Environment.from_variables({**said, "AWS_REGION": "eu-west-1", "SUBNET_IDS": "subnet-1,subnet-2", "MLFLOW_TRACKING_SERVER_ARN": ""})


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


def test_a_version_says_what_monitors_compare_with(jobs):
    found = jobs()
    assert found["Register"]["Arguments"]["DriftCheckBaselines"]["ModelDataQuality"].keys() == {"Statistics", "Constraints"}
    assert {one["InputName"] for one in found["Evidence"]["Arguments"]["ProcessingInputs"]} == {"code", "test", "baseline", "evaluation"}


def test_a_step_finds_its_inputs_where_its_program_looks(jobs):
    inputs = {one["InputName"] for one in jobs()["Evaluate"]["Arguments"]["ProcessingInputs"]}
    assert inputs == {"code", "base", "model", "test", "manifest", "previous"}
    assert {one["ChannelName"] for one in jobs()["Train"]["Arguments"]["InputDataConfig"]} == {"code", "base", "train", "test"}


def test_what_may_be_said_anew_at_a_start(environment, configured):
    configured()
    declared = [one["Name"] for one in definition.definition(environment)["Parameters"]]
    assert declared == [
        *("Input", "InputVersion", "Previous", "PreviousName", "GateThreshold", "BaseModel"),
        *("rank", "alpha", "dropout", "epochs", "learningRate", "batchSize"),
    ]


def test_a_version_is_compared_with_the_last_one_that_was_approved(environment, configured, jobs, monkeypatch):
    configured()
    registered = jobs()["Register"]["Arguments"]["DriftCheckBaselines"]["ModelQuality"]["Statistics"]["S3Uri"]["Std:Join"]["Values"]
    assert registered == [made("Evidence", "baseline"), "quality-statistics.json"]
    place = "s3://models-bucket/pipeline-name/x1/baseline/quality-statistics.json"
    answers = {
        "list-model-packages": {"ModelPackageSummaryList": [{"ModelPackageArn": "arn:version/3"}]},
        "describe-model-package": {"ModelPackageVersion": 3, "DriftCheckBaselines": {"ModelQuality": {"Statistics": {"S3Uri": place}}}},
    }
    monkeypatch.setattr(aws, "call", lambda *words: answers[words[1]])
    said = definition.started_with(environment)
    assert said["PreviousName"] == "version 3" and said["Previous"] == place.removesuffix("quality-statistics.json")
    [read] = [one["S3Input"]["S3Uri"] for one in jobs()["Evaluate"]["Arguments"]["ProcessingInputs"] if one["InputName"] == "previous"]
    assert read == {"Get": "Parameters.Previous"}


def test_runs_are_logged_where_the_environment_has_mlflow(environment, jobs):
    assert "Track" not in jobs()
    tracked = definition.Definition(replace(environment, mlflow_tracking_server_arn="arn:mlflow"), configuration.load()).whole()["Steps"][-2]
    assert tracked["Name"] == "Track"
    variables = tracked["Arguments"]["Environment"]
    assert variables["MLFLOW_TRACKING_URI"] == "arn:mlflow"
    assert not tracked["Arguments"]["NetworkConfig"]["EnableNetworkIsolation"]


IMAGES = [("training", "a"), ("tuning", "b"), ("inference", "c")]
TUNING = {
    "ranges": {"rank": {"minimum": 4, "maximum": 64}, "learningRate": {"minimum": 0.00001, "maximum": 0.001, "scaling": "Logarithmic"}},
    "jobs": 6,
}


def test_tries_take_the_place_of_training_and_the_best_model_goes_on(jobs):
    instances = {"process": "ml.m5.large", "train": "ml.g5.2xlarge", "evaluate": "ml.g5.2xlarge", "evidence": "ml.m5.large"}
    found = jobs(tuning=TUNING, spot=True, volumeSize=300, instances=instances)
    assert list(found) == ["Process", "Tune", "Evaluate", "Gate", "Evidence", "Register", "Refuse"]
    job, tries = found["Tune"]["Arguments"]["HyperParameterTuningJobConfig"], found["Tune"]["Arguments"]["TrainingJobDefinition"]
    assert job["HyperParameterTuningJobObjective"] == {"Type": "Minimize", "MetricName": "validation:perplexity"}
    assert {one["ChannelName"] for one in tries["InputDataConfig"]} == {"code", "base", "train", "validation", "test"}
    assert tries["EnableManagedSpotTraining"] and tries["ResourceConfig"]["VolumeSizeInGB"] == 300
    assert "VolumeKmsKeyId" not in tries["ResourceConfig"]
    assert "validation" in {one["OutputName"] for one in found["Process"]["Arguments"]["ProcessingOutputConfig"]["Outputs"]}
    [model] = [one["S3Input"]["S3Uri"] for one in found["Evaluate"]["Arguments"]["ProcessingInputs"] if one["InputName"] == "model"]
    assert model["Std:Join"]["Values"][-2] == {"Get": "Steps.Tune.BestTrainingJob.TrainingJobName"}
    assert found["Register"]["Arguments"]["InferenceSpecification"]["Containers"][0]["ModelDataUrl"] == model


def test_a_try_runs_in_the_image_whose_toolkit_takes_a_program(jobs):
    tries = jobs(tuning=TUNING)["Tune"]["Arguments"]["TrainingJobDefinition"]
    assert "/huggingface-pytorch-training:" in tries["AlgorithmSpecification"]["TrainingImage"]
    said = tries["StaticHyperParameters"]
    assert said["sagemaker_program"] == '"tuned.py"' and said["epochs"] == {"Get": "Parameters.epochs"} and "rank" not in said


def test_images_of_ones_own_are_run_by_jobs_tries_and_endpoints(jobs):
    own = {what: f"111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images@sha256:{at * 64}" for what, at in IMAGES}
    found = jobs(images=own, tuning=TUNING)
    tries = found["Tune"]["Arguments"]["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"]
    run = {found[name]["Arguments"]["AppSpecification"]["ImageUri"] for name in ("Process", "Evaluate", "Evidence")}
    [container] = found["Register"]["Arguments"]["InferenceSpecification"]["Containers"]
    assert (run, tries, container["Image"]) == ({own["training"]}, own["tuning"], own["inference"])
    assert jobs(images=own)["Train"]["Arguments"]["AlgorithmSpecification"]["TrainingImage"] == own["training"]


def test_a_region_without_that_image_is_named(environment, configured):
    configured(tuning=TUNING)
    with pytest.raises(NoImage, match="AWS keeps no image of hugging-face for tuning in the region eu-central-2: do without"):
        definition.definition(replace(environment, aws_region="eu-central-2"))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"ranges": {"targets": {"values": [1]}}}, "tuning.ranges.targets is not known: hyperParameters has alpha, batchSize"),
        ({"ranges": {}}, "tuning.ranges is empty: say what is tried"),
        ({"metric": "perplexity_against_base"}, 'tuning.metric is "perplexity_against_base" but must be one of exact_match, loss'),
    ],
)
def test_what_cannot_be_tuned_is_refused(jobs, said, message):
    with pytest.raises(configuration.ConfigurationError, match=message):
        jobs(tuning={**TUNING, **said})


def test_the_loss_is_read_of_what_the_training_prints(jobs):
    import re

    [metric] = jobs()["Train"]["Arguments"]["AlgorithmSpecification"]["MetricDefinitions"]
    assert re.search(metric["Regex"], f"epoch=2; train-loss={0.0001234:.6g};").group(1) == "0.0001234"


def test_the_code_of_jobs_is_complete(environment):
    assert {"config.json", "config.schema.json", "tuned.py", "training/train.py", "training/schema.py", "training/report/page.py"} <= set(
        source.files()
    )
    assert all(f"training/{name}" in source.files() for name in train.SERVING)


def test_the_pipeline_is_json(environment, configured):
    configured()
    assert json.loads(json.dumps(definition.definition(environment)))["Version"] == "2020-12-01"
