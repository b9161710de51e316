"""What StackSets checks of a template and its parameters before it makes a stack."""
from typing import Any

from ..emulator import cloudformation_handlers as cloudformation
from ..emulator import engine
from ..json_api import Refused
from ..stack_operations import message_of

Document = dict[str, Any]


def read(request: Document) -> str | None:
    """TemplateBody (at most 51,200 bytes) or what is at TemplateURL."""
    given = {name: [request[name]] for name in ("TemplateBody", "TemplateURL") if name in request}
    body, refused = cloudformation._resolve_template(given)
    if refused:
        raise Refused("ValidationError", message_of(refused))
    return body or None


def check(body: str, parameters: list[Document], capabilities: list[str], service_managed: bool) -> None:
    """Refuses a template that no instance could be made of."""
    refused = cloudformation._validate_template({"TemplateBody": [body]})
    if refused[0] != 200:
        raise Refused("ValidationError", message_of(refused))
    template = engine._parse_template(body)
    try:
        engine._validate_template_statics(template)
    except ValueError as fault:
        raise Refused("ValidationError", str(fault)) from fault
    missing = cloudformation._missing_capabilities(set(capabilities), cloudformation._required_iam_capabilities(template))
    if missing:
        raise Refused("InsufficientCapabilitiesException", f"Requires capabilities : [{', '.join(missing)}]")
    if service_managed and cloudformation._uses_macro(template):
        raise Refused("ValidationError", "Stack sets with service-managed permissions do not support templates that reference macros")
    _check_parameters(template, parameters)


def _check_parameters(template: Document, parameters: list[Document]) -> None:
    known, given = template.get("Parameters", {}), {parameter["ParameterKey"] for parameter in parameters}
    if unknown := sorted(given - known.keys()):
        raise Refused("ValidationError", f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    if missing := sorted(name for name, definition in known.items() if "Default" not in definition and name not in given):
        raise Refused("ValidationError", f"Parameters: [{', '.join(missing)}] must have values")


def parameters_from_registry(body: str, parameters: list[Document]) -> list[str]:
    """Names of the Systems Manager parameters whose values CloudFormation reads for the stack."""
    given = {parameter["ParameterKey"]: parameter.get("ParameterValue") for parameter in parameters}
    definitions = engine._parse_template(body).get("Parameters", {})
    return [given.get(name) or definition["Default"] for name, definition in definitions.items()
            if str(definition.get("Type")).startswith("AWS::SSM::Parameter::Value")]
