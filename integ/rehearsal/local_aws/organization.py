"""One organization for all accounts of the local AWS: units within units, and accounts that join, move and leave.

ministack gives every account an organization of its own. The driver says what there is (`POST /_rehearsal/organization`).
"""
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .emulator import iam_evaluator, wrap

_ACCOUNT = re.compile(r"\d{12}")


@dataclass
class Unit:
    """An organizational unit, or the root."""

    id: str
    name: str
    parent: str | None


@dataclass
class Organization:
    id: str
    root: str
    management_account: str
    units: dict[str, Unit]
    #: Account → the unit that it is in.
    accounts: dict[str, str]
    #: Service principal → accounts that administer it for the organization.
    delegated: dict[str, list[str]] = field(default_factory=dict)

    def path_of(self, unit: str) -> str:
        """`o-…/r-…/ou-…/`: how policies name a place."""
        steps = [unit]
        while (parent := self.units[steps[0]].parent) is not None:
            steps.insert(0, parent)
        return "/".join([self.id, *steps]) + "/"

    def path_of_account(self, account: str) -> str | None:
        return self.path_of(self.accounts[account]) if account in self.accounts else None

    def accounts_in(self, unit: str) -> list[str]:
        """Of a unit and all units in it, but never the management account: stack sets do not deploy there."""
        place = self.path_of(unit)
        return [account for account in self.accounts if account != self.management_account and str(self.path_of_account(account)).startswith(place)]

    def administers(self, account: str, service: str) -> bool:
        return account in self.delegated.get(service, [])


_current: list[Organization] = []
#: Called with (account, path before, path after) when an account joins, moves or leaves.
_watchers: list[Callable[[str, str | None, str | None], None]] = []


def current() -> Organization | None:
    return _current[0] if _current else None


def organization_of(account: str) -> Organization | None:
    """The organization that an account is in."""
    organization = current()
    return organization if organization and account in organization.accounts else None


def watch(watcher: Callable[[str, str | None, str | None], None]) -> None:
    _watchers.append(watcher)


def establish(model: dict[str, Any]) -> dict[str, Any]:
    """What the driver says there is: `{id, root, managementAccount, units: [{id, name, parent}], accounts: {account: unit}, delegated: {service: [account]}}`."""
    units = {model["root"]: Unit(model["root"], "Root", None)}
    for unit in model.get("units", []):
        units[unit["id"]] = Unit(unit["id"], unit.get("name", unit["id"]), unit.get("parent", model["root"]))
    organization = Organization(model["id"], model["root"], model["managementAccount"], units, dict(model["accounts"]), dict(model.get("delegated", {})))
    organization.accounts.setdefault(organization.management_account, organization.root)
    unknown = {*organization.accounts.values(), *(unit.parent for unit in units.values() if unit.parent)} - units.keys()
    if unknown:
        raise ValueError(f"no such organizational unit: {', '.join(sorted(unknown))}")
    _current[:] = [organization]
    return model


def place(account: str, unit: str | None) -> None:
    """An account joins, moves, or (without a unit) leaves."""
    organization = _current[0]
    before = organization.path_of_account(account)
    if unit is None:
        organization.accounts.pop(account, None)
    elif unit not in organization.units:
        raise ValueError(f"no such organizational unit: {unit}")
    else:
        organization.accounts[account] = unit
    for watcher in _watchers:
        watcher(account, before, organization.path_of_account(account))


def install() -> None:
    wrap(iam_evaluator, "_resolve_condition_key", _resolve)


def _resolve(original: Any, key: str, asked: Any) -> Any:
    """`aws:PrincipalOrgID`, `aws:ResourceOrgPaths` and their like: where an account is now."""
    match key.lower():
        case "aws:principalorgid":
            return _id_of(asked.principal_account)
        case "aws:principalorgpaths":
            return _paths_of(asked.principal_account)
        case "aws:principalorgmasteraccountid":
            organization = organization_of(asked.principal_account)
            return organization.management_account if organization else None
        case "aws:resourceorgid":
            return _id_of(_owner(asked))
        case "aws:resourceorgpaths":
            return _paths_of(_owner(asked))
        case "aws:sourceorgid":
            return _id_of(asked.service_context.get("aws:sourceaccount"))
        case "aws:sourceorgpaths":
            return _paths_of(asked.service_context.get("aws:sourceaccount"))
    return original(key, asked)


def _owner(asked: Any) -> str:
    """The account of the resource; names of buckets carry none."""
    parts: list[str] = asked.resource_arn.split(":")
    principal: str = asked.principal_account
    return parts[4] if len(parts) > 4 and _ACCOUNT.fullmatch(parts[4]) else principal


def _id_of(account: str | None) -> str | None:
    organization = organization_of(account or "")
    return organization.id if organization else None


def _paths_of(account: str | None) -> list[str] | None:
    organization = organization_of(account or "")
    path = organization.path_of_account(account or "") if organization else None
    return [path] if path else None
