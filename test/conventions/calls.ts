import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { OpenIdConnectProvider, Role, SamlProvider, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  CorrectiveControls, CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, DeploymentTargetProduct, EndpointService,
  EnvironmentNetwork, EnvironmentNames, EnvironmentRole,
  KeyPurpose, ModelNetwork, PackageIndex, Persona, PersonaClaim, PersonaPermissionSet, ProjectBlueprint, ProjectTemplate, SecureModelEndpoint,
  EnvironmentProduct, EnvironmentTemplate, SecureStudioDomain, SelfContainedTemplate, SpendingLimit, StudioApplication, StudioAuthMode,
  TargetKeyPurpose,
} from '../../src';

const ENV = { account: '111111111111', region: 'eu-west-1' };

/** What somebody has who calls the library. */
class Scene {
  readonly app = new App();
  readonly stack = new Stack(this.app, 'Stack', { env: ENV });
  readonly target = new Stack(this.app, 'Target', { env: { ...ENV, account: '222222222222' } });
  readonly vpc = new Vpc(this.stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
  readonly group = new SecurityGroup(this.stack, 'Group', { vpc: this.vpc });
  readonly key = new Key(this.stack, 'Key');
  readonly bucket = new Bucket(this.stack, 'Bucket');
  readonly topic = new Topic(this.stack, 'Topic');
  readonly role = new Role(this.stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  readonly repository = new Repository(this.stack, 'Repository');
  readonly stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} });
  readonly environment = new DataScienceEnvironment(this.stack, 'Churn', { environmentName: 'churn', deploymentStages: [this.stage] });
  readonly names = new EnvironmentNames({ environmentName: 'churn', ...ENV });
  readonly network = new EnvironmentNetwork(this.stack, 'Network');
  /** Another one's, so that no user of it is one of the environment's: a user that was refused leaves its construct behind. */
  readonly studio = new DataScienceEnvironment(this.stack, 'Other', { environmentName: 'another' }).studio as SecureStudioDomain;
  readonly template = new SelfContainedTemplate(this.stack, 'Template');
  readonly project = new ProjectTemplate(this.stack, 'Project', { names: this.names });
  readonly models = ModelNetwork.fromVpc({ vpc: this.vpc, securityGroups: [this.group] });
  readonly variants = [{ containers: [{ image: '222222222222.dkr.ecr.eu-west-1.amazonaws.com/model:1' }], instanceType: 'ml.m5.large' }];
  readonly corrective = new CorrectiveControls(this.stack, 'Corrective', { topic: this.topic });
  readonly endpoint = new SecureModelEndpoint(this.stack, 'Endpoint', { variants: this.variants, executionRole: this.role, modelNetwork: this.models, volumeKey: this.key });
  private calls = 0;

  /** Where the next construct goes. */
  next(stack = this.stack): [Stack, string] {
    return [stack, `Call${this.calls += 1}`];
  }
}

/** A call as it is meant to be: on what, and with what. */
export interface Call {
  readonly on?: object;
  readonly given: unknown[];
}

let scene: Scene | undefined;
const here = (): Scene => scene ??= new Scene();
const on = (subject: (scene: Scene) => object, ...given: unknown[]) => (): Call => ({ on: subject(here()), given });
const made = (props: (scene: Scene) => object) => (): Call => ({ given: [...here().next(), props(here())] });
const from = (given: (scene: Scene) => unknown[]) => (): Call => ({ given: given(here()) });
const INSTANCE = 'arn:aws:sso:::instance/ssoins-0123456789abcdef', GROUP = '12345678-1234-1234-1234-123456789012';
const NAME = 'staging', ACCOUNTS = ['222222222222'];

const targetProduct = (stage: DeploymentStage) => ({ productName: 'Targets', owner: 'Platform team', environmentAccounts: ['111111111111'], stages: [stage] });

const PRICES = { date: '2026-11-30', region: 'eu-west-1', priceSource: 'contract 4711', currency: 'USD', perHour: { training: { 'ml.m5.xlarge': 0.257 } } };

/** A file with them. */
function pricesFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');
  writeFileSync(path, JSON.stringify(PRICES));
  return path;
}

/** Every constructor and method that has to be given something, and one way to give it. */
export const CALLS: Record<string, () => Call> = {
  // targets
  'StackSetAccountThreshold.count': from(() => [1]),
  'StackSetAccountThreshold.percentage': from(() => [10]),
  'CrossAccountDeploymentTarget': from(({ target, environment, stage }) => [...here().next(target), { environment, stage }]),
  'CrossAccountDeploymentTarget#requiredKeyStatements': on(
    ({ target, environment, stage }) => new CrossAccountDeploymentTarget(...here().next(target), { environment, stage }), TargetKeyPurpose.LOGS),
  'DeploymentTargetStackSet': from(({ target, environment, stage }) => [...here().next(target), { environment, stage }]),
  'DeploymentTargetProduct': made(({ stage }) => targetProduct(stage)),
  'DeploymentTargetProduct#grantLaunch': () => on(({ stack, stage }) => new DeploymentTargetProduct(stack, here().next()[1], targetProduct(stage)), here().role)(),
  'DeploymentTargetProduct#giveAccessToPermissionSet': on(({ stage }) => new DeploymentTargetProduct(...here().next(), targetProduct(stage)), 'Administrators'),
  // endpoints
  'ModelEndpointStackSet': made(({ environment, stage, variants: [{ containers: [{ image }] }] }) => ({ environment, stage, modelName: 'churn', image, modelDataUrl: 's3://models/model.tar.gz' })),
  'ModelNetwork.fromVpc': from(({ vpc, group }) => [{ vpc, securityGroups: [group] }]),
  'ModelNetwork.fromAttributes': from(() => [{ subnetIds: ['subnet-0123456789abcdef0'], securityGroupIds: ['sg-0123456789abcdef0'] }]),
  'SecureModelEndpoint': made(({ variants, role, models, key }) => ({ variants, executionRole: role, modelNetwork: models, volumeKey: key })),
  'SecureModelEndpoint.fromEndpointName': (): Call => ({ given: [...here().next(), 'churn'] }),
  'SecureModelEndpoint#grantInvoke': () => on(({ endpoint }) => endpoint, here().role)(),
  // corrective
  'CorrectiveControls': made(({ topic }) => ({ topic })),
  'CorrectiveControls#grantUndo': () => on(({ corrective }) => corrective, here().role)(),
  // spending
  'SpendingControls': made(({ environment, topic }) => ({ environment, topic, limit: SpendingLimit.usdPerMonth(500) })),
  'PriceTable.of': from(() => [PRICES]),
  'PriceTable.fromFile': from(() => [pricesFile()]),
  'SpendingLimit.usdPerMonth': from(() => [500]),
  'SpendingLimit.usdPerDay': from(() => [50]),
  'SpendingLimit#combine': on(() => SpendingLimit.usdPerMonth(500), SpendingLimit.usdPerDay(50)),
  // monitoring
  'MonitoringCheck.bias': from(() => [{ facet: 'age', facetThreshold: 40 }]),
  // encryption
  'EnvironmentKeys.fromKeys': from(({ key }) => [{ data: key }]),
  'EnvironmentKeys#key': on(({ environment }) => environment.keys, KeyPurpose.DATA),
  'EnvironmentKeys#isImported': on(({ environment }) => environment.keys, KeyPurpose.DATA),
  // environment
  'DetectiveControls': made(({ environment }) => ({ environment })),
  'DataScienceEnvironment': made(() => ({ environmentName: 'other' })),
  'DataScienceEnvironment.fromEnvironmentAttributes': made(() => ({ environmentName: 'churn', ...ENV })),
  'DataScienceEnvironment#addUser': on(({ environment }) => environment, 'alice', { persona: Persona.DATA_SCIENTIST }),
  'DataScienceEnvironment#addDataSource': () => on(({ environment }) => environment, here().bucket)(),
  'DataScienceEnvironment#deploysTo': () => on(({ environment }) => environment, here().stage)(),
  'DataScienceEnvironment#addProjectTemplate': on(({ environment }) => environment, 'Train', { blueprint: ProjectBlueprint.buildTrain() }),
  'DataScienceEnvironment#requiredPolicies': on(({ environment }) => environment, EnvironmentRole.JOB_EXECUTION),
  'DataScienceEnvironment#requiredTrust': on(({ environment }) => environment, EnvironmentRole.JOB_EXECUTION),
  'DataScienceEnvironment#addProjectProduct': on(({ environment }) => environment, 'arn:aws:catalog:eu-west-1:111111111111:product/prod-0123456789abc'),
  // identity
  'PersonaClaim.sessionTag': from(() => [{ clientIds: ['client'] }]),
  'PersonaClaim.clientIds': from(() => [{ dataScientist: ['one'], mlEngineer: ['two'], teamAdministrator: ['three'], dataScienceAdministrator: ['four'] }]),
  'PersonaPermissionSet': made(({ environment }) => ({ personaRole: environment.personas.dataScientist, instanceArn: INSTANCE, permissionSetName: 'churn-data-scientist' })),
  'PersonaPermissionSet.passUserName': from(() => [new Stack(here().app, here().next()[1]), INSTANCE]),
  'PersonaPermissionSet#assignToGroup': () => on(({ environment }) => new PersonaPermissionSet(...here().next(), {
    personaRole: environment.personas.dataScientist, instanceArn: INSTANCE, permissionSetName: 'churn-data-scientist',
  }), GROUP)(),
  'PersonaTrust.saml': from(({ stack }) => [SamlProvider.fromSamlProviderArn(stack, here().next()[1], 'arn:aws:iam::111111111111:saml-provider/corp')]),
  'PersonaTrust.openIdConnect': from(({ stack }) => [
    OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, here().next()[1], 'arn:aws:iam::111111111111:oidc-provider/id.example.com'),
    { issuer: 'id.example.com', personaClaim: PersonaClaim.sessionTag({ clientIds: ['client'] }) },
  ]),
  'ExecutionRoles#allowProjectProduct': on(({ environment }) => environment.executionRoles, 'arn:aws:catalog:eu-west-1:111111111111:product/prod-0123456789abc'),
  // mlops
  'ProductAssets.forStack': from(({ stack }) => [stack]),
  'ProjectBlueprint.custom': from(({ template }) => [template]),
  'ProjectTemplate': made(({ names }) => ({ names })),
  'SeedCode.fromDirectory': from(() => [__dirname]),
  'SourceRepository.codeConnection': from(() => [{ connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/01234567-89ab-cdef-0123-456789abcdef' }]),
  'SourceRepository.s3': from(() => ['sources']),
  // network
  'EgressFirewall': made(({ vpc }) => ({ vpc, subnets: vpc.isolatedSubnets, allowedDomains: ['pypi.org'] })),
  'EndpointService.of': from(() => ['Rekognition', InterfaceVpcEndpointAwsService.REKOGNITION]),
  'EnvironmentNetwork.fromVpc': made(({ vpc }) => ({ vpc })),
  'EnvironmentNetwork#allowEndpointAccessFrom': () => on(({ network }) => network, here().group)(),
  'EnvironmentNetwork#requireEndpoint': on(({ network }) => network, EndpointService.STS, 'Studio signs in by it'),
  'PackageIndex#grantRead': () => on(({ network }) => network.node.tryFindChild('Index') ?? new PackageIndex(network, 'Index', { network }), here().role)(),
  'InternetAccess.inspected': from(() => [{ allowedDomains: ['pypi.org'] }]),
  // organization
  'OrganizationGuardrails': made(() => ({ organizationId: 'o-exampleorg', deployingRoles: ['arn:aws:iam::*:role/deployer'] })),
  // perimeter
  'DataPerimeter': made(({ names }) => ({
    names, expectedNetworks: { s3EndpointIds: ['vpce-0123456789abcdef0'] }, cloudFormationExecutionRoles: ['arn:aws:iam::111111111111:role/deployer'],
  })),
  'TrustedIdentities.organization': from(() => ['o-exampleorg']),
  'TrustedIdentities.organizationalUnits': from(() => ['o-exampleorg', ['o-exampleorg/r-ab12/ou-ab12-prod1111/']]),
  'TrustedResources.organization': from(() => ['o-exampleorg']),
  // registry
  'DeploymentStage.accounts': from(() => [NAME, { accounts: ACCOUNTS }]),
  'DeploymentStage.organizationalUnits': from(() => [NAME, { organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'] }]),
  'DeploymentStage.sameAccount': from(() => [NAME]),
  'EnvironmentParameter.approvalTopicArn': from(() => [NAME]),
  'EnvironmentParameter.custom': from(() => ['payroll/bucket']),
  'EnvironmentParameter.customList': from(() => ['payroll/buckets']),
  'EnvironmentNames': from(() => [{ environmentName: 'churn', ...ENV }]),
  'EnvironmentNames.forStack': from(({ stack }) => [stack, 'churn']),
  'EnvironmentNames#roleName': on(({ names }) => names, EnvironmentRole.STUDIO_EXECUTION),
  'EnvironmentNames#roleArn': on(({ names }) => names, EnvironmentRole.STUDIO_EXECUTION),
  // storage
  ...Object.fromEntries(['readData', 'writeOutputs', 'writeJobOutputs', 'readModels', 'registerModels', 'writeModels', 'readReleases', 'writeReleases', 'readReports', 'writeReports']
    .map((grant) => [`StorageGrants#${grant}`, () => on(({ environment }) => environment.storage.grants, here().role)()])),
  'StorageGrants#writeData': () => on(({ environment }) => environment.storage.grants, here().role, ['features/'])(),
  // studio
  'IdleShutdown.after': from(() => [Duration.hours(2)]),
  'SecureStudioDomain': made(({ vpc, key, role }) => ({ vpc, encryptionKey: key, executionRole: role })),
  'SecureStudioDomain.fromDomainAttributes': made(({ vpc, group }) => ({ domainId: 'd-abcdefgh1234', vpc, sharedSecurityGroups: [group] })),
  'EnvironmentLaunchRole': made(() => ({ roleName: `launch-${here().next()[1]}` })),
  'EnvironmentProduct': made(({ stack }) => ({
    productName: 'Environments', owner: 'Platform team', versions: [{ name: '1', template: new EnvironmentTemplate(stack, here().next()[1]) }],
  })),
  'EnvironmentProduct#grantLaunch': () => on(({ stack }) => new EnvironmentProduct(stack, here().next()[1], {
    productName: 'Environments', owner: 'Platform team', versions: [{ name: '1', template: new EnvironmentTemplate(stack, here().next()[1]) }],
  }), here().role)(),
  'EnvironmentProduct#giveAccessToPermissionSet': on(({ stack }) => new EnvironmentProduct(...here().next(), {
    productName: 'Environments', owner: 'Platform team', versions: [{ name: '1', template: new EnvironmentTemplate(stack, here().next()[1]) }],
  }), 'Administrators'),
  'EnvironmentTemplate#askForFirstMember': () => {
    const template = new EnvironmentTemplate(...here().next());
    return on(() => template, here().environment)();
  },
  'SecureStudioDomain#assignGroup': () => on(({ stack, vpc, key, role }) => new SecureStudioDomain(stack, here().next()[1], {
    vpc, encryptionKey: key, executionRole: role, authMode: StudioAuthMode.IDENTITY_CENTER,
  }), GROUP)(),
  'SecureStudioDomain#addUser': on(({ studio }) => studio, 'bob'),
  'SecureStudioDomain#isolateResources': () => on(({ studio }) => studio, [here().role])(),
  'StudioImage': made(({ repository }) => ({ application: StudioApplication.JUPYTER_LAB, repository, tagOrDigest: '1.0' })),
  'StudioLifecycleConfiguration': made(() => ({ application: StudioApplication.JUPYTER_LAB, script: 'echo hello' })),
  'StudioPackageIndex.codeArtifact': from(() => [{ domainName: 'packages', repositoryName: 'pypi' }]),
  'StudioPackageIndex.url': from(() => ['https://packages.example.com/simple/']),
  'StudioSdkConfiguration.fromNames': from(({ names }) => [names]),
  'StudioUser#grantOpenStudio': () => on(({ environment }) => environment.addUser(here().next()[1].toLowerCase(), { persona: Persona.DATA_SCIENTIST }), here().role)(),
  'StudioUser': made(({ studio }) => ({ domain: studio, userName: 'carol' })),
  // templates
  'SelfContainedTemplate#addParameter': () => on(({ template }) => template, here().next()[1])(),
  'SelfContainedTemplate#addStoredParameter': () => on(({ template }) => template, here().next()[1], { parameterName: '/secure-mlops/churn/network/vpc-id' })(),
};
