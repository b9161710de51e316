"""Makes what programs of builds find in AWS, and says what is there afterwards: `world.py make|look <address> [name]`."""

import json
import sys
from collections.abc import Callable
from typing import Any

import boto3

REGION = "eu-west-1"
GROUP = "churn--fraud-p-abc"


def client(service: str, address: str, account: str = "") -> Any:
    """As an account: moto takes whoever has become a role of it for it."""
    who = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    if account:
        given = client("sts", address).assume_role(RoleArn=f"arn:aws:iam::{account}:role/setup", RoleSessionName="setup")["Credentials"]
        who = {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }
    return boto3.client(service, region_name=REGION, endpoint_url=address, **who)


def make(address: str) -> dict[str, Any]:
    return {**stage(address), **version(address)}


def stage(address: str) -> dict[str, Any]:
    """A unit with more accounts than fit on a page."""
    organizations = client("organizations", address)
    organization = organizations.create_organization(FeatureSet="ALL")["Organization"]["Id"]
    root = organizations.list_roots()["Roots"][0]["Id"]
    unit = organizations.create_organizational_unit(ParentId=root, Name="production")["OrganizationalUnit"]["Id"]
    accounts = []
    for number in range(12):
        account = organizations.create_account(Email=f"a{number}@example.com", AccountName=f"a{number}")["CreateAccountStatus"]["AccountId"]
        organizations.move_account(AccountId=account, SourceParentId=root, DestinationParentId=unit)
        accounts.append(account)
    return {"organization": organization, "path": f"{organization}/{root}/{unit}/", "accounts": accounts}


def version(address: str) -> dict[str, Any]:
    """An approved version with its artifact and metrics, and a bucket for releases."""
    s3, sagemaker = client("s3", address), client("sagemaker", address)
    for bucket in ("models", "reports", "releases"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    s3.put_object(Bucket="models", Key="train/run 1/model.tar.gz", Body=b"the approved model")
    s3.put_object(Bucket="models", Key="train/sample.csv", Body=b"1,2\n3,4\n")
    s3.put_object(Bucket="reports", Key="statistics.json", Body=json.dumps({"regression_metrics": {"mse": {"value": 4.9}}}).encode())
    sagemaker.create_model_package_group(ModelPackageGroupName=GROUP)
    container = {
        "Image": "141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        "ImageDigest": f"sha256:{'a' * 64}",
        "ModelDataUrl": "s3://models/train/run 1/model.tar.gz",
    }
    said = {"InferenceSpecification": {"Containers": [container], "SupportedContentTypes": ["text/csv"], "SupportedResponseMIMETypes": ["text/csv"]}}
    for _ in range(3):
        arn = sagemaker.create_model_package(
            ModelPackageGroupName=GROUP,
            ModelApprovalStatus="Approved",
            ModelMetrics={"ModelQuality": {"Statistics": {"ContentType": "application/json", "S3Uri": "s3://reports/statistics.json"}}},
            CustomerMetadataProperties={"sample-payload": "s3://models/train/sample.csv"},
            **said,
        )["ModelPackageArn"]
    return {"group": GROUP, "version": arn}


def look(address: str, bucket: str) -> dict[str, str]:
    """Every object of a bucket, and what is in it."""
    s3 = client("s3", address)
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode() for key in keys}


def fill(address: str, bucket: str, lines: str, length: str) -> None:
    """Two files: one of many long lines, and one that ends with its only line."""
    s3 = client("s3", address)
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    content = "\n".join(f"{number} {'x' * int(length)}" for number in range(int(lines)))
    s3.put_object(Bucket=bucket, Key="a/b/one.jsonl", Body=content.encode())
    s3.put_object(Bucket=bucket, Key="a/c/two.jsonl", Body=b"last\n")


def target(address: str, name: str, accounts: str) -> dict[str, Any]:
    """A released object, and a bucket for its copy in each account."""
    s3 = client("s3", address)
    where = {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
    s3.create_bucket(Bucket=name, **where)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    key = "p-1/model.tar.gz"
    version = s3.put_object(Bucket=name, Key=key, Body=b"the released model")["VersionId"]
    for account in json.loads(accounts):
        client("s3", address, account).create_bucket(Bucket=f"{name}-{account}", **where)
    return {"object": {"bucket": name, "key": key, "versionId": version}}


def promoted(address: str, account: str, bucket: str, group: str) -> dict[str, Any]:
    s3, sagemaker = client("s3", address, account), client("sagemaker", address, account)
    keys = [one["Key"] for one in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    versions = sagemaker.list_model_packages(ModelPackageGroupName=group)["ModelPackageSummaryList"]
    return {
        "objects": {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode() for key in keys},
        "versions": [one["ModelApprovalStatus"] for one in versions],
    }


COMMANDS: dict[str, Callable[..., Any]] = {"make": make, "look": look, "fill": fill, "target": target, "promoted": promoted}

if __name__ == "__main__":
    print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
