"""What AWS refuses to delete while something still needs it.

CloudFormation orders deletions by the references in a template. What a template does not say (a name written as a string, an
app that a person started, a group that a service made) stops a deletion on AWS, and so it does here.
"""
import json
from collections.abc import Callable, Iterator
from typing import Any

from . import interfaces
from .emulator import AccountRegionScopedDict, ec2, iam, s3, wrap_ec2_action

Properties = dict[str, Any]

#: `type|Ref|logical id` → what CloudFormation has deployed, native types and records alike.
DEPLOYED = AccountRegionScopedDict()

#: Type → the types that hold one of it by naming it in their properties.
_HELD_BY = {
    "AWS::CodeArtifact::Domain": ["AWS::CodeArtifact::Repository"],
    "AWS::EC2::DHCPOptions": ["AWS::EC2::VPCDHCPOptionsAssociation"],
    "AWS::EC2::EIP": ["AWS::EC2::NatGateway"],
    "AWS::EC2::InternetGateway": ["AWS::EC2::VPCGatewayAttachment"],
    "AWS::EC2::RouteTable": ["AWS::EC2::SubnetRouteTableAssociation"],
    "AWS::EC2::Subnet": ["AWS::EC2::NatGateway", "AWS::EC2::VPCEndpoint", "AWS::NetworkFirewall::Firewall"],
    "AWS::EC2::VPC": ["AWS::EC2::VPCEndpoint", "AWS::EC2::NatGateway", "AWS::EC2::VPCGatewayAttachment", "AWS::NetworkFirewall::Firewall"],
    "AWS::NetworkFirewall::FirewallPolicy": ["AWS::NetworkFirewall::Firewall"],
    "AWS::NetworkFirewall::RuleGroup": ["AWS::NetworkFirewall::FirewallPolicy"],
    "AWS::SageMaker::StudioLifecycleConfig": ["AWS::SageMaker::Domain", "AWS::SageMaker::UserProfile"],
    "AWS::ServiceCatalog::CloudFormationProduct": ["AWS::ServiceCatalog::PortfolioProductAssociation", "AWS::ServiceCatalog::LaunchRoleConstraint"],
    "AWS::ServiceCatalog::Portfolio": [
        "AWS::ServiceCatalog::PortfolioProductAssociation", "AWS::ServiceCatalog::PortfolioPrincipalAssociation", "AWS::ServiceCatalog::LaunchRoleConstraint"],
}


def deployed(resource_type: str, ref: str, logical_id: str | None, stack: str, properties: Properties) -> None:
    """CloudFormation has made or changed a resource; ministack does not say every update's logical id."""
    key = f"{resource_type}|{ref}"
    known = DEPLOYED.get(key) or {"logicalId": None}
    DEPLOYED[key] = {"type": resource_type, "ref": ref, "logicalId": logical_id or known["logicalId"], "stack": stack, "properties": properties}


def replaced(resource_type: str, before: str, after: str) -> None:
    """CloudFormation has made another in its place."""
    known = DEPLOYED.pop(f"{resource_type}|{before}", None)
    if known:
        DEPLOYED[f"{resource_type}|{after}"] = known


def stack_of(resource_type: str, ref: str) -> str | None:
    """The stack that deployed a resource."""
    return (DEPLOYED.get(f"{resource_type}|{ref}") or {}).get("stack")


def gone(resource_type: str, ref: str) -> None:
    """CloudFormation has deleted a resource."""
    DEPLOYED.pop(f"{resource_type}|{ref}", None)


def check_deletion(resource_type: str, ref: str) -> None:
    """Refuse, naming what is in the way."""
    special = _SPECIAL.get(resource_type)
    in_the_way = [*_naming(resource_type, ref), *(special(ref) if special else [])]
    if in_the_way:
        raise ValueError(f"{ref} has dependencies and cannot be deleted: {', '.join(in_the_way[:5])} (HandlerErrorCode: ResourceConflict)")


def _naming(resource_type: str, ref: str) -> Iterator[str]:
    holders = _HELD_BY.get(resource_type, [])
    for other in list(DEPLOYED.values()):
        if other["type"] in holders and f'"{ref}"' in json.dumps(other["properties"], default=str):
            yield f"{other['type']} {other['ref']}"


def _holding_group(group: str) -> list[str]:
    referring = [other["GroupId"] for other in ec2._security_groups.values() if other["GroupId"] != group and group in json.dumps(_rules(other))]
    return [f"a rule of security group {other}" for other in referring] + interfaces.in_group(group)


def _rules(group: dict[str, Any]) -> list[Any]:
    return [*group.get("IpPermissions", []), *group.get("IpPermissionsEgress", [])]


def _holding_policy(arn: str) -> list[str]:
    return [f"permissions boundary of role {name}" for name, role in iam._roles.items() if role.get("PermissionsBoundary") == arn]


def _left_in_bucket(name: str) -> list[str]:
    """CloudFormation deletes no bucket with objects, versions or delete markers in it; ministack's own provider would."""
    keys = {*(s3._buckets.get(name) or {"objects": {}})["objects"], *(key for (bucket, key), versions in s3._object_versions.items() if bucket == name and versions)}
    return [f"the object {key}" for key in sorted(keys)]


_SPECIAL: dict[str, Callable[[str], list[str]]] = {
    "AWS::EC2::SecurityGroup": _holding_group,
    "AWS::EC2::Subnet": interfaces.in_subnet,
    "AWS::IAM::ManagedPolicy": _holding_policy,
    "AWS::S3::Bucket": _left_in_bucket,
}


def install() -> None:
    """The API refuses as CloudFormation does."""
    _refuse("DeleteSecurityGroup", "GroupId", _holding_group)
    _refuse("DeleteSubnet", "SubnetId", interfaces.in_subnet)


def _refuse(action: str, parameter: str, in_the_way: Callable[[str], list[str]]) -> None:
    def around(original: Any, parameters: dict[str, Any]) -> Any:
        resource = ec2._p(parameters, parameter)
        holding = in_the_way(resource)
        if holding:
            return ec2._error("DependencyViolation", f"resource {resource} has a dependent object: {', '.join(holding[:3])}", 400)
        return original(parameters)

    wrap_ec2_action(action, around)
