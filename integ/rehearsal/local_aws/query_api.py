"""Actions of the CloudFormation API by botocore's model: form parameters in, XML out."""
import time
from collections.abc import Callable
from html import escape
from typing import Any

from botocore.validate import ParamValidator

from .emulator import add_cloudformation_action, cloudformation_handlers
from .json_api import Refused, model_of

Request = dict[str, Any]
_MODEL = model_of("cloudformation")


def serve(action: str, operation: Callable[[Request], Request]) -> None:
    """Answer an action of the CloudFormation API."""
    add_cloudformation_action(action, lambda parameters: _answer(action, operation, parameters))


def request_of(action: str, parameters: dict[str, Any]) -> Request:
    """The typed request behind form parameters."""
    read = _read(_MODEL.operation_model(action).input_shape, {name: value[0] if isinstance(value, list) else value for name, value in parameters.items()}, "")
    return read or {}


def _answer(action: str, operation: Callable[[Request], Request], parameters: dict[str, Any]) -> Any:
    shape = _MODEL.operation_model(action)
    try:
        request = request_of(action, parameters)
        report = ParamValidator().validate(request, shape.input_shape)
        if report.has_errors():
            raise Refused("ValidationError", report.generate_report())
        answer = operation(request)
    except Refused as refused:
        return cloudformation_handlers._error(refused.code, str(refused), 403 if refused.code == "AccessDenied" else 400)
    written = _write(shape.output_shape, answer) if shape.output_shape else ""
    return cloudformation_handlers._xml(200, f"{action}Response", f"<{action}Result>{written}</{action}Result>")


def _read(shape: Any, parameters: dict[str, str], prefix: str) -> Any:
    if shape.type_name == "structure":
        members = {name: _read(member, parameters, f"{prefix}{name}") if member.type_name not in ("structure", "list")
                   else _read(member, parameters, f"{prefix}{name}.") for name, member in shape.members.items()}
        known = {name: value for name, value in members.items() if value is not None}
        return known or None
    if shape.type_name == "list":
        items: list[Any] = []
        dot = "" if shape.member.type_name not in ("structure", "list") else "."
        while (item := _read(shape.member, parameters, f"{prefix}member.{len(items) + 1}{dot}")) is not None:
            items.append(item)
        return items or ([] if prefix[:-1] in parameters else None)
    text = parameters.get(prefix)
    if text is None:
        return None
    if shape.type_name == "boolean":
        return text.lower() == "true"
    return int(text) if shape.type_name in ("integer", "long") else text


def _write(shape: Any, value: Any) -> str:
    if shape.type_name == "structure":
        return "".join(f"<{name}>{_write(shape.members[name], entry)}</{name}>" for name, entry in value.items() if entry is not None and name in shape.members)
    if shape.type_name == "list":
        return "".join(f"<member>{_write(shape.member, entry)}</member>" for entry in value)
    if shape.type_name == "boolean":
        return str(value).lower()
    if shape.type_name == "timestamp":
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(value))
    return escape(str(value))
