"""The Organizations API over the one organization there is. Pages are short: who reads only the first one misses accounts."""
from collections.abc import Callable
from typing import Any

from . import organization
from .emulator import account, app
from .json_api import JsonApi, Refused, Request
from .organization import Organization, Unit

_SERVICE = "organizations.amazonaws.com"
_EPOCH = 1700000000
#: What every member may ask; the rest is for the management account and for administrators that it named.
_FOR_MEMBERS = {"DescribeOrganization"}


def install() -> None:
    app.SERVICE_HANDLERS["organizations"] = JsonApi("organizations", {name: _for(name, operation) for name, operation in _OPERATIONS.items()}).handle


def _for(name: str, operation: Callable[[Organization, Request], Request]) -> Callable[[Request], Request]:
    def answer(request: Request) -> Request:
        known = organization.organization_of(account())
        if known is None:
            raise Refused("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
        if name not in _FOR_MEMBERS and account() != known.management_account and not known.administers(account(), _SERVICE):
            raise Refused("AccessDeniedException", "You don't have permissions to access this resource.")
        return operation(known, request)

    return answer


def resource(request: Request) -> str:
    """What a call is about: a unit, the root or an account. The account that asks need not be the one that owns it."""
    known, named = organization.organization_of(account()), request.get("ParentId") or request.get("ChildId")
    if known is None or named is None:
        return "*"
    kind = "account" if named in known.accounts else "root" if named == known.root else "ou"
    return f"arn:aws:organizations::{known.management_account}:{kind}/{known.id}/{named}"


def _described(known: Organization) -> Request:
    master = known.management_account
    return {"Id": known.id, "Arn": f"arn:aws:organizations::{master}:organization/{known.id}", "FeatureSet": "ALL", "MasterAccountId": master,
            "MasterAccountArn": f"arn:aws:organizations::{master}:account/{known.id}/{master}", "MasterAccountEmail": f"{master}@example.com"}


def _account(known: Organization, number: str) -> Request:
    if number not in known.accounts:
        raise Refused("AccountNotFoundException", f"You specified an account that doesn't exist: {number}")
    arn = f"arn:aws:organizations::{known.management_account}:account/{known.id}/{number}"
    return {"Id": number, "Arn": arn, "Email": f"{number}@example.com", "Name": number, "Status": "ACTIVE", "State": "ACTIVE", "JoinedMethod": "CREATED",
            "JoinedTimestamp": _EPOCH}


def _unit(known: Organization, unit: Unit) -> Request:
    kind = "root" if unit.parent is None else "ou"
    return {"Id": unit.id, "Name": unit.name, "Arn": f"arn:aws:organizations::{known.management_account}:{kind}/{known.id}/{unit.id}"}


def _parent(known: Organization, request: Request) -> Unit:
    unit = known.units.get(request["ParentId"])
    if unit is None:
        raise Refused("ParentNotFoundException", f"You specified parent {request['ParentId']} that doesn't exist.")
    return unit


def _accounts_for_parent(known: Organization, request: Request) -> Request:
    """Those directly in the unit, as AWS answers: not those of units in it."""
    unit = _parent(known, request)
    return JsonApi.page(request, "Accounts", [_account(known, number) for number, place in sorted(known.accounts.items()) if place == unit.id])


def _units_for_parent(known: Organization, request: Request) -> Request:
    parent = _parent(known, request)
    return JsonApi.page(request, "OrganizationalUnits", [_unit(known, unit) for unit in known.units.values() if unit.parent == parent.id])


def _children(known: Organization, request: Request) -> Request:
    parent = _parent(known, request)
    found = ([number for number, place in sorted(known.accounts.items()) if place == parent.id] if request["ChildType"] == "ACCOUNT"
             else [unit.id for unit in known.units.values() if unit.parent == parent.id])
    return JsonApi.page(request, "Children", [{"Id": child, "Type": request["ChildType"]} for child in found])


def _parents(known: Organization, request: Request) -> Request:
    child = request["ChildId"]
    parent = known.accounts.get(child) or (known.units[child].parent if child in known.units else None)
    if parent is None:
        raise Refused("ChildNotFoundException", f"We can't find an organizational unit or account with the ChildId {child}")
    return {"Parents": [{"Id": parent, "Type": "ROOT" if parent == known.root else "ORGANIZATIONAL_UNIT"}]}


def _described_unit(known: Organization, request: Request) -> Request:
    unit = known.units.get(request["OrganizationalUnitId"])
    if unit is None or unit.parent is None:
        raise Refused("OrganizationalUnitNotFoundException", f"We can't find an organizational unit {request['OrganizationalUnitId']}")
    return {"OrganizationalUnit": _unit(known, unit)}


def _move(known: Organization, request: Request) -> Request:
    number, source, destination = request["AccountId"], request["SourceParentId"], request["DestinationParentId"]
    _account(known, number)
    if known.accounts[number] != source:
        raise Refused("SourceParentNotFoundException", f"The account {number} is not in {source}.")
    if destination not in known.units:
        raise Refused("DestinationParentNotFoundException", f"We can't find the destination {destination}.")
    organization.place(number, destination)
    return {}


def _administrators(known: Organization, request: Request) -> Request:
    numbers: set[str] = set()
    for service, named in known.delegated.items():
        if request.get("ServicePrincipal", service) == service:
            numbers.update(named)
    return JsonApi.page(request, "DelegatedAdministrators", [{**_account(known, number), "DelegationEnabledDate": _EPOCH} for number in sorted(numbers)])


_OPERATIONS: dict[str, Callable[[Organization, Request], Any]] = {
    "DescribeAccount": lambda known, request: {"Account": _account(known, request["AccountId"])},
    "DescribeOrganization": lambda known, _: {"Organization": _described(known)},
    "DescribeOrganizationalUnit": _described_unit,
    "ListAccounts": lambda known, request: JsonApi.page(request, "Accounts", [_account(known, number) for number in sorted(known.accounts)]),
    "ListAccountsForParent": _accounts_for_parent,
    "ListChildren": _children,
    "ListDelegatedAdministrators": _administrators,
    "ListOrganizationalUnitsForParent": _units_for_parent,
    "ListParents": _parents,
    "ListRoots": lambda known, request: {"Roots": [{**_unit(known, known.units[known.root]), "PolicyTypes": []}]},
    "MoveAccount": _move,
}
