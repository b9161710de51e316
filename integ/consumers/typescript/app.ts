import { App, Duration, RemovalPolicy, Stack, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib';
// @ts-ignore: installed where the check runs this
// eslint-disable-next-line import/no-unresolved
import { DataScienceEnvironment, DeploymentStage, EnvironmentKeys, EnvironmentNetwork, HomeFileSystem, IdleShutdown, Persona, SecureStudioDomain } from 'cdk-secure-mlops';

// The same app as in python/app.py and java/…/ConsumerApp.java: all three synthesize the same templates.
const app = new App({ outdir: process.argv[2], analyticsReporting: false });

// The one line of the README.
new DataScienceEnvironment(new Stack(app, 'OneLine'), 'Churn', { environmentName: 'churn' });

// An environment with options of every kind: nested structs, factories, enums, interfaces.
const options = new Stack(app, 'Options', { env: { account: '111111111111', region: 'eu-west-1' } });
const environment = new DataScienceEnvironment(options, 'Fraud', {
  environmentName: 'fraud',
  network: new EnvironmentNetwork(options, 'Network', { zoneCount: 1, cidr: '10.1.0.0/16' }),
  keys: EnvironmentKeys.managed({ pendingWindow: Duration.days(7) }),
  studio: { homeFileSystem: HomeFileSystem.none(), idleShutdown: IdleShutdown.after(Duration.hours(2)) },
  deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'] })],
  roleOptions: { path: '/company/' },
  owner: 'team@example.com',
  removalPolicy: RemovalPolicy.RETAIN,
});
environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
environment.addUser('bob', { persona: Persona.ML_ENGINEER });
environment.addDataSource(s3.Bucket.fromBucketName(options, 'Warehouse', 'company-warehouse'), { prefix: 'sales/' });

// Studio alone, with somebody's own VPC, key and role.
const alone = new Stack(app, 'StudioAlone');
const vpc = new ec2.Vpc(alone, 'Vpc', {
  maxAzs: 2,
  natGateways: 0,
  restrictDefaultSecurityGroup: false,
  subnetConfiguration: [{ name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
});
const sageMaker = new iam.ServicePrincipal('sagemaker.amazonaws.com');
const executionRole = new iam.Role(alone, 'Role', { assumedBy: sageMaker });
executionRole.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ principals: [sageMaker], actions: ['sts:SetSourceIdentity'] })); // whose profile it is
const studio = new SecureStudioDomain(alone, 'Studio', {
  vpc,
  encryptionKey: new kms.Key(alone, 'Key', { enableKeyRotation: true }),
  executionRole,
});
studio.addUser('carol');

app.synth();
