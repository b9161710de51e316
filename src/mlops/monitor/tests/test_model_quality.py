"""Answers, and what has turned out to be true."""

import json

import numpy as np
import pytest
from conftest import NEXT_RELEASE, RELEASE, rows, told
from sklearn import metrics

RMSE = {"rmse": {"threshold": 10.0, "comparison_operator": "GreaterThanThreshold"}}
AUC = {"auc": {"threshold": 0.9, "comparison_operator": "LessThanThreshold"}}


def regression(endpoint, error, count=200, release=RELEASE):
    endpoint.baseline(release, kind="regression_constraints", rules=RMSE)
    truth = np.linspace(0, 100, count)
    signs = np.where(np.arange(count) % 2, 1, -1)
    return endpoint.captured(rows(count), truth + error * signs, release=release), truth


def test_a_model_as_good_as_at_registration_is_no_violation(endpoint):
    endpoint.labelled(*regression(endpoint, 10.9))
    found = endpoint.judge("model-quality")
    assert found.violations == []
    assert found.metrics == {"Violations": 0, "Rows": 200, "Quality": pytest.approx(0.91)}
    assert found.statistics["versions"][0]["regression_metrics"]["rmse"]["value"] == pytest.approx(10.9)


def test_a_worse_model_is_a_violation_in_the_words_of_model_monitor(endpoint):
    endpoint.labelled(*regression(endpoint, 11.5))
    found = endpoint.judge("model-quality")
    assert found.kinds == {("rmse", "GreaterThanThreshold")}
    assert found.violations[0]["description"] == "Metric rmse with 11.5 was GreaterThanThreshold '10', worse by 15.0%, above 10.0%"
    assert found.metrics["Quality"] == pytest.approx(0.85)
    assert endpoint.judge("model-quality", quality_tolerance=0.2).violations == []


def test_a_better_model_is_no_violation(endpoint):
    endpoint.labelled(*regression(endpoint, 1))
    assert endpoint.judge("model-quality").metrics["Quality"] == pytest.approx(1.9)


def classification(endpoint, count=200, wrong=0):
    endpoint.baseline(kind="binary_classification_constraints", rules=AUC)
    truth = np.arange(count) % 2
    predictions = np.where(truth == 1, 0.8, 0.2)
    predictions[:wrong] = 1 - predictions[:wrong]
    return endpoint.captured(rows(count), predictions), truth


def test_a_classification_is_measured_as_the_evaluation_measures_it(endpoint):
    endpoint.baseline(kind="binary_classification_constraints", rules=AUC)
    chance = np.random.default_rng(4)
    truth, predictions = chance.integers(0, 2, 300), chance.random(300).round(1)
    endpoint.labelled(endpoint.captured(rows(300), predictions), truth)
    found = endpoint.judge("model-quality").statistics["versions"][0]["binary_classification_metrics"]
    said = predictions >= 0.5
    assert {name: one["value"] for name, one in found.items()} == pytest.approx(
        {
            "auc": metrics.roc_auc_score(truth, predictions),
            "accuracy": metrics.accuracy_score(truth, said),
            "precision": metrics.precision_score(truth, said),
            "recall": metrics.recall_score(truth, said),
            "f1": metrics.f1_score(truth, said),
        }
    )


def test_a_classification_that_is_often_wrong_is_a_violation(endpoint):
    endpoint.labelled(*classification(endpoint))
    assert endpoint.judge("model-quality").violations == []
    endpoint.labelled(*classification(endpoint, wrong=150))
    assert endpoint.judge("model-quality").kinds == {("auc", "LessThanThreshold")}


def test_labels_may_be_said_in_words(endpoint):
    events, truth = classification(endpoint)
    endpoint.labelled(events, np.where(truth, "true", "false"))
    assert endpoint.judge("model-quality").metrics["Rows"] == 200


def test_labels_of_several_classes_are_not_judged_as_two(endpoint, fails):
    events, truth = classification(endpoint)
    endpoint.labelled(events, truth * 2)
    assert "the ground truth of a binary classification must be 0 or 1" in fails(endpoint.words("model-quality"))


def test_without_any_truth_nothing_is_said(endpoint):
    regression(endpoint, 50)
    found = endpoint.judge("model-quality")
    assert found.metrics == {"Violations": 0, "Rows": 0}
    assert "0 answers whose truth is known" in found.statistics["versions"][0]["not_judged"]


def test_truth_that_is_told_later_is_waited_for(endpoint):
    events, truth = regression(endpoint, 20)
    endpoint.labelled(events, truth, hour="2030/05/17/12")
    assert endpoint.judge("model-quality").metrics["Rows"] == 0
    later = {"until": "2030-05-17T13:00:00Z", "delay": 3}
    assert endpoint.judge("model-quality", hour="2030/05/17/13", **later).metrics == {"Violations": 1, "Rows": 200, "Quality": pytest.approx(0)}


def test_what_is_told_last_holds(endpoint):
    events, truth = regression(endpoint, 0)
    endpoint.labelled(events, truth + 100)
    endpoint.labelled(events, truth, hour="2030/05/17/10")
    assert endpoint.judge("model-quality", hour="2030/05/17/11", until="2030-05-17T11:00:00Z", hours=2).violations == []


def test_requests_of_several_rows_have_a_label_for_each(endpoint):
    endpoint.baseline(kind="regression_constraints", rules=RMSE)
    events = endpoint.captured(rows(100), np.arange(100), per_request=2)
    endpoint.labelled(events, [f"{at}\n{at + 1}" for at in range(0, 98, 2)] + ["98"])
    found = endpoint.judge("model-quality")
    assert found.metrics == {"Violations": 0, "Rows": 98, "Quality": 2}
    assert found.statistics["versions"][0]["labels_unreadable"] == 1


def test_an_id_of_the_caller_is_preferred_to_that_of_the_event(endpoint):
    endpoint.baseline(kind="regression_constraints", rules=RMSE)
    endpoint.lines([told([row], [5], f"event-{at}", inferenceId=f"order-{at}") for at, row in enumerate(rows(60).tolist())])
    endpoint.labelled([f"order-{at}" for at in range(60)], [5] * 60)
    assert endpoint.judge("model-quality").metrics["Rows"] == 60


def test_labels_that_cannot_be_read_or_are_of_other_requests_are_left_out(endpoint):
    events, truth = regression(endpoint, 0, count=60)
    endpoint.labelled(events, truth)
    other = {"groundTruthData": {"data": "1", "encoding": "CSV"}, "eventMetadata": {"eventId": "other"}, "eventVersion": "0"}
    endpoint.write("truth/2030/05/17/09/zz.jsonl", "\n".join(["{", json.dumps(other), json.dumps({"eventMetadata": {}})]))
    found = endpoint.judge("model-quality")
    assert (found.metrics["Rows"], found.statistics["versions"][0]["labels_unreadable"]) == (60, 2)


def test_requests_that_were_not_answered_are_left_out(endpoint):
    events, truth = regression(endpoint, 0, count=60)
    silent = told([[1, 2, 3]], [], "silent")
    silent["captureData"].pop("endpointOutput")
    endpoint.events += 1
    endpoint.lines([silent])
    endpoint.labelled([*events, "silent"], [*truth, 1])
    assert endpoint.judge("model-quality").metrics["Rows"] == 60


def test_the_worst_of_two_versions_counts(endpoint):
    good, truth = regression(endpoint, 5)
    bad, _ = regression(endpoint, 30, release=NEXT_RELEASE)
    endpoint.labelled([*good, *bad], [*truth, *truth])
    found = endpoint.judge("model-quality")
    assert found.metrics == {"Violations": 1, "Rows": 400, "Quality": pytest.approx(-1)}
    assert found.violations[0]["release"] == NEXT_RELEASE


def test_answers_of_language_models_are_not_judged_and_it_is_said(endpoint, fails):
    endpoint.captured(rows(60))
    quality = {"language_model_metrics": {"perplexity": {"value": 3.5}}}
    endpoint.write(f"releases/{RELEASE}/baselines/model-quality-statistics.json", quality)
    assert f"{RELEASE} is a language model, whose answers no monitor compares with the truth" in fails(endpoint.words("model-quality"))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (None, "there is no baseline"),
        ({"version": 0}, "has none of regression_constraints, binary_classification_constraints, multiclass_classification_constraints"),
        ({"regression_constraints": {"rmse": {"threshold": 1, "comparison_operator": "Near"}}}, "cannot be understood"),
        (
            {"regression_constraints": {"elegance": RMSE["rmse"]}},
            "the baseline asks for elegance, but what can be measured here is mae, mse",
        ),
    ],
)
def test_a_baseline_that_cannot_decide_is_said(endpoint, fails, said, reason):
    endpoint.labelled(*regression(endpoint, 1))
    file = endpoint.write(f"releases/{RELEASE}/baselines/model-quality-constraints.json", said or "")
    if said is None:
        file.unlink()
    assert reason in fails(endpoint.words("model-quality"))


def test_an_answer_of_other_numbers_than_rows_is_left_out(endpoint):
    events, truth = regression(endpoint, 0, count=60)
    endpoint.events += 1
    endpoint.lines([told([[1, 2, 3]], [0.1, 0.9], "two")])
    endpoint.labelled([*events, "two"], [*truth, 1])
    assert endpoint.judge("model-quality").metrics["Rows"] == 60


def test_a_label_beyond_all_numbers_is_as_bad_as_can_be_and_still_a_number(endpoint):
    rules = {name: {"threshold": 1, "comparison_operator": "GreaterThanThreshold"} for name in ("mse", "rmse", "mae")}
    endpoint.baseline(kind="regression_constraints", rules=rules)
    events = endpoint.captured(rows(60), range(60))
    endpoint.labelled(events, [1e200, *range(1, 60)])
    found = endpoint.judge("model-quality")
    assert -1e101 < found.metrics["Quality"] < -1e90
    assert "Infinity" not in json.dumps(found.statistics)
    assert "NaN" not in json.dumps(found.statistics)


SPECIES = ("Adelie", "Chinstrap", "Gentoo")
ACCURACY = {"accuracy": {"threshold": 0.9, "comparison_operator": "LessThanThreshold"}}


def several(endpoint, truth, said):
    endpoint.baseline(kind="multiclass_classification_constraints", rules=ACCURACY)
    endpoint.labelled(endpoint.captured(rows(len(truth)), [f"{name},0.5,0.3,0.2" for name in said]), truth)
    return endpoint.judge("model-quality")


def test_several_classes_are_measured_as_the_evaluation_measures_them(endpoint):
    chance = np.random.default_rng(5)
    truth, said = chance.choice(SPECIES, 200, p=[0.6, 0.3, 0.1]), chance.choice(SPECIES[:2], 200)
    found = several(endpoint, truth, said).statistics["versions"][0]["multiclass_classification_metrics"]
    weighted = {"average": "weighted", "zero_division": 0}
    assert {name: one["value"] for name, one in found.items()} == pytest.approx(
        {
            "accuracy": metrics.accuracy_score(truth, said),
            "weighted_precision": metrics.precision_score(truth, said, **weighted),
            "weighted_recall": metrics.recall_score(truth, said, **weighted),
            "weighted_f1": metrics.f1_score(truth, said, **weighted),
        }
    )


def test_several_classes_that_are_often_mixed_up_are_a_violation(endpoint):
    truth = np.array(SPECIES * 40)
    assert several(endpoint, truth, truth).violations == []
    assert several(endpoint, truth, np.roll(truth, 1)).kinds == {("accuracy", "LessThanThreshold")}


def test_classes_that_are_numbers_are_the_same_however_they_are_written(endpoint):
    truth = [f"{number % 3}.0" for number in range(120)]
    assert several(endpoint, truth, [number % 3 for number in range(120)]).metrics["Quality"] == pytest.approx(1 + 1 / 9)


def test_the_truth_of_two_classes_may_be_told_by_name(endpoint):
    events, truth = classification(endpoint)
    endpoint.baseline(kind="binary_classification_constraints", rules=AUC, classes=("stays", "leaves"))
    endpoint.labelled(events, np.where(truth == 1, "leaves", "stays"))
    assert endpoint.judge("model-quality").statistics["versions"][0]["binary_classification_metrics"]["auc"]["value"] == 1
