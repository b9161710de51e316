"""What roles and managed policies take of whoever deploys them: with the permissions boundary, which decides about both.

Actions are those of the registry's handlers; condition keys and resources are those of
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
"""
from collections.abc import Callable, Iterator
from typing import Any

from .emulator import account, iam
from .required_permissions import Named, Permission, Properties, request_tags


def _arn(kind: str, properties: Properties, name: str) -> str:
    return f"arn:aws:iam::{account()}:{kind}{properties.get('Path', '/')}{name}"


def _bounded(boundary: Any) -> dict[str, Any]:
    return {"iam:PermissionsBoundary": boundary} if isinstance(boundary, str) else {}


def _role(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
    called = name("RoleName")
    arn, now = _arn("role", properties, called), properties.get("PermissionsBoundary")
    if operation == "create":
        yield Permission("iam:CreateRole", arn, {**request_tags(properties), **_bounded(now)})
    if operation == "update":
        yield Permission("iam:UpdateRole", arn)
        yield Permission("iam:UpdateAssumeRolePolicy", arn)
        if isinstance(now, str) and now != (iam._roles.get(called) or {}).get("PermissionsBoundary"):
            yield Permission("iam:PutRolePermissionsBoundary", arn, _bounded(now))
    if operation == "delete":
        yield Permission("iam:DeleteRole", arn)
        return
    if request_tags(properties):
        yield Permission("iam:TagRole", arn, request_tags(properties))
    for attached in properties.get("ManagedPolicyArns", []):
        yield Permission("iam:AttachRolePolicy", arn, {"iam:PolicyARN": attached, **_bounded(now)})
    for _ in properties.get("Policies", []):
        yield Permission("iam:PutRolePolicy", arn, _bounded(now))
    yield Permission("iam:GetRole", arn)


def _policy(operation: str, properties: Properties, name: Named) -> Iterator[Permission]:
    arn = _arn("policy", properties, name("ManagedPolicyName"))
    yield from (Permission(f"iam:{action}", arn) for action in {
        "create": ("CreatePolicy", "GetPolicy"), "update": ("CreatePolicyVersion", "ListPolicyVersions", "GetPolicy"),
        "delete": ("ListPolicyVersions", "ListEntitiesForPolicy", "DeletePolicy")}[operation])
    for called in properties.get("Roles", []):
        role = iam._roles.get(called)
        if role:
            yield Permission(f"iam:{'DetachRolePolicy' if operation == 'delete' else 'AttachRolePolicy'}", role["Arn"],
                             {"iam:PolicyARN": arn, **_bounded(role.get("PermissionsBoundary"))})


KNOWN: dict[str, Callable[[str, Properties, Named], Iterator[Permission]]] = {"AWS::IAM::ManagedPolicy": _policy, "AWS::IAM::Role": _role}
