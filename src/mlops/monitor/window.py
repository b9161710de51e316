"""Whole hours, and the folders that they have in S3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Iterator


@dataclass(frozen=True)
class Window:
    start: datetime
    end: datetime

    @property
    def folders(self) -> Iterator[str]:
        """`yyyy/mm/dd/hh` of each hour."""
        hour = self.start
        while hour < self.end:
            yield folder_of(hour)
            hour += timedelta(hours=1)

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%MZ} to {self.end:%Y-%m-%dT%H:%MZ}"


def folder_of(hour: datetime) -> str:
    return f"{hour:%Y/%m/%d/%H}"
