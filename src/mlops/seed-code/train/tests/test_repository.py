"""What is in the repository, and what is not."""

import ast
import json
import shutil
import subprocess
from pathlib import Path

import pytest
import tomllib

from pipeline import source

ROOT = Path(__file__).resolve().parent.parent
IMAGES = json.loads((ROOT / "pipeline" / "images.json").read_text())["frameworks"]


def pins():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    said = [*project["dependencies"], *(pin for extra in project["optional-dependencies"].values() for pin in extra)]
    return dict(pin.split("==") for pin in said)


@pytest.mark.parametrize(("framework", "package"), [("xgboost", "xgboost-cpu"), ("scikit-learn", "scikit-learn"), ("pytorch", "torch")])
def test_a_framework_is_of_the_same_version_here_as_in_the_image_that_jobs_and_endpoints_run(framework, package):
    image = IMAGES[framework]
    assert image["version"].replace("-", ".") == pins()[package]
    assert {image[purpose].split(":")[1].split("-cpu")[0] for purpose in ("training", "inference")} == {image["version"]}


@pytest.mark.parametrize("package", ["training", "models"])
def test_the_code_of_jobs_is_python_that_the_oldest_image_runs(package):
    for file in (ROOT / package).rglob("*.py"):
        ast.parse(file.read_text(), str(file), feature_version=(3, 10))


@pytest.fixture
def repository(tmp_path):
    def git(*words):
        return subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True, text=True).stdout

    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    git("init", "--quiet")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    return tmp_path, git


@pytest.mark.parametrize(
    "file",
    [
        "customers.csv",
        "data/customers.json",
        "notebooks/customers.csv",
        "customers.parquet",
        "customers.csv.gz",
        "build/model/model.json",
        "model.tar.gz",
        "notebooks/model.pickle",
        "model.pth",
        "notebooks/.ipynb_checkpoints/a.ipynb",
        ".env",
    ],
)
def test_data_and_models_are_not_committed(file, repository):
    folder, git = repository
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text("1,2")
    git("add", "--all")
    assert git("ls-files").split() == [".gitignore"]


def test_packages_and_tables_that_the_code_needs_are_committed_and_travel_to_jobs(repository, monkeypatch):
    folder, git = repository
    for name in ("models/words.csv", "models/text/__init__.py", "models/text/stems.json", "models/__pycache__/x.pyc", "config.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    git("add", "--all")
    monkeypatch.setattr(source, "ROOT", folder)
    travelling = ["config.json", "models/text/__init__.py", "models/text/stems.json", "models/words.csv"]
    assert sorted(git("ls-files").split()) == [".gitignore", *travelling]
    assert list(source.files()) == travelling
