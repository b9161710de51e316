"""What people and SageMaker read of an evaluation: a page, a card and metrics, whatever the model and the data are."""

import base64
import hashlib
import html
import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn import metrics

from training import configuration
from training.report import comparison, data, importance, measures, metric, slices
from training.report.evaluation import Evaluation

CLASSES = {"regression": [], "binary": ["no", "yes"], "multi-class": ["a", "b", "<i>c</i>"]}
METRICS = {"regression": ("rmse", "at-most"), "binary": ("auc", "at-least"), "multi-class": ("accuracy", "at-least")}
RANDOM = np.random.default_rng(3)
ROWS = pd.DataFrame({"size": RANDOM.normal(0, 7, 240), "noise": RANDOM.normal(50, 2, 240), "<b>place": RANDOM.choice(["north", "south & east"], 240)})


def answers(task, rows):
    """A model that looks at one column."""
    score = rows["size"].to_numpy() / 3
    if task == "regression":
        return 10 + score
    powers = np.exp(np.column_stack([-score, score, np.ones(len(rows))][: len(CLASSES[task])]))
    return powers / powers.sum(axis=1, keepdims=True)


def truth_of(task):
    said = answers(task, ROWS)
    if task == "regression":
        return said + np.random.default_rng(4).normal(size=len(said))
    return np.array([np.random.default_rng(at).choice(len(row), p=row) for at, row in enumerate(said)])


@pytest.fixture(scope="module", params=list(CLASSES))
def task_of_report(request):
    return request.param


@pytest.fixture(scope="module")
def evaluation(task_of_report):
    metric, way = METRICS[task_of_report]
    gate = configuration.Gate(metric, way, 1.5 if task_of_report == "regression" else 0.5)
    settings = replace(configuration.load(), task=task_of_report, gate=gate, target="<target>")
    return Evaluation(settings, CLASSES[task_of_report], ROWS, truth_of(task_of_report), lambda rows: answers(task_of_report, rows))


@pytest.fixture(scope="module")
def written(evaluation, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    evaluation.write(folder)
    return folder


def page_of(folder):
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_page_loads_nothing_and_runs_nothing(written):
    page = page_of(written)
    assert len(page) < 1_000_000
    assert not re.search(r"<script|https?:|url\(|@import|\son\w+=|\sstyle=|<img|<link|<iframe", page)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in page


def test_every_figure_has_words_for_those_who_do_not_see_it(written):
    page = page_of(written)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    figures = re.findall(r"<figure>.*?</figure>", page, re.S)
    assert len(figures) >= 5
    for figure in figures:
        said = re.search(r'<svg role="img" aria-labelledby="([^"]+)" aria-describedby="([^"]+)"', figure)
        for name in said.groups():
            assert re.search(rf'<(title|p) id="{name}">[^<]+<', figure)


def test_names_of_people_are_text_and_nothing_else(written):
    page = page_of(written)
    assert "<b>place" not in page and "<i>c</i>" not in page and "<target>" not in page
    assert html.escape("<b>place: south & east") in page or html.escape("<b>place") in page


def test_no_single_row_is_in_the_page(written):
    page = page_of(written)
    for value in [ROWS["size"].min(), ROWS["size"].max(), ROWS["noise"].max()]:
        assert f"{value:.4g}" not in page.replace("−", "-")


def test_whether_the_gate_is_reached_is_said_in_a_word(written, task_of_report):
    assert "✓ Passes the gate" in page_of(written)
    assert f"{METRICS[task_of_report][0]} is" in page_of(written)


def test_the_registry_gets_the_same_numbers(written, evaluation):
    [said] = json.loads((written / "evaluation.json").read_text()).values()
    assert {name: one["value"] for name, one in said.items() if "value" in one} == evaluation.measured
    assert all(one["standard_deviation"] > 0 for one in said.values() if "value" in one)
    if evaluation.classes:
        assert sum(sum(row.values()) for row in said["confusion_matrix"].values()) == len(ROWS)


def test_the_card_is_one_line_that_a_version_has_room_for(written):
    card = (written / "model-card.json").read_text()
    assert "\n" not in card and len(card) <= 100_000
    assert json.loads((written / "model-card-content.json").read_text()) == {"content": card}
    assert json.loads(card)["evaluation_details"][0]["metric_groups"][0]["metric_data"]


def test_the_card_says_which_model_was_measured_by_which_job(evaluation, tmp_path):
    inputs = [{"InputName": name, "S3Input": {"S3Uri": f"s3://bucket/{name}"}} for name in ("code", "model", "test")]
    replace(evaluation, job={"ProcessingJobArn": "arn:job", "ProcessingInputs": inputs}).write(tmp_path)
    card = json.loads((tmp_path / "model-card.json").read_text())
    assert card["model_overview"] == {"model_artifact": ["s3://bucket/model"]}
    assert (card["evaluation_details"][0]["evaluation_job_arn"], card["evaluation_details"][0]["datasets"]) == ("arn:job", ["s3://bucket/test"])


@pytest.mark.parametrize("rows", [1, 3, 12])
@pytest.mark.parametrize("column", [0.0, np.nan, "text"])
def test_few_rows_of_one_kind_are_no_reason_to_stop(evaluation, tmp_path, rows, column):
    """What cannot be measured is left out, and is no number in any file."""
    few = pd.DataFrame({"size": np.zeros(rows), "other": [column] * rows})
    replace(evaluation, rows=few, truth=evaluation.truth[:1].repeat(rows)).write(tmp_path)
    said = [json.loads((tmp_path / name).read_text(), parse_constant=pytest.fail) for name in ("evaluation.json", "model-card.json")]
    assert all(said)
    assert not re.search(r'="-?(nan|inf)', page_of(tmp_path))


def test_measures_are_those_of_scikit_learn():
    truth, said = truth_of("binary"), answers("binary", ROWS)
    measured = measures.measure("binary", truth, said)
    assert measured["auc"] == pytest.approx(metrics.roc_auc_score(truth, said[:, 1]))
    assert measured["brier"] == pytest.approx(metrics.brier_score_loss(truth, said[:, 1]))
    assert measured["f2"] == pytest.approx(metrics.fbeta_score(truth, said[:, 1] >= 0.5, beta=2))
    truth, said = truth_of("multi-class"), answers("multi-class", ROWS)
    measured = measures.measure("multi-class", truth, said)
    assert measured["weighted_f1"] == pytest.approx(metrics.f1_score(truth, said.argmax(axis=1), average="weighted"))
    assert measured["macro_auc"] == pytest.approx(metrics.roc_auc_score(truth, said, multi_class="ovr"))
    assert measured["log_loss"] == pytest.approx(metrics.log_loss(truth, said))


def test_which_way_is_better_is_what_the_gate_knows():
    said = {name: way == "at-least" for ways in configuration.METRICS.values() for name, way in ways.items()}
    assert {name: metric.greater_is_better(name) for name in said} == said


def test_chance_is_about_as_wide_as_theory_says():
    truth = np.random.default_rng(1).normal(size=4_000)
    chance = measures.chances("regression", truth, np.zeros(4_000))["mse"]
    assert chance.deviation == pytest.approx(np.sqrt(2 / 4_000), rel=0.25)
    assert chance.low < np.mean(truth**2) < chance.high


def test_a_part_that_is_answered_worse_comes_first():
    wrong = np.where(ROWS["<b>place"] == "north", 3.0, 1.0) + RANDOM.normal(0, 0.1, len(ROWS))
    worst = slices.slices(ROWS, wrong)[0]
    assert (worst.feature, worst.group) == ("<b>place", "north")
    assert worst.low > wrong.mean()


def test_a_group_of_few_rows_is_not_shown():
    rows = pd.DataFrame({"place": ["rare"] * 9 + ["often"] * 40})
    assert [one.group for one in slices.slices(rows, np.ones(49))] == ["often"]


def test_what_the_model_looks_at_is_what_is_important():
    found = importance.importances("regression", "rmse", ROWS, truth_of("regression"), lambda rows: answers("regression", rows))
    assert found[0][0] == "size" and found[0][1] > 1
    assert [value for _, value, _, _ in found[1:]] == [0.0, 0.0]


def buckets_of(values):
    counts, bounds = np.histogram(values, bins=10)
    return [{"lower_bound": low, "upper_bound": high, "count": int(count)} for low, high, count in zip(bounds[:-1], bounds[1:], counts)]


@pytest.mark.parametrize(("shift", "far"), [(0, False), (7, True)])
def test_data_that_has_moved_is_far(shift, far):
    statistics = {"features": [{"name": "size", "numerical_statistics": {"distribution": {"kll": {"buckets": buckets_of(ROWS["size"])}}}}]}
    [found] = data.drift(statistics, ROWS.assign(size=ROWS["size"] + shift))
    assert found.is_far == far


def test_texts_that_are_new_are_far():
    known = {"buckets": [{"value": "north", "count": 200}, {"value": "south & east", "count": 200}]}
    statistics = {"features": [{"name": "<b>place", "string_statistics": {"distribution": {"categorical": known}}}]}
    assert not data.drift(statistics, ROWS)[0].is_far
    assert data.drift(statistics, ROWS.assign(**{"<b>place": "west"}))[0].is_far


def test_the_version_before_is_better_worse_or_neither():
    chance = metric.Chance(9.0, 11.0, 0.5)
    assert [comparison.verdict_of("rmse", 10, before, chance) for before in (12, 8, 10.5)] == ["better", "worse", "no clear difference"]
    assert [comparison.verdict_of("r2", 10, before, chance) for before in (12, 8)] == ["worse", "better"]


def test_the_version_before_is_compared_with(evaluation, tmp_path):
    folder = tmp_path / "previous"
    folder.mkdir()
    metric = evaluation.settings.gate.metric
    (folder / "quality-statistics.json").write_text(json.dumps({"some_metrics": {metric: {"value": 0.0001}, "confusion_matrix": {}}}))
    before = comparison.Previous.read(folder, "version 3")
    replace(evaluation, previous=before).write(tmp_path / "now")
    verdict = "worse" if evaluation.settings.task == "regression" else "better"
    assert f"By {metric}, {verdict} than version 3" in page_of(tmp_path / "now")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"regression_metrics": {"mse": 3}}', '{"regression_metrics": null}'])
def test_a_version_before_that_nobody_understands_is_no_reason_to_stop(content, tmp_path):
    (tmp_path / "quality-statistics.json").write_text(content)
    assert comparison.Previous.read(tmp_path).metrics == {}
    assert comparison.Previous.read(tmp_path / "none") is None
