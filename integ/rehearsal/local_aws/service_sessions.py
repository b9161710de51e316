"""Services that work as roles: CodePipeline, CodeBuild, EventBridge and SageMaker's jobs have no API of their own here that would run
anything, so the driver plays them. It becomes the role as the service would, by the role's trust policy, and calls as it would: from
the service's own network, or through an endpoint of the VPC that it works in.
"""
import time
from typing import Any

from . import roles
from .emulator import account, ec2, hexadecimal, iam_evaluator, region, sts, wrap

#: Access key of a session → the S3 endpoint that its requests come through.
_THROUGH: dict[str, str] = {}


def install() -> None:
    wrap(iam_evaluator, "enforce", _enforce)


def become(said: dict[str, Any]) -> dict[str, str]:
    """`{"service", "source", "role", "vpc"?}` → credentials; refused as STS would refuse the service."""
    role = said["role"]
    if not roles.may_assume(roles.service(said["service"], account(), said["source"]), role):
        raise ValueError(f"AccessDenied: {said['service']} for {said['source']} may not assume {role}")
    key, secret, token = f"ASIA{hexadecimal(16).upper()}", hexadecimal(40), hexadecimal(64)
    parts = role.split(":")
    name = parts[5].rsplit("/", 1)[-1]
    sts.register_session(key, {
        "Arn": f"arn:{parts[1]}:sts::{parts[4]}:assumed-role/{name}/service", "UserId": f"AROA{hexadecimal(16).upper()}:service", "SecretAccessKey": secret,
        "SessionToken": token, "Expiration": time.time() + 3600, "AccountId": parts[4], "PrincipalType": "AssumedRole", "SessionTags": {}, "SessionPolicies": None,
    })
    if said.get("vpc"):
        _THROUGH[key] = _endpoint_of(said["vpc"])
    return {"key": key, "secret": secret, "token": token}


def _endpoint_of(vpc: str) -> str:
    service = f"com.amazonaws.{region()}.s3"
    found = [name for name, endpoint in ec2._vpc_endpoints.items() if endpoint["VpcId"] == vpc and endpoint["ServiceName"] == service]
    if not found:
        raise ValueError(f"{vpc} has no endpoint for S3")
    return str(found[0])


def _enforce(original: Any, access_key: str, action: str, service: str, *arguments: Any, **named: Any) -> Any:
    """S3 alone is asked through an endpoint that its policies know of."""
    endpoint = _THROUGH.get(access_key) if service == "s3" else None
    if endpoint is not None:
        named["service_context"] = {**(named.get("service_context") or {}), "aws:SourceVpce": endpoint}
    return original(access_key, action, service, *arguments, **named)
