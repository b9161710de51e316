import contextlib
import io
import json
from pathlib import Path

import pytest

from tests import tiny
from training import hyper_parameters, local

#: What makes a model of two layers learn in seconds.
QUICK = json.loads((Path(__file__).parent / "tiny.json").read_text())


def written(file: Path, **differs: object) -> Path:
    file.write_text(json.dumps({**QUICK, "sampleRows": 3, **differs}))
    return file


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A configuration that differs from that of the repository in what a test says."""

    def write(**differs: object) -> Path:
        file = written(tmp_path / "config.json", **differs)
        monkeypatch.setenv("CONFIG", str(file))
        return file

    return write


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.model(tmp_path_factory.mktemp("base"))


@pytest.fixture(scope="session")
def tuned(tmp_path_factory: pytest.TempPathFactory, base: Path) -> tuple[Path, str]:
    """The folder of a whole run as one try of several, and what its training printed."""
    folder = tmp_path_factory.mktemp("tuned")
    printed = io.StringIO()
    few = tiny.examples(folder / "examples")
    (few / "examples.jsonl").write_text("".join((few / "examples.jsonl").read_text().splitlines(keepends=True)[:120]))
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(printed):
        tuning = {"ranges": {"rank": {"minimum": 4, "maximum": 16}}, "jobs": 2}
        patched.setenv("CONFIG", str(written(folder / "config.json", tuning=tuning, gate={**QUICK["gate"], "threshold": 100})))
        given = folder / "hyperparameters.json"
        given.write_text(json.dumps({"rank": "4", "epochs": "1", "sagemaker_program": '"tuned.py"'}))
        patched.setattr(hyper_parameters, "GIVEN", given)
        assert local.main(["--base", str(base), "--data", str(few), "--output", str(folder)]) == 0
    return folder, printed.getvalue()


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory, base: Path) -> Path:
    """The folder of a whole run with a model that passes."""
    folder = tmp_path_factory.mktemp("run")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("CONFIG", str(written(folder / "config.json")))
        assert local.main(["--base", str(base), "--data", str(tiny.examples(folder / "examples")), "--output", str(folder)]) == 0
    return folder
