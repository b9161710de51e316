"""Parameters of a template whose values Systems Manager keeps: CloudFormation checks the name that was given, never the value.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/systems-manager-parameter-types.html
"""
from typing import Any

from .emulator import changesets, cloudformation_handlers, engine, wrap

_LIMITS = ("AllowedValues", "AllowedPattern")


def install() -> None:
    for owner in (engine, cloudformation_handlers, changesets):  # each has imported it under the same name
        wrap(owner, "_resolve_parameters", _resolved)


def _resolved(original: Any, template: dict[str, Any], provided: list[dict[str, Any]], previous: dict[str, Any] | None = None) -> Any:
    definitions: dict[str, dict[str, Any]] = template.get("Parameters", {})
    given = {entry["Key"]: entry for entry in provided if "Key" in entry}
    stored = {name for name, definition in definitions.items() if str(definition.get("Type", "")).startswith("AWS::SSM::Parameter::Value")}
    for name in stored:
        allowed = definitions[name].get("AllowedValues")
        if allowed and _name(definitions[name], given.get(name, {}), (previous or {}).get(name, {})) not in allowed:
            raise ValueError(f"Parameter '{name}' must be one of AllowedValues")
    bare = {name: {key: value for key, value in definition.items() if name not in stored or key not in _LIMITS} for name, definition in definitions.items()}
    return original({**template, "Parameters": bare}, provided, previous)


def _name(definition: dict[str, Any], entry: dict[str, Any], before: dict[str, Any]) -> Any:
    if str(entry.get("UsePreviousValue", "")).lower() == "true":
        return before.get("SsmName", definition.get("Default"))
    return entry.get("Value") or definition.get("Default")
