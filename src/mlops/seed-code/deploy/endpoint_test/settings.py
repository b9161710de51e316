"""What an endpoint must keep to: the stage says how fast and how reliable, tests.json what answers are like."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


class SettingsIncomplete(Exception):
    """Something is missing or cannot be meant."""


@dataclass(frozen=True)
class Settings:
    endpoint_name: str
    endpoint_test_role: str
    requests: int
    error_percentage: float
    latency_of_95_percent: float
    """Milliseconds."""
    minimum: float | None
    maximum: float | None
    classes: tuple[str, ...] = ()

    @staticmethod
    def load(tests: Path, variables: Mapping[str, str] = os.environ) -> Settings:
        names = ("ENDPOINT_NAME", "ENDPOINT_TEST_ROLE", "REQUESTS", "ERROR_PERCENTAGE", "LATENCY_OF_95_PERCENT")
        missing = [name for name in names if not variables.get(name)]
        if missing:
            raise SettingsIncomplete(f"not set: {', '.join(missing)}")
        answers = json.loads(tests.read_text()) if tests.exists() else {}
        for name in ("minimum", "maximum"):
            value = answers.get(name)
            if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float))):
                raise SettingsIncomplete(f"{name} in {tests} is {value!r} but must be a number or null")
        classes = answers.get("classes") or []
        if not isinstance(classes, list) or not all(isinstance(one, str) for one in classes):
            raise SettingsIncomplete(f"classes in {tests} is {classes!r} but must be a list of texts or null")
        return Settings(
            endpoint_name=variables["ENDPOINT_NAME"],
            endpoint_test_role=variables["ENDPOINT_TEST_ROLE"],
            requests=int(variables["REQUESTS"]),
            error_percentage=float(variables["ERROR_PERCENTAGE"]),
            latency_of_95_percent=float(variables["LATENCY_OF_95_PERCENT"]),
            minimum=answers.get("minimum"),
            maximum=answers.get("maximum"),
            classes=tuple(classes),
        )
