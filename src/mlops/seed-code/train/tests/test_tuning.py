"""Hyper-parameters that SageMaker finds: what it is told, what a job makes of it, and what cannot be meant."""

import json

import pytest
from test_pipeline import environment, parameters, steps  # noqa: F401 - environment is a fixture

from pipeline import definition
from training import configuration, hyper_parameters, train
from training.configuration import ConfigurationError

RANGES = {"max_depth": {"minimum": 2, "maximum": 8}, "eta": {"minimum": 0.01, "maximum": 0.3, "scaling": "Logarithmic"}}


@pytest.fixture
def tuned(configured):
    def write(ranges=RANGES, **said):
        configured(lambda file: file.update(tuning={"ranges": ranges, "jobs": 12, **said}))

    return write


def test_tries_take_the_place_of_training_and_the_best_model_goes_on(environment, tuned):  # noqa: F811
    tuned(parallel=3)
    written = steps(environment)
    assert list(written) == ["Process", "Tune", "Evaluate", "Gate", "Evidence", "Register", "Refuse"]
    job = written["Tune"]["Arguments"]["HyperParameterTuningJobConfig"]
    assert job["ResourceLimits"] == {"MaxNumberOfTrainingJobs": 12, "MaxParallelTrainingJobs": 3}
    assert job["HyperParameterTuningJobObjective"] == {"Type": "Minimize", "MetricName": "validation:rmse"}
    best = {"Get": "Steps.Tune.BestTrainingJob.TrainingJobName"}
    [model] = [one["S3Input"]["S3Uri"] for one in written["Evaluate"]["Arguments"]["ProcessingInputs"] if one["InputName"] == "model"]
    assert model["Std:Join"]["Values"][-2:] == [best, "output/model.tar.gz"]
    assert written["Register"]["Arguments"]["InferenceSpecification"]["Containers"][0]["ModelDataUrl"] == model


def test_a_range_is_of_the_kind_of_its_hyper_parameter(environment, tuned):  # noqa: F811
    tuned({**RANGES, "subsample": {"values": [0.5, 1.0]}})
    ranges = steps(environment)["Tune"]["Arguments"]["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert ranges == {
        "IntegerParameterRanges": [{"Name": "max_depth", "MinValue": "2", "MaxValue": "8", "ScalingType": "Auto"}],
        "ContinuousParameterRanges": [{"Name": "eta", "MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Logarithmic"}],
        "CategoricalParameterRanges": [{"Name": "subsample", "Values": ["0.5", "1.0"]}],
    }


def test_what_is_not_tuned_stays_a_parameter(environment, tuned):  # noqa: F811
    tuned()
    fixed = steps(environment)["Tune"]["Arguments"]["TrainingJobDefinition"]["StaticHyperParameters"]
    assert fixed["subsample"] == {"Get": "Parameters.subsample"}
    assert not {"max_depth", "eta"} & set(fixed)
    assert fixed["sagemaker_program"] == '"tuned.py"'
    assert not {"max_depth", "eta"} & set(parameters(environment))


def test_a_try_needs_no_way_to_a_package_index(environment, tuned):  # noqa: F811
    tuned()
    assert steps(environment)["Tune"]["Arguments"]["TrainingJobDefinition"]["Environment"] == {"PIP_NO_BUILD_ISOLATION": "0"}


def test_another_framework_is_told_where_its_metrics_stand(environment, tuned, monkeypatch):  # noqa: F811
    monkeypatch.setattr(definition, "framework_of", lambda _: "scikit-learn")
    tuned(metric="r2")
    arguments = steps(environment)["Tune"]["Arguments"]
    assert arguments["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"] == {"Type": "Maximize", "MetricName": "validation:r2"}
    known = {one["Name"]: one["Regex"] for one in arguments["TrainingJobDefinition"]["AlgorithmSpecification"]["MetricDefinitions"]}
    assert known["validation:r2"] == "validation-r2:(\\S+)"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"ranges": {"depth": {"minimum": 1, "maximum": 2}}}, "tuning.ranges.depth is not known: hyperParameters has colsample_bytree, "),
        (
            {"ranges": {"rounds": {"minimum": 1, "maximum": 2}}},
            "tuning.ranges.rounds cannot be tuned with SageMaker's XGBoost image, which takes alpha, ",
        ),
        ({"ranges": {"eta": {"minimum": 1, "maximum": 1}}}, "tuning.ranges.eta.minimum is 1 but must be less than the maximum, 1"),
        ({"ranges": {"eta": {"minimum": 0.1}}}, "tuning.ranges.eta must have minimum and maximum, or values"),
        ({"ranges": {"eta": {"maximum": 0.1, "scaling": "Linear"}}}, "tuning.ranges.eta must have minimum and maximum, or values"),
        ({"ranges": {"eta": {"values": [1], "minimum": 0, "maximum": 1}}}, "tuning.ranges.eta must have minimum and maximum, or values"),
        ({"ranges": {"eta": {}}}, "tuning.ranges.eta must have minimum and maximum, or values"),
        ({"ranges": {"eta": {"values": []}}}, "tuning.ranges.eta.values is empty: say at least one value"),
        ({"ranges": {}}, "tuning.ranges is empty: say what is tried"),
        ({"parallel": 13}, "tuning.parallel is 13 but must be at most tuning.jobs, 12"),
        ({"metric": "r2"}, "tuning.metric is r2 but must be one of mse, rmse, mae"),
        ({"metric": "beauty"}, "tuning.metric is beauty but must be one of mse, rmse, mae"),
    ],
)
def test_what_cannot_be_tuned_is_refused(environment, tuned, said, reason):  # noqa: F811
    tuned(**said)
    with pytest.raises(ConfigurationError) as refused:
        steps(environment)
    assert str(refused.value).startswith(reason)


def given(tmp_path, said):
    file = tmp_path / "hyperparameters.json"
    file.write_text(json.dumps(said))
    return hyper_parameters.given(configuration.load().hyper_parameters, file)


def test_a_job_takes_what_it_was_given_by_the_type_that_it_has_here(tmp_path):
    settings = configuration.load().hyper_parameters
    assert given(tmp_path, {"max_depth": "5", "eta": "0.2", "sagemaker_program": '"tuned.py"', "_tuning_objective_metric": "validation:rmse"}) == {
        **settings,
        "max_depth": 5,
        "eta": 0.2,
    }


def test_a_job_without_any_takes_those_of_the_file(tmp_path):
    known = configuration.load().hyper_parameters
    assert hyper_parameters.given(known, tmp_path / "none") == known


@pytest.mark.parametrize("wrong", ["deep", "[1]", "true"])
def test_a_hyper_parameter_that_is_something_else_is_refused(tmp_path, wrong):
    with pytest.raises(ConfigurationError, match="the hyper-parameter max_depth is .* but must be like 3, which config.json has"):
        given(tmp_path, {"max_depth": wrong})


def test_training_prints_its_metrics_as_sagemaker_looks_for_them(tmp_path, capsys, task):
    from training import process

    assert process.main(["--input", str(tmp_path / "none"), "--output", str(tmp_path)]) == 0
    capsys.readouterr()
    assert train.main(["--data", str(tmp_path), "--model", str(tmp_path / "model")]) == 0
    [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("[0]\tvalidation-")]
    assert {one.split(":")[0].removeprefix("validation-") for one in line.split("\t")[1:]} == set(configuration.METRICS[configuration.load().task])
