import json
from pathlib import Path

import pytest

from batch import configuration


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A configuration that differs in what a test says."""

    def write(change) -> None:
        said = json.loads(configuration.default_path().read_text())
        change(said)
        file = tmp_path / "config.json"
        file.write_text(json.dumps(said))
        monkeypatch.setenv("CONFIG", str(file))

    return write


@pytest.fixture
def folders(tmp_path: Path):
    """Two files of rows, and an answer for each row."""
    rows, predictions, output = tmp_path / "rows", tmp_path / "predictions", tmp_path / "output"
    for name, count in (("a.csv", 3), ("more/b.csv", 2)):
        for folder, ending, line in ((rows, "", "1,2,3\n"), (predictions, ".out", "0.5\n")):
            file = folder / f"{name}{ending}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(line * count)
    return rows, predictions, output
