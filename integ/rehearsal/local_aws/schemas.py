"""CloudFormation's registry schemas, as cfn-lint ships them."""
from functools import cache
from typing import Any

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

Schema = dict[str, Any]

#: Schemas are read of one region, the one that has every type; where they differ is a matter for cfn-lint.
_REGION = "us-east-1"


@cache
def schema_of(resource_type: str) -> Schema | None:
    """The schema of a resource type, or nothing for a type that CloudFormation does not know."""
    try:
        schema: Schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema(_REGION, resource_type).schema
    except Exception:  # cfn-lint raises its own error, of a module that moves between versions
        return None
    return schema


@cache
def attributes_of(resource_type: str) -> tuple[str, ...]:
    """What Fn::GetAtt may ask of a resource type."""
    return tuple(PROVIDER_SCHEMA_MANAGER.get_resource_schema(_REGION, resource_type).get_atts) if schema_of(resource_type) else ()


def resolve(part: Any, schema: Schema) -> Any:
    """Follow `$ref` within a schema."""
    while isinstance(part, dict) and "$ref" in part:
        target: Any = schema
        for step in part["$ref"].lstrip("#/").split("/"):
            target = target[step]
        part = target
    return part


def identifier_of(schema: Schema) -> list[str]:
    """The properties that make the primary identifier."""
    return [path.split("/")[-1] for path in schema.get("primaryIdentifier", [])]


def paths(schema: Schema, kind: str) -> list[list[str]]:
    """`readOnlyProperties` or `createOnlyProperties` as lists of steps below the properties."""
    return [path.split("/")[2:] for path in schema.get(kind, [])]


def value_at(properties: Any, steps: list[str]) -> Any:
    """The value at a path of properties, or nothing."""
    for step in steps:
        properties = properties.get(step) if isinstance(properties, dict) else None
    return properties
