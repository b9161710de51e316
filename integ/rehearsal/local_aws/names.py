"""Names that are taken: ministack's own providers overwrite what exists under a name, AWS refuses."""
from collections.abc import Callable
from typing import Any

from .emulator import account, iam, kms, lambda_svc, logs, s3, ssm

Properties = dict[str, Any]

#: Type → the property with the name, and whether there is such a thing.
_TAKEN: dict[str, tuple[str, Callable[[str], bool]]] = {
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", lambda name: any(policy["PolicyName"] == name for policy in iam._policies.values())),
    "AWS::IAM::Role": ("RoleName", lambda name: name in iam._roles),
    "AWS::KMS::Alias": ("AliasName", lambda name: kms._alias_arn(name) in kms._aliases),
    "AWS::Lambda::Function": ("FunctionName", lambda name: name in lambda_svc._functions),
    "AWS::Logs::LogGroup": ("LogGroupName", lambda name: name in logs._log_groups),
    "AWS::S3::Bucket": ("BucketName", lambda name: any(key[-1] == name for key in s3._buckets._data)),
    "AWS::SSM::Parameter": ("Name", lambda name: name in ssm._parameters),
}


def check_name(resource_type: str, properties: Properties) -> list[str]:
    """Nothing, or that there is one of this name already, whoever made it."""
    name_property, taken = _TAKEN.get(resource_type, ("", lambda _: False))
    name = properties.get(name_property)
    if not isinstance(name, str) or not taken(name):
        return []
    return [f"#/{name_property}: {name} already exists in account {account()} (HandlerErrorCode: AlreadyExists)"]
