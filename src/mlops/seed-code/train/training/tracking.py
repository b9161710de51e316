"""Logs an evaluated model as a run of MLflow: parameters, metrics, and what the evaluation wrote.

AWS's images of jobs have no MLflow, and an environment need not lead to a package index: this speaks the REST API of MLflow, and
signs it for a tracking server of SageMaker as AWS's own plugin does. A run that cannot be logged spoils no training.
https://mlflow.org/docs/latest/rest-api.html
https://github.com/aws/sagemaker-mlflow
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from hashlib import sha256
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Tuple

from . import configuration

JOB = Path("/opt/ml/processing")
#: Where an evaluation says what the model was made with.
PARAMETERS = "parameters.json"
_SERVER = re.compile(r"arn:aws[\w-]*:sagemaker:([\w-]+):\d{12}:mlflow-tracking-server/.+")
_SECONDS = 60


class NotLogged(Exception):
    """The run is not, or not all of it is, where it should be."""


class Server:
    """A tracking server by its address, or by the ARN of one of SageMaker's."""

    def __init__(self, uri: str):
        managed = _SERVER.fullmatch(uri)
        if not managed and not re.match(r"https?://", uri):
            raise NotLogged(f"MLFLOW_TRACKING_URI is {uri} but must be the ARN of a tracking server of SageMaker, or begin with http:// or https://")
        self.region = managed.group(1) if managed else None
        self.address = f"https://{self.region}.experiments.sagemaker.aws" if managed else uri.rstrip("/")
        self.headers = {"x-mlflow-sm-tracking-server-arn": uri} if managed else {}

    def post(self, path: str, **said: Any) -> Any:
        return json.loads(self.send("POST", f"/api/2.0/mlflow/{path}", json.dumps(said).encode(), {"Content-Type": "application/json"}) or b"{}")

    def get(self, path: str, **asked: str) -> Any:
        query = urllib.parse.urlencode(asked, quote_via=urllib.parse.quote)
        return json.loads(self.send("GET", f"/api/2.0/mlflow/{path}?{query}"))

    def send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> bytes:
        url = self.address + path
        signed = self._signed(method, url, body, {**self.headers, **(headers or {})})
        request = urllib.request.Request(url, data=body or None, headers=signed, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            raise Refused(method, path, error) from None
        except OSError as error:
            raise NotLogged(f"{self.address} does not answer ({error}): the tracking server is stopped, or no network leads to it") from None

    def _signed(self, method: str, url: str, body: bytes, headers: Dict[str, str]) -> Dict[str, str]:
        if self.region is None:
            return headers
        from botocore.auth import SigV4Auth  # AWS's images have it
        from botocore.awsrequest import AWSRequest
        from botocore.session import Session

        request = AWSRequest(method=method, url=url, data=body or None, headers={**headers, "X-Amz-Content-SHA256": sha256(body).hexdigest()})
        SigV4Auth(Session().get_credentials(), "sagemaker-mlflow", self.region).add_auth(request)
        return dict(request.headers.items())


class Refused(NotLogged):
    """The server has answered, and has said no."""

    def __init__(self, method: str, path: str, error: urllib.error.HTTPError):
        said = error.read().decode(errors="replace")
        super().__init__(f"{method} {path.split('?')[0]}: {error.code} {said[:500]}")
        self.is_absent = "RESOURCE_DOES_NOT_EXIST" in said


def note(evaluation: Path, settings: configuration.Configuration, manifest: Mapping[str, Any]) -> None:
    """What the model was made with, beside what it was measured at: hyper-parameters as it has them, which a try of a tuning step may have chosen."""
    origin = {"input": manifest.get("input", ""), "input (SHA-256)": manifest.get("digest", "")}
    said = {**settings.about, **origin, "gate": str(settings.gate), **settings.hyper_parameters}
    (evaluation / PARAMETERS).write_text(json.dumps({name: str(value) for name, value in said.items() if value != ""}))


def log(server: Server, evaluation: Path, experiment: str, name: str) -> str:
    """Answers the id of the run."""
    started, tags = _now(), _pairs(_tags())
    created = server.post("runs/create", experiment_id=_experiment(server, experiment), run_name=name, start_time=started, tags=tags)
    run = created["run"]["info"]
    metrics = [{"key": key, "value": value, "timestamp": started, "step": 0} for key, value in _metrics(evaluation)]
    server.post("runs/log-batch", run_id=run["run_id"], metrics=metrics, params=_pairs(json.loads((evaluation / PARAMETERS).read_text())))
    for file in sorted(path for path in evaluation.rglob("*") if path.is_file()):
        _keep(server, run["artifact_uri"], file.relative_to(evaluation).as_posix(), file)
    server.post("runs/update", run_id=run["run_id"], status="FINISHED", end_time=_now())
    return str(run["run_id"])


def _experiment(server: Server, name: str) -> str:
    try:
        return str(server.get("experiments/get-by-name", experiment_name=name)["experiment"]["experiment_id"])
    except Refused as refusal:
        if not refusal.is_absent:
            raise
    return str(server.post("experiments/create", name=name)["experiment_id"])


def _metrics(evaluation: Path) -> Iterator[Tuple[str, float]]:
    """Those of the report; what is no number, JSON has no word for."""
    report = json.loads((evaluation / "evaluation.json").read_text())
    for metrics in report.values():
        for name, measured in metrics.items():
            value = measured.get("value") if isinstance(measured, dict) else None
            if isinstance(value, (int, float)) and math.isfinite(value):
                yield name, float(value)


def _tags() -> Dict[str, str]:
    commit = os.environ.get("COMMIT_ID")
    return {"mlflow.source.type": "JOB", **({"mlflow.source.git.commit": commit} if commit else {})}


def _keep(server: Server, place: str, name: str, file: Path) -> None:
    """Clients of MLflow write artifacts themselves: to S3, or through a server that passes them on."""
    address = urllib.parse.urlparse(place)
    path = f"{address.path.strip('/')}/{name}"
    if address.scheme == "s3":
        import boto3

        boto3.client("s3").upload_file(str(file), address.netloc, path)
    elif address.scheme == "mlflow-artifacts":
        target = f"/api/2.0/mlflow-artifacts/artifacts/{urllib.parse.quote(path)}"
        server.send("PUT", target, file.read_bytes(), {"Content-Type": "application/octet-stream"})
    else:
        raise NotLogged(f"artifacts are at {place}, where nothing can be written from here")


def _pairs(said: Mapping[str, str]) -> List[Dict[str, str]]:
    return [{"key": key, "value": value} for key, value in said.items()]


def _now() -> int:
    return int(time.time() * 1000)


def main(arguments: List[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--evaluation", type=Path, default=JOB / "input" / "evaluation")
    words.add_argument("--output", type=Path, default=JOB / "output")
    words.add_argument("--experiment", default=os.environ.get("MLFLOW_EXPERIMENT_NAME", "local"))
    words.add_argument("--name", default=os.environ.get("MLFLOW_RUN_NAME", "local"))
    asked = words.parse_args(arguments)
    uri = os.environ.get("MLFLOW_TRACKING_URI")
    if not uri:
        print("Nothing is logged: MLFLOW_TRACKING_URI is not set")
        return 0
    try:
        run = log(Server(uri), asked.evaluation, asked.experiment, asked.name)
    except Exception as error:  # whatever it is: boto3 has errors of its own
        print(f"The run is not logged: {error}", file=sys.stderr)
        return 0
    folder = asked.output / "tracking"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(json.dumps({"experiment": asked.experiment, "run": run}))
    print(f"Logged as run {run} of the experiment {asked.experiment}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
