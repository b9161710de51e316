"""What SageMaker is told. The environment refuses jobs that are not so; these tests say it before a push does."""

import inspect
import json

import pytest

from pipeline import __main__ as program
from pipeline import aws, definition, source
from pipeline.environment import Environment, EnvironmentIncomplete
from pipeline.steps import REPORTS
from pipeline.values import made
from training.configuration import ConfigurationError, load

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


def parameters(environment):
    return {one["Name"]: one["DefaultValue"] for one in definition.definition(environment)["Parameters"]}


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


def test_the_container_is_told_where_its_code_is_and_looks_for_no_package_index(environment):
    [container] = steps(environment)["Register"]["Arguments"]["InferenceSpecification"]["Containers"]
    assert container["Environment"]["SAGEMAKER_PROGRAM"] == "inference.py"
    assert container["Environment"]["SAGEMAKER_SUBMIT_DIRECTORY"] == "/opt/ml/model/code"
    assert container["Environment"]["PIP_NO_BUILD_ISOLATION"] == "0"


def test_the_gate_is_the_configuration(environment, task):
    gate = load().gate
    condition = steps(environment)["Gate"]["Arguments"]["Conditions"][0]
    assert condition["Type"] == ("LessThanOrEqualTo" if gate.comparison == "at-most" else "GreaterThanOrEqualTo")
    assert condition["LeftValue"]["Std:JsonGet"]["Path"].split(".")[1] == gate.metric
    assert condition["RightValue"] == {"Get": "Parameters.GateThreshold"}
    assert parameters(environment)["GateThreshold"] == gate.threshold


def test_missing_variables_are_named(monkeypatch):
    monkeypatch.delenv("PIPELINE_NAME", raising=False)
    with pytest.raises(EnvironmentIncomplete, match="PIPELINE_NAME"):
        Environment.from_variables({})


@pytest.mark.parametrize("exists", [True, False])
def test_the_pipeline_is_written_and_started(environment, monkeypatch, exists, capsys):
    calls = []

    def call(*words):
        calls.append(words)
        if words[1] == "update-pipeline" and not exists:
            raise aws.AwsError("An error occurred (ResourceNotFound) when calling the UpdatePipeline operation: Pipeline does not exist")
        return {"PipelineArn": "arn:pipeline", "PipelineExecutionArn": "arn:execution"}

    monkeypatch.setattr(aws, "call", call)
    assert program.main(["upsert-and-start"]) == 0
    assert [words[1] for words in calls if words[1] != "cp"] == [
        "update-pipeline",
        *([] if exists else ["create-pipeline"]),
        "list-model-packages",
        "start-pipeline-execution",
    ]
    assert "arn:execution" in capsys.readouterr().out


def test_what_aws_refuses_is_said(environment, monkeypatch, capsys):
    def refuse(*_):
        raise aws.AwsError("AccessDenied: not yours")

    monkeypatch.setattr(aws, "call", refuse)
    assert program.main(["upsert-and-start"]) == 1
    assert "The pipeline was not started: AccessDenied" in capsys.readouterr().err


def test_whatever_a_person_may_say_at_a_start_is_a_parameter(environment, task):
    settings = load()
    said = parameters(environment)
    named = {name for name in said if f"Parameters.{name}" in json.dumps(definition.definition(environment)["Steps"])}
    assert named == set(said)
    assert {name: said[name] for name in settings.hyper_parameters} == {name: str(value) for name, value in settings.hyper_parameters.items()}
    assert [said[f"{job.capitalize()}InstanceType"] for job in settings.instances] == list(settings.instances.values())


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (None, f"s3://code-bucket/code/project/{source.digest()}/bundled/"),
        ("churn/training/", "s3://data-bucket/churn/training/"),
        ("s3://sales-of-the-company/churn/", "s3://sales-of-the-company/churn/"),
    ],
)
def test_the_data_is_where_the_configuration_says(environment, configured, said, address, monkeypatch):
    configured(lambda file: file.update({"input": said} if said else {}))
    [data] = [one for one in jobs(environment)["Process"]["ProcessingInputs"] if one["InputName"] == "data"]
    assert data["S3Input"]["S3Uri"] == {"Get": "Parameters.Input"}
    assert parameters(environment)["Input"] == address
    monkeypatch.setattr(aws, "call", lambda *_: {})
    assert definition.started_with(environment) == {"Input": address}


def test_what_stands_for_the_bundled_data_is_uploaded_with_the_code():
    assert {"bundled/bundled-data.json", "tuned.py", "training/train.py", "config.json"} <= set(source.files())


@pytest.mark.parametrize("wrong", ["churn", "/churn/", "s3://bucket", "s3://bucket/data.csv", "churn//", "churn/*/", ""])
def test_an_input_that_is_no_prefix_is_refused(configured, wrong):
    configured(lambda said: said.update(input=wrong))
    with pytest.raises(ConfigurationError, match="input is .* but must be like"):
        load()


def test_a_build_starts_the_pipeline_on_what_is_there_now(environment, monkeypatch, capsys):
    """Whatever has started it: with cached steps, the data is read again."""
    calls = []
    monkeypatch.setenv("DELIVERY_ID", "11111111-2222")
    monkeypatch.setattr(aws, "call", lambda *words: calls.append(words) or {"PipelineArn": "arn", "PipelineExecutionArn": "arn"})
    assert program.main(["upsert-and-start"]) == 0
    start = calls[-1]
    said = {one["Name"]: one["Value"] for one in json.loads(start[start.index("--pipeline-parameters") + 1])}
    assert said == {"Input": parameters(environment)["Input"], "InputVersion": "11111111-2222"}
    assert jobs(environment)["Process"]["Environment"] == {"INPUT": {"Get": "Parameters.Input"}, "INPUT_VERSION": {"Get": "Parameters.InputVersion"}}


def test_a_version_says_what_it_has_learnt_from(environment):
    said = steps(environment)["Register"]["Arguments"]["CustomerMetadataProperties"]
    assert said["input"] == {"Get": "Parameters.Input"}
    assert said["input-digest"] == {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Manifest"}, "Path": "digest"}}
    assert said["input-manifest"]["Std:Join"]["Values"][1] == "manifest.json"


def test_a_version_has_its_card_and_says_where_its_report_is(environment):
    said = steps(environment)["Register"]["Arguments"]
    assert said["ModelCard"] == {
        "ModelCardContent": {"Std:JsonGet": {"PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Card"}, "Path": "content"}},
        "ModelCardStatus": "PendingReview",
    }
    assert said["CustomerMetadataProperties"]["report"]["Std:Join"]["Values"] == [made("Evaluate", "evaluation"), "report.html"]


@pytest.mark.parametrize("kind", ["ModelQuality", "ModelDataQuality"])
def test_a_version_is_compared_with_the_last_one_that_was_approved(environment, monkeypatch, kind):
    asked = []

    def call(*words):
        asked.append(words)
        if words[1] == "list-model-packages":
            return {"ModelPackageSummaryList": [{"ModelPackageArn": "arn:version/3"}]}
        statistics = {"S3Uri": "s3://models-bucket/pipeline-name/x1/baseline/statistics.json"}
        return {"ModelPackageVersion": 3, "DriftCheckBaselines": {kind: {"Statistics": statistics}}}

    monkeypatch.setattr(aws, "call", call)
    said = definition.started_with(environment)
    assert said["Previous"] == "s3://models-bucket/pipeline-name/x1/baseline/"
    assert said["PreviousName"] == "version 3"
    assert "Approved" in asked[0] and "model-package-group-name" in asked[0] and asked[1][-1] == "arn:version/3"
    [place] = [one["S3Input"]["S3Uri"] for one in jobs(environment)["Evaluate"]["ProcessingInputs"] if one["InputName"] == "previous"]
    assert place == {"Get": "Parameters.Previous"}


def refused(*_):
    raise aws.AwsError("AccessDenied: not yours")


@pytest.mark.parametrize("answer", [refused, lambda *_: {}, lambda *words: {"ModelPackageSummaryList": [{"ModelPackageArn": "arn"}]}])
def test_without_one_there_is_nothing_to_compare_with(environment, monkeypatch, answer):
    monkeypatch.setattr(aws, "call", answer)
    assert set(definition.started_with(environment)) == {"Input"}
    assert parameters(environment)["Previous"].removeprefix("s3://code-bucket/code/project/").split("/", 1)[1] in source.files()


def test_the_evaluation_knows_the_gate_that_was_asked_for(environment):
    said = jobs(environment)["Evaluate"]["Environment"]
    assert said["GATE_THRESHOLD"] == {"Std:Join": {"On": "", "Values": [{"Get": "Parameters.GateThreshold"}]}}


def test_steps_are_cached_only_when_it_is_said(environment, configured):
    assert not any("CacheConfig" in step for step in steps(environment).values())
    configured(lambda said: said.update(cache="P30D"))
    cached = {name for name, step in steps(environment).items() if step.get("CacheConfig") == {"Enabled": True, "ExpireAfter": "P30D"}}
    assert cached == {"Process", "Train", "Evaluate", "Evidence"}


def test_images_of_ones_own_are_run_by_jobs_and_endpoints_by_their_digest_only(environment, configured):
    repository = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images"
    own = {"training": f"{repository}@sha256:{'a' * 64}", "inference": f"{repository}@sha256:{'b' * 64}"}
    configured(lambda said: said.update(images=own))
    images = {job.get("AlgorithmSpecification", {}).get("TrainingImage") or job["AppSpecification"]["ImageUri"] for job in jobs(environment).values()}
    assert images == {own["training"]}
    assert own["inference"] in json.dumps(steps(environment))
    configured(lambda said: said.update(images=own, tuning={"ranges": {"eta": {"minimum": 0.01, "maximum": 0.3}}, "jobs": 2}))
    assert steps(environment)["Tune"]["Arguments"]["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"] == own["training"]
    configured(lambda said: said.update(images={"training": f"{repository}:newest"}))
    with pytest.raises(ConfigurationError, match="images.training"):
        steps(environment)


def test_one_more_step_is_five_lines(environment, monkeypatch):
    class Extended(definition.Definition):
        def explain(self):
            return self.steps.processing(
                "Explain",
                inputs={"model": self._model, "test": made("Process", "test")},
                outputs={"explanation": REPORTS},
            )

        def whole(self):
            whole = super().whole()
            return {**whole, "Steps": [*whole["Steps"][:-1], self.explain(), whole["Steps"][-1]]}

    assert len(inspect.getsource(Extended.explain).splitlines()) - 1 == 5
    monkeypatch.setattr(definition, "Definition", Extended)
    test_every_job_is_in_the_network_and_encrypted(environment)
    test_what_a_job_writes_is_encrypted_with_the_key_of_its_bucket(environment)
    assert jobs(environment)["Explain"]["AppSpecification"]["ContainerEntrypoint"][-1].endswith("python3 -m training.explain")


def test_a_job_that_would_write_with_two_keys_is_refused(environment):
    with pytest.raises(ValueError, match="Both writes to data and models, but a job has one key for what it writes: make two steps of it"):
        definition.Definition(environment, load()).steps.processing("Both", inputs={}, outputs={"one": "data", "other": "models"})


def test_the_pipeline_can_be_looked_at_without_a_build(monkeypatch, capsys):
    for name in [*VARIABLES, "AWS_REGION"]:
        monkeypatch.delenv(name, raising=False)
    assert program.main(["definition"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["Steps"][0]["Arguments"]["RoleArn"] == "arn:aws:iam::<account>:role/<job-role>"
    assert "In angle brackets is what only a build in the environment is told: ENVIRONMENT_NAME, " in shown.err


def test_runs_are_logged_where_the_environment_has_mlflow(environment, monkeypatch):
    assert "Track" not in steps(environment)
    arn = "arn:aws:sagemaker:eu-west-1:111111111111:mlflow-tracking-server/churn--mlflow"
    monkeypatch.setenv("MLFLOW_TRACKING_SERVER_ARN", arn)
    written = steps(Environment.from_variables())
    track = written["Track"]["Arguments"]
    assert track["Environment"]["MLFLOW_TRACKING_URI"] == arn
    assert track["Environment"]["MLFLOW_EXPERIMENT_NAME"] == "pipeline-name"
    networks = {name: step.get("NetworkConfig", step) for name, step in jobs(Environment.from_variables()).items()}
    isolated = {name: network["EnableNetworkIsolation"] for name, network in networks.items()}
    assert isolated == {**dict.fromkeys(["Process", "Train", "Evaluate", "Evidence"], True), "Track": False}
