"""How StackSets gets into a target account, and who may send it there."""
import hashlib

from .. import organization
from ..emulator import account
from ..json_api import Refused
from ..roles import Caller, decide, may_assume, refusal, role_at, service, session
from .model import ADMINISTRATION_ROLE, EXECUTION_ROLE, StackSet

_CLOUDFORMATION = "cloudformation.amazonaws.com"
_STACK_SETS = "member.org.stacksets.cloudformation.amazonaws.com"


class NoEntry(Exception):
    """The target account does not let the stack set in."""


def check_pass(caller: Caller, role: str) -> None:
    """Whoever names an administration role must be allowed to pass it to CloudFormation."""
    decision = decide(caller, "iam:PassRole", role, {"iam:PassedToService": _CLOUDFORMATION})
    if decision != "Allow":
        raise Refused("AccessDenied", refusal(caller, "iam:PassRole", role, decision))


def enter(one: StackSet, target: str) -> str:
    """The role with which stacks are made in a target account."""
    if one.is_service_managed:
        known = organization.current()  # which has left its role behind in an account that leaves
        if known is None:
            raise NoEntry("There is no organization")
        return f"arn:aws:iam::{target}:role/stacksets-exec-{hashlib.sha256(known.id.encode()).hexdigest()[:32]}"
    administration = one.administration_role or f"arn:aws:iam::{one.account}:role/{ADMINISTRATION_ROLE}"
    name = administration.rsplit("/", 1)[-1]
    caller = service(_CLOUDFORMATION, one.account, one.arn)
    if role_at(administration) is None or not may_assume(caller, administration):
        raise NoEntry(f"Account {one.account} should have '{name}' role with trust relationship to CloudFormation service.")
    execution = f"arn:aws:iam::{target}:role/{one.execution_role or EXECUTION_ROLE}"
    if not may_assume(session(administration), execution):
        raise NoEntry(f"Account {target} should have '{one.execution_role or EXECUTION_ROLE}' role with trust relationship to Role '{name}'.")
    return execution


def administrator(call_as: str) -> str:
    """The account that holds service-managed stack sets: always the management account, whoever acts for it."""
    known = organization.organization_of(account())
    if call_as == "DELEGATED_ADMIN":
        if known is None or not known.administers(account(), _STACK_SETS):
            raise Refused("ValidationError", "Account used is not a delegated administrator")
        return known.management_account
    if known is None or known.management_account != account():
        raise Refused("ValidationError", "You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set")
    return account()
