"""What was found, as files that people and programs read afterwards."""

from __future__ import annotations

import json
from typing import Any, Callable

from judgement import Judgement
from settings import Settings
from store import Place
from window import folder_of


def write(reports: Place, settings: Settings, judgements: list[tuple[str, Judgement]], faults: list[str]) -> Callable[[str, Any], None]:
    """Under the hour that the program was asked for; asked again, it writes the same files again."""

    def written(name: str, content: Any) -> None:
        reports.write(f"{settings.check}/{folder_of(settings.until)}/{name}", json.dumps(content, indent=2).encode())

    violations = [{**violation, "release": release} for release, judgement in judgements for violation in judgement.violations]
    written("constraint_violations.json", {"violations": violations})
    written(
        "statistics.json",
        {
            "version": 0,
            "check": settings.check,
            "endpoint": settings.endpoint,
            "window": {"start": settings.window.start.isoformat(), "end": settings.window.end.isoformat()},
            "versions": [{"release": release, **judgement.statistics} for release, judgement in judgements],
            "not_judged": faults,
        },
    )
    return written
