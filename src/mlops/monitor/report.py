"""What was found, as files that people and programs read afterwards."""

from __future__ import annotations

import json
from typing import Any, Callable

from history import LAST, path_of
from judgement import Judgement
from settings import Settings
from store import Place

#: Writes a file of the report: its name, and what is in it.
Writing = Callable[[str, Any], None]


def writing(reports: Place, settings: Settings) -> Writing:
    """Under the hour that the program was asked for; asked again, it writes the same files again."""

    def written(name: str, content: Any) -> None:
        reports.write(path_of(settings, name), json.dumps(content, indent=2).encode())

    return written


def write_violations(written: Writing, judgements: list[tuple[str, Judgement]]) -> None:
    violations = [{**violation, "release": release} for release, judgement in judgements for violation in judgement.violations]
    written("constraint_violations.json", {"violations": violations})


def write_statistics(written: Writing, settings: Settings, judgements: list[tuple[str, Judgement]], faults: list[str]) -> None:
    """Last of all: with this file there is a report."""
    written(
        LAST,
        {
            "version": 0,
            "check": settings.check,
            "endpoint": settings.endpoint,
            "window": {"start": settings.window.start.isoformat(), "end": settings.window.end.isoformat()},
            "versions": [{"release": release, **judgement.statistics} for release, judgement in judgements],
            "not_judged": faults,
        },
    )
