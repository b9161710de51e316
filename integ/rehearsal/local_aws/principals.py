"""Principals as IAM sees them: `aws:PrincipalArn` of a role, and principals in policies that must exist."""
import re
from collections.abc import Iterator
from typing import Any

from .emulator import account, iam, iam_evaluator, wrap

_SESSION = re.compile(r"arn:(aws[\w-]*):sts::(\d{12}):assumed-role/([^/]+)/.+")
_ROLE = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):role/(?!aws-service-role/)(.+)")

#: Type → the properties that hold a policy with principals. AWS refuses one that names a role which does not exist.
_POLICIES = {
    "AWS::CodeArtifact::Domain": ["PermissionsPolicyDocument"],
    "AWS::CodeArtifact::Repository": ["PermissionsPolicyDocument"],
    "AWS::EC2::VPCEndpoint": [],  # takes any principal
    "AWS::IAM::Role": ["AssumeRolePolicyDocument"],
    "AWS::KMS::Key": ["KeyPolicy"],
    "AWS::S3::BucketPolicy": ["PolicyDocument"],
    "AWS::SNS::TopicPolicy": ["PolicyDocument"],
    "AWS::SQS::QueuePolicy": ["PolicyDocument"],
}


def install() -> None:
    wrap(iam_evaluator, "_resolve_condition_key", _resolve)


def _resolve(original: Any, key: str, context: Any) -> Any:
    """ministack gives the session's ARN; AWS gives the role's, with its path."""
    if key.lower() == "aws:principalarn":
        return role_of(context.principal_arn)
    return original(key, context)


def role_of(arn: str) -> str:
    """The ARN of the role that a session is of; other ARNs unchanged."""
    session = _SESSION.fullmatch(arn)
    if not session:
        return arn
    role = iam._roles.get_scoped(session[2], None, session[3])
    return role["Arn"] if role else f"arn:{session[1]}:iam::{session[2]}:role/{session[3]}"


def session_of(role: str) -> str:
    """A session of a role, as CloudFormation has one."""
    parts = role.split(":")
    return f"arn:{parts[1]}:sts::{parts[4]}:assumed-role/{parts[5].rsplit('/', 1)[-1]}/AWSCloudFormation"


def check_principals(resource_type: str, properties: dict[str, Any]) -> list[str]:
    """Roles of this account that a resource's policy names as principals and that do not exist."""
    faults = []
    for name in _POLICIES.get(resource_type, []):
        faults += [f"#/{name}: invalid principal in policy: {arn}" for arn in _named(properties.get(name)) if not _exists(arn)]
    return faults


def _named(policy: Any) -> Iterator[str]:
    statements = policy.get("Statement", []) if isinstance(policy, dict) else []
    for statement in statements if isinstance(statements, list) else [statements]:
        for element in ("Principal", "NotPrincipal"):
            principal = statement.get(element)
            named = principal.get("AWS", []) if isinstance(principal, dict) else []
            yield from [named] if isinstance(named, str) else named


def _exists(arn: str) -> bool:
    role = _ROLE.fullmatch(arn)
    if not role or role[1] != account():
        return True
    record = iam._roles.get(role[2].rsplit("/", 1)[-1])
    return record is not None and record["Arn"] == arn
