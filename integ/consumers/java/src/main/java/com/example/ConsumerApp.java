package com.example;

import io.github.cdksecuremlops.AccountsStageOptions;
import io.github.cdksecuremlops.DataScienceEnvironment;
import io.github.cdksecuremlops.DataSourceOptions;
import io.github.cdksecuremlops.DeploymentStage;
import io.github.cdksecuremlops.EnvironmentKeys;
import io.github.cdksecuremlops.EnvironmentNetwork;
import io.github.cdksecuremlops.EnvironmentUserOptions;
import io.github.cdksecuremlops.HomeFileSystem;
import io.github.cdksecuremlops.IdleShutdown;
import io.github.cdksecuremlops.ManagedKeysOptions;
import io.github.cdksecuremlops.Persona;
import io.github.cdksecuremlops.EnvironmentRoleOptions;
import io.github.cdksecuremlops.SecureStudioDomain;
import io.github.cdksecuremlops.StudioOptions;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;

/** The same app as in typescript/app.ts and python/app.py: all three synthesize the same templates. */
public final class ConsumerApp {
  private ConsumerApp() {}

  public static void main(final String[] args) {
    App app = new App(AppProps.builder().outdir(args[0]).analyticsReporting(false).build());
    oneLine(new Stack(app, "OneLine"));
    options(new Stack(app, "Options", StackProps.builder()
        .env(Environment.builder().account("111111111111").region("eu-west-1").build())
        .build()));
    studioAlone(new Stack(app, "StudioAlone"));
    app.synth();
  }

  /** The one line of the README. */
  private static void oneLine(final Stack stack) {
    DataScienceEnvironment.Builder.create(stack, "Churn").environmentName("churn").build();
  }

  /** An environment with options of every kind: nested structs, factories, enums, interfaces. */
  private static void options(final Stack stack) {
    DataScienceEnvironment environment = DataScienceEnvironment.Builder.create(stack, "Fraud")
        .environmentName("fraud")
        .network(EnvironmentNetwork.Builder.create(stack, "Network").zoneCount(1).cidr("10.1.0.0/16").build())
        .keys(EnvironmentKeys.managed(ManagedKeysOptions.builder().pendingWindow(Duration.days(7)).build()))
        .studio(StudioOptions.builder()
            .homeFileSystem(HomeFileSystem.none())
            .idleShutdown(IdleShutdown.after(Duration.hours(2)))
            .build())
        .deploymentStages(List.of(DeploymentStage.accounts("staging",
            AccountsStageOptions.builder().accounts(List.of("222222222222")).build())))
        .roleOptions(EnvironmentRoleOptions.builder().path("/company/").build())
        .owner("team@example.com")
        .removalPolicy(RemovalPolicy.RETAIN)
        .build();
    environment.addUser("alice", EnvironmentUserOptions.builder().persona(Persona.DATA_SCIENTIST).build());
    environment.addUser("bob", EnvironmentUserOptions.builder().persona(Persona.ML_ENGINEER).build());
    environment.addDataSource(Bucket.fromBucketName(stack, "Warehouse", "company-warehouse"),
        DataSourceOptions.builder().prefix("sales/").build());
  }

  /** Studio alone, with somebody's own VPC, key and role. */
  private static void studioAlone(final Stack stack) {
    Vpc vpc = Vpc.Builder.create(stack, "Vpc")
        .maxAzs(2)
        .natGateways(0)
        .restrictDefaultSecurityGroup(false)
        .subnetConfiguration(List.of(
            SubnetConfiguration.builder().name("Isolated").subnetType(SubnetType.PRIVATE_ISOLATED).build()))
        .build();
    ServicePrincipal sageMaker = new ServicePrincipal("sagemaker.amazonaws.com");
    Role role = Role.Builder.create(stack, "Role").assumedBy(sageMaker).build();
    role.getAssumeRolePolicy().addStatements(PolicyStatement.Builder.create() // whose profile it is
        .principals(List.of(sageMaker)).actions(List.of("sts:SetSourceIdentity")).build());
    SecureStudioDomain studio = SecureStudioDomain.Builder.create(stack, "Studio")
        .vpc(vpc)
        .encryptionKey(Key.Builder.create(stack, "Key").enableKeyRotation(true).build())
        .executionRole(role)
        .build();
    studio.addUser("carol");
  }
}
