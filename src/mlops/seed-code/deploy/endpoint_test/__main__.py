"""`python -m endpoint_test`: tests the endpoint of a stage in each of its accounts, or with `--url` a model that is served here."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import local
from .aws import AwsError, Endpoint
from .checks import Invoke, Sample, check
from .config_file import ConfigurationError
from .deployed import differences, release_in
from .settings import Settings, SettingsIncomplete


def sample_of(release: Path) -> Sample:
    """What the version brought along: rows of CSV, or lines of JSON with a request in each."""
    for name, content_type in (("sample-payload.csv", "text/csv"), ("sample-payload.jsonl", "application/json")):
        file = release / name
        rows = [row for row in file.read_text(encoding="utf-8").split("\n") if row.strip()] if file.exists() else []
        if rows:
            return Sample(rows, content_type)
    raise SettingsIncomplete(f"{release / 'sample-payload.csv'} is missing or empty, and so is .jsonl: the version has no sample to test with")


def judged(where: str, invoke: Invoke, sample: Sample, settings: Settings) -> bool:
    outcome = check(invoke, sample, settings)
    for fault in outcome.faults:
        print(f"{where}: {fault}", file=sys.stderr)
    if not outcome.faults:
        print(f"{where}: {settings.requests} requests, 95 % of answers within {outcome.latency_of_95_percent:.0f} ms")
    return not outcome.faults


def main(arguments: list[str] | None = None) -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--release", type=Path, required=True, help="the folder of the release, with release.json and the sample in it")
    words.add_argument("--accounts", type=Path, help="a JSON list of account ids")
    words.add_argument("--url", help="address of a model that is served here")
    words.add_argument("--tests", type=Path, default=Path("tests.json"))
    asked = words.parse_args(arguments)
    try:
        settings = Settings.load(asked.tests)
        sample = sample_of(asked.release)
        if asked.url:
            return 0 if judged(asked.url, lambda row: local.invoke(asked.url, row, sample.content_type), sample, settings) else 1
        release = release_in(asked.release)
        good = [_of_account(account, sample, settings, release) for account in json.loads(asked.accounts.read_text())]
        return 0 if all(good) else 1
    except (AwsError, ConfigurationError, SettingsIncomplete) as error:
        print(f"The endpoint was not tested: {error}", file=sys.stderr)
        return 1


def _of_account(account: str, sample: Sample, settings: Settings, release: Mapping[str, Any]) -> bool:
    endpoint = Endpoint(account, settings.endpoint_test_role, settings.endpoint_name, os.environ["AWS_REGION"])
    described = endpoint.described
    if described["EndpointStatus"] != "InService":
        print(f"{account}: the endpoint {settings.endpoint_name} is {described['EndpointStatus']}", file=sys.stderr)
        return False
    found = differences(described, release)
    if found:
        print(f"{account}: the endpoint {settings.endpoint_name} does not run what was released: {'; '.join(found)}", file=sys.stderr)
        return False
    return judged(account, lambda row: endpoint.invoke(row, sample.content_type), sample, settings)


if __name__ == "__main__":
    sys.exit(main())
