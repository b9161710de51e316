"""The same app as in typescript/app.ts and java/…/ConsumerApp.java: all three synthesize the same templates."""

import sys

from aws_cdk import App, Duration, Environment, RemovalPolicy, Stack
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from cdk_secure_mlops import (
    DataScienceEnvironment,
    DeploymentStage,
    EnvironmentKeys,
    EnvironmentNetwork,
    HomeFileSystem,
    IdleShutdown,
    Persona,
    EnvironmentRoleOptions,
    SecureStudioDomain,
    StudioOptions,
)

app = App(outdir=sys.argv[1], analytics_reporting=False)

# The one line of the README.
DataScienceEnvironment(Stack(app, "OneLine"), "Churn", environment_name="churn")

# An environment with options of every kind: nested structs, factories, enums, interfaces.
options = Stack(app, "Options", env=Environment(account="111111111111", region="eu-west-1"))
environment = DataScienceEnvironment(
    options,
    "Fraud",
    environment_name="fraud",
    network=EnvironmentNetwork(options, "Network", zone_count=1, cidr="10.1.0.0/16"),
    keys=EnvironmentKeys.managed(pending_window=Duration.days(7)),
    studio=StudioOptions(home_file_system=HomeFileSystem.none(), idle_shutdown=IdleShutdown.after(Duration.hours(2))),
    deployment_stages=[DeploymentStage.accounts("staging", accounts=["222222222222"])],
    role_options=EnvironmentRoleOptions(path="/company/"),
    owner="team@example.com",
    removal_policy=RemovalPolicy.RETAIN,
)
environment.add_user("alice", persona=Persona.DATA_SCIENTIST)
environment.add_user("bob", persona=Persona.ML_ENGINEER)
environment.add_data_source(
    s3.Bucket.from_bucket_name(options, "Warehouse", "company-warehouse"), prefix="sales/"
)

# Studio alone, with somebody's own VPC, key and role.
alone = Stack(app, "StudioAlone")
vpc = ec2.Vpc(
    alone,
    "Vpc",
    max_azs=2,
    nat_gateways=0,
    restrict_default_security_group=False,
    subnet_configuration=[ec2.SubnetConfiguration(name="Isolated", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)],
)
sage_maker = iam.ServicePrincipal("sagemaker.amazonaws.com")
execution_role = iam.Role(alone, "Role", assumed_by=sage_maker)
# whose profile it is
execution_role.assume_role_policy.add_statements(iam.PolicyStatement(principals=[sage_maker], actions=["sts:SetSourceIdentity"]))
studio = SecureStudioDomain(
    alone,
    "Studio",
    vpc=vpc,
    encryption_key=kms.Key(alone, "Key", enable_key_rotation=True),
    execution_role=execution_role,
)
studio.add_user("carol")

app.synth()
