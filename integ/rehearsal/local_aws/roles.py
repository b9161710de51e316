"""Roles across accounts: who may become one, and what it may do then.

ministack weighs trust policies loosely: a root user passes for any service, a role of another path or a pattern for the role
that is named, and nobody needs to be a service to be one. Here a principal is the one that the policy names, or it is refused.
"""
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .emulator import account, iam, iam_evaluator, region, wrap
from .principals import role_of, session_of

_VARIABLE = re.compile(r"\$\{([\w:/-]+)\}")
Context = dict[str, Any]
Policy = dict[str, Any]


@dataclass(frozen=True)
class Caller:
    """Who asks: the ARN that IAM sees, its kind and account."""

    arn: str
    kind: str
    account: str
    context: Context = field(default_factory=dict)


def service(name: str, source_account: str, source_arn: str) -> Caller:
    """A service of AWS that acts for somebody's resource."""
    context = {"aws:sourceaccount": source_account, "aws:sourcearn": source_arn, "aws:principalisawsservice": "true", "aws:principalservicename": name}
    return Caller(name, "Service", "", context)


def session(role: str) -> Caller:
    """What a service has become by assuming a role."""
    return Caller(session_of(role), "AssumedRole", role.split(":")[4])


def install() -> None:
    wrap(iam_evaluator, "evaluate_trust_policy", _trusts)
    wrap(iam_evaluator, "_resource_policy", _resource_policy)


def _resource_policy(original: Any, service_name: str, arn: str) -> Any:
    """A role's trust policy is its resource policy: in one account its naming the caller is enough, across accounts both sides must allow."""
    role = role_at(arn) if service_name == "sts" else None
    if role is None:
        return original(service_name, arn)
    statements = [{**statement, "Resource": "*"} for statement in _statements(role["AssumeRolePolicyDocument"])]
    return {"Statement": statements}, arn.split(":")[4]


def role_at(arn: str) -> dict[str, Any] | None:
    """The role of this ARN, its path included, whichever account it is in."""
    parts = arn.split(":")
    role = iam._roles.get_scoped(parts[4], None, arn.rsplit("/", 1)[-1]) if len(parts) == 6 else None
    return role if role and role["Arn"] == arn else None


def may_assume(caller: Caller, arn: str, context: Context | None = None) -> bool:
    """Whether the caller may become a role: its trust policy, and the caller's own policies unless the trust of its own account names it."""
    role = role_at(arn)
    if role is None:
        return False
    asked = _asked(caller, "sts:AssumeRole", arn, context)
    if not _weigh(role["AssumeRolePolicyDocument"], asked, accounts_count=True):
        return False
    if caller.kind == "Service":
        return True
    decision = decide(caller, "sts:AssumeRole", arn, context)
    named = caller.account == arn.split(":")[4] and _weigh(role["AssumeRolePolicyDocument"], asked, accounts_count=False)
    return decision == "Allow" or (named and decision != "Deny")


def decide(caller: Caller, action: str, resource: str | None, context: Context | None = None) -> str:
    """Allow, Deny or ImplicitDeny, by the caller's own policies and boundary. Without a resource, any will do."""
    if caller.kind == "Root":
        return "Allow"
    user = caller.kind == "User"
    name = caller.arn.split("/")[-1 if user else 1]
    policies = (iam_evaluator._gather_user_policies if user else iam_evaluator._gather_role_policies)(name, caller.account)
    limits = iam_evaluator._permissions_boundary(iam._users if user else iam._roles, name, caller.account)
    if resource is None:
        policies, limits = [_anywhere(policy) for policy in policies], [[_anywhere(policy) for policy in limit] for limit in limits]
    decision: str = iam_evaluator.evaluate(_asked(caller, action, resource or "*", context), policies, *limits).decision
    return decision


def refusal(caller: Caller, action: str, resource: str | None, decision: str) -> str:
    """IAM's message."""
    why = "with an explicit deny in an identity-based policy" if decision == "Deny" else f"because no identity-based policy or boundary allows the {action} action"
    return f"User: {caller.arn} is not authorized to perform: {action} on resource: {resource or '*'} {why}"


def _anywhere(statements: list[Any]) -> list[Any]:
    """Statements that allow something somewhere, as if it were everywhere and on no condition; denials of single resources are left out."""
    everywhere = [statement for statement in statements if statement.effect == "Allow" or "*" in statement.resources]
    return [iam_evaluator.ParsedStatement(statement.sid, statement.effect, statement.actions, statement.not_actions, ["*"], [],
                                          {} if statement.effect == "Allow" else statement.conditions)
            for statement in everywhere]


def _asked(caller: Caller, action: str, resource: str, context: Context | None) -> Any:
    sent = {key.lower(): value for key, value in {**caller.context, **(context or {})}.items()}
    tags = (role_at(role_of(caller.arn)) or {}).get("Tags", []) if caller.kind == "AssumedRole" else []
    return iam_evaluator.EvalContext(
        principal_arn=caller.arn, principal_type=caller.kind, principal_account=caller.account, action=action, resource_arn=resource, region=region(),
        source_ip="52.94.0.1", secure_transport=True, service_context={"aws:tagkeys": None, "aws:viaawsservice": "false", **sent},
        principal_keys={f"aws:principaltag/{tag['Key'].lower()}": tag["Value"] for tag in tags})


def _trusts(original: Any, document: Any, caller_arn: str, asked: Any = None) -> bool:
    """For sts:AssumeRole; web identities are left to ministack."""
    if asked is None or asked.action == "sts:AssumeRoleWithWebIdentity":
        return bool(original(document, caller_arn, asked))
    return _weigh(document, asked, accounts_count=True)


def _weigh(document: Any, asked: Any, accounts_count: bool) -> bool:
    """Whether a trust policy lets the caller in."""
    if asked.principal_type == "Root" and asked.principal_account != asked.resource_arn.split(":")[4]:
        return False  # roles may not be assumed by root users; at home the driver stands for an administrator
    effects = {statement["Effect"] for statement in _statements(document) if _applies(statement, asked, accounts_count)}
    return effects == {"Allow"}


def _applies(statement: Policy, asked: Any, accounts_count: bool) -> bool:
    actions, excluded = _listed(statement.get("Action")), _listed(statement.get("NotAction"))
    return (iam_evaluator._action_matches(asked.action, actions, excluded) and _names(statement.get("Principal"), asked, accounts_count)
            and iam_evaluator._conditions_met(_filled(statement.get("Condition", {}), asked), asked))


def _filled(conditions: Any, asked: Any) -> Any:
    """Conditions with the values of policy variables, which ministack leaves as they are; one without a value matches nothing."""
    def value(variable: Any) -> str:
        return str(iam_evaluator._resolve_condition_key(variable[1], asked) or variable[0])

    return json.loads(_VARIABLE.sub(value, json.dumps(conditions)))


def _names(principal: Any, asked: Any, accounts_count: bool) -> bool:
    if principal == "*":
        return True
    if not isinstance(principal, dict):
        return False
    if asked.principal_type == "Service":
        return asked.principal_arn in _listed(principal.get("Service"))
    return any(_is(name, asked, accounts_count) for name in _listed(principal.get("AWS")))


def _is(name: str, asked: Any, accounts_count: bool) -> bool:
    if name == "*":
        return True
    parts = name.split(":")
    owner = name if len(parts) == 1 else parts[4] if name.endswith(":root") else None
    if owner is not None:
        return accounts_count and owner == asked.principal_account
    return name in (asked.principal_arn, role_of(asked.principal_arn))


def _statements(document: Any) -> Iterator[Policy]:
    parsed = json.loads(document) if isinstance(document, str) else document
    listed = (parsed or {}).get("Statement", [])
    yield from [listed] if isinstance(listed, dict) else listed


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def caller_of_request() -> Caller:
    """Who calls the API now, as ministack has authenticated it."""
    arn = iam_evaluator.caller_arn()
    kind = "Root" if arn.endswith(":root") else "AssumedRole" if ":assumed-role/" in arn else "User"
    return Caller(arn, kind, account())
