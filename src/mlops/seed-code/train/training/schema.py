"""The part of JSON Schema that `config.schema.json` is written in: a build has Python alone, and no package that knows it."""

from __future__ import annotations

import difflib
import json
import math
import re
from typing import Any, Callable, Dict, Iterable, List, Tuple

_Check = Callable[[Any], bool]
_TYPES: Dict[str, Tuple[str, _Check]] = {
    "object": ("an object", lambda said: isinstance(said, dict)),
    "array": ("a list", lambda said: isinstance(said, list)),
    "null": ("null", lambda said: said is None),
    "string": ("a string", lambda said: isinstance(said, str)),
    "boolean": ("true or false", lambda said: isinstance(said, bool)),
    "number": ("a number", lambda said: _is_number(said)),
    "integer": ("a whole number", lambda said: _is_number(said) and float(said).is_integer()),
}
#: What a keyword demands of a value, and how it is said.
_RULES: Dict[str, Tuple[Callable[[Any, Any], bool], Callable[[Any], str]]] = {
    "enum": (lambda said, rule: said in rule, lambda rule: f"one of {', '.join(rule)}"),
    "pattern": (lambda said, rule: re.search(_to_the_end(rule), said) is not None, lambda rule: f"like {rule}"),
    "minLength": (lambda said, rule: len(said) >= rule, lambda rule: "not empty" if rule == 1 else f"at least {rule} characters long"),
    "minimum": (lambda said, rule: said >= rule, lambda rule: f"at least {rule}"),
    "maximum": (lambda said, rule: said <= rule, lambda rule: f"at most {rule}"),
    "exclusiveMinimum": (lambda said, rule: said > rule, lambda rule: f"more than {rule}"),
    "exclusiveMaximum": (lambda said, rule: said < rule, lambda rule: f"less than {rule}"),
}
#: What a pattern means, which editors show as well.
_IN_WORDS = "patternErrorMessage"


def faults(said: Any, schema: Dict[str, Any], path: str = "") -> List[str]:
    """Everything that is not as the schema has it, each with where it stands and what to do."""
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(_TYPES[one][1](said) for one in types):
        return [f"{path or 'the whole'} is {shown(said)} but must be {' or '.join(_TYPES[one][0] for one in types)}"]
    unmet = [rule for rule, (holds, _) in _RULES.items() if rule in schema and not holds(said, schema[rule])]
    broken = [schema[_IN_WORDS] if rule == "pattern" and _IN_WORDS in schema else _RULES[rule][1](schema[rule]) for rule in unmet]
    found = [f"{path} is {shown(said)} but must be {' and '.join(broken)}"] if broken else []
    if isinstance(said, dict):
        found += _of_object(said, schema, path)
    if isinstance(said, list) and "items" in schema:
        found += [fault for at, item in enumerate(said) for fault in faults(item, schema["items"], f"{path}[{at}]")]
    return found


def unknown(key: str, known: Iterable[str], path: str = "") -> str:
    """A key that nobody reads, and the one that was probably meant."""
    names = sorted(known)
    by_case = {name.lower(): name for name in names}
    near = [by_case[name] for name in difflib.get_close_matches(key.lower(), by_case, 1)]
    remedy = f"did you mean {_at(path, near[0])}?" if near else f"there is {', '.join(names)}" if names else "take it out"
    return f"{_at(path, key)} is not known: {remedy}"


def shown(said: Any) -> str:
    text = json.dumps(said, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _of_object(said: Dict[str, Any], schema: Dict[str, Any], path: str) -> List[str]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    found = [f"{_at(path, key)} is missing" for key in schema.get("required", []) if key not in said]
    for key, value in said.items():
        if key in properties:
            found += faults(value, properties[key], _at(path, key))
        elif others is False:
            found.append(unknown(key, [name for name in properties if not name.startswith("$")], path))
        elif isinstance(others, dict):
            found += faults(value, others, _at(path, key))
    return found


def _to_the_end(pattern: str) -> str:
    """In JSON Schema `$` is the end; in Python a line break may follow."""
    return f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern


def _is_number(said: Any) -> bool:
    return isinstance(said, (int, float)) and not isinstance(said, bool) and math.isfinite(said)


def _at(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
