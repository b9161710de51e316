"""An operation over its accounts and regions: so many at once, and no further when too many have failed."""
import asyncio
from typing import Any

from ..emulator import on_the_loop
from . import instances
from .instances import Failed
from .model import Instance, Operation, Result, StackSet, key_of

Document = dict[str, Any]


def begin(one: StackSet, operation: Operation) -> None:
    """Runs it when none is running, else after those that were asked for before."""
    waits = bool(one.running)
    one.operations.insert(0, operation)
    for result in operation.results if operation.action == "CREATE" else []:  # they are listed before anything happens to them
        one.instances.setdefault(key_of(result.account, result.region), Instance(result.account, result.region, result.unit))
    if waits:
        operation.status = "QUEUED"
    else:
        on_the_loop(lambda: _run(one, operation))


async def _run(one: StackSet, operation: Operation) -> None:
    """Runs the operation to its end, and then the next one that waits."""
    operation.status = "RUNNING"
    try:
        failed = await _all_regions(one, operation)
    except Exception as fault:  # a fault of ours must not leave the operation running for ever
        failed = [f"{type(fault).__name__}: {fault}"]
    for result in operation.results:
        if result.status == "PENDING":
            result.status, result.reason = "CANCELLED", "Cancelled since failure tolerance has exceeded" if failed else "Cancelled since the operation was stopped"
            _note(one, operation, result)
    stopped = operation.status == "STOPPING"
    operation.end("STOPPED" if stopped else "FAILED" if failed else "SUCCEEDED", failed[0] if failed else None)
    waiting = next((other for other in reversed(one.operations) if other.status == "QUEUED"), None)
    if waiting is not None:
        await _run(one, waiting)


async def _all_regions(one: StackSet, operation: Operation) -> list[str]:
    """Why it failed; empty when it did not."""
    preferences = operation.preferences
    named = preferences.get("RegionOrder") or []
    regions = list(dict.fromkeys([*(region for region in named), *(result.region for result in operation.results)]))
    if preferences.get("RegionConcurrencyType") == "PARALLEL":
        reasons = await asyncio.gather(*(_one_region(one, operation, region) for region in regions))
        return [reason for reason in reasons if reason]
    for region in regions:
        reason = await _one_region(one, operation, region)
        if reason or operation.status == "STOPPING":
            return [reason] if reason else []
    return []


async def _one_region(one: StackSet, operation: Operation, region: str) -> str | None:
    results = [result for result in operation.results if result.region == region]
    tolerance, most = tolerance_of(operation.preferences, len(results)), most_at_once(operation.preferences, len(results))
    strict = operation.preferences.get("ConcurrencyMode", "STRICT_FAILURE_TOLERANCE") == "STRICT_FAILURE_TOLERANCE"
    waiting, running = list(results), set[asyncio.Future[None]]()
    while waiting or running:
        failures = sum(result.status == "FAILED" for result in results)
        room = min(most, tolerance + 1 - failures) if strict else most
        while waiting and len(running) < room and failures <= tolerance and operation.status == "RUNNING":
            running.add(asyncio.ensure_future(_one(one, operation, waiting.pop(0))))
        if not running:
            break
        _, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
    failed = [result for result in results if result.status == "FAILED"]
    return f"{failed[0].account} {region}: {failed[0].reason}" if len(failed) > tolerance else None


def tolerance_of(preferences: Document, accounts: int) -> int:
    """Failures in a region that do not stop the operation."""
    if "FailureTolerancePercentage" in preferences:
        return int(preferences["FailureTolerancePercentage"]) * accounts // 100
    return int(preferences.get("FailureToleranceCount", 0))


def most_at_once(preferences: Document, accounts: int) -> int:
    """Accounts of a region that are worked on at the same time; rounded down, but never to none."""
    if "MaxConcurrentPercentage" in preferences:
        return max(1, int(preferences["MaxConcurrentPercentage"]) * accounts // 100)
    return int(preferences.get("MaxConcurrentCount", 1))


async def _one(one: StackSet, operation: Operation, result: Result) -> None:
    key = key_of(result.account, result.region)
    result.status = "RUNNING"
    instance = one.instances.get(key)
    if instance is None and operation.action == "DELETE":
        result.status = "SUCCEEDED"
        return
    if instance is None:
        instance = one.instances[key] = Instance(result.account, result.region, unit=result.unit)
    instance.detailed, instance.last_operation = "RUNNING", operation.id
    if operation.overrides is not None:
        instance.overrides = operation.overrides
    try:
        if operation.action != "DELETE":
            await instances.deploy(one, instance)
        elif not operation.retain:
            await instances.delete(one, instance)
    except Exception as failure:  # a fault of ours fails the instance, as one of AWS's would
        result.reason = str(failure) if isinstance(failure, Failed) else f"{type(failure).__name__}: {failure}"
        result.status = "FAILED"
    else:
        result.status = "SUCCEEDED"
    if operation.action == "DELETE" and result.status == "SUCCEEDED":
        one.instances.pop(key)
    _note(one, operation, result)


def _note(one: StackSet, operation: Operation, result: Result) -> None:
    """What the instance says of itself afterwards."""
    instance = one.instances.get(key_of(result.account, result.region))
    if instance is None:
        return
    succeeded = result.status == "SUCCEEDED"
    instance.status = "CURRENT" if succeeded else "INOPERABLE" if operation.action == "DELETE" and result.status == "FAILED" else "OUTDATED"
    instance.detailed, instance.reason = result.status, result.reason
