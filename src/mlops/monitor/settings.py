"""What the program is asked, by words on the command line or by environment variables of the same names."""

from __future__ import annotations

import argparse
import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Mapping, NoReturn

from window import Window

CHECKS = ("data-quality", "model-quality", "bias")

#: Of each number: its default, the least and the most that it may be, and whether it is a whole one.
NUMBERS = {
    "hours": (24, 1, 168, True),
    "delay": (0, 0, 168, True),
    "drift_threshold": (0.2, 0, 1, False),
    "missing_threshold": (0.05, 0, 1, False),
    "quality_tolerance": (0.1, 0, 1, False),
    "minimum_rows": (50, 1, 50_000, True),
    "bias_threshold": (0.1, 0, 1, False),
    "positive_label_threshold": (0.5, -math.inf, math.inf, False),
    "facet_above": (None, -math.inf, math.inf, False),
}
ADDRESSES = ("captures", "releases", "ground_truth", "reports")
TEXTS = ("check", "endpoint", "namespace", "facet", "until")
#: Asked of every check; the rest is asked of one, or has a default.
NEEDED = ("check", "endpoint", "namespace", "captures", "releases", "reports")
NEEDED_BY = {"model-quality": ("ground_truth",), "bias": ("facet", "facet_above")}


class SettingsError(Exception):
    """Something that is asked cannot be meant; the message says all of it."""


class _Words(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise SettingsError(message)


@dataclass(frozen=True)
class Settings:
    check: str
    endpoint: str
    namespace: str
    captures: str
    releases: str
    reports: str
    ground_truth: str
    facet: str
    facet_above: float
    hours: int
    delay: int
    drift_threshold: float
    missing_threshold: float
    quality_tolerance: float
    minimum_rows: int
    bias_threshold: float
    positive_label_threshold: float
    until: datetime

    @staticmethod
    def read(arguments: list[str], environment: Mapping[str, str]) -> Settings:
        words = _Words(prog="monitor", allow_abbrev=False)
        for name in (*TEXTS, *ADDRESSES, *NUMBERS):
            words.add_argument(f"--{name.replace('_', '-')}", default=environment.get(name.upper(), ""))
        said = {name: value.strip() for name, value in vars(words.parse_args(arguments)).items()}
        faults: list[str] = []
        values: dict[str, Any] = {name: said[name] for name in (*TEXTS, *ADDRESSES)}
        values.update({name: _number(name, said[name], faults) for name in NUMBERS})
        values["until"] = _hour(said["until"], faults)
        if said["check"] not in CHECKS:
            faults.append(f"--check is {said['check']!r} but must be one of {', '.join(CHECKS)}")
        for name in (*NEEDED, *NEEDED_BY.get(said["check"], ())):
            if not said[name]:
                faults.append(f"--{name.replace('_', '-')} is missing")
        for name in ADDRESSES:
            if re.match(r"(?!s3://[^/]|file:///)\w+:", said[name]):
                faults.append(f"--{name.replace('_', '-')} is {said[name]!r} but must be an s3:// address, or a folder")
        if "/" in said["endpoint"]:
            faults.append(f"--endpoint is {said['endpoint']!r} but must be a name")
        if faults:
            raise SettingsError("; ".join(faults))
        return Settings(**values)

    @property
    def window(self) -> Window:
        """The hours that are judged. Only the model's quality has to wait for the truth."""
        waiting = timedelta(hours=self.delay if self.check == "model-quality" else 0)
        return Window(self.until - waiting - timedelta(hours=self.hours), self.until - waiting)


def _number(name: str, said: str, faults: list[str]) -> float | None:
    default, least, most, whole = NUMBERS[name]
    if not said:
        return default
    try:
        value = int(said) if whole else float(said)
    except ValueError:
        value = math.nan
    if not (least <= value <= most) or math.isinf(value):
        limits = "" if math.isinf(most) else f" from {least} to {most}"
        faults.append(f"--{name.replace('_', '-')} is {said!r} but must be a {'whole ' if whole else ''}number{limits}")
    return value


def _hour(said: str, faults: list[str]) -> datetime:
    """The end of the last whole hour."""
    try:
        moment = datetime.fromisoformat(said.replace("Z", "+00:00")) if said else datetime.now(timezone.utc)
    except ValueError:
        faults.append(f"--until is {said!r} but must be a time such as 2030-01-31T12:00:00Z")
        return datetime.now(timezone.utc)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return moment.astimezone(timezone.utc).replace(minute=0, second=0, microsecond=0)
