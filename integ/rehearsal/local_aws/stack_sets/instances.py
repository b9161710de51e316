"""The stack of one instance: made, changed and deleted in its account, with the role that lets the stack set in."""
import asyncio
from typing import Any

from .. import deployer, permissions, stack_operations
from ..emulator import cloudformation_handlers as cloudformation
from ..emulator import new_uuid, stack_records, visit
from ..roles import session
from . import template
from .model import Instance, StackSet
from .roles import NoEntry, enter

Document = dict[str, Any]
_BROKEN = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}


class Failed(Exception):
    """An operation that did not succeed in an instance; the message is its StatusReason."""


async def deploy(one: StackSet, instance: Instance) -> None:
    """Makes the instance's stack, or brings it to what the stack set is now."""
    role = _enter(one, instance)
    stack = _stack_of(instance)
    if stack is not None and stack["StackStatus"] in _BROKEN:
        await _delete(stack, role)
        stack = None
    parameters = list({parameter["ParameterKey"]: parameter for parameter in [*one.parameters, *instance.overrides]}.values())
    name = stack["StackName"] if stack else f"StackSet-{one.name}-{new_uuid()}"
    deployer.act_as(name, role)
    _check(role, "UpdateStack" if stack else "CreateStack", name, template.parameters_from_registry(one.template, parameters))
    request = stack_operations.request_of(name, one.template, parameters, one.capabilities, one.tags)
    noted = stack_operations.noted(stack)
    response = cloudformation._update_stack(request) if stack else cloudformation._create_stack(request)
    if response[0] != 200:
        message = stack_operations.message_of(response)
        if message != "No updates are to be performed.":
            raise Failed(message)
        return
    made = stack_records[name]
    instance.stack_id = made["StackId"]
    status = await stack_operations.settled(made)
    if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        raise Failed(stack_operations.failure(made, noted))


async def delete(one: StackSet, instance: Instance) -> None:
    """Deletes the instance's stack."""
    role = _enter(one, instance)
    stack = _stack_of(instance)
    if stack is not None:
        await _delete(stack, role)


def _enter(one: StackSet, instance: Instance) -> str:
    visit(instance.account, instance.region)
    try:
        return enter(one, instance.account)
    except NoEntry as refused:
        raise Failed(str(refused)) from refused


def _stack_of(instance: Instance) -> Any:
    """Of this account and region, unless it was deleted."""
    found = (stack for stack in list(stack_records.values()) if stack["StackId"] == instance.stack_id)
    return next((stack for stack in found if stack["StackStatus"] != "DELETE_COMPLETE"), None)


async def _delete(stack: Document, role: str) -> None:
    deployer.act_as(stack["StackName"], role)
    _check(role, "DeleteStack", stack["StackName"], [])
    noted = stack_operations.noted(stack)
    response = cloudformation._delete_stack({"StackName": [stack["StackId"]]})
    if response[0] != 200:
        raise Failed(stack_operations.message_of(response))
    await asyncio.sleep(0)  # it begins
    if await stack_operations.settled(stack) != "DELETE_COMPLETE":
        raise Failed(stack_operations.failure(stack, noted))


def _check(role: str, action: str, stack: str, registered: list[str]) -> None:
    """StackSets asks CloudFormation in the target account as the execution role; a service-managed set has an administrator there."""
    if not deployer.exists(role):
        return
    refused = permissions.refusals(session(role), permissions.of_stack(action, stack, registered))
    if refused:
        raise Failed(refused[0])
