"""What the data was, in a few figures: for the report, and to know later what a model has learnt from."""

from __future__ import annotations

from typing import Any, Dict

from .configuration import Configuration
from .survey import Survey

#: More texts are not listed.
_LISTED = 20


def of(found: Survey, settings: Configuration, digest: str) -> Dict[str, Any]:
    return {
        "version": 1,
        "digest": digest,
        "rows": found.rows,
        "duplicates": found.duplicates,
        "parts": found.sizes,
        "target": {**_column(settings.target, found), "classes": found.counts or None},
        "columns": [_column(name, found) for name in found.features],
        "notes": found.notes,
    }


def _column(name: str, found: Survey) -> Dict[str, Any]:
    seen, kind = found.seen[name], found.kinds[name]
    said = {"name": name, "kind": kind, "missing": seen.missing}
    if kind == "number":
        return {**said, "minimum": seen.minimum, "maximum": seen.maximum}
    return {**said, "values": sorted(seen.texts) if len(seen.texts) <= _LISTED else None}
