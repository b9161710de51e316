"""The steps one after the other, as in SageMaker."""

import json
import threading
import urllib.error
import urllib.request
from http.client import HTTPConnection

import pytest

from training import configuration, gate, inference, local, serve

RUNS = {}


@pytest.fixture
def trained(task, tmp_path_factory):
    """One run of each task for all tests."""
    if task not in RUNS:
        RUNS[task] = tmp_path_factory.mktemp(task)
        assert local.main(["--output", str(RUNS[task])]) == 0
    return RUNS[task]


def test_a_model_that_is_good_enough_passes_and_brings_its_evidence(trained):
    assert (trained / "model" / "xgboost-model").exists()
    assert (trained / "evaluation" / "model-card.json").exists()
    files = ["constraints.json", "quality-constraints.json", "quality-statistics.json", "statistics.json"]
    assert sorted(file.name for file in (trained / "baseline").iterdir()) == files
    assert len((trained / "samples" / "payload.csv").read_text().splitlines()) == 20


def test_the_baseline_says_how_each_feature_is_distributed(trained):
    said = json.loads((trained / "baseline" / "statistics.json").read_text())
    for feature in said["features"]:
        numbers = feature["numerical_statistics"]
        buckets = numbers["distribution"]["kll"]["buckets"]
        assert len(buckets) == 10
        assert sum(bucket["count"] for bucket in buckets) == said["dataset"]["item_count"]
        assert (buckets[0]["lower_bound"], buckets[-1]["upper_bound"]) == (numbers["min"], numbers["max"])
        assert [bucket["upper_bound"] for bucket in buckets[:-1]] == [bucket["lower_bound"] for bucket in buckets[1:]]


def test_the_model_must_not_fall_behind_the_metric_that_it_was_registered_for(trained):
    settings = configuration.load()
    [(kind, rules)] = [one for one in json.loads((trained / "baseline" / "quality-constraints.json").read_text()).items() if one[0] != "version"]
    assert kind == ("binary_classification_constraints" if settings.is_classification else "regression_constraints")
    measured = json.loads((trained / "evaluation" / "evaluation.json").read_text())
    expected = "LessThanThreshold" if settings.is_classification else "GreaterThanThreshold"
    value = gate.value_of(trained / "evaluation" / "evaluation.json", settings)
    assert rules == {settings.gate.metric: {"threshold": value, "comparison_operator": expected}}
    assert json.loads((trained / "baseline" / "quality-statistics.json").read_text()) == measured


def test_a_bad_model_does_not_pass(task, tmp_path, configured, capsys):
    configured(lambda said: said["gate"].update(threshold=0 if said["gate"]["comparison"] == "at-most" else 1))
    assert local.main(["--output", str(tmp_path / "bad")]) == 1
    assert "The model is not registered" in capsys.readouterr().err
    assert not (tmp_path / "bad" / "samples").exists()


@pytest.fixture
def address(trained):
    server = serve.server(trained / "model", 0)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def ask(address, body, content_type="text/csv", accept="text/csv"):
    request = urllib.request.Request(f"{address}/invocations", body, {"Content-Type": content_type, "Accept": accept})
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


def test_the_model_answers_its_sample_over_http(trained, address):
    rows = (trained / "samples" / "payload.csv").read_bytes()
    assert urllib.request.urlopen(f"{address}/ping").status == 200
    assert len(ask(address, rows).split()) == 20
    as_json = json.dumps([[float(value) for value in row.split(",")] for row in rows.decode().splitlines()])
    values = json.loads(ask(address, as_json.encode(), "application/json", "application/json"))
    assert values == pytest.approx([float(value) for value in ask(address, rows).split()])


@pytest.mark.parametrize(
    ("body", "kind", "status", "reason"),
    [
        (b"1,2", "text/csv", 400, "row 1 has 2 values but must have"),
        (b"", "text/csv", 400, "the body holds no row: send at least one"),
        (b"1", "text/plain", 415, "the content type 'text/plain' is not understood: send text/csv or application/json"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused_with_the_reason(address, body, kind, status, reason):
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(address, body, kind)
    assert refused.value.code == status
    assert reason in refused.value.read().decode()


def test_a_body_that_is_too_great_is_refused_before_it_is_read(address):
    connection = HTTPConnection(address.removeprefix("http://"))
    connection.putrequest("POST", "/invocations")
    connection.putheader("Content-Length", str(2 * 1024**3))
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.read().decode()) == (413, "the body has 2147483648 bytes: send at most 100 MB at once")


def test_the_container_reads_the_model_as_it_is(trained):
    assert inference.model_fn(str(trained / "model")).model.num_features() in (10, 30)
