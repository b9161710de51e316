"""The home file system that SageMaker makes with a domain, and leaves behind: mount targets and two security groups that
refer to each other, all outside of CloudFormation's sight and all in the way of the VPC's deletion."""
import json
import time
from typing import Any

from .. import interfaces
from ..delayed import after_a_while
from ..emulator import ec2, efs, wrap
from ..records import Record

TAG = "ManagedByAmazonSageMakerResource"
_NFS = 2049


def install() -> None:
    wrap(efs, "_create_mount_target", _create_mount_target)
    wrap(efs, "_delete_mount_target", _delete_mount_target)


def create(domain: Record) -> None:
    """Called with the domain; its attribute HomeEfsFileSystemId names the file system."""
    properties, domain_id = domain.properties, domain.identifier["DomainId"]
    tags = [{"Key": TAG, "Value": domain.attributes["DomainArn"]}]
    file_system = _answer(efs._create_file_system({"CreationToken": domain_id, "Encrypted": True, "KmsKeyId": properties.get("KmsKeyId", ""), "Tags": tags}))
    domain.attributes["HomeEfsFileSystemId"] = file_system["FileSystemId"]
    efs._file_systems[file_system["FileSystemId"]]["CreationTime"] = time.time()  # ministack cuts it to the second, before its own request
    inbound, outbound = (_group(f"security-group-for-{direction}-nfs-{domain_id}", properties["VpcId"], tags) for direction in ("inbound", "outbound"))
    ec2._security_groups[inbound]["IpPermissions"].append(_nfs_with(outbound))
    ec2._security_groups[outbound]["IpPermissionsEgress"].append(_nfs_with(inbound))
    for subnet in properties["SubnetIds"]:
        _answer(efs._create_mount_target({"FileSystemId": file_system["FileSystemId"], "SubnetId": subnet, "SecurityGroups": [inbound]}))


def delete(domain: Record) -> None:
    """DeleteDomain with the retention policy Delete: the file system and its mount targets go, the security groups stay."""
    file_system = domain.attributes.get("HomeEfsFileSystemId")
    for target in [name for name, target in efs._mount_targets.items() if target["FileSystemId"] == file_system]:
        interfaces.detach(target)
        efs._mount_targets.pop(target)
    efs._file_systems.pop(file_system, None)


def _group(name: str, vpc: str, tags: list[dict[str, str]]) -> str:
    group: str = ec2._new_sg_id()
    ec2._security_groups[group] = {
        "GroupId": group, "GroupName": name, "Description": "[DO NOT DELETE] created by SageMaker", "VpcId": vpc,
        "OwnerId": ec2.get_account_id(), "IpPermissions": [], "IpPermissionsEgress": [],
    }
    ec2._tags[group] = tags
    return group


def _nfs_with(group: str) -> dict[str, Any]:
    return {"IpProtocol": "tcp", "FromPort": _NFS, "ToPort": _NFS, "IpRanges": [], "Ipv6Ranges": [], "PrefixListIds": [],
            "UserIdGroupPairs": [{"GroupId": group, "UserId": ec2.get_account_id()}]}


def _create_mount_target(original: Any, body: dict[str, Any]) -> Any:
    answer = original(body)
    if answer[0] == 200:
        target = json.loads(answer[2])["MountTargetId"]
        interfaces.attach(target, body["SubnetId"], body.get("SecurityGroups", []), f"EFS mount target for {body['FileSystemId']} ({target})")
    return answer


def _delete_mount_target(original: Any, target: str) -> Any:
    """As on AWS: `deleting` for a while, during which it holds its file system, subnet and security groups."""
    record = efs._mount_targets.get(target)
    if record is None or record["LifeCycleState"] == "deleting":
        return original(target) if record is None else efs._json(204, {})
    record["LifeCycleState"] = "deleting"

    def gone() -> None:
        original(target)
        interfaces.detach(target)

    after_a_while(gone)
    return efs._json(204, {})


def _answer(response: Any) -> dict[str, Any]:
    status, _, body = response
    if status >= 300:
        raise ValueError(body.decode() if isinstance(body, bytes) else str(body))
    answer: dict[str, Any] = json.loads(body)
    return answer
