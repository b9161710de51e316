"""Cells of a notebook, one after another, and what each has asked of AWS."""

import json
import logging
import os
import re
import sys
import tempfile
import time
import traceback
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from botocore.httpsession import URLLib3Session

Cell = Callable[[], object]

#: The names of what the environment has, as a notebook writes them.
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
BUCKET = "churn-data"
GROUP = "churn--experiments"
TRAIN, MODEL_DATA = f"s3://{BUCKET}/outputs/train/", f"s3://{BUCKET}/outputs/model/model.tar.gz"


def as_role(name: str = "role") -> dict[str, str]:
    """Without a configuration the SDK asks for a role: documentation gives it that of the notebook."""
    return {} if "CONFIGURED" in os.environ else {name: os.environ["ROLE"]}


def offline_store() -> str:
    """Where a feature group has its offline store: without a configuration, where people write."""
    if "CONFIGURED" not in os.environ:
        return f"s3://{BUCKET}/outputs/features"
    import secure_mlops

    return str(secure_mlops.offline_store())


_cells: dict[str, Cell] = {}


def cell(name: str) -> Callable[[Cell], Cell]:
    """What people call it."""

    def named(run: Cell) -> Cell:
        _cells[name] = run
        return run

    return named


def script(text: str = "print('trained')\n") -> str:
    """A program of one's own in a folder of its own."""
    path = Path(tempfile.mkdtemp(prefix="source-")) / "work.py"
    path.write_text(text)
    return str(path)


def run_all() -> None:
    """Prints what each cell has asked; what an SDK says goes to the other stream."""
    out, sys.stdout = sys.stdout, sys.stderr
    _everything_goes_here()
    _in_studio()
    time.sleep = lambda _: None  # nothing takes time here
    logging.disable(logging.INFO)
    only = sys.argv[1:]
    _recorded()
    told = []
    for name, run in _cells.items():
        if only and name not in only:
            continue
        failed = None
        try:
            run()
        except Exception as error:  # the SDK stops where it got no further: what it has asked until then counts
            failed = f"{type(error).__name__}: {error}".splitlines()[0][:300]
            traceback.print_exc()
        told.append({"cell": name, **({"stopped": failed} if failed else {}), "requests": _unique(_recorded())})
    json.dump(told, out)


def _everything_goes_here() -> None:
    """Also what an SDK asks of an address that it makes up itself."""
    send = URLLib3Session.send
    here = os.environ["AWS_ENDPOINT_URL"]

    def sent(session: URLLib3Session, request: Any) -> Any:
        request.url = re.sub(r"^https://(?!iam)[^/]*\.amazonaws\.com", here, request.url)
        return send(session, request)

    URLLib3Session.send = sent


def _in_studio() -> None:
    """What Studio says about a space in a file, from which an SDK knows its role."""
    file = Path.home() / "resource-metadata.json"
    file.write_text(json.dumps({"AppType": "JupyterLab", "DomainId": "d-1", "SpaceName": "mine", "ExecutionRoleArn": os.environ["ROLE"], "ResourceName": "default"}))
    for name, module in list(sys.modules.items()):
        if name in ("sagemaker.session", "sagemaker.core.helper.session_helper", "sagemaker_core.helper.session_helper"):
            module.NOTEBOOK_METADATA_FILE = str(file)  # type: ignore[attr-defined]


def _recorded() -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{os.environ['AWS_ENDPOINT_URL']}/recorded") as answer:
        return json.loads(_without_time(answer.read().decode()))  # type: ignore[no-any-return]


def _without_time(text: str) -> str:
    """Names hold the time, a random part, and a folder of this machine: the same notebook makes the same record."""
    text = re.sub(r"\b20\d\d-\d\d-\d\d-\d\d-\d\d-\d\d(-\d\d\d)?", "2026-01-01-00-00-00-000", text)
    text = re.sub(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?", "2026-01-01T00:00:00Z", text)
    text = re.sub(r"\b\d{6}-\d{4}(-[a-z0-9]{4,})?\b", "260101-0000", text)
    text = re.sub(r"(?<!key/)\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "00000000-0000-4000-8000-000000000000", text)
    text = re.sub(r"\bmodel-[0-9a-f]{8}\b", "model-00000000", text)
    text = re.sub(r'("(?:Timestamp|StartTime|EndTime)": )[0-9.]+', r"\g<1>1700000000", text)
    text = re.sub(r"sagemaker_requirements_[a-z0-9_]{8}", "sagemaker_requirements", text)
    text = re.sub(r"\b20\d{12}\b|\b20\d{6}\d{6}\b", "20260101000000", text)
    return re.sub(r"source-[a-z0-9_]{8}", "source", re.sub(r"\b[0-9a-f]{32,64}\b", "0" * 32, text))


def _unique(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    for request in requests:
        if request not in seen:
            seen.append(request)
    return seen
