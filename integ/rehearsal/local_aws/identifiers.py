"""The ids and ARNs that AWS gives, where they are not simply the name."""
import re
from typing import Any

from .emulator import account, hexadecimal, provisioners, region

#: Prefix and length of the ids of types whose shape other properties are checked against.
_IDS = {
    "AWS::SageMaker::Domain": ("d-", 12),
    "AWS::EC2::DHCPOptions": ("dopt-", 17),
    "AWS::EC2::EIP": ("eipalloc-", 17),
    "AWS::EC2::FlowLog": ("fl-", 17),
    "AWS::EC2::NatGateway": ("nat-", 17),
    "AWS::EC2::SecurityGroupEgress": ("sgr-", 17),
    "AWS::EC2::SecurityGroupIngress": ("sgr-", 17),
    "AWS::ServiceCatalog::CloudFormationProduct": ("prod-", 13),
    "AWS::ServiceCatalog::Portfolio": ("port-", 13),
    "AWS::ServiceCatalog::TagOption": ("tag-", 13),
}

#: ARNs whose last part is not `kebab-case-of-the-type/id`.
_ARNS = {
    "AWS::CodeCommit::Repository": "codecommit:{region}:{account}:{name}",
    "AWS::CodePipeline::Pipeline": "codepipeline:{region}:{account}:{name}",
    "AWS::CodeArtifact::Repository": "codeartifact:{region}:{account}:repository/{DomainName}/{name}",
    "AWS::SageMaker::Endpoint": "sagemaker:{region}:{account}:endpoint/{name}",
    "AWS::SageMaker::EndpointConfig": "sagemaker:{region}:{account}:endpoint-config/{name}",
    "AWS::SageMaker::Model": "sagemaker:{region}:{account}:model/{name}",
    "AWS::SageMaker::StudioLifecycleConfig": "sagemaker:{region}:{account}:studio-lifecycle-config/{name}",
    "AWS::SageMaker::UserProfile": "sagemaker:{region}:{account}:user-profile/{DomainId}/{UserProfileName}",
    "AWS::SageMaker::Space": "sagemaker:{region}:{account}:space/{DomainId}/{SpaceName}",
    "AWS::NetworkFirewall::Firewall": "network-firewall:{region}:{account}:firewall/{name}",
    "AWS::NetworkFirewall::FirewallPolicy": "network-firewall:{region}:{account}:firewall-policy/{name}",
    "AWS::NetworkFirewall::RuleGroup": "network-firewall:{region}:{account}:stateful-rulegroup/{name}",
}
#: SageMaker writes these names in lower case in ARNs, and takes at most 63 characters.
_LOWER = {f"AWS::SageMaker::{kind}" for kind in ("Endpoint", "EndpointConfig", "Model")}
_SERVICES = {"ServiceCatalog": "catalog", "NetworkFirewall": "network-firewall", "CertificateManager": "acm"}

#: Ref is not the whole primary identifier.
REF = {"AWS::SageMaker::UserProfile": "UserProfileName"}


def new_id(resource_type: str) -> str:
    """An id in the shape of its type."""
    prefix, length = _IDS.get(resource_type) or (("cons-", 13) if resource_type.endswith("Constraint") else ("", 32))
    return prefix + hexadecimal(length)


def made_up_name(resource_type: str, stack: str, logical_id: str) -> str:
    """The name that CloudFormation gives to what has none."""
    bucket = resource_type == "AWS::S3::Bucket"
    name: str = provisioners._physical_name(stack, logical_id, lowercase=bucket, max_len=63 if bucket or resource_type in _LOWER else 128)
    return name


def arn_of(resource_type: str, name: str, identifier: dict[str, Any]) -> str:
    """The ARN of a resource of this account and region."""
    _, service, kind = resource_type.split("::")
    kebab = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", kind).lower()
    last = next((value for value in identifier.values() if isinstance(value, str)), name)
    if resource_type in _LOWER:
        name = name.lower()
    shape = _ARNS.get(resource_type, "{service}:{region}:{account}:{kebab}/{last}")
    parts = {"service": _SERVICES.get(service, service.lower()), "region": region(), "account": account(), "name": name, "kebab": kebab, "last": last}
    return "arn:aws:" + shape.format(**{**identifier, **parts})
