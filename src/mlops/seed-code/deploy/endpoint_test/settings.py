"""What an endpoint must keep to: the stage says how fast and how reliable, tests.json what answers are like."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .config_file import check, read, rules


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
        answers = read(tests) if tests.exists() else {}
        check(answers, tests.name, _contradictions, rules("tests.schema.json"))
        return Settings(
            endpoint_name=variables["ENDPOINT_NAME"],
            endpoint_test_role=variables["ENDPOINT_TEST_ROLE"],
            requests=int(variables["REQUESTS"]),
            error_percentage=float(variables["ERROR_PERCENTAGE"]),
            latency_of_95_percent=float(variables["LATENCY_OF_95_PERCENT"]),
            minimum=answers.get("minimum"),
            maximum=answers.get("maximum"),
            classes=tuple(answers.get("classes") or ()),
        )


def _contradictions(said: dict[str, Any]) -> list[str]:
    least, most = said.get("minimum"), said.get("maximum")
    if least is not None and most is not None and least > most:
        return [f"minimum is {least:g} but must be at most the maximum, {most:g}"]
    return []
