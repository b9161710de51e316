"""Whose a resource is: the stack that made it, by the name of the resource or by its tags, as CloudFormation and the services say."""
from html import unescape
from typing import Any

from .emulator import cloudformation_handlers, logs, stack_events, stack_records, tagging, wrap_cloudformation_action

Properties = dict[str, Any]


def install() -> None:
    wrap_cloudformation_action("DescribeStackResources", _by_physical_id)
    wrap_cloudformation_action("ListStackResources", _remembered)
    tagging._COLLECTORS["logs"] = _tags_of_log_groups


def stack_tags(stack: str) -> dict[str, str]:
    """What CloudFormation adds to the tags of what it makes; retained, it wears them still."""
    record = stack_records.get(stack)
    return {"aws:cloudformation:stack-id": record["StackId"], "aws:cloudformation:stack-name": stack} if record else {}


def _by_physical_id(original: Any, parameters: Properties) -> Any:
    """Of the stacks that stand, the one that has a resource of that name; it answers with all that it has."""
    wanted = parameters.get("PhysicalResourceId")
    name = unescape(wanted[0] if isinstance(wanted, list) else wanted) if wanted else None
    if name is None:
        return original(parameters)
    for stack in stack_records.values():
        resources = stack.get("_resources", {}).values() if stack["StackStatus"] != "DELETE_COMPLETE" else []
        if any(one.get("PhysicalResourceId") == name and one.get("ResourceStatus") != "DELETE_COMPLETE" for one in resources):
            return original({**parameters, "StackName": [stack["StackId"]]})
    return cloudformation_handlers._error("ValidationError", f"Stack for {name} does not exist")


def _remembered(original: Any, parameters: Properties) -> Any:
    """CloudFormation remembers for 90 days what a deleted stack had, and what it has left behind; ministack has its events."""
    wanted = parameters.get("StackName")
    identifier = wanted[0] if isinstance(wanted, list) else wanted
    stack = next((one for one in stack_records.values() if one["StackId"] == identifier and one["StackStatus"] == "DELETE_COMPLETE"), None)
    if stack is not None and not stack.get("_resources"):
        events = [event for event in stack_events.get(stack["StackId"], []) if event["ResourceType"] != "AWS::CloudFormation::Stack"]
        stack["_resources"] = {event["LogicalResourceId"]: event for event in sorted(events, key=lambda event: event["Timestamp"])}
    return original(parameters)


def _tags_of_log_groups() -> Any:
    for group in logs._log_groups.values():
        yield group.get("arn", "").removesuffix(":*"), [{"Key": key, "Value": value} for key, value in group.get("tags", {}).items()]
