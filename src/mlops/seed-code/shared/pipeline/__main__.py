"""`python -m pipeline definition`: prints the pipeline. `python -m pipeline upsert-and-start`: writes it and starts it."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from typing import Any, Callable, Dict, List

from . import aws
from .definition import MISTAKES, definition, started_with
from .environment import Environment, EnvironmentIncomplete
from .images import NoImage
from .source import digest, files


def upload(environment: Environment) -> None:
    for name, file in files().items():
        target = f"s3://{environment.code_bucket}/{environment.code_prefix}{digest()}/{name}"
        aws.call("s3", "cp", "--only-show-errors", "--sse", "aws:kms", "--sse-kms-key-id", environment.artifacts_key_arn, str(file), target)


def upsert(environment: Environment, written: Dict[str, Any]) -> str:
    """Creates the pipeline, or changes the one that is there."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as body:
        json.dump(written, body)
        body.flush()
        said = [
            "--pipeline-name",
            environment.pipeline_name,
            "--pipeline-definition",
            f"file://{body.name}",
            "--role-arn",
            environment.pipeline_role_arn,
        ]
        try:
            return str(aws.call("sagemaker", "update-pipeline", *said)["PipelineArn"])
        except aws.AwsError as error:
            if not error.is_not_found:
                raise
        created = aws.call(
            "sagemaker", "create-pipeline", *said, "--client-request-token", f"{digest():0>32}", "--tags", json.dumps(environment.tags)
        )
        return str(created["PipelineArn"])


def start(environment: Environment) -> str:
    """One execution of the delivery pipeline starts one of this, however often its build is tried."""
    token = (environment.delivery_id or environment.commit_id + digest() * 3)[:64]
    said = ["--pipeline-name", environment.pipeline_name, "--client-request-token", token]
    parameters = [{"Name": name, "Value": value} for name, value in started_with(environment).items()]
    if parameters:
        said += ["--pipeline-parameters", json.dumps(parameters)]
    return str(aws.call("sagemaker", "start-pipeline-execution", *said)["PipelineExecutionArn"])


def main(arguments: List[str] | None = None, write: Callable[[Environment], Dict[str, Any]] | None = None) -> int:
    write = write or definition
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("command", choices=["definition", "upsert-and-start"])
    command = words.parse_args(arguments).command
    try:
        if command == "definition":
            environment, missing = Environment.or_placeholders()
            if missing:
                print(f"In angle brackets is what only a build in the environment is told: {', '.join(missing)}", file=sys.stderr)
            print(json.dumps(write(environment), indent=2))
            return 0
        environment = Environment.from_variables()
        upload(environment)
        print(upsert(environment, write(environment)))
        print(start(environment))
    except (EnvironmentIncomplete, NoImage, aws.AwsError, *MISTAKES) as error:
        print(f"The pipeline was not started: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
