"""A provider for every CloudFormation type that ministack lacks, made from the type's registry schema.

Such a resource is a record, not a service: it is created, found, changed, replaced and deleted as the schema says (primary
identifier → Ref, read-only → Fn::GetAtt, create-only → replacement), and nothing happens in it. What must happen in it is
said by a `Behaviour`.
"""
import re
from dataclasses import dataclass, field
from typing import Any

from .emulator import AccountRegionScopedDict, Handler, hexadecimal, provisioners
from .identifiers import REF, arn_of, made_up_name, new_id
from .schemas import Schema, identifier_of, paths, resolve, schema_of, value_at

Properties = dict[str, Any]


@dataclass
class Record:
    """A resource that exists."""

    type: str
    stack: str
    logical_id: str
    identifier: dict[str, Any]
    properties: Properties
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """What Ref answers."""
        name = REF.get(self.type)
        return self.identifier[name] if name in self.identifier else "|".join(map(str, self.identifier.values()))


class Behaviour:
    """What else happens when a record of a type comes, changes or goes. Raising refuses it."""

    def created(self, record: Record) -> None:
        """The record has its identifier and attributes, and may get more."""

    def updated(self, record: Record, before: Properties) -> None:
        """The record has its new properties."""

    def deleting(self, record: Record) -> None:
        """The record is about to go."""


#: `type|identifier` → Record, for each account and region.
RECORDS = AccountRegionScopedDict()
BEHAVIOURS: dict[str, Behaviour] = {}


def records_of(resource_type: str) -> list[Record]:
    """All of a type in this account and region."""
    return [record for record in list(RECORDS.values()) if record.type == resource_type]


def provider_of(resource_type: str) -> Handler:
    """The provider of a type that ministack lacks."""
    schema = schema_of(resource_type)
    if schema is None:
        raise KeyError(resource_type)
    return Provider(resource_type, schema).handler()


class Provider:
    """Create, update and delete of one type."""

    def __init__(self, resource_type: str, schema: Schema):
        self.type = resource_type
        self.schema = schema
        self.primary = identifier_of(schema)
        self.read_only = {steps[0] for steps in paths(schema, "readOnlyProperties") if len(steps) == 1}
        self.create_only = paths(schema, "createOnlyProperties")
        self.behaviour = BEHAVIOURS.get(resource_type, Behaviour())

    def handler(self) -> Handler:
        return {"create": self.create, "update": self.update, "update_with_logical_id": True, "delete": self.delete}

    def create(self, logical_id: str, properties: Properties, stack: str) -> tuple[str, dict[str, Any]]:
        identifier = self._identify(logical_id, properties, stack)
        key = self._key(identifier)
        if key in RECORDS:
            raise ValueError(f"{key} already exists (HandlerErrorCode: AlreadyExists)")
        record = Record(self.type, stack, logical_id, identifier, properties)
        record.attributes = self._attributes(record)
        RECORDS[key] = record
        try:
            self.behaviour.created(record)
        except Exception:
            RECORDS.pop(key)
            raise
        RECORDS[self._key(record.identifier)] = RECORDS.pop(key)  # some services give the id themselves
        return record.ref, record.attributes

    def update(self, ref: str, before: Properties, after: Properties, stack: str, logical_id: str) -> tuple[str, dict[str, Any]]:
        if any(value_at(before, steps) != value_at(after, steps) for steps in self.create_only):
            provisioners._NAME_SEED.set(hexadecimal(8))
            created = self.create(logical_id, after, stack)
            provisioners._delete_predecessor(self.delete, ref, before)
            return created
        record = self._find(ref, before)
        if record is None:
            raise ValueError(f"{self.type} {ref} was not found (HandlerErrorCode: NotFound)")
        record.properties = after
        self.behaviour.updated(record, before)
        return record.ref, record.attributes

    def delete(self, ref: str, properties: Properties) -> None:
        record = self._find(ref, properties)
        if record is None:
            return
        self.behaviour.deleting(record)
        RECORDS.pop(self._key(record.identifier), None)

    def _key(self, identifier: dict[str, Any]) -> str:
        return f"{self.type}|{'|'.join(map(str, identifier.values()))}"

    def _find(self, ref: str, properties: Properties) -> Record | None:
        given = {name: properties[name] for name in self.primary if name in properties}
        return next((record for record in records_of(self.type)
                     if record.ref == ref and all(record.identifier[name] == value for name, value in given.items())), None)

    def _identify(self, logical_id: str, properties: Properties, stack: str) -> dict[str, Any]:
        name = self._name(properties) or made_up_name(self.type, stack, logical_id)
        identifier = {}
        for part in self.primary:
            if properties.get(part):
                identifier[part] = properties[part]
            elif part.endswith("Arn"):
                identifier[part] = arn_of(self.type, name, {**properties})
            elif part in self.read_only:
                identifier[part] = new_id(self.type)
            else:
                identifier[part] = made_up_name(self.type, stack, logical_id)
        return identifier

    def _attributes(self, record: Record) -> dict[str, Any]:
        name = self._name(record.properties) or made_up_name(self.type, record.stack, record.logical_id)
        attributes = dict(record.identifier)
        for steps in paths(self.schema, "readOnlyProperties"):
            attribute, last = ".".join(step for step in steps if step != "*"), steps[-1]
            if attribute in attributes:
                continue
            if last.endswith("Arn"):
                attributes[attribute] = arn_of(self.type, name, record.identifier)
            elif last.endswith("Name"):
                attributes[attribute] = name
            elif resolve(self.schema["properties"].get(steps[0], {}), self.schema).get("type") == "array":
                attributes[attribute] = []
            else:
                attributes[attribute] = f"{record.logical_id.lower()[:20]}-{last.lower()}-{hexadecimal(8)}"
        return attributes

    def _name(self, properties: Properties) -> str | None:
        """The given name; a type that has one of its own is not called like what it refers to."""
        own = f"{self.type.rsplit('::', 1)[1]}Name"
        if own in self.schema["properties"]:
            return properties.get(own)
        return next((value for name, value in properties.items() if re.fullmatch(r"Name|.*Name", name) and isinstance(value, str)), None)
