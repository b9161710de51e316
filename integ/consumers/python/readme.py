"""Runs the README's examples as jsii-rosetta translates them to Python: each in an app of its own, and synthesizes it."""

from __future__ import annotations

import json
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aws_cdk import App, Environment, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from cdk_secure_mlops import DataScienceEnvironment, DeploymentStage, StageMonitoringOptions

REGION = "eu-west-1"
# Stacks that an example tells apart are in accounts of their own.
ACCOUNTS = {"staging_stack": "222222222222", "platform_stack": "333333333333"}
DECLARATION = re.compile(r"^# (\w+): ([\w.]+)(?: #.*)?$", re.MULTILINE)


def stack_of(app: App, name: str) -> Stack:
    account = ACCOUNTS.get(name, "111111111111")
    return Stack(app, name.replace("_", "-"), env=Environment(account=account, region=REGION))


def vpc_in(stack: Stack) -> ec2.Vpc:
    isolated = ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)
    return ec2.Vpc(
        stack, "Given", availability_zones=[f"{REGION}a", f"{REGION}b"], nat_gateways=0, subnet_configuration=[isolated]
    )


def role_in(stack: Stack) -> iam.Role:
    sage_maker = iam.ServicePrincipal("sagemaker.amazonaws.com")
    role = iam.Role(stack, "Role", assumed_by=sage_maker)
    trust = iam.PolicyStatement(principals=[sage_maker], actions=["sts:SetSourceIdentity"])
    if role.assume_role_policy:
        role.assume_role_policy.add_statements(trust)
    return role


def environment_in(stack: Stack) -> DataScienceEnvironment:
    stage = DeploymentStage.accounts("staging", accounts=["222222222222"], monitoring=StageMonitoringOptions())
    return DataScienceEnvironment(stack, "Given", environment_name="given", deployment_stages=[stage])


# What an example declares and does not make, by its type.
GIVEN: dict[str, Callable[[Stack], Any]] = {
    "DataScienceEnvironment": environment_in,
    "ec2.IVpc": vpc_in,
    "iam.IManagedPolicy": lambda stack: iam.ManagedPolicy.from_managed_policy_name(stack, "Policy", "company-boundary"),
    "iam.IRole": role_in,
    "kms.IKey": lambda stack: kms.Key(stack, "Key", enable_key_rotation=True),
    "s3.IBucket": lambda stack: s3.Bucket.from_bucket_name(stack, "Bucket", "company-bucket"),
}


def run(source: str) -> None:
    app = App(analytics_reporting=False)
    declared = dict(DECLARATION.findall(source))
    names: dict[str, Any] = {name: stack_of(app, name) for name, kind in declared.items() if kind == "Stack"}
    around = names.get("stack") or stack_of(app, "around")
    names |= {name: GIVEN[kind](around) for name, kind in declared.items() if kind not in ("App", "Stack")}
    names |= {name: app for name, kind in declared.items() if kind == "App"}
    exec(compile(source, "example.py", "exec"), names)  # noqa: S102
    app.synth()


def main(tablet: str) -> int:
    snippets = json.loads(Path(tablet).read_text())["snippets"].values()
    failures = 0
    for snippet in snippets:
        source = snippet["translations"]["python"]["source"]
        try:
            run(source)
        except Exception:
            failures += 1
            print(source, traceback.format_exc(limit=-3), sep="\n\n", file=sys.stderr)
    print(f"{len(snippets) - failures} of {len(snippets)} examples run in Python")
    return 0 if snippets and failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
