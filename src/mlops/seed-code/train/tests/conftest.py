from pathlib import Path

import pytest


@pytest.fixture(params=["regression", "classification"])
def variant(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("VARIANT", request.param)
    return str(request.param)


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A configuration that differs in what a test says."""
    import json

    from training import configuration

    def write(change) -> Path:
        said = json.loads(configuration.default_path().read_text())
        change(said)
        file = tmp_path / "config.json"
        file.write_text(json.dumps(said))
        monkeypatch.setenv("CONFIG", str(file))
        return file

    return write
