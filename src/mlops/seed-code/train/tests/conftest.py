import json
from pathlib import Path

import pytest

from training import configuration

#: What tests set in `config.json` for each task.
TASKS = {
    "regression": {"data": "diabetes", "gate": {"metric": "rmse", "comparison": "at-most", "threshold": 70.0}},
    "binary": {"data": "breast_cancer", "gate": {"metric": "auc", "comparison": "at-least", "threshold": 0.95}},
}


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A configuration that differs from the one in use in what a test says."""

    def write(change) -> Path:
        said = json.loads(configuration.default_path().read_text())
        change(said)
        file = tmp_path / "config.json"
        file.write_text(json.dumps(said))
        monkeypatch.setenv("CONFIG", str(file))
        return file

    return write


@pytest.fixture(params=list(TASKS))
def task(request: pytest.FixtureRequest, configured) -> str:
    configured(lambda said: said.update(task=request.param, target="target", **TASKS[request.param]))
    return str(request.param)
