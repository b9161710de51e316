"""Requests that are, or are no longer, like the data that the model was trained on."""

import json

import numpy as np
import pytest
from conftest import HOUR, NEXT_RELEASE, RELEASE, rows, told

from texts import FEATURES, figures_of


@pytest.fixture(autouse=True)
def baseline(endpoint):
    endpoint.baseline()


def test_data_like_that_of_the_training_is_no_violation(endpoint):
    endpoint.captured(rows(200))
    found = endpoint.judge("data-quality")
    assert found.violations == []
    assert found.metrics == {"Violations": 0, "Rows": 200, "GreatestDrift": pytest.approx(0, abs=0.05)}


@pytest.mark.parametrize("seed", range(2, 12))
def test_few_rows_of_the_same_data_are_no_violation(endpoint, seed):
    endpoint.captured(rows(50, seed=seed))
    assert endpoint.judge("data-quality").violations == []


def test_a_shifted_feature_is_named_with_its_distance(endpoint):
    endpoint.captured(rows(200, age=15))
    found = endpoint.judge("data-quality")
    assert found.kinds == {("age", "baseline_drift_check")}
    assert "Kolmogorov-Smirnov distance 0." in found.violations[0]["description"]
    assert found.metrics["Violations"] == 1
    assert found.metrics["GreatestDrift"] > 0.2


def test_the_threshold_is_what_is_asked(endpoint):
    endpoint.captured(rows(200, age=15))
    assert endpoint.judge("data-quality", drift_threshold=0.9).violations == []


def test_values_beyond_what_was_seen_are_a_drift(endpoint):
    endpoint.captured(rows(200, visits=9.5))
    assert endpoint.judge("data-quality").metrics["GreatestDrift"] > 0.8


def test_a_baseline_that_asks_for_it_is_compared_without_a_correction_for_few_rows(endpoint):
    endpoint.captured(rows(60, seed=3))
    robust = endpoint.judge("data-quality").metrics["GreatestDrift"]
    endpoint.baseline(method="Simple")
    assert endpoint.judge("data-quality", drift_threshold=1).metrics["GreatestDrift"] > robust + 0.02


def test_missing_values_are_counted_by_feature(endpoint):
    table = rows(200).astype(object)
    table[:20, 1] = ""
    table[:6, 2] = "nan"
    endpoint.captured(table)
    found = endpoint.judge("data-quality")
    assert found.kinds == {("income", "completeness_check")}
    assert "10.0% of 200 values are missing (20) or no numbers (0), above 5.0%" in found.violations[0]["description"]
    assert endpoint.judge("data-quality", missing_threshold=0.02).kinds == {("income", "completeness_check"), ("visits", "completeness_check")}


def test_text_where_numbers_were_is_a_violation_of_its_own(endpoint):
    table = rows(200).astype(object)
    table[:20, 0] = "forty"
    endpoint.captured(table)
    assert endpoint.judge("data-quality").kinds == {("age", "data_type_check")}


def test_rows_with_other_columns_are_no_guess(endpoint):
    endpoint.captured(rows(180))
    endpoint.captured(rows(20)[:, :2])
    assert endpoint.judge("data-quality").kinds == {("captures", "missing_column_check")}
    endpoint.captured(np.column_stack([rows(40), rows(40)]))
    assert ("captures", "extra_column_check") in endpoint.judge("data-quality").kinds


def test_records_that_cannot_be_read_are_counted(endpoint):
    endpoint.captured(rows(90))
    whole = told([[1, 2, 3]], [0.5], "event")
    without = {**whole, "captureData": {}}
    other = json.loads(json.dumps(whole))
    other["captureData"]["endpointInput"].update(encoding="BASE64", data="not base64!")
    endpoint.events += 1
    endpoint.lines(['{"captureData":', "[]", without, other, "\n", *["null"] * 6])
    found = endpoint.judge("data-quality")
    assert found.kinds == {("captures", "data_type_check")}
    assert "10.0% of 100 records" in found.violations[0]["description"]


def test_nothing_but_records_that_cannot_be_read_is_a_violation(endpoint):
    endpoint.lines(["{"] * 60)
    found = endpoint.judge("data-quality")
    assert found.kinds == {("captures", "data_type_check")}
    assert found.metrics == {"Violations": 1, "Rows": 0}


def test_few_rows_say_nothing(endpoint):
    endpoint.captured(rows(49, age=100))
    found = endpoint.judge("data-quality")
    assert found.metrics == {"Violations": 0, "Rows": 49}
    assert found.statistics["versions"][0]["not_judged"] == "49 records, and fewer than 50 say nothing"
    assert endpoint.judge("data-quality", minimum_rows=40).metrics["Violations"] == 1


def test_no_captures_at_all_are_no_violation(endpoint):
    found = endpoint.judge("data-quality")
    assert found.metrics == {"Violations": 0, "Rows": 0}
    assert found.statistics["versions"] == []


def test_only_the_hours_that_are_asked_for_count(endpoint):
    endpoint.captured(rows(100, age=100), hour="2030/05/17/10")
    endpoint.captured(rows(100), hour=HOUR)
    endpoint.captured(rows(100, age=100), hour="2030/05/16/23")
    assert endpoint.judge("data-quality").metrics["Rows"] == 100
    assert endpoint.judge("data-quality", hours=10).metrics["Rows"] == 100
    assert endpoint.judge("data-quality", hours=11).metrics["Rows"] == 200


def test_waiting_for_the_truth_does_not_move_the_hours_of_the_data(endpoint):
    endpoint.captured(rows(100))
    assert endpoint.judge("data-quality", delay=5).metrics["Rows"] == 100


def test_other_endpoints_of_the_same_version_do_not_count(endpoint):
    endpoint.captured(rows(100))
    endpoint.name = "churn-staging"
    endpoint.captured(rows(100, age=100))
    endpoint.name = "churn-production"
    assert endpoint.judge("data-quality").metrics == {"Violations": 0, "Rows": 100, "GreatestDrift": pytest.approx(0, abs=0.1)}


def test_each_version_is_judged_by_its_own_baseline_and_the_worst_counts(endpoint):
    endpoint.baseline(NEXT_RELEASE, table=rows(600, seed=0, age=100))
    endpoint.captured(rows(100, age=100), release=NEXT_RELEASE)
    endpoint.captured(rows(100))
    assert endpoint.judge("data-quality").violations == []
    endpoint.captured(rows(300, age=30, income=90))
    found = endpoint.judge("data-quality")
    assert {(one["release"], one["feature_name"]) for one in found.violations} == {(RELEASE, "age"), (RELEASE, "income")}
    assert found.metrics["Violations"] == 2
    assert found.metrics["Rows"] == 500


def test_both_variants_of_a_version_count(endpoint):
    endpoint.captured(rows(60))
    endpoint.captured(rows(60), variant="Shadow")
    assert endpoint.judge("data-quality").metrics["Rows"] == 120


def test_a_version_without_a_baseline_is_said_and_the_other_is_judged(endpoint, fails):
    endpoint.captured(rows(100, age=100))
    endpoint.captured(rows(100), release=NEXT_RELEASE)
    said = fails(endpoint.words("data-quality"))
    assert f"Not judged: {NEXT_RELEASE}: there is no baseline {NEXT_RELEASE}/baselines/model-data-quality-statistics.json" in said
    found = endpoint.report("data-quality")
    assert found.metrics["Violations"] == 1
    assert NEXT_RELEASE in found.statistics["not_judged"][0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "cannot be understood"),
        ({"features": []}, "names no features"),
        ({"features": [{"name": "age"}]}, "cannot be understood"),
        (
            {"features": [{"name": "age", "inferred_type": "Fractional", "numerical_statistics": {}}]},
            "says of no feature how its values are distributed",
        ),
    ],
)
def test_a_baseline_that_says_nothing_is_said(endpoint, fails, content, reason):
    endpoint.captured(rows(100))
    endpoint.write(f"releases/{RELEASE}/baselines/model-data-quality-statistics.json", content)
    assert reason in fails(endpoint.words("data-quality"))


def test_a_column_of_text_is_only_looked_at_for_what_is_missing(endpoint):
    file = endpoint.root / f"releases/{RELEASE}/baselines/model-data-quality-statistics.json"
    said = json.loads(file.read_text())
    said["features"][0] = {"name": "age", "inferred_type": "String", "string_statistics": {}}
    file.write_text(json.dumps(said))
    table = rows(100).astype(object)
    table[:, 0] = "forty"
    endpoint.captured(table)
    assert endpoint.judge("data-quality").violations == []


def test_as_many_rows_as_are_asked_for_are_enough(endpoint):
    endpoint.captured(rows(50, age=100))
    assert endpoint.judge("data-quality").metrics["Violations"] == 1


def test_a_value_on_the_bound_of_buckets_is_in_the_upper_one(endpoint):
    table = np.repeat(np.arange(11.0), 60).reshape(-1, 1).repeat(3, axis=1)
    endpoint.baseline(table=table, method="Simple")
    endpoint.captured(table)
    assert endpoint.judge("data-quality").metrics["GreatestDrift"] == 0


@pytest.fixture
def plans(endpoint):
    """Requests whose last column is a text, of which the training data had so many of each."""
    endpoint.baseline(texts={"basic": 300, "full": 200, "team": 100})
    table = rows(200)

    def captured(*chosen):
        endpoint.captured([[*row, chosen[at % len(chosen)]] for at, row in enumerate(table)])
        return endpoint.judge("data-quality")

    return captured


def test_texts_as_frequent_as_they_were_are_no_violation(plans):
    found = plans("basic", "full", "basic", "team", "basic", "full")
    assert found.violations == []
    assert "drift" in found.statistics["versions"][0]["features"][3]


def test_texts_that_are_more_frequent_than_they_were_are_a_drift(plans):
    found = plans("team", "basic", "team")
    assert found.kinds == {("plan", "baseline_drift_check")}
    assert found.violations[0]["description"].startswith("L-infinity distance 0.")


def test_a_text_that_is_new_is_a_drift(plans):
    assert plans("basic", "enterprise").kinds == {("plan", "baseline_drift_check")}


def test_texts_that_are_missing_are_counted_and_are_no_drift(plans):
    found = plans("basic", "full", "basic", "team", "basic", "full", "", "NaN")
    assert found.kinds == {("plan", "completeness_check")}


ENGLISH = [
    f"there is no {word} at home{'' if at % 3 else ' since monday'}, please help"
    for at, word in enumerate(["wifi", "signal", "router", "light"] * 50)
]


@pytest.fixture
def asked(endpoint):
    """The data quality of an endpoint that was asked these prompts, where the model has learnt from English ones."""
    counted = np.array([figures_of(prompt) for prompt in ENGLISH])
    features = []
    for name, values in zip(FEATURES, counted.T):
        counts, edges = np.histogram(values, bins=10)
        buckets = [{"lower_bound": low, "upper_bound": high, "count": int(count)} for low, high, count in zip(edges, edges[1:], counts)]
        features.append({"name": name, "inferred_type": "Fractional", "numerical_statistics": {"distribution": {"kll": {"buckets": buckets}}}})
    endpoint.write(f"releases/{RELEASE}/baselines/model-data-quality-statistics.json", {"features": features})
    endpoint.write(f"releases/{RELEASE}/baselines/model-data-quality-constraints.json", {"features": [{"name": name} for name in FEATURES]})

    def judged(prompts):
        said = {"observedContentType": "application/json", "mode": "INPUT", "encoding": "JSON"}
        answer = {**said, "mode": "OUTPUT", "data": json.dumps([{"generated_text": "network"}])}
        lines = [
            {
                "captureData": {"endpointInput": {**said, "data": json.dumps({"inputs": prompt})}, "endpointOutput": answer},
                "eventMetadata": {"eventId": f"event-{at}"},
            }
            for at, prompt in enumerate(prompts)
        ]
        endpoint.lines(lines)
        return endpoint.judge("data-quality")

    return judged


def test_prompts_like_those_that_were_learnt_from_are_no_violation(asked):
    found = asked(ENGLISH[:100])
    assert found.violations == [] and found.metrics["Rows"] == 100


@pytest.mark.parametrize(
    ("prompts", "feature"),
    [
        (["家にワイファイがありません"] * 100, "ascii"),
        ([f"{prompt} {prompt}" for prompt in ENGLISH], "words"),
        (["404 -> 500 -> 404"] * 100, "letters"),
    ],
)
def test_prompts_in_another_language_or_of_another_kind_are(asked, prompts, feature):
    assert (feature, "baseline_drift_check") in asked(prompts).kinds
