"""CloudFormation: every registry type, validated, refused as AWS would, and journalled."""
from collections.abc import Callable
from typing import Any

from . import dependents, deployer, journal, native
from .emulator import NATIVE_TYPES, Handler, engine, provisioners, replace_handlers, wrap
from .identifiers import REF
from .names import check_name
from .principals import check_principals
from .properties import PropertiesRefused, check_properties
from .records import provider_of
from .references import check_template, check_values
from .schemas import identifier_of, paths, schema_of

Properties = dict[str, Any]


class Handlers(dict[str, Handler]):
    """ministack's providers, checked; and one made from the schema for every other type, when first asked for."""

    def __missing__(self, resource_type: Any) -> Handler:
        if not isinstance(resource_type, str) or not resource_type.startswith("AWS::") or resource_type == "AWS::CloudFormation::CustomResource":
            raise KeyError(resource_type)
        self[resource_type] = checked(resource_type, provider_of(resource_type))
        return self[resource_type]

    def get(self, resource_type: Any, default: Any = None) -> Any:
        try:
            return self[resource_type]
        except KeyError:
            return default

    def __contains__(self, resource_type: Any) -> bool:
        return self.get(resource_type) is not None


def install() -> None:
    replace_handlers(Handlers({name: checked(name, native.completed(name, handler)) for name, handler in provisioners._RESOURCE_HANDLERS.items()}))
    wrap(engine, "_validate_template_statics", _validate_template)
    wrap(provisioners, "_property_recreation", _recreation)
    # As the page of the type says: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html
    provisioners._CUSTOM_NAME_REPLACEMENT["AWS::IAM::ManagedPolicy"] = {
        "name": "ManagedPolicyName", "requires_replacement": lambda before, after: any(before.get(one) != after.get(one) for one in ("Description", "Path"))}


def _validate_template(original: Any, template: dict[str, Any]) -> None:
    original(template)
    check_template(template)


def _recreation(original: Callable[[str, str], str], resource_type: str, name: str) -> str:
    """Which changes replace a resource, as a change set shows it before anything happens."""
    schema = schema_of(resource_type) if resource_type not in NATIVE_TYPES and resource_type.startswith("AWS::") else None
    if schema is None:
        return original(resource_type, name)
    if resource_type in REF and len(identifier_of(schema)) > 1:
        return "Conditionally"  # its Ref may stay the same when it is replaced: the provider replaces by itself
    create_only = [steps for steps in paths(schema, "createOnlyProperties") if steps[0] == name]
    return "Always" if [name] in create_only else "Conditionally" if create_only else "Never"


def checked(resource_type: str, handler: Handler) -> Handler:
    """The provider, with our checks before and our notes after."""
    if resource_type == "AWS::CloudFormation::CustomResource":
        return handler
    wrapped = dict(handler)
    if "create" in handler:
        wrapped["create"] = _create(resource_type, handler["create"])
    if "update" in handler:
        wrapped["update"] = _update(resource_type, handler["update"])
    if "delete" in handler:
        wrapped["delete"] = _delete(resource_type, handler["delete"])
    return wrapped


def _check(resource_type: str, stack: str, logical_id: str | None, before: Properties | None, after: Properties, ref: str | None) -> None:
    faults = [*check_properties(resource_type, after), *check_values(resource_type, after), *check_principals(resource_type, after)]
    if before is None:
        faults += check_name(resource_type, after)
    faults = faults or deployer.check_write(resource_type, stack, logical_id, before, after, ref)
    if faults:
        journal.note("REFUSED", resource_type, logicalId=logical_id, faults=faults)
        raise PropertiesRefused(resource_type, faults)


def _create(resource_type: str, original: Any) -> Any:
    def create(logical_id: str, properties: Properties, stack: str, *arguments: Any) -> Any:
        _check(resource_type, stack, logical_id, None, properties, None)
        ref, attributes = original(logical_id, properties, stack, *arguments)
        _written("CREATE", resource_type, ref, logical_id, stack, properties)
        return ref, native.attributes(resource_type, properties, attributes)

    return create


def _update(resource_type: str, original: Any) -> Any:
    def update(ref: str, before: Properties, after: Properties, stack: str, *arguments: Any) -> Any:
        _check(resource_type, stack, arguments[0] if arguments else None, before, after, ref)
        updated, attributes = original(ref, before, after, stack, *arguments)
        if updated != ref:  # replaced by ministack's own provider, which deletes the predecessor behind our back
            dependents.replaced(resource_type, ref, updated)
        _written("UPDATE", resource_type, updated, arguments[0] if arguments else None, stack, after)
        return updated, native.attributes(resource_type, after, attributes)

    return update


def _delete(resource_type: str, original: Any) -> Any:
    def delete(ref: str, properties: Properties, *arguments: Any) -> Any:
        dependents.check_deletion(resource_type, ref)
        refused = deployer.check_deletion(resource_type, ref, properties, dependents.stack_of(resource_type, ref))
        if refused:
            raise ValueError("; ".join(refused))
        result = original(ref, properties, *arguments)
        dependents.gone(resource_type, ref)
        native.after_delete(resource_type, ref)
        journal.note("DELETE", resource_type, ref=ref)
        return result

    return delete


def _written(operation: str, resource_type: str, ref: str, logical_id: str | None, stack: str, properties: Properties) -> None:
    native.after_write(resource_type, ref, properties, stack)
    dependents.deployed(resource_type, ref, logical_id, stack, properties)
    journal.note(operation, resource_type, ref=ref, logicalId=logical_id, stack=stack)
