"""Automatic deployment: who joins a unit gets the stacks of its stack sets, and who leaves loses them, or keeps them if so chosen."""
from .. import organization
from ..emulator import new_uuid
from .execution import begin
from .model import STACK_SETS, Operation, Result, StackSet


def install() -> None:
    organization.watch(_moved)


def _moved(account: str, _before: str | None, after: str | None) -> None:
    for one in list(STACK_SETS._data.values()):
        if one.is_service_managed and one.status == "ACTIVE" and (one.automatic or {}).get("Enabled"):
            _follow(one, account, after)


def _follow(one: StackSet, account: str, place: str | None) -> None:
    """Stacks there and not meant go, stacks meant and not there come."""
    known = organization.current()
    unit = next((unit for unit in one.units if known and place and account != known.management_account and place.startswith(known.path_of(unit))), None)
    there = [instance for instance in one.instances.values() if instance.account == account and instance.unit is not None]
    if unit is None and there:
        _start(one, "DELETE", [Result(account, instance.region, instance.unit) for instance in there], bool((one.automatic or {}).get("RetainStacksOnAccountRemoval")))
    elif unit is not None and not there:
        _start(one, "CREATE", [Result(account, region, unit) for region in one.regions], retain=False)


def _start(one: StackSet, action: str, results: list[Result], retain: bool) -> None:
    begin(one, Operation(new_uuid(), action, {"FailureTolerancePercentage": 100, "MaxConcurrentPercentage": 100}, results, retain=retain))
