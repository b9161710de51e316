"""Which accounts a request means: a list, or organizational units with all that is in them, less or more some accounts."""
from typing import Any

from .. import organization
from ..json_api import Refused
from .model import Instance, StackSet

Document = dict[str, Any]

#: Account → the unit for whose sake it is a target.
Targets = dict[str, str | None]


def targets_of(one: StackSet, request: Document) -> Targets:
    """Accounts of `Accounts` or `DeploymentTargets`."""
    given = request.get("DeploymentTargets") or {}
    accounts = request.get("Accounts") or given.get("Accounts") or []
    units = given.get("OrganizationalUnitIds") or []
    if not one.is_service_managed:
        if units:
            raise Refused("ValidationError", "OrganizationalUnitIds cannot be specified for stack sets with self-managed permissions")
        if not accounts:
            raise Refused("ValidationError", "Accounts must be specified for stack sets with self-managed permissions")
        return dict.fromkeys(accounts)
    if not units:
        raise Refused("ValidationError", "OrganizationalUnitIds are required for stack sets with service-managed permissions")
    return _filtered(_in_units(units), accounts, given.get("AccountFilterType", "NONE"))


def _in_units(units: list[str]) -> Targets:
    known = organization.current()
    unknown = [unit for unit in units if known is None or unit not in known.units]
    if known is None or unknown:
        raise Refused("ValidationError", f"The following organizational units do not exist: {', '.join(unknown)}")
    return {account: unit for unit in units for account in known.accounts_in(unit)}


def _filtered(found: Targets, accounts: list[str], kind: str) -> Targets:
    if kind == "NONE" and accounts:
        raise Refused("ValidationError", "Accounts need an AccountFilterType of INTERSECTION, DIFFERENCE or UNION beside OrganizationalUnitIds")
    if kind != "NONE" and not accounts:
        raise Refused("ValidationError", f"AccountFilterType {kind} needs Accounts")
    known = organization.current()
    if foreign := [account for account in accounts if known is None or account not in known.accounts]:
        raise Refused("ValidationError", f"Accounts outside of the organization cannot be targets: {', '.join(foreign)}")
    if kind == "INTERSECTION":
        return {account: unit for account, unit in found.items() if account in accounts}
    if kind == "DIFFERENCE":
        return {account: unit for account, unit in found.items() if account not in accounts}
    if kind == "UNION":
        return {**found, **{account: None for account in accounts if account not in found}}
    return found


def instances_of(one: StackSet, request: Document) -> list[Instance]:
    """The instances that a request means: all, or those of its accounts and regions."""
    instances = list(one.instances.values())
    if any(name in request for name in ("Accounts", "DeploymentTargets")):
        meant = targets_of(one, request)
        instances = [instance for instance in instances if instance.account in meant]
    if "Regions" in request:
        instances = [instance for instance in instances if instance.region in request["Regions"]]
    return instances
