"""The AWS CLI, which every build image has."""

from __future__ import annotations

import json
import subprocess
from typing import Any


class AwsError(Exception):
    """AWS has refused a call."""

    @property
    def is_not_found(self) -> bool:
        return "ResourceNotFound" in str(self) or "does not exist" in str(self)


def call(*words: str) -> Any:
    done = subprocess.run(["aws", *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AwsError(done.stderr.strip())
    return json.loads(done.stdout) if done.stdout.strip().startswith("{") else {}
