"""Checks the properties of a resource against its schema, as CloudFormation does before it calls a provider."""
from collections.abc import Iterator
from typing import Any

import regex

from .schemas import Schema, resolve, schema_of

_SCALARS = {"string", "integer", "number", "boolean"}


class PropertiesRefused(ValueError):
    """The properties of a resource break its schema; the message is CloudFormation's."""

    def __init__(self, resource_type: str, faults: list[str]):
        super().__init__(f"Properties validation failed for resource of type {resource_type} with message: {'; '.join(faults[:6])}")


def check_properties(resource_type: str, properties: dict[str, Any]) -> list[str]:
    """All that is wrong with the properties; nothing for a type without a schema (custom resources)."""
    schema = schema_of(resource_type)
    if schema is None:
        return []
    own = {name: _without_system_tags(value) for name, value in properties.items()}
    faults = list(_faults(own, schema, schema, "#"))
    read_only = {path.split("/")[2] for path in schema.get("readOnlyProperties", []) if path.count("/") == 2}
    return faults + [f"#/{name}: is read-only" for name in sorted(read_only & own.keys())]


def _without_system_tags(value: Any) -> Any:
    """CloudFormation adds its own `aws:` tags behind the schema's back."""
    if isinstance(value, list):
        return [entry for entry in value if not (isinstance(entry, dict) and str(entry.get("Key", "")).startswith("aws:cloudformation:"))]
    if isinstance(value, dict):
        return {key: entry for key, entry in value.items() if not key.startswith("aws:cloudformation:")}
    return value


def _faults(value: Any, schema: Any, root: Schema, path: str) -> Iterator[str]:
    schema = resolve(schema, root)
    if not isinstance(schema, dict):
        return
    fault = _wrong_type(value, schema)
    if fault:
        yield f"{path}: {fault}"
        return
    if isinstance(value, dict):
        yield from _object_faults(value, schema, root, path)
    elif isinstance(value, list):
        yield from _list_faults(value, schema, root, path)
    else:
        yield from (f"{path}: {fault}" for fault in _scalar_faults(value, schema))


def _wrong_type(value: Any, schema: Schema) -> str | None:
    types = schema.get("type") or []
    types = [types] if isinstance(types, str) else types
    if not types:
        return None
    if isinstance(value, dict):  # a JSON document may be given where its text is expected
        return None if {"object", "string"} & set(types) else f"expected {types}, got an object"
    if isinstance(value, list):
        return None if "array" in types else f"expected {types}, got a list"
    if not _SCALARS & set(types):
        return f"expected {types}, got {value!r}"
    if types == ["boolean"] and str(value).lower() not in ("true", "false"):
        return f"{value!r} is not a boolean"
    if types in (["integer"], ["number"]) and not _is_number(value):
        return f"{value!r} is not a number"
    return None


def _is_number(value: Any) -> bool:
    try:
        float(value)
        return True
    except (TypeError, ValueError):
        return False


def _scalar_faults(value: Any, schema: Schema) -> Iterator[str]:
    if "enum" in schema and str(value) not in map(str, schema["enum"]):
        yield f"{value!r} is not one of {schema['enum'][:12]}"
    if _is_number(value) and "string" not in (schema.get("type") or []):
        if float(value) < schema.get("minimum", float("-inf")):
            yield f"{value} is less than {schema['minimum']}"
        if float(value) > schema.get("maximum", float("inf")):
            yield f"{value} is more than {schema['maximum']}"
    if isinstance(value, str):
        if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", float("inf")):
            yield f"has {len(value)} characters"
        if "pattern" in schema and not _matches(schema["pattern"], value):
            yield f"{value!r} does not match {schema['pattern']}"


def _matches(pattern: str, value: str) -> bool:
    try:
        return regex.search(pattern, value) is not None
    except regex.error:  # some patterns are Java's own
        return True


def _list_faults(value: list[Any], schema: Schema, root: Schema, path: str) -> Iterator[str]:
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", float("inf")):
        yield f"{path}: has {len(value)} items"
    if schema.get("uniqueItems") and any(entry in value[:index] for index, entry in enumerate(value)):
        yield f"{path}: has an item twice"
    for index, entry in enumerate(value):
        yield from _faults(entry, schema.get("items", {}), root, f"{path}/{index}")


def _object_faults(value: dict[str, Any], schema: Schema, root: Schema, path: str) -> Iterator[str]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    yield from (f"{path}: required property [{name}] is missing" for name in schema.get("required", []) if name not in value)
    for name, entry in value.items():
        if name in known:
            yield from _faults(entry, known[name], root, f"{path}/{name}")
        elif not any(_matches(pattern, name) for pattern in patterns) and schema.get("additionalProperties") is False:
            yield f"{path}: extraneous key [{name}] is not permitted"
