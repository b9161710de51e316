from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import reduce
from pathlib import Path
from typing import Any, cast

import pytest

from image_build.build import BuildFault, build, run
from image_build.configuration import ConfigurationError, base_image, configuration_in

DIGEST = "sha256:" + "a" * 64
ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_ACCOUNT_ID": "111111111111",
    "IMAGES_REPOSITORY": "churn/images",
    "IMAGE_TAG": "p-1-execution",
    "ENVIRONMENT_NAME": "churn",
}
OURS = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/images:p-1-execution"
DISTRIBUTION = "819792524951.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-distribution-prod"


class Machine:
    """Docker and the AWS CLI, with images by their tags and commands that fail."""

    def __init__(self, images: dict[str, str], failing: str = "none") -> None:
        self.images = images
        self.failing = failing
        self.said: list[str] = []
        self.commands: list[list[str]] = []
        self.pip = ""

    def run(self, words: list[str], text: str) -> str:
        self.commands.append(words)
        if " ".join(words).startswith(self.failing):
            raise BuildFault(f"{self.failing} has ended with 1")
        if words[1:3] == ["ecr", "batch-get-image"]:
            return self.images.get(words[8].removeprefix("imageTag="), "None")
        if words[:2] == ["docker", "login"]:
            assert text == "password"
        if words[:2] == ["docker", "build"]:
            self.pip = Path(words[5].removeprefix("id=pip,src=")).read_text()
        answers = {"get-login-password": "password", "get-authorization-token": "token", "get-repository-endpoint": "https://index/pypi/python/"}
        return answers.get(words[2], "")

    def build(self, root: Path) -> None:
        build(root, ENVIRONMENT, self.run, self.said.append)

    def ran(self, *words: str) -> list[list[str]]:
        return [command for command in self.commands if command[: len(words)] == list(words)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "image.json").write_text(json.dumps({"baseImage": f"{DISTRIBUTION}@{DIGEST}"}))
    (tmp_path / "requirements.txt").write_text("# nothing\n")
    return tmp_path


def test_an_image_is_built_tested_and_pushed_in_this_order(root: Path) -> None:
    machine = Machine({})
    machine.build(root)
    steps = [words[1] for words in machine.commands if words[0] == "docker" and words[1] != "login"]
    assert steps == ["build", "run", "tag", "push"]
    assert machine.ran("docker", "build")[0][3] == f"BASE_IMAGE={DISTRIBUTION}@{DIGEST}"
    assert machine.ran("docker", "push") == [["docker", "push", OURS]]
    assert machine.said == [f"Pushed {OURS}"]


def test_a_base_image_by_tag_is_held_fast_and_warned_of(root: Path) -> None:
    (root / "image.json").write_text(json.dumps({"baseImage": "sagemaker-distribution-prod:3.0.0-cpu"}))
    machine = Machine({"3.0.0-cpu": DIGEST})
    machine.build(root)
    assert machine.ran("docker", "build")[0][3] == f"BASE_IMAGE={DISTRIBUTION}@{DIGEST}"
    assert machine.said[0].endswith(f"may be another image tomorrow. Today it is {DISTRIBUTION}@{DIGEST}")


def test_a_base_image_that_is_not_there_is_named(root: Path) -> None:
    (root / "image.json").write_text(json.dumps({"baseImage": "sagemaker-distribution-prod:9"}))
    with pytest.raises(BuildFault, match=f"there is no image {DISTRIBUTION}:9"):
        Machine({}).build(root)


def test_an_image_that_is_there_before_it_was_built_is_somebody_elses(root: Path) -> None:
    machine = Machine({"p-1-execution": DIGEST})
    with pytest.raises(BuildFault, match="churn/images:p-1-execution was pushed before this build: start the pipeline anew"):
        machine.build(root)
    assert machine.ran("docker") == []


@pytest.mark.parametrize("failing", ["docker build", "docker run"])
def test_what_does_not_build_or_fails_its_test_is_not_pushed(root: Path, failing: str) -> None:
    machine = Machine({}, failing)
    with pytest.raises(BuildFault):
        machine.build(root)
    assert machine.ran("docker", "push") == []


def test_the_index_is_asked_only_where_something_is_installed(root: Path) -> None:
    machine = Machine({})
    machine.build(root)
    assert (machine.pip, machine.ran("aws", "codeartifact")) == ("", [])
    (root / "requirements.txt").write_text("polars==1.31.0\n")
    machine.build(root)
    assert machine.pip == "[global]\nindex-url = https://aws:token@index/pypi/python/simple/\n"
    assert "churn--packages" in machine.ran("aws", "codeartifact")[0]


def test_a_name_without_an_account_is_of_aws_where_its_account_is_known() -> None:
    with pytest.raises(ConfigurationError, match="not known in mx-central-1: name one"):
        base_image("image.json", "sagemaker-distribution-prod:3.0.0-cpu", "mx-central-1")


@pytest.mark.parametrize("named", ["public.ecr.aws/docker/library/python:3.12", "docker.io/library/python", "a:1\n", "a:é"])
def test_another_registry_is_refused(root: Path, named: str) -> None:
    (root / "image.json").write_text(json.dumps({"baseImage": named}))
    with pytest.raises(
        ConfigurationError, match="must be an image of Amazon ECR with its digest or tag, .*: no other registry is reached without internet"
    ):
        configuration_in(root / "image.json", "eu-west-1", "churn")


def test_another_region_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="is in us-east-1 and must be in eu-west-1"):
        base_image("image.json", "111111111111.dkr.ecr.us-east-1.amazonaws.com/base:1", "eu-west-1")


#: With everything that may be said.
SAID: dict[str, Any] = {
    "$schema": "./image.schema.json",
    "baseImage": "sagemaker-distribution-prod:3.0.0-cpu",
    "packageIndex": {"domain": "packages", "repository": "python"},
    "scan": {"failOn": "HIGH", "accept": {"CVE-2026-1": "the code that has it is never called"}},
}


def places(said: dict[str, Any], before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every key at every level; below `accept` they are names of findings."""
    for key, value in said.items():
        yield (*before, key)
        if isinstance(value, dict) and key != "accept":
            yield from places(value, (*before, key))


def changed(path: tuple[str, ...], key: str, value: Any) -> str:
    said = copy.deepcopy(SAID)
    at = said
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    at[key] = value
    return json.dumps(said)


def value_of(path: tuple[str, ...]) -> Any:
    return reduce(lambda at, step: at[step], path, cast(Any, SAID))


@pytest.mark.parametrize("path", list(places(SAID)), ids=".".join)
def test_a_misspelt_key_is_refused_with_the_one_that_was_meant(root: Path, path: tuple[str, ...]) -> None:
    (root / "image.json").write_text(changed(path, f"{path[-1]}x", value_of(path)))
    meant = "there is" if path == ("$schema",) else f"did you mean {'.'.join(path)}\\?"
    with pytest.raises(ConfigurationError, match=f"{re.escape('.'.join(path))}x is not known: {meant}"):
        configuration_in(root / "image.json", "eu-west-1", "churn")


@pytest.mark.parametrize("path", list(places(SAID)), ids=".".join)
@pytest.mark.parametrize("wrong", [7, True, None, [], ""])
def test_a_value_of_a_wrong_type_or_an_empty_one_is_refused(root: Path, path: tuple[str, ...], wrong: object) -> None:
    if path == ("$schema",) and wrong == "":
        return
    (root / "image.json").write_text(changed(path, path[-1], wrong))
    with pytest.raises(ConfigurationError, match=f"{re.escape('.'.join(path))} is {re.escape(json.dumps(wrong))} but must be "):
        configuration_in(root / "image.json", "eu-west-1", "churn")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"baseimage": "a:1"}', "baseImage is missing; baseimage is not known: did you mean baseImage?"),
        ('{"baseImage": "a:1", "packageIndex": {"domain": "x"}}', "packageIndex.repository is missing"),
        ('{"baseImage": "a:1", "scan": {"failOn": "BAD"}}', 'scan.failOn is "BAD" but must be one of CRITICAL, HIGH, MEDIUM'),
        ('{"baseImage": "a:1", "scan": {"accept": {"CVE-2026-1": "short"}}}', 'scan.accept.CVE-2026-1 is "short" but must be at least 10'),
        ('{"baseImage": "a:1", "baseImage": "b:1"}', "baseImage is said twice"),
        ("[]", "the whole is \\[\\] but must be an object"),
        ("{", "is not JSON"),
    ],
)
def test_what_is_wrong_with_the_configuration_is_said(root: Path, content: str, message: str) -> None:
    (root / "image.json").write_text(content)
    with pytest.raises(ConfigurationError, match=message):
        configuration_in(root / "image.json", "eu-west-1", "churn")


def test_the_repository_itself_is_as_it_must_be() -> None:
    here = Path(__file__).parent.parent
    assert configuration_in(here / "image.json", "eu-west-1", "churn").base_image.host in DISTRIBUTION


def test_a_command_that_fails_is_named() -> None:
    with pytest.raises(BuildFault, match="sh -c exit 3 has ended with 3"):
        run(["sh", "-c", "exit 3"])
