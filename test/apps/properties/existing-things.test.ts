import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpoint, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { CfnManagedPolicy, CfnRole, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import * as fc from 'fast-check';
import {
  DataScienceEnvironment, DeploymentStage, EnvironmentKeys, EnvironmentNetwork, EnvironmentRole, ModelPromotion, Persona, ProjectBlueprint,
  SecureStudioDomain,
} from '../../../src';

const ACCOUNT = '111111111111', REGION = 'eu-west-1', ENV = { account: ACCOUNT, region: REGION };
const ROLES = Object.values(EnvironmentRole);
const KEYS = ['volumes', 'studioStorage', 'data', 'models', 'releases', 'artifacts', 'mlflowArtifacts', 'featureGroups', 'logs'] as const;
const BUCKETS = ['dataBucket', 'modelsBucket', 'releasesBucket', 'reportsBucket', 'artifactsBucket', 'templatesBucket', 'mlflowBucket', 'offlineStore', 'accessLogsBucket'] as const;
const NETWORK = ['vpc', 's3Endpoint', 'workloadSecurityGroup', 'studioSecurityGroup'] as const;
const REPOSITORIES = { imagesRepository: 'churn/images', releasedImagesRepository: 'churn/released/images', releasesRepository: 'churn/releases' };
const DOMAIN = 'd-abcdefgh1234';
const PORTFOLIO = 'port-abcdefghijklm';
/** Log groups of functions, by their roles, and of flow logs. */
const LOGS = { 'logs of publisher': EnvironmentRole.PUBLISHER, 'logs of studio-clean-up': EnvironmentRole.STUDIO_CLEAN_UP, 'logs of bucket-emptying': EnvironmentRole.BUCKET_EMPTYING, 'logs of default-security-group': EnvironmentRole.DEFAULT_SECURITY_GROUP };
type Logs = keyof typeof LOGS | 'logs of flow-logs';
type GivenRepository = keyof typeof REPOSITORIES;
type Thing = EnvironmentRole | typeof KEYS[number] | typeof BUCKETS[number] | typeof NETWORK[number] | GivenRepository | Logs | 'domain' | 'portfolio' | 'permissionsBoundary';
const THINGS: Thing[] = [...ROLES, ...KEYS, ...BUCKETS, ...NETWORK, ...Object.keys(REPOSITORIES) as GivenRepository[], ...Object.keys(LOGS) as Logs[], 'logs of flow-logs', 'domain', 'portfolio', 'permissionsBoundary'];

/** How a template or a policy calls what is given. */
const givenRole = (role: EnvironmentRole) => `arn:aws:iam::${ACCOUNT}:role/company/the-${role}`;
const givenKey = (key: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:key/${key}`;
const givenLogs = (role: EnvironmentRole) => `/company/${role}`;
const givenBucket = (bucket: string) => `company-${bucket.toLowerCase()}`;

/** The resources that are not made where something is given. What IAM has goes by roles. */
const INSTEAD_OF: Partial<Record<Thing, RegExp>> = {
  ...Object.fromEntries(KEYS.map((key) => [key, new RegExp(`^Churn/Keys/${{ mlflowArtifacts: 'Mlflow', featureGroups: 'FeatureStore' }[key as string] ?? pascal(key)}/`)])),
  ...Object.fromEntries(BUCKETS.map((bucket) => [bucket, new RegExp(`^Churn/Storage/${pascal(bucket).replace('Bucket', '')}/`)])),
  'offlineStore': /^Churn\/(Storage\/OfflineStore|Keys\/FeatureStore)\//,
  'vpc': /^Churn\/Network\/(Vpc|DefaultSecurityGroup|FlowLogs)\//,
  's3Endpoint': /^Churn\/Network\/Endpoints\/S3\//,
  'workloadSecurityGroup': /^Churn\/Network\/WorkloadSecurityGroup\//,
  'studioSecurityGroup': /^Churn\/Network\/StudioSecurityGroup\//,
  'imagesRepository': /^Churn\/BuiltImages\/Resource\//,
  'releasedImagesRepository': /^Churn\/BuiltImages\/Released\//,
  'releasesRepository': /^Churn\/ReleaseImages\//,
  'logs of publisher': /^Churn\/Projects\/Publisher\/Handler\/Logs\//,
  'logs of studio-clean-up': /^Churn\/Studio\/CleanUp\/Handler\/Logs\//,
  'logs of bucket-emptying': /^Churn\/Storage\/Emptying\/Handler\/Logs\//,
  'logs of default-security-group': /^Churn\/Network\/DefaultSecurityGroup\/Handler\/Logs\//,
  'logs of flow-logs': /^Churn\/Network\/FlowLogs\/LogGroup\//,
  'domain': /^Churn\/(Studio\/(Resource$|CleanUp\/)|Members\/)/,
  'portfolio': /^Churn\/Projects\/Portfolio\/Resource$/,
};

function pascal(name: string): string {
  return name[0].toUpperCase() + name.slice(1);
}

/** The store of features is given with its key, which is that of feature groups. */
function bucketOf(stack: Stack, bucket: typeof BUCKETS[number]): IBucket {
  const encryptionKey = bucket === 'offlineStore' ? Key.fromKeyArn(stack, 'Given-store-key', givenKey('featureGroups')) : undefined;
  return Bucket.fromBucketAttributes(stack, `Given-${bucket}`, { bucketName: givenBucket(bucket), encryptionKey });
}

/** An environment with all that can be given, of which some is. */
function churn(given: readonly Thing[]) {
  const stack = new Stack(new App({ context: { '@cdk-secure-mlops/destroy-data': true } }), 'Stack', { env: ENV });
  const is = (thing: Thing) => given.includes(thing);
  const group = (thing: 'workloadSecurityGroup' | 'studioSecurityGroup') => (
    is(thing) ? SecurityGroup.fromSecurityGroupId(stack, thing, thing === 'studioSecurityGroup' ? 'sg-0123456789abcdef0' : 'sg-0123456789abcdef1', { mutable: false }) : undefined);
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'], isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const studioSecurityGroup = group('studioSecurityGroup');
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    network: is('vpc') ? EnvironmentNetwork.fromVpc(stack, 'Network', {
      vpc,
      endpoints: { s3Endpoint: is('s3Endpoint') ? GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 's3Endpoint', 'vpce-s3') : undefined },
      workloadSecurityGroup: group('workloadSecurityGroup'),
      studioSecurityGroup,
    }) : EnvironmentNetwork.managed({ flowLogs: is('logs of flow-logs') ? { logGroup: LogGroup.fromLogGroupName(stack, 'FlowLogs', givenLogs(EnvironmentRole.FLOW_LOGS)) } : undefined }),
    keys: EnvironmentKeys.fromKeys(Object.fromEntries(KEYS.filter(is).map((key) => [key, Key.fromKeyArn(stack, `Given-${key}`, givenKey(key))]))),
    storage: {
      existingBuckets: Object.fromEntries(BUCKETS.filter(is).map((bucket) => [bucket, bucketOf(stack, bucket)])),
      existingRepositories: Object.fromEntries(Object.entries(REPOSITORIES).filter(([one]) => is(one as GivenRepository))
        .map(([one, name]) => [one, Repository.fromRepositoryName(stack, one, name)])),
    },
    studio: is('domain') && studioSecurityGroup ? {
      existingDomain: SecureStudioDomain.fromDomainAttributes(stack, 'Domain', { domainId: DOMAIN, vpc, sharedSecurityGroups: [studioSecurityGroup] }),
    } : undefined,
    portfolio: is('portfolio') ? Portfolio.fromPortfolioArn(stack, 'portfolio', `arn:aws:catalog:${REGION}:${ACCOUNT}:portfolio/${PORTFOLIO}`) : undefined,
    roleOptions: {
      permissionsBoundary: is('permissionsBoundary') ? ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'company') : undefined,
      exceptions: ROLES.map((role) => ({
        role,
        existingRole: is(role) ? Role.fromRoleArn(stack, `Given-${role}`, givenRole(role)) : undefined,
        existingLogGroup: Object.entries(LOGS).some(([one, its]) => its === role && is(one as Logs)) ? LogGroup.fromLogGroupName(stack, `Logs-${role}`, givenLogs(role)) : undefined,
      })),
    },
    dataPreparation: {},
    mlflow: {},
    featureStore: true,
    sharedSpaces: true,
    deploymentStages: [DeploymentStage.accounts('production', { accounts: ['222222222222'], monitoring: {}, promotion: ModelPromotion.copy() })],
    removalPolicy: RemovalPolicy.DESTROY,
  });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  const projects = [
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() }),
    environment.addProjectTemplate('Deploy', { blueprint: ProjectBlueprint.deploy() }),
    environment.addProjectTemplate('Batch', { blueprint: ProjectBlueprint.batchInference() }),
    environment.addProjectTemplate('Image', { blueprint: ProjectBlueprint.imageBuild() }),
  ];
  if (!is('domain')) environment.addMemberProduct(); // members come from a form into a domain of the environment's own
  const template = JSON.stringify(Template.fromStack(stack));
  const published = projects.map(({ template: { templateBody } }) => JSON.stringify(stack.resolve(templateBody)));
  const resources = stack.node.findAll().filter((node): node is CfnResource => node instanceof CfnResource);
  return { stack, resources, text: [template, ...published].join('\n') };
}

/** Where a resource is, whatever the CDK calls associations by, groups by, and policies that are packed by their size. */
const placeOf = ({ node, cfnResourceType }: CfnResource) => node.path.replace(/^Stack\/(Network\/)/, 'Churn/$1').replace(/^Stack\//, '')
  .replace(/\/Policy\d+\/Resource$/, '/Policy').replace(/\/(from|to) .*/, '/$1').replace(/Association\w+$/, cfnResourceType);
/** Without policies: in which of them a role's statements stand depends on the roles that share them, and what they are is compared elsewhere. */
const places = (resources: CfnResource[]) => [...new Set(resources.filter((one) => !(one instanceof CfnManagedPolicy)).map(placeOf))].sort();

const base = churn([]);
const roleOf = new Map(base.resources.filter((one): one is CfnRole => one instanceof CfnRole)
  .map((one): [string, EnvironmentRole] => [base.stack.getLogicalId(one), ROLES.find((role) => one.roleName === `churn--${role}-${REGION}`)!]));

/** The role that a resource is. */
const roleOfResource = (resource: CfnResource) => (resource instanceof CfnRole ? roleOf.get(base.stack.getLogicalId(resource)) : undefined);

/** Groups and endpoints of a VPC are given with it, and a domain with both. */
function withTheirVpc(given: Thing[]): Thing[] {
  const all: Thing[] = given.includes('domain') ? [...given, 'studioSecurityGroup'] : given;
  return NETWORK.some((thing) => all.includes(thing)) ? [...new Set<Thing>([...all, 'vpc'])] : all;
}

test('there is something in the place of which each thing is given', () => {
  expect([...roleOf.values()].sort()).toEqual([...ROLES].sort());
  const nothing = Object.entries(INSTEAD_OF).filter(([, instead]) => !base.resources.some((one) => instead.test(placeOf(one))));
  expect(nothing.map(([thing]) => thing)).toEqual([]);
});

test('of what is given nothing is made and everything else is, and policies and templates name what is given', () => {
  fc.assert(fc.property(fc.oneof(fc.subarray(THINGS), fc.constantFrom(...THINGS).map((one) => [one])), (some) => {
    const given = withTheirVpc(some), { resources, text } = churn(given);
    const stays = (one: CfnResource) => !given.some((thing) => INSTEAD_OF[thing]?.test(placeOf(one)))
      && !given.includes(roleOfResource(one) as Thing);
    expect(places(resources)).toEqual(places(base.resources.filter(stays)));
    for (const role of ROLES.filter((one) => given.includes(one))) {
      expect(text).not.toContain(`churn--${role}-${REGION}`);
      if (isMadeBeside(given, role)) expect(text).toContain(givenRole(role));
    }
    for (const [logs, role] of Object.entries(LOGS)) {
      if (given.includes(logs as Logs) && isMadeBeside(given, role)) expect(text).toContain(givenLogs(role));
    }
    if (given.includes('domain')) expect(text).toContain(DOMAIN);
    if (given.includes('portfolio')) expect(text).toContain(PORTFOLIO);
    for (const key of KEYS.filter((one) => given.includes(one))) expect(text).toContain(givenKey(key));
    // Access logs are named by the buckets that are made, where there are any.
    const logged = BUCKETS.some((one) => one !== 'accessLogsBucket' && !given.includes(one));
    for (const bucket of BUCKETS.filter((one) => given.includes(one) && (logged || one !== 'accessLogsBucket'))) expect(text).toContain(givenBucket(bucket));
  }), { numRuns: 12, examples: [[THINGS]] });
}, 300_000);

/** Whether there is something that the role is for: what is given needs none of some roles. */
function isMadeBeside(given: Thing[], role: EnvironmentRole): boolean {
  const ofVpc = [EnvironmentRole.DEFAULT_SECURITY_GROUP, EnvironmentRole.FLOW_LOGS].includes(role);
  return !(given.includes('vpc') && ofVpc) && !(given.includes('domain') && [EnvironmentRole.STUDIO_CLEAN_UP, EnvironmentRole.MEMBER_LAUNCH].includes(role));
}
