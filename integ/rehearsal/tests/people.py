"""Roles and users that tests put into accounts."""
import json
from itertools import count
from typing import Any

from .local import client
from .templates import policy

Statement = dict[str, Any]

_numbers = count(1)


def allow(action: str | list[str], resource: str | list[str] = "*", **condition: Any) -> Statement:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **({"Condition": condition} if condition else {})}


def trusting(principal: dict[str, Any] | str, action: str | list[str] = "sts:AssumeRole", effect: str = "Allow", **condition: Any) -> Statement:
    return {"Effect": effect, "Principal": principal, "Action": action, **({"Condition": condition} if condition else {})}


def role(account: str, name: str, trust: Statement | list[Statement], *statements: Statement, path: str = "/", boundary: str | None = None) -> str:
    """A role, made anew when there is one; its ARN."""
    iam = client("iam", account)
    try:
        for inline in iam.list_role_policies(RoleName=name)["PolicyNames"]:
            iam.delete_role_policy(RoleName=name, PolicyName=inline)
        iam.delete_role(RoleName=name)
    except iam.exceptions.NoSuchEntityException:
        pass
    document = policy(*(trust if isinstance(trust, list) else [trust]))
    given = {"PermissionsBoundary": boundary} if boundary else {}
    arn: str = iam.create_role(RoleName=name, Path=path, AssumeRolePolicyDocument=json.dumps(document), **given)["Role"]["Arn"]
    if statements:
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(policy(*statements)))
    return arn


def managed_policy(account: str, name: str, *statements: Statement) -> str:
    arn: str = client("iam", account).create_policy(PolicyName=name, PolicyDocument=json.dumps(policy(*statements)))["Policy"]["Arn"]
    return arn


def user(account: str, name: str, *statements: Statement) -> dict[str, str]:
    """Credentials of a user, for `client`."""
    iam = client("iam", account)
    iam.create_user(UserName=name)
    iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=json.dumps(policy(*statements)))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}


def person(account: str, *statements: Statement) -> dict[str, str]:
    """Credentials of somebody who may do this and nothing else; as many as one likes."""
    return user(account, f"person-{next(_numbers)}", *statements)
