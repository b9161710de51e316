"""Network interfaces that AWS services put into subnets: what holds a subnet or a security group, though no template names it."""
from collections.abc import Iterable
from typing import Any

from .emulator import ec2, hexadecimal, wrap_ec2_action


def attach(owner: str, subnet: str, groups: Iterable[str], description: str) -> str:
    """An interface that a service makes for `owner` (an id by which it is found again)."""
    record = ec2._subnets.get(subnet, {})
    interface = f"eni-{hexadecimal(17)}"
    ec2._network_interfaces[interface] = {
        "NetworkInterfaceId": interface, "SubnetId": subnet, "VpcId": record.get("VpcId", ""), "AvailabilityZone": record.get("AvailabilityZone", ""),
        "Description": description, "OwnerId": record.get("OwnerId", ""), "Status": "in-use", "PrivateIpAddress": "10.0.0.10",
        "InterfaceType": "interface", "SourceDestCheck": True, "MacAddress": "02:00:00:00:00:00", "RequesterManaged": True, "RehearsalOwner": owner,
        "Groups": [{"GroupId": group, "GroupName": ec2._security_groups.get(group, {}).get("GroupName", group)} for group in groups],
        "Attachment": None,
    }
    return interface


def detach(owner: str) -> None:
    """All interfaces of an owner go."""
    for interface in [name for name, record in ec2._network_interfaces.items() if record.get("RehearsalOwner") == owner]:
        ec2._network_interfaces.pop(interface, None)


def places_of(owner: str) -> set[tuple[str, ...]]:
    """Where an owner has interfaces: subnet and groups of each."""
    return {(record["SubnetId"], *sorted(entry["GroupId"] for entry in record["Groups"]))
            for record in ec2._network_interfaces.values() if record.get("RehearsalOwner") == owner}


def in_subnet(subnet: str) -> list[str]:
    return [_named(record) for record in ec2._network_interfaces.values() if record["SubnetId"] == subnet]


def in_group(group: str) -> list[str]:
    return [_named(record) for record in ec2._network_interfaces.values() if group in [entry["GroupId"] for entry in record["Groups"]]]


def _named(record: dict[str, Any]) -> str:
    return f"{record['NetworkInterfaceId']} ({record['Description']})"


def install() -> None:
    """DescribeNetworkInterfaces with the filters that people use; ministack answers all of them with everything."""
    wrap_ec2_action("DescribeNetworkInterfaces", _describe)


def _describe(original: Any, parameters: dict[str, Any]) -> Any:
    filters = ec2._parse_filters(parameters)
    hidden = {name: record for name, record in ec2._network_interfaces.items() if not _passes(record, filters)}
    for name in hidden:
        ec2._network_interfaces.pop(name)
    try:
        return original(parameters)
    finally:
        for name, record in hidden.items():
            ec2._network_interfaces[name] = record


def _passes(record: dict[str, Any], filters: dict[str, list[str]]) -> bool:
    values = {
        "vpc-id": [record["VpcId"]], "subnet-id": [record["SubnetId"]], "group-id": [entry["GroupId"] for entry in record["Groups"]],
        "description": [record["Description"]], "status": [record["Status"]], "network-interface-id": [record["NetworkInterfaceId"]],
    }
    return all(set(wanted) & set(values.get(name, [])) for name, wanted in filters.items())
