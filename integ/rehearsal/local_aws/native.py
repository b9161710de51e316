"""What ministack's own providers forget, and a rehearsal would miss."""
from typing import Any

from . import interfaces
from .emulator import NATIVE_TYPES, ec2, iam, s3, wrap
from .makers import stack_tags
from .schemas import attributes_of

Properties = dict[str, Any]


def install() -> None:
    wrap(s3, "_copy_object", _copied_with_checksum)


def _copied_with_checksum(original: Any, bucket: str, key: str, headers: dict[str, str]) -> Any:
    """S3 computes the checksum that a copy asks for."""
    answer = original(bucket, key, headers)
    algorithm = headers.get("x-amz-checksum-algorithm")
    if answer[0] != 200 or not algorithm:
        return answer
    copy = s3._buckets[bucket]["objects"][key]
    checksums, _ = s3._resolve_object_checksums(copy["body"], {"x-amz-sdk-checksum-algorithm": algorithm})
    for record in (copy, *(version for version in s3._object_versions.get((bucket, key), []) if version.get("version_id") == copy.get("version_id"))):
        record["checksums"] = checksums
    return answer


def after_write(resource_type: str, ref: str, properties: Properties, stack: str) -> None:
    """Called when CloudFormation has created or updated a resource."""
    if resource_type == "AWS::S3::Bucket":
        s3._bucket_tags[ref] = {**{tag["Key"]: tag["Value"] for tag in properties.get("Tags", [])}, **stack_tags(stack)}
    elif resource_type == "AWS::IAM::Role":
        iam._roles[ref]["PermissionsBoundary"] = properties.get("PermissionsBoundary")
    elif resource_type == "AWS::EC2::VPCEndpoint" and properties.get("VpcEndpointType") == "Interface":
        _renew(ref, properties.get("SubnetIds", []), properties.get("SecurityGroupIds", []), f"VPC Endpoint Interface {ref}")
    elif resource_type == "AWS::Lambda::Function" and properties.get("VpcConfig"):
        network = properties["VpcConfig"]
        _renew(ref, network.get("SubnetIds", []), network.get("SecurityGroupIds", []), f"AWS Lambda VPC ENI-{ref}")


def after_delete(resource_type: str, ref: str) -> None:
    """Called when CloudFormation has deleted a resource."""
    if resource_type in ("AWS::EC2::VPCEndpoint", "AWS::Lambda::Function"):
        interfaces.detach(ref)


def attributes(resource_type: str, properties: Properties, known: dict[str, Any] | None) -> dict[str, Any]:
    """Fn::GetAtt answers every attribute of the schema that is a property as well."""
    complete = dict(known or {})
    if resource_type in NATIVE_TYPES:
        for name in attributes_of(resource_type):
            if name not in complete and isinstance(properties.get(name), (str, int, list)):
                complete[name] = properties[name]
    return complete


def completed(resource_type: str, handler: dict[str, Any]) -> dict[str, Any]:
    """A provider of ministack's that takes what it would refuse."""
    if resource_type != "AWS::CloudWatch::Alarm":
        return handler
    taking = {
        "create": lambda logical_id, properties, *rest: handler["create"](logical_id, _one_metric(properties), *rest),
        "update": lambda ref, before, after, *rest: handler["update"](ref, _one_metric(before), _one_metric(after), *rest),
    }
    return {**handler, **{name: provider for name, provider in taking.items() if name in handler}}


def _one_metric(properties: Properties) -> Properties:
    """Metric math is beyond ministack's alarms, whose state is only ever set by hand: one metric stands for the expression."""
    metrics = properties.get("Metrics")
    if not metrics:
        return properties
    plain = {name: value for name, value in properties.items() if name != "Metrics"}
    first = next(one["MetricStat"] for one in metrics if "MetricStat" in one)
    return {**plain, "MetricName": first["Metric"]["MetricName"], "Namespace": first["Metric"]["Namespace"], "Period": first["Period"], "Statistic": "Sum"}


def _renew(owner: str, subnets: list[str], groups: list[str], description: str) -> None:
    if interfaces.places_of(owner) == {(subnet, *sorted(groups)) for subnet in subnets}:
        return
    interfaces.detach(owner)
    for subnet in subnets:
        if subnet in ec2._subnets:
            interfaces.attach(owner, subnet, groups, description)
