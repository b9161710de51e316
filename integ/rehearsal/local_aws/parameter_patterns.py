"""Patterns of parameters: CloudFormation's know classes of Unicode (`\\p{L}`), as Java's do, which Python's `re` does not."""
from typing import Any

import regex

from .emulator import engine, wrap


def install() -> None:
    wrap(engine, "_check_parameter_constraints", _checked)


def _checked(original: Any, name: str, definition: dict[str, Any], kind: str, value: str) -> None:
    pattern = str(definition.get("AllowedPattern", ""))
    if r"\p{" not in pattern:
        original(name, definition, kind, value)
        return
    if not regex.fullmatch(pattern, value):
        raise engine._constraint_error(name, definition, f"must match pattern {pattern}")
    original(name, {key: limit for key, limit in definition.items() if key != "AllowedPattern"}, kind, value)
