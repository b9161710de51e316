"""The steps of the build, by Docker and the AWS CLI."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from .configuration import BaseImage, Configuration, configuration_in

LOCAL = "image-of-this-build"

# Runs a command with a text for its input, and answers what it says.
Run = Callable[[list[str], str], str]


class BuildFault(Exception):
    """A step failed."""


def run(words: list[str], text: str = "") -> str:
    done = subprocess.run(words, input=text, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise BuildFault(f"{' '.join(words[:3])} has ended with {done.returncode}")
    return done.stdout.strip()


def build(root: Path, environment: Mapping[str, str], run: Run = run, say: Callable[[str], None] = print) -> None:
    region, account = environment["AWS_REGION"], environment["AWS_ACCOUNT_ID"]
    repository, tag = environment["IMAGES_REPOSITORY"], environment["IMAGE_TAG"]
    if digest_of(run, account, repository, tag):
        # All projects of the environment push as one role: what is there need not be ours.
        raise BuildFault(f"{repository}:{tag} was pushed before this build: start the pipeline anew, for each execution has a tag of its own")
    configuration = configuration_in(root / "image.json", region, environment["ENVIRONMENT_NAME"])
    base = configuration.base_image
    pinned = base.at(base.digest or looked_up(run, base, say))
    host = f"{account}.dkr.ecr.{region}.{base.host.split('.', 4)[4]}"
    password = run(["aws", "ecr", "get-login-password"], "")
    for registry in dict.fromkeys([base.host, host]):
        run(["docker", "login", "--username", "AWS", "--password-stdin", registry], password)
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder, "pip.conf")
        index.write_text(index_of(run, root, configuration), encoding="utf-8")
        given = ["--build-arg", f"BASE_IMAGE={pinned}", "--secret", f"id=pip,src={index}"]
        # An attestation would make an index of it, which Amazon ECR's basic scanning takes no findings of.
        run(["docker", "build", *given, "--provenance=false", "--tag", LOCAL, str(root)], "")
    tests = (root / "tests" / "in_image.py").resolve()
    run(
        [
            "docker",
            "run",
            "--rm",
            "--network",
            "none",
            "--volume",
            f"{tests}:/tmp/in_image.py:ro",
            "--entrypoint",
            "python",
            LOCAL,
            "/tmp/in_image.py",
        ],
        "",
    )
    pushed = f"{host}/{repository}:{tag}"
    run(["docker", "tag", LOCAL, pushed], "")
    run(["docker", "push", pushed], "")
    say(f"Pushed {pushed}")


def digest_of(run: Run, account: str, repository: str, tag: str) -> str | None:
    words = ["aws", "ecr", "batch-get-image", "--registry-id", account, "--repository-name", repository, "--image-ids", f"imageTag={tag}"]
    digest = run([*words, "--query", "images[0].imageId.imageDigest", "--output", "text"], "")
    return None if digest in ("", "None") else digest


def looked_up(run: Run, base: BaseImage, say: Callable[[str], None]) -> str:
    digest = digest_of(run, base.account, base.name, base.tag or "latest")
    if digest is None:
        raise BuildFault(f"there is no image {base.host}/{base.name}:{base.tag}")
    say(f"Warning: the base image is named by its tag, which may be another image tomorrow. Today it is {base.at(digest)}")
    return digest


def index_of(run: Run, root: Path, configuration: Configuration) -> str:
    """The configuration of pip, with a token of the package index; nothing where nothing is installed, for there may be no index."""
    lines = (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if not any(line.strip() and not line.strip().startswith("#") for line in lines):
        return ""
    named = ["--domain", configuration.domain]
    token = run(["aws", "codeartifact", "get-authorization-token", *named, "--query", "authorizationToken", "--output", "text"], "")
    of_python = ["--repository", configuration.repository, "--format", "pypi", "--query", "repositoryEndpoint", "--output", "text"]
    endpoint = run(["aws", "codeartifact", "get-repository-endpoint", *named, *of_python], "")
    return f"[global]\nindex-url = {endpoint.replace('https://', f'https://aws:{token}@')}simple/\n"
