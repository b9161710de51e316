"""What an evaluated model leaves in MLflow. Where mlflow is installed, its own server is asked: `pip install mlflow`."""

import json
import subprocess
import sys
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlparse

import pytest

from training import configuration, evaluate, hyper_parameters, process, tracking, train

ARN = "arn:aws:sagemaker:eu-west-1:111111111111:mlflow-tracking-server/churn--mlflow"


class Recorder(HTTPServer):
    """Answers as MLflow 3.0's own server has answered, and keeps what it was asked."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.refuses = [], {}
        self.experiments, self.artifacts = {}, "mlflow-artifacts:/1/0a1b/artifacts"

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def said(self, path):
        return [body for asked, body in self.asked if asked == path]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802
        self.answer({})

    def do_POST(self):  # noqa: N802
        self.answer(json.loads(self.body()))

    def do_PUT(self):  # noqa: N802
        self.answer(self.body().decode())

    def body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def answer(self, body):
        server, address = self.server, urlparse(self.path)
        path = address.path.replace("/api/2.0/", "")
        server.asked.append((path, body or parse_qs(address.query)))
        status, said = server.refuses.get(path, (200, {}))
        if path == "mlflow/experiments/get-by-name" and status == 200:
            name = parse_qs(address.query)["experiment_name"][0]
            status, said = (
                (200, {"experiment": {"experiment_id": "1"}}) if name in server.experiments else (404, {"error_code": "RESOURCE_DOES_NOT_EXIST"})
            )
        if path == "mlflow/experiments/create":
            server.experiments[body["name"]], said = True, {"experiment_id": "1"}
        if path == "mlflow/runs/create":
            said = {"run": {"info": {"run_id": "0a1b", "artifact_uri": server.artifacts}}}
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    made = Recorder()
    Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()


@pytest.fixture
def evaluation(tmp_path):
    folder = tmp_path / "evaluation"
    folder.mkdir()
    report = {"regression_metrics": {"rmse": {"value": 54.5, "standard_deviation": "NaN"}, "r2": {"value": float("nan")}}}
    (folder / "evaluation.json").write_text(json.dumps(report))
    (folder / "report.html").write_text("<h1>Report</h1>")
    tracking.note(folder, configuration.load(), {"input": "s3://data/churn/", "digest": "0a"})
    return folder


def logged(server_address, evaluation, monkeypatch, *more):
    monkeypatch.setenv("MLFLOW_TRACKING_URI", server_address)
    output = evaluation.parent / "output"
    assert tracking.main(["--evaluation", str(evaluation), "--output", str(output), "--experiment", "churn", "--name", "execution-1", *more]) == 0
    file = output / "tracking" / "run.json"
    return json.loads(file.read_text()) if file.exists() else None


def test_a_run_has_parameters_metrics_and_what_the_evaluation_wrote(server, evaluation, monkeypatch):
    monkeypatch.setenv("COMMIT_ID", "c0ffee")
    assert logged(server.address, evaluation, monkeypatch) == {"experiment": "churn", "run": "0a1b"}
    [created], [batch], [updated] = server.said("mlflow/runs/create"), server.said("mlflow/runs/log-batch"), server.said("mlflow/runs/update")
    assert (created["experiment_id"], created["run_name"]) == ("1", "execution-1")
    assert {"key": "mlflow.source.git.commit", "value": "c0ffee"} in created["tags"]
    settings = configuration.load()
    parameters = {one["key"]: one["value"] for one in batch["params"]}
    assert parameters["model"] == settings.model and set(settings.hyper_parameters) <= set(parameters)
    assert (parameters["input"], parameters["input (SHA-256)"]) == ("s3://data/churn/", "0a")
    assert [(one["key"], one["value"]) for one in batch["metrics"]] == [("rmse", 54.5)]  # JSON has no word for NaN
    assert server.said("mlflow-artifacts/artifacts/1/0a1b/artifacts/report.html") == ["<h1>Report</h1>"]
    assert (updated["run_id"], updated["status"]) == ("0a1b", "FINISHED")


def test_runs_of_one_project_are_of_one_experiment(server, evaluation, monkeypatch):
    for _ in range(2):
        logged(server.address, evaluation, monkeypatch)
    assert server.said("mlflow/experiments/create") == [{"name": "churn"}]
    assert len(server.said("mlflow/runs/create")) == 2


def test_hyper_parameters_are_those_that_tuning_chose(server, tmp_path, monkeypatch, task):
    chosen = tmp_path / "hyperparameters.json"
    chosen.write_text(json.dumps({"max_depth": "1", "_tuning_objective_metric": "validation:rmse"}))
    monkeypatch.setattr(hyper_parameters, "GIVEN", chosen)
    monkeypatch.setenv("GATE_THRESHOLD", "1000")
    assert configuration.load().hyper_parameters["max_depth"] != 1
    assert process.main(["--input", str(tmp_path / "none"), "--output", str(tmp_path)]) == 0
    assert train.main(["--data", str(tmp_path), "--model", str(tmp_path / "model")]) == 0
    places = [word for name in ("manifest", "baseline") for word in (f"--{name}", str(tmp_path / name))]
    assert evaluate.main(["--model", str(tmp_path / "model"), "--data", str(tmp_path / "test"), *places, "--output", str(tmp_path)]) == 0
    logged(server.address, tmp_path / "evaluation", monkeypatch)
    [batch] = server.said("mlflow/runs/log-batch")
    parameters = {one["key"]: one["value"] for one in batch["params"]}
    assert parameters["max_depth"] == "1" and parameters["gate"].endswith("1000")


def test_without_a_server_nothing_is_logged(evaluation, monkeypatch, capsys):
    assert logged("", evaluation, monkeypatch) is None
    assert capsys.readouterr().out == "Nothing is logged: MLFLOW_TRACKING_URI is not set\n"


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("http://127.0.0.1:1", "http://127.0.0.1:1 does not answer"),
        ("churn--mlflow", "MLFLOW_TRACKING_URI is churn--mlflow but must be the ARN of a tracking server of SageMaker"),
    ],
)
def test_a_server_that_is_not_there_spoils_nothing(evaluation, monkeypatch, capsys, uri, said):
    assert logged(uri, evaluation, monkeypatch) is None
    assert f"The run is not logged: {said}" in capsys.readouterr().err


def test_a_refusal_says_what_was_asked_and_why_not(server, evaluation, monkeypatch, capsys):
    server.refuses["mlflow/experiments/get-by-name"] = (403, {"message": "not authorized"})
    assert logged(server.address, evaluation, monkeypatch) is None
    assert 'GET /api/2.0/mlflow/experiments/get-by-name: 403 {"message": "not authorized"}' in capsys.readouterr().err


def test_artifacts_that_cannot_be_kept_are_told_of(server, evaluation, monkeypatch, capsys):
    server.artifacts = "dbfs:/elsewhere"
    assert logged(server.address, evaluation, monkeypatch) is None
    assert "artifacts are at dbfs:/elsewhere, where nothing can be written from here" in capsys.readouterr().err


def test_requests_to_sagemaker_are_signed_for_its_mlflow(monkeypatch):
    pytest.importorskip("botocore")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    server = tracking.Server(ARN)
    assert server.address == "https://eu-west-1.experiments.sagemaker.aws"
    headers = server._signed("POST", f"{server.address}/api/2.0/mlflow/runs/create", b"{}", dict(server.headers))
    assert headers["x-mlflow-sm-tracking-server-arn"] == ARN
    assert "/eu-west-1/sagemaker-mlflow/aws4_request" in headers["Authorization"]
    assert "x-mlflow-sm-tracking-server-arn" in headers["Authorization"]


def test_mlflow_itself_understands_the_run(evaluation, monkeypatch, tmp_path):
    mlflow = pytest.importorskip("mlflow")
    port = "58137"
    command = [sys.executable, "-m", "mlflow", "server", "--port", port, "--backend-store-uri", f"sqlite:///{tmp_path}/runs.db"]
    running = subprocess.Popen([*command, "--artifacts-destination", str(tmp_path / "artifacts")])
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/health")
        run = logged(address, evaluation, monkeypatch)
        mlflow.set_tracking_uri(address)
        [found] = mlflow.search_runs(experiment_names=["churn"], output_format="list")
        assert (found.info.run_id, found.info.run_name, found.info.status) == (run["run"], "execution-1", "FINISHED")
        assert found.data.metrics == {"rmse": 54.5}
        assert found.data.params["model"] == configuration.load().model
        assert {one.path for one in mlflow.MlflowClient().list_artifacts(run["run"])} == {"evaluation.json", "report.html"}
    finally:
        running.terminate()
        running.wait()


def _wait_for(address):
    for _ in range(60):
        try:
            return urllib.request.urlopen(address, timeout=1)
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} did not come up")
