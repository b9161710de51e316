"""Refuses references to nothing: logical ids in a template, and roles, subnets, groups and keys that do not exist."""
import re
from collections.abc import Iterator
from typing import Any

from .emulator import NATIVE_TYPES, account, ec2, iam, kms, region

_ROLE = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):role/(?!aws-service-role/)(?:.*/)?([^/]+)")
_POLICY = re.compile(r"arn:aws[\w-]*:iam::(\d{12}):policy/.+")
_KEY = re.compile(r"arn:aws[\w-]*:kms:([\w-]+):(\d{12}):key/(.+)")
_NETWORK = re.compile(r"(vpc|subnet|sg|rtb|vpce)-[0-9a-f]{8,17}")
_VARIABLE = re.compile(r"\$\{([^!}][^}]*)\}")

#: Properties in which a native type names a resource that must exist. A document that merely mentions one (a policy) may
#: name what does not exist yet; the types that are generated from a schema are searched whole.
_NAMING = re.compile(r"Role|RoleArn|Roles|ServiceRole|PermissionsBoundary|ManagedPolicyArns|VpcId|SubnetIds?|SecurityGroupIds?|GroupId|RouteTableIds?|"
                     r"VpcConfig|KmsKeyId|KMSMasterKeyID|TargetKeyId")
#: Documents in which a resource may be named that does not exist.
_DOCUMENT = re.compile(r".*Policy(Document)?|Content|Tags")


class UnresolvedReferences(ValueError):
    """CloudFormation's own message for a template that refers to nothing."""

    def __init__(self, names: set[str]):
        super().__init__(f"Template format error: Unresolved resource dependencies [{', '.join(sorted(names))}] in the Resources block of the template")


def check_template(template: dict[str, Any]) -> None:
    """Ref, Fn::GetAtt, Fn::Sub, DependsOn and Condition of a template must name something in it."""
    resources = template.get("Resources") or {}
    known = set(resources) | set(template.get("Parameters") or {})
    named = set(_names_in(template.get("Outputs")))
    for resource in resources.values():
        named |= set(_names_in(resource.get("Properties")))
        depends_on = resource.get("DependsOn") or []
        named |= {depends_on} if isinstance(depends_on, str) else set(depends_on)
    unresolved = {name for name in named if name not in known and not name.startswith("AWS::")}
    conditions = {resource["Condition"] for resource in resources.values() if "Condition" in resource} - set(template.get("Conditions") or {})
    if unresolved | conditions:
        raise UnresolvedReferences(unresolved | conditions)


def _names_in(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for entry in value:
            yield from _names_in(entry)
    if not isinstance(value, dict):
        return
    for key, entry in value.items():
        if key == "Ref" and isinstance(entry, str):
            yield entry
        elif key == "Fn::GetAtt":
            yield entry[0] if isinstance(entry, list) else str(entry).split(".")[0]
        elif key == "Fn::Sub":
            text, variables = entry if isinstance(entry, list) else (entry, {})
            yield from (name.split(".")[0] for name in _VARIABLE.findall(text) if name not in variables)
            yield from _names_in(variables)
        else:
            yield from _names_in(entry)


def check_values(resource_type: str, properties: dict[str, Any]) -> list[str]:
    """What the resolved properties name and this account and region do not have."""
    native = resource_type in NATIVE_TYPES
    named = {name: value for name, value in properties.items() if _NAMING.fullmatch(name)} if native else properties
    faults = list(_missing(named, "#"))
    if native and resource_type.startswith("AWS::IAM::"):
        roles = [role for role in properties.get("Roles", []) if isinstance(role, str) and role not in iam._roles]
        faults += [f"#/Roles: the role with name {role} cannot be found" for role in roles]
    return faults


def _missing(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, entry in value.items():
            if not _DOCUMENT.fullmatch(name):
                yield from _missing(entry, f"{path}/{name}")
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _missing(entry, f"{path}/{index}")
    elif isinstance(value, str) and not _exists(value):
        yield f"{path}: {value} does not exist"


def _exists(value: str) -> bool:
    if (role := _ROLE.fullmatch(value)) and role[1] == account():
        record = iam._roles.get(role[2])
        return record is not None and record["Arn"] == value
    if (policy := _POLICY.fullmatch(value)) and policy[1] == account():
        return value in iam._policies
    if (key := _KEY.fullmatch(value)) and (key[1], key[2]) == (region(), account()):
        return key[3] in kms._keys and kms._keys[key[3]]["KeyState"] != "PendingDeletion"
    if network := _NETWORK.fullmatch(value):
        store = {"vpc": ec2._vpcs, "subnet": ec2._subnets, "sg": ec2._security_groups, "rtb": ec2._route_tables, "vpce": ec2._vpc_endpoints}[network[1]]
        return value in store
    return True
