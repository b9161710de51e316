"""Small resources that tests put together."""
from typing import Any

Resource = dict[str, Any]


def resource(resource_type: str, *, depends_on: str | None = None, **properties: Any) -> Resource:
    return {"Type": resource_type, "Properties": properties, **({"DependsOn": depends_on} if depends_on else {})}


def ref(name: str) -> Resource:
    return {"Ref": name}


def attribute(name: str, of: str) -> Resource:
    return {"Fn::GetAtt": [name, of]}


def policy(*statements: Resource) -> Resource:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def trust(service: str) -> Resource:
    return policy({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def network() -> dict[str, Resource]:
    """A VPC with a subnet in each of two zones."""
    subnets = {f"Subnet{zone}": resource("AWS::EC2::Subnet", VpcId=ref("Vpc"), CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"eu-west-1{zone.lower()}")
               for index, zone in enumerate("AB")}
    return {"Vpc": resource("AWS::EC2::VPC", CidrBlock="10.0.0.0/16"), **subnets}


def domain(**properties: Any) -> dict[str, Resource]:
    """A Studio domain with its role in a network of its own."""
    given = {"DomainName": "test", "AuthMode": "IAM", "VpcId": ref("Vpc"), "SubnetIds": [ref("SubnetA"), ref("SubnetB")],
             "HomeEfsFileSystemCreation": "Disabled", "DefaultUserSettings": {"ExecutionRole": attribute("Role", "Arn")}, **properties}
    return {**network(), "Role": resource("AWS::IAM::Role", AssumeRolePolicyDocument=trust("sagemaker.amazonaws.com")), "Domain": resource("AWS::SageMaker::Domain", **given)}


def user(**properties: Any) -> Resource:
    return resource("AWS::SageMaker::UserProfile", DomainId=ref("Domain"), UserProfileName="alice", **properties)
