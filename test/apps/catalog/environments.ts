import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { CompositePrincipal, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import {
  DataScienceEnvironment, DeploymentStage, EndpointService, EnvironmentKeys, EnvironmentNetwork, EnvironmentRole, HomeFileSystem, InternetAccess,
  MonitoringCheck, Persona, ProjectBlueprint, SourceRepository, StudioApplication, StudioLifecycleConfiguration, TemplateDelivery,
} from '../../../src';
import { everyBlueprint } from '../../mlops/blueprints';

/** The one line of the README. */
export function oneLine(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
}

/** Two teams of one stack, who must not meet. */
export function twoInOneStack(stack: Stack): void {
  new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  new DataScienceEnvironment(stack, 'Churn2', { environmentName: 'churn-2' });
}

/** An environment whose name and owner are given when a product is launched. */
export function namedByParameter(stack: Stack): void {
  const environmentName = new CfnParameter(stack, 'EnvironmentName', { allowedPattern: '[a-z][a-z0-9]*(-[a-z0-9]+)*', maxLength: 20, minLength: 1 });
  const owner = new CfnParameter(stack, 'Owner');
  const environment = new DataScienceEnvironment(stack, 'Environment', { environmentName: environmentName.valueAsString, owner: owner.valueAsString });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  environment.addProjectTemplate('TrainFromS3', { blueprint: ProjectBlueprint.buildTrain(), delivery: TemplateDelivery.s3() });
  environment.addProjectTemplate('FineTune', { blueprint: ProjectBlueprint.fineTune() });
}

/** Tables and queries over the data bucket. */
export function preparesData(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', dataPreparation: {} });
}

/** What people of a team work on together. */
export function together(stack: Stack): DataScienceEnvironment {
  return new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    sharedSpaces: true,
    studio: { codeRepositories: ['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/notebooks'] },
  });
}

/** Nothing stays; asked for with both keys (see `DESTROY_DATA`). */
export function destroyed(stack: Stack): void {
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', removalPolicy: RemovalPolicy.DESTROY, studio: { homeFileSystem: HomeFileSystem.destroy() }, dataPreparation: {}, mlflow: {}, featureStore: true,
  });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
}

/** Everything that can be brought along, known by name only: VPC, keys, buckets, roles. What companies usually have is `integ/apps/bring-your-own`. */
export function broughtAlong(stack: Stack): void {
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0a1b2c3d', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-0a', 'subnet-0b'], isolatedSubnetRouteTableIds: ['rtb-0a', 'rtb-0b'],
  });
  const key = (name: string) => Key.fromKeyArn(stack, `${name}Key`, stack.formatArn({ service: 'kms', resource: 'key', resourceName: `${name.toLowerCase()}-0000` }));
  const role = (name: string) => Role.fromRoleArn(stack, `${name}Role`, stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: `company/${name}` }));
  const bucket = (name: string) => Bucket.fromBucketName(stack, `${name}Bucket`, `company-${name.toLowerCase()}`);
  new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    network: EnvironmentNetwork.fromVpc(stack, 'Network', { vpc }),
    keys: EnvironmentKeys.fromKeys({
      volumes: key('Volumes'), studioStorage: key('Studio'), data: key('Data'), models: key('Models'), releases: key('Releases'), artifacts: key('Artifacts'), logs: key('Logs'),
    }),
    storage: { existingBuckets: { dataBucket: bucket('Data'), modelsBucket: bucket('Models'), reportsBucket: bucket('Reports') } },
    roleOptions: { exceptions: Object.values(EnvironmentRole).map((name) => ({ role: name, existingRole: role(name) })) },
  });
}

/** As much of everything as there can be, under the longest names: what must still fit into AWS's limits. */
export function largest(stack: Stack): void {
  const accounts = (first: number) => Array.from({ length: 10 }, (_, index) => String(first + index));
  const units = Array.from({ length: 5 }, (_, index) => `o-exampleorg12345/r-ab12/ou-ab12-workload${index}/ou-ab12-production${index}/`);
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'company/boundary-of-every-role-that-is-made-in-this-account');
  const roleOptions = { path: '/company/department/data-science/', permissionsBoundary };
  const keys = EnvironmentKeys.managed();
  const environment = new DataScienceEnvironment(stack, 'EnvironmentWithAsMuchAsThereCanBe', {
    environmentName: 'customer-churn-model',
    keys,
    roleOptions,
    owner: 'team@example.com',
    network: new EnvironmentNetwork(stack, 'Network', {
      cidr: '10.0.0.0/16',
      zoneCount: 4,
      internetAccess: InternetAccess.natGateways(),
      roleOptions,
      endpoints: { additionalServices: EndpointService.all().filter((service) => !service.onByDefault) },
      dhcpOptions: { domainName: 'example.internal' },
    }),
    storage: { outputPrefixes: Array.from({ length: 5 }, (_, index) => `teams/outputs-${index}/`) },
    packageIndex: {},
    dataPreparation: {},
    mlflow: {},
    featureStore: true,
    sharedSpaces: true,
    imageSigningProfile: new SigningProfile(stack, 'Images', { platform: Platform.NOTATION_OCI_SHA384_ECDSA }),
    studio: {
      homeFileSystem: HomeFileSystem.retain(),
      lifecycleConfigurations: [new StudioLifecycleConfiguration(stack, 'Greeting', { application: StudioApplication.JUPYTER_LAB, script: '#!/bin/bash\necho hello\n', runByDefault: true })],
    },
    personas: { sourceCidrs: ['203.0.113.0/24', '198.51.100.0/24'] },
    deploymentStages: [
      DeploymentStage.accounts('staging', { accounts: accounts(200000000000), monitoring: {} }),
      DeploymentStage.accounts('canary', { accounts: accounts(300000000000), monitoring: {} }),
      DeploymentStage.organizationalUnits('production12', { organizationId: 'o-exampleorg12345', organizationalUnitPaths: units, monitoring: {} }),
    ],
  });
  for (let person = 0; person < 10; person++) environment.addUser(`person-${person}`, { persona: person % 2 ? Persona.ML_ENGINEER : Persona.DATA_SCIENTIST });
  for (let source = 0; source < 5; source++) {
    const warehouse = Bucket.fromBucketName(stack, `Warehouse${source}`, `company-warehouse-with-a-long-name-number-${source}`);
    environment.addDataSource(warehouse, { prefix: `department/sales-${source}/`, writable: source % 2 === 1 });
  }
  const checks = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality(), MonitoringCheck.bias({ facet: 'age', facetThreshold: 40 })];
  const blueprints = everyBlueprint({ schedule: Schedule.rate(Duration.days(7)), checks, retraining: true });
  for (const [name, blueprint] of Object.entries(blueprints)) environment.addProjectTemplate(name, { blueprint, delivery: name === 'Train' ? TemplateDelivery.s3() : undefined });
}

/** The way out that a firewall inspects, with everything that there is to say about it. */
export function inspectedEgress(stack: Stack): void {
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    network: new EnvironmentNetwork(stack, 'Network', {
      zoneCount: 3,
      internetAccess: InternetAccess.inspected({
        allowedDomains: ['pypi.org', '.pythonhosted.org'], natGateways: 2, deleteProtection: true, changeProtection: true,
      }),
    }),
  });
  const connectionArn = stack.formatArn({ service: 'codeconnections', resource: 'connection', resourceName: '0a1b2c3d-0000-4000-8000-000000000000' });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain(), source: SourceRepository.codeConnection({ connectionArn }) });
  environment.addProjectTemplate('TrainFromBucket', { blueprint: ProjectBlueprint.buildTrain(), source: SourceRepository.s3('company-sources') });
}

/** A VPC, groups, a key and a role of the same stack: nothing of it is imported. */
export function inOwnVpc(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
  const workloadSecurityGroup = new SecurityGroup(stack, 'Workloads', { vpc, allowAllOutbound: false });
  workloadSecurityGroup.addEgressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(443));
  const job = new Role(stack, 'Job', { assumedBy: new CompositePrincipal(new ServicePrincipal('sagemaker.amazonaws.com')) });
  new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    network: EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, subnets: vpc.isolatedSubnets, workloadSecurityGroup }),
    keys: EnvironmentKeys.fromKeys({ data: new Key(stack, 'Key', { enableKeyRotation: true }) }),
    roleOptions: { exceptions: [{ role: EnvironmentRole.JOB_EXECUTION, existingRole: job }] },
  });
}
