"""Stacks that a service operates for somebody, with a role: requests to CloudFormation, and how they end."""
import asyncio
from html import unescape
from typing import Any

from . import deployer
from .emulator import cloudformation_handlers as cloudformation
from .emulator import stack_events, stack_records, wrap

Document = dict[str, Any]
#: A template that a service keeps in S3 and hands over by its address: it may be larger than one in a request.
_FROM_S3 = "TemplateFromS3"
_LARGEST = 1_000_000


def install() -> None:
    wrap(cloudformation, "_resolve_template", _template)


def _template(original: Any, parameters: Document) -> Any:
    if _FROM_S3 not in parameters:
        return original(parameters)
    (body,) = parameters[_FROM_S3]
    if len(body.encode()) > _LARGEST:
        return None, cloudformation._error("ValidationError", f"Template may not exceed {_LARGEST} bytes in size.")
    return body, None


def request_of(name: str, body: str, parameters: list[Document], capabilities: list[str], tags: list[Document]) -> Document:
    """CreateStack or UpdateStack as form parameters."""
    request = {"StackName": [name], "TemplateBody": [body]}
    for index, parameter in enumerate(parameters, 1):
        request[f"Parameters.member.{index}.ParameterKey"] = [parameter["ParameterKey"]]
        if parameter.get("UsePreviousValue"):
            request[f"Parameters.member.{index}.UsePreviousValue"] = ["true"]
        else:
            request[f"Parameters.member.{index}.ParameterValue"] = [parameter.get("ParameterValue", "")]
    for index, capability in enumerate(capabilities, 1):
        request[f"Capabilities.member.{index}"] = [capability]
    for index, tag in enumerate(tags, 1):
        request[f"Tags.member.{index}.Key"], request[f"Tags.member.{index}.Value"] = [tag["Key"]], [tag["Value"]]
    return request


async def settled(stack: Document) -> str:
    """The stack's status when its operation is over."""
    while stack["StackStatus"].endswith("IN_PROGRESS"):
        await asyncio.sleep(0.02)
    return str(stack["StackStatus"])


def noted(stack: Document | None) -> int:
    """Events so far: what failed is looked for after them."""
    return len(stack_events.get(stack["StackId"], [])) if stack else 0


def failure(stack: Document, before: int) -> str:
    """What failed first."""
    events = stack_events.get(stack["StackId"], [])[before:]
    failed = next((event for event in events if event["ResourceStatus"].endswith("_FAILED") and event["ResourceType"] != "AWS::CloudFormation::Stack"), None)
    if failed is None:
        # CloudFormation looks for names that are taken before it makes anything.
        found = [event for event in stack.get("_operation_events", []) if event["EventType"] == "VALIDATION_ERROR"]
        if found:
            return "; ".join(f"ResourceLogicalId:{event['LogicalResourceId']}, {event['ValidationStatusReason']}" for event in found)
        return str(stack.get("StackStatusReason") or f"the stack is {stack['StackStatus']}")
    return f"ResourceLogicalId:{failed['LogicalResourceId']}, ResourceType:{failed['ResourceType']}, ResourceStatusReason:{failed['ResourceStatusReason']}"


def message_of(response: Any) -> str:
    """The message in an error of the CloudFormation API."""
    text: str = response[2].decode()
    return unescape(text.partition("<Message>")[2].partition("</Message>")[0])


class Failed(Exception):
    """An operation of a stack that did not succeed; the message says why."""


async def deploy(name: str, body: str, parameters: list[Document], tags: list[Document], role: str) -> Document:
    """Makes a stack, or brings it to another template, as a role; all that the role may not do fails it."""
    stack = stack_records.get(name)
    exists = stack is not None and stack["StackStatus"] != "DELETE_COMPLETE"
    deployer.act_as(name, role)
    request = request_of(name, body, parameters, ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"], tags)
    request[_FROM_S3] = request.pop("TemplateBody")
    before = noted(stack) if exists else 0
    response = cloudformation._update_stack(request) if exists else cloudformation._create_stack(request)
    if response[0] != 200:
        if exists and message_of(response) == "No updates are to be performed.":
            return stack or {}
        raise Failed(message_of(response))
    made: Document = stack_records[name]
    if await settled(made) not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise Failed(failure(made, before))
    return made


async def delete(name: str, role: str) -> None:
    """Deletes a stack as a role; one that was never made, or is gone already, is no failure."""
    stack = stack_records.get(name)
    if stack is None or stack["StackStatus"] == "DELETE_COMPLETE":
        return
    deployer.act_as(name, role)
    before = noted(stack)
    response = cloudformation._delete_stack({"StackName": [stack["StackId"]]})
    if response[0] != 200:
        raise Failed(message_of(response))
    await asyncio.sleep(0)  # it begins
    if await settled(stack) != "DELETE_COMPLETE":
        raise Failed(failure(stack, before))
