"""Reading objects for somebody: templates, which CloudFormation, Service Catalog and SageMaker fetch as whoever names them, and seed code."""
import json
from typing import Any
from urllib.parse import unquote, urlparse

from .emulator import iam_evaluator, region, s3
from .principals import role_of
from .roles import Caller, decide, refusal

Context = dict[str, Any]


class Unreadable(ValueError):
    """What was named does not exist, or may not be read by whom it was named."""


def place_of(url: str) -> tuple[str, str]:
    """Bucket and key of an address of S3, with the bucket in the host or after it."""
    address = urlparse(url)
    host, path = address.hostname or "", unquote(address.path.lstrip("/"))
    bucket, found, domain = host.partition(".s3.")
    if address.scheme == "https" and found and domain.endswith("amazonaws.com"):
        return bucket, path
    if address.scheme == "https" and host.startswith("s3.") and host.endswith("amazonaws.com"):
        bucket, _, path = path.partition("/")
        return bucket, path
    raise Unreadable(f"{url} is not an address of S3")


def read(caller: Caller, bucket: str, key: str, context: Context | None = None) -> bytes:
    """The object, if its reader may have it by its own policies or the bucket's. A bucket's key is not weighed."""
    found: bytes | None = s3._get_object_data(bucket, key)
    if found is None:
        raise Unreadable(f"The specified {'key' if bucket in s3._buckets else 'bucket'} does not exist: {bucket}/{key}")
    arn = f"arn:aws:s3:::{bucket}/{key}"
    own, theirs = decide(caller, "s3:GetObject", arn, context), _by_the_bucket(caller, bucket, arn, context)
    if theirs == "Deny":
        raise Unreadable(f"{role_of(caller.arn)} is not authorized to perform: s3:GetObject on resource: {arn} with an explicit deny in a resource-based policy")
    if own == "Deny" or "Allow" not in (own, theirs):
        raise Unreadable(refusal(caller, "s3:GetObject", arn, own))
    return found


def _by_the_bucket(caller: Caller, bucket: str, arn: str, context: Context | None) -> str:
    policy = s3._bucket_policies.get(bucket)
    if not policy:
        return "ImplicitDeny"
    asked = iam_evaluator.EvalContext(
        principal_arn=caller.arn, principal_type=caller.kind, principal_account=caller.account, action="s3:GetObject", resource_arn=arn, region=region(),
        source_ip="52.94.0.1", secure_transport=True,
        service_context={"aws:viaawsservice": "false", "aws:principalisawsservice": "false", "aws:principalaccount": caller.account, **(context or {})})
    decision: str = iam_evaluator.evaluate_resource_policy(json.loads(policy) if isinstance(policy, str) else policy, asked).decision
    return decision
