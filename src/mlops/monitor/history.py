"""What was looked at before: the hours of a run that failed are looked at by the next one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from settings import NUMBERS, Settings
from store import Place, StoreError
from window import folder_of

#: The file that a run writes last.
LAST = "statistics.json"
HOUR = "%Y/%m/%d/%H"


def caught_up(settings: Settings, reports: Place) -> Settings:
    """With as many hours more as nobody has looked at, within what may be asked for."""
    try:
        last = _last(reports, settings)
    except StoreError as error:
        # Who may write reports could not always list them.
        print(f"only the usual hours are looked at: earlier reports cannot be listed ({error})")
        return settings
    if last is None:
        return settings
    missed = int((settings.until - last) / timedelta(hours=1))
    return replace(settings, hours=max(settings.hours, min(missed, _most_hours())))


def _last(reports: Place, settings: Settings) -> datetime | None:
    """The hour of the newest report that is older than this run."""
    oldest = settings.until - timedelta(hours=_most_hours())
    day = settings.until
    while day.date() >= oldest.date():
        hours = [hour for hour in _hours_of(reports, f"{settings.check}/{day:%Y/%m/%d}") if oldest <= hour < settings.until]
        if hours:
            return max(hours)
        day -= timedelta(days=1)
    return None


def _hours_of(reports: Place, folder: str) -> list[datetime]:
    found = (re.search(r"(\d{4}/\d\d/\d\d/\d\d)/" + re.escape(LAST) + "$", file) for file in reports.files(folder))
    return [datetime.strptime(one[1], HOUR).replace(tzinfo=timezone.utc) for one in found if one]


def _most_hours() -> int:
    return int(NUMBERS["hours"][2])


def path_of(settings: Settings, name: str) -> str:
    return f"{settings.check}/{folder_of(settings.until)}/{name}"
