"""CloudFormation acts as the role that it was given. What its own policies do not allow is refused (`permissions`), and so is
what policies of buckets and keys deny it: they may shut it out, and then a stack can neither be changed nor deleted any more.

A role that does not exist stands for an administrator: StackSets' own role in a target account is one.
"""
import json
from collections.abc import Iterator, MutableMapping
from typing import Any

from . import permissions
from .emulator import AccountRegionScopedDict, account, iam_evaluator, kms, provisioners, region, s3, wrap_cloudformation_action
from .principals import session_of
from .roles import Caller, role_at, session
from .schemas import paths, schema_of, value_at

Properties = dict[str, Any]

#: Stack → the role that deploys it.
_roles: MutableMapping[str, str] = AccountRegionScopedDict()

#: Property of a bucket → what changing it takes.
_BUCKET_ACTIONS = {
    "AccelerateConfiguration": "s3:PutAccelerateConfiguration", "BucketEncryption": "s3:PutEncryptionConfiguration", "CorsConfiguration": "s3:PutBucketCORS",
    "IntelligentTieringConfigurations": "s3:PutIntelligentTieringConfiguration", "InventoryConfigurations": "s3:PutInventoryConfiguration",
    "LifecycleConfiguration": "s3:PutLifecycleConfiguration", "LoggingConfiguration": "s3:PutBucketLogging",
    "NotificationConfiguration": "s3:PutBucketNotification", "ObjectLockConfiguration": "s3:PutBucketObjectLockConfiguration",
    "OwnershipControls": "s3:PutBucketOwnershipControls", "PublicAccessBlockConfiguration": "s3:PutBucketPublicAccessBlock",
    "ReplicationConfiguration": "s3:PutReplicationConfiguration", "Tags": "s3:PutBucketTagging", "VersioningConfiguration": "s3:PutBucketVersioning",
}
#: Types that make a grant on their key for the service, on behalf of the deployer → property and service.
_GRANTING = {
    "AWS::CodeArtifact::Domain": ("EncryptionKey", "codeartifact"),
    "AWS::SageMaker::Domain": ("KmsKeyId", "sagemaker"),
}


def install() -> None:
    for action in ("CreateChangeSet", "CreateStack", "DeleteStack", "UpdateStack"):
        wrap_cloudformation_action(action, _remember)


def _remember(original: Any, parameters: Properties) -> Any:
    role, stack = (_first(parameters.get(name)) for name in ("RoleARN", "StackName"))
    if role and stack:
        _roles[stack.split("/")[1] if stack.startswith("arn:") else stack] = role
    return original(parameters)


def act_as(stack: str, role: str) -> None:
    """A stack of this account and region is deployed with a role from now on."""
    _roles[stack] = role


def role_of_stack(stack: str) -> str | None:
    return _roles.get(stack)


def caller_of_stack(stack: str) -> Caller:
    """Who calls AWS for a stack: its role, or an administrator."""
    role = role_of_stack(stack)
    return session(role) if role and exists(role) else Caller(f"arn:aws:iam::{account()}:root", "Root", account())


def exists(role: str) -> bool:
    return role_at(role) is not None


def _not_allowed(role: str, operation: str, resource_type: str, stack: str, logical_id: str | None, properties: Properties, ref: str | None) -> list[str]:
    """What the deployer's own policies do not allow."""
    if not exists(role):
        return []
    return permissions.refusals(session(role), permissions.of_resource(operation, resource_type, stack, logical_id, properties, ref))


def _is_replacement(resource_type: str, before: Properties, after: Properties) -> bool:
    schema = schema_of(resource_type) or {}
    return any(value_at(before, steps) != value_at(after, steps) for steps in paths(schema, "createOnlyProperties"))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def check_write(resource_type: str, stack: str, logical_id: str | None, before: Properties | None, after: Properties, ref: str | None) -> list[str]:
    """What the deployer, or a service on its behalf, may not do to create or update the resource."""
    role = _roles.get(stack)
    if not role:
        return []
    operation = "create" if before is None or _is_replacement(resource_type, before, after) else "update"
    if refused := _not_allowed(role, operation, resource_type, stack, logical_id, after, ref if operation == "update" else None):
        return refused
    if resource_type == "AWS::Logs::LogGroup" and after.get("KmsKeyId"):
        name = after.get("LogGroupName") or ref or provisioners._physical_name(stack, logical_id or "")
        return list(_refused_to_logs(after["KmsKeyId"], name))
    return list(_faults_of_write(resource_type, role, before, after, ref))


def check_deletion(resource_type: str, ref: str, properties: Properties, stack: str | None) -> list[str]:
    """What the deployer may not do to delete the resource."""
    role = _roles.get(stack) if stack else None
    if not role or stack is None:
        return []
    if refused := _not_allowed(role, "delete", resource_type, stack, None, properties, ref):
        return refused
    if resource_type == "AWS::S3::Bucket":
        return list(_denied_by_bucket(role, ref, ["s3:DeleteBucket", "s3:ListBucket"]))
    if resource_type == "AWS::S3::BucketPolicy":
        return list(_denied_by_bucket(role, properties["Bucket"], ["s3:DeleteBucketPolicy", "s3:GetBucketPolicy"]))
    if resource_type == "AWS::KMS::Key":
        return list(_refused_by_key(role, _key_policy(ref), _key_arn(ref), ["kms:ScheduleKeyDeletion"]))
    if resource_type == "AWS::KMS::Alias":
        return list(_refused_by_key(role, _key_policy(properties["TargetKeyId"]), properties["TargetKeyId"], ["kms:DeleteAlias"]))
    return []


def _faults_of_write(resource_type: str, role: str, before: Properties | None, after: Properties, ref: str | None) -> Iterator[str]:
    if resource_type == "AWS::S3::Bucket" and before is not None and ref:
        changed = [name for name in after.keys() | before.keys() if before.get(name) != after.get(name)]
        yield from _denied_by_bucket(role, ref, [_BUCKET_ACTIONS[name] for name in changed if name in _BUCKET_ACTIONS])
        yield from _denied_by_bucket(role, ref, _asked_by_handlers(resource_type, "read", "update"))
    elif resource_type == "AWS::S3::BucketPolicy":
        yield from _denied_by_bucket(role, after["Bucket"], ["s3:PutBucketPolicy", "s3:GetBucketPolicy"])
    elif resource_type == "AWS::KMS::Key" and before is None:
        # KMS refuses a policy that its maker could not change any more (the lock-out safety check).
        yield from _refused_by_key(role, after["KeyPolicy"], "*", ["kms:PutKeyPolicy"])
        yield from _refused_by_key(role, after["KeyPolicy"], "*", ["kms:DescribeKey", "kms:TagResource", "kms:EnableKeyRotation", "kms:GetKeyPolicy"])
    elif resource_type == "AWS::KMS::Key" and ref:
        changing = {"KeyPolicy": "kms:PutKeyPolicy", "Tags": "kms:TagResource", "EnableKeyRotation": "kms:EnableKeyRotation", "Description": "kms:UpdateKeyDescription"}
        actions = [action for name, action in changing.items() if before and before.get(name) != after.get(name)]
        yield from _refused_by_key(role, _key_policy(ref), _key_arn(ref), actions)
        yield from _refused_by_key(role, after["KeyPolicy"], _key_arn(ref), ["kms:PutKeyPolicy"])
    elif resource_type == "AWS::KMS::Alias":
        yield from _refused_by_key(role, _key_policy(after["TargetKeyId"]), after["TargetKeyId"], ["kms:CreateAlias"])
    elif resource_type in _GRANTING and after.get(_GRANTING[resource_type][0]):
        name, service = _GRANTING[resource_type]
        via = {"kms:viaservice": f"{service}.{region()}.amazonaws.com", "aws:viaawsservice": "true"}
        yield from _refused_by_key(role, _key_policy(after[name]), after[name], ["kms:DescribeKey"], via)
        yield from _refused_by_key(role, _key_policy(after[name]), after[name], ["kms:CreateGrant"], {**via, "kms:grantisforawsresource": "true"})
        if resource_type == "AWS::SageMaker::Domain":
            yield from _refused_by_key(role, _key_policy(after[name]), after[name], ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext"], via)


def _asked_by_handlers(resource_type: str, *operations: str) -> list[str]:
    """What the registry's handlers ask of a bucket: they look it up, and read all its settings, whatever is changed."""
    handlers = (schema_of(resource_type) or {}).get("handlers", {})
    asked = {action for operation in operations for action in handlers.get(operation, {}).get("permissions", [])}
    return sorted(action for action in asked if action.startswith("s3:") and action not in ("s3:DeleteObject", "s3:PutObjectAcl", "s3:ListAllMyBuckets"))


def _denied_by_bucket(role: str, bucket: str, actions: list[str]) -> Iterator[str]:
    policy = s3._bucket_policies.get(bucket)
    for action in actions:
        context = _context(role, action, f"arn:aws:s3:::{bucket}", {})
        if policy and iam_evaluator.evaluate_resource_policy(policy, context).decision == "Deny":
            yield f"{role} is not authorized to perform {action} on bucket {bucket} with an explicit deny in a resource-based policy"


def _refused_by_key(role: str, policy: Any, arn: str, actions: list[str], more: dict[str, str] | None = None) -> Iterator[str]:
    """A key policy must allow, if only by naming the account."""
    for action in actions:
        decision = iam_evaluator.evaluate_resource_policy(policy, _context(role, action, arn, more or {})).decision
        if policy is not None and decision != "Allow":
            yield f"{role} is not authorized to perform {action} on key {arn}: the key policy {'denies' if decision == 'Deny' else 'does not allow'} it"


def _refused_to_logs(key: str, name: str) -> Iterator[str]:
    """CloudWatch Logs tries the key when the group is made."""
    service, arn = f"logs.{region()}.amazonaws.com", f"arn:aws:logs:{region()}:{account()}:log-group:{name}"
    sent = {"kms:encryptioncontext:aws:logs:arn": arn, "aws:sourcearn": arn, "aws:sourceaccount": account()}
    for action in ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"):
        context = _context(f"arn:aws:iam::{account()}:role/nobody", action, key, sent)
        if iam_evaluator.evaluate_resource_policy(_of_services(_key_policy(key)), context, service=service).decision != "Allow":
            yield f"the specified KMS key does not exist or is not allowed to be used with Arn {arn} ({action} by {service})"


def _of_services(policy: Any) -> Any:
    """Only what is said to services: the statement for the account does not reach them."""
    statements = policy.get("Statement", []) if isinstance(policy, dict) else []
    return {"Statement": [statement for statement in statements if isinstance(statement.get("Principal"), dict) and "Service" in statement["Principal"]]}


def _context(role: str, action: str, resource: str, more: dict[str, str]) -> Any:
    return iam_evaluator.EvalContext(
        principal_arn=session_of(role), principal_type="AssumedRole", principal_account=role.split(":")[4], action=action, resource_arn=resource,
        region=region(), source_ip="52.94.0.1", secure_transport=True,
        # Having assumed the role, CloudFormation sends neither an endpoint nor ViaAWSService.
        service_context={"aws:viaawsservice": "false", "aws:principalisawsservice": "false", **more})


def _key_arn(key: str) -> str:
    record = kms._resolve_key(key)
    return record["Arn"] if record else key


def _key_policy(key: str) -> Any:
    record = kms._resolve_key(key)
    policy = record.get("Policy") if record else None
    return json.loads(policy) if isinstance(policy, str) else policy
