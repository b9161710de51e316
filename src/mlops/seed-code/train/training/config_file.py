"""The file that everything is decided in: read strictly, and held against its schema, which editors read as well."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Callable, Dict, List, Tuple

from . import schema

ROOT = Path(__file__).resolve().parent.parent


class ConfigurationError(Exception):
    """The configuration says something that cannot be meant."""


def default_path() -> Path:
    """Beside the code, wherever it was put; another one by the variable CONFIG."""
    return Path(os.environ.get("CONFIG", ROOT / "config.json"))


def read(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"), parse_constant=_no_number, object_pairs_hook=_once)
    except FileNotFoundError:
        raise ConfigurationError(f"{file} does not exist") from None
    except ValueError as error:
        raise ConfigurationError(f"{file} is not JSON: {error}") from None


def rules(name: str = "config.schema.json") -> Dict[str, Any]:
    return dict(json.loads((ROOT / name).read_text()))


def check(said: Any, name: str, contradictions: Callable[[Dict[str, Any]], List[str]], by: Dict[str, Any] | None = None) -> None:
    """All that is wrong at once: by the schema, or else only together."""
    wrong = schema.faults(said, by or rules()) or contradictions(said)
    if wrong:
        raise ConfigurationError(f"{name}: {'; '.join(wrong)}")


def _no_number(said: str) -> Any:
    raise ValueError(f"{said} is no number of JSON")


def _once(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    said = dict(pairs)
    if len(said) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)} is said twice")
    return said
