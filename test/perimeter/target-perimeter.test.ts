import { App, Stack } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { EnvironmentNames, TargetKeyPurpose, TargetRole } from '../../src/names';
import { EnvironmentNetwork } from '../../src/network';
import { TargetPerimeter } from '../../src/perimeter/target-perimeter';
import { DeploymentStage } from '../../src/stages';
import { NamedPolicy } from '../access/policy-document';
import { Account, ACCOUNTS, REGION } from '../access/request/organization';
import { inTarget, place } from '../access/request/places';
import { Context, Requester, session } from '../access/request/requester';
import { Simulator } from '../access/simulator';
import { stacksOf } from '../access/template/synthesized-stack';
import { TemplateReader } from '../access/template/template-reader';

const { data, target, production, sibling, foreign } = ACCOUNTS;
const HERE = { account: target.id, region: REGION };
const DEPLOYER = `arn:aws:iam::${target.id}:role/stacksets-exec-*`;
const { VOLUMES, CAPTURE, MODELS, LOGS } = TargetKeyPurpose;

const app = new App();
const stack = new Stack(app, 'Target', { env: HERE });
const names = new EnvironmentNames({ environmentName: 'churn', partition: 'aws', account: data.id, region: REGION });
const network = new EnvironmentNetwork(stack, 'Network', { restrictDefaultSecurityGroup: false });
const perimeter = new TargetPerimeter(stack, 'Boundary', {
  names,
  stage: DeploymentStage.accounts('staging', { accounts: [target.id], monitoring: {} }),
  account: target.id,
  expectedNetworks: { s3EndpointIds: network.endpoints.s3EndpointIds },
  cloudFormationExecutionRoles: [DEPLOYER],
  groundTruthWriters: ['labels/writer'],
});
for (const purpose of [VOLUMES, CAPTURE, MODELS, LOGS]) {
  // Without CDK's own default, which leaves everything to IAM.
  const key = new Key(stack, purpose, { alias: names.targetKeyAlias('staging', purpose), policy: new PolicyDocument() });
  perimeter.applyToKey(key, purpose);
}
perimeter.applyToCaptureBucket(new Bucket(stack, 'Capture', {
  bucketName: 'churn-capture', encryption: BucketEncryption.KMS, encryptionKey: stack.node.findChild(CAPTURE) as Key,
}));
perimeter.applyToModelsBucket(new Bucket(stack, 'Copies', {
  bucketName: 'churn-copies', encryption: BucketEncryption.KMS, encryptionKey: stack.node.findChild(MODELS) as Key,
}));
perimeter.applyToEndpoints(network.endpoints);

const reader = new TemplateReader(stacksOf(app, HERE));
const BUCKET = 'arn:aws:s3:::churn-capture';
const COPIES = 'arn:aws:s3:::churn-copies';
const copiesPolicy = reader.bucketPolicies().get(COPIES);
const bucketPolicy = reader.bucketPolicies().get(BUCKET);
const keys = new Map([...reader.keyAliases()].flatMap(([arn, aliases]) => aliases.map((alias): [string, string] => [alias, arn])));
const endpoints = reader.endpoints();
const simulator = new Simulator();

const role = (account: Account, name: string, path = '') => session(account, name, { arn: `arn:aws:iam::${account.id}:role/${path}${name}` });
const ours = (name: TargetRole, account = target) => role(account, names.targetRoleName('staging', name));
const WHO = {
  model: ours(TargetRole.MODEL_EXECUTION),
  deployment: ours(TargetRole.DEPLOYMENT),
  test: ours(TargetRole.ENDPOINT_TEST),
  monitor: ours(TargetRole.MONITORING),
  schedule: ours(TargetRole.MONITORING_SCHEDULE),
  alarms: ours(TargetRole.MONITORING_ALARMS),
  monitorElsewhere: ours(TargetRole.MONITORING, sibling),
  writer: role(target, 'writer', 'labels/'),
  writerOfAnotherPath: role(target, 'writer'),
  writerElsewhere: role(sibling, 'writer', 'labels/'),
  promotion: ours(TargetRole.PROMOTION),
  promotionElsewhere: ours(TargetRole.PROMOTION, sibling),
  promotionNextDoor: role(target, 'churn-2--staging--promotion-us-east-1'),
  deployer: role(target, 'stacksets-exec-0123456789abcdef'),
  almostDeployer: role(target, 'stacksets-exec'),
  admin: role(target, 'Admin'),
  macie: role(target, 'AWSServiceRoleForAmazonMacie', 'aws-service-role/macie.amazonaws.com/'),
  macieImpostor: role(target, 'AWSServiceRoleForAmazonMacie'),
  config: role(target, 'AWSServiceRoleForConfig', 'aws-service-role/config.amazonaws.com/'),
  modelOfTheNextStage: role(target, 'churn--production--model-us-east-1'),
  modelNextDoor: role(target, 'churn-2--staging--model-us-east-1'),
  modelElsewhere: ours(TargetRole.MODEL_EXECUTION, sibling),
  dataScience: role(data, 'Admin'),
  production: role(production, 'Admin'),
  outsider: role(foreign, 'Admin'),
} satisfies Record<string, Requester>;
type Who = keyof typeof WHO;

/** Asks about a resource of an account; everything is allowed by identity. */
async function ask(
  who: Who, action: string, arn: string, from: string, policy?: NamedPolicy, more: Context = {}, account: Account = target,
): Promise<string> {
  const [service] = action.split(':');
  const endpoint = endpoints.find((one) => one.service === (service === 'sagemaker' ? 'sagemaker.runtime' : service === 'ecr' ? 'ecr.api' : service));
  const { context, endpointPolicy, viaService } = from === 'targetVpc' ? inTarget(target, service, endpoint) : place(from, service, undefined);
  const requester: Requester = WHO[who];
  const { outcome, detail } = await simulator.decide({
    action,
    who: requester,
    on: { arn, account, policy },
    endpointPolicy,
    context: {
      'aws:SecureTransport': 'true',
      'aws:ResourceAccount': account.id,
      'aws:PrincipalArn': requester.arn,
      'aws:PrincipalAccount': requester.account!.id,
      'aws:ViaAWSService': String(viaService ?? false),
      ...context,
      ...more,
    },
  });
  return outcome === 'undecided' ? detail : outcome;
}

describe('the bucket of copies', () => {
  type Row = [who: Who, action: string, from: string, expected: 'allow' | 'deny'];
  // Some endpoint of the data-science account, of the account that models are deployed to, and of others.
  const ROWS: Row[] = [
    ...['s3:PutObject', 's3:GetObject', 's3:ListBucket'].flatMap((action): Row[] => [
      ['promotion', action, 'neighbourVpc', 'allow'],
      ['promotion', action, 'targetVpc', 'allow'],
      ...['internet', 'targetNeighbourVpc', 'siblingVpc', 'foreignVpc', 'serviceNetwork'].map((from): Row => ['promotion', action, from, 'deny']),
      ['promotionNextDoor', action, 'neighbourVpc', 'deny'],
      ['admin', action, 'neighbourVpc', 'deny'],
      ['model', action, 'neighbourVpc', 'deny'],
    ]),
    ['promotion', 's3:GetObject', 'awsService', 'allow'],
    ['promotion', 's3:PutObject', 'awsService', 'deny'],
    ['admin', 's3:GetObject', 'awsService', 'deny'],
    ['model', 's3:GetObject', 'targetVpc', 'allow'],
    ['model', 's3:GetObject', 'internet', 'deny'],
    ['model', 's3:PutObject', 'targetVpc', 'deny'],
    ['admin', 's3:PutObject', 'targetVpc', 'deny'],
    ['admin', 's3:DeleteObject', 'targetVpc', 'deny'],
    ['deployer', 's3:PutObject', 'targetVpc', 'deny'],
    ['promotion', 's3:DeleteObjectVersion', 'targetVpc', 'deny'],
    ['promotion', 's3:PutBucketPolicy', 'neighbourVpc', 'deny'],
    ['promotion', 's3:GetBucketPolicy', 'neighbourVpc', 'deny'],
    ['deployer', 's3:PutBucketPolicy', 'internet', 'allow'],
    ['config', 's3:GetBucketPolicy', 'internet', 'allow'],
    ['macie', 's3:GetObject', 'internet', 'allow'],
    ['macieImpostor', 's3:GetObject', 'internet', 'deny'],
    ['dataScience', 's3:GetObject', 'neighbourVpc', 'deny'],
    ['promotionElsewhere', 's3:PutObject', 'neighbourVpc', 'deny'],
  ];

  test.each(ROWS)('%s %s from %s: %s', async (who, action, from, expected) => {
    expect(await ask(who, action, /Object/.test(action) ? `${COPIES}/x` : COPIES, from, copiesPolicy)).toBe(expected);
  });
});

describe('the capture bucket', () => {
  type Row = [who: Who, action: string, from: string, expected: 'allow' | 'deny'];
  const ROWS: Row[] = [
    ['model', 's3:PutObject', 'targetVpc', 'allow'],
    ['model', 's3:PutObject', 'targetNeighbourVpc', 'deny'],
    ['model', 's3:PutObject', 'productionVpc', 'deny'],
    ['model', 's3:PutObject', 'internet', 'deny'],
    ['model', 's3:PutObject', 'serviceNetwork', 'deny'],
    ['model', 's3:PutObject', 'awsService', 'deny'],
    ['admin', 's3:GetObject', 'targetVpc', 'allow'],
    ['admin', 's3:GetObject', 'internet', 'deny'],
    ['admin', 's3:GetObject', 'awsService', 'deny'],
    ['macie', 's3:GetObject', 'internet', 'allow'],
    ['macie', 's3:PutObject', 'internet', 'deny'],
    ['macieImpostor', 's3:GetObject', 'internet', 'deny'],
    ['config', 's3:GetBucketPolicy', 'internet', 'allow'],
    ['config', 's3:GetObject', 'internet', 'deny'],
    ['deployer', 's3:PutBucketPolicy', 'internet', 'allow'],
    ['deployer', 's3:GetObject', 'internet', 'deny'],
    ['almostDeployer', 's3:PutBucketPolicy', 'internet', 'deny'],
    ['admin', 's3:PutBucketPolicy', 'targetVpc', 'deny'],
    ['admin', 's3:DeleteObjectVersion', 'targetVpc', 'deny'],
    ['deployer', 's3:DeleteObjectVersion', 'targetVpc', 'deny'],
    ['dataScience', 's3:GetObject', 'targetNeighbourVpc', 'deny'],
    ['production', 's3:GetObject', 'productionVpc', 'deny'],
    ['outsider', 's3:PutObject', 'targetVpc', 'deny'],
  ];

  test.each(ROWS)('%s %s from %s: %s', async (who, action, from, expected) => {
    const arn = /Object/.test(action) ? `${BUCKET}/x` : BUCKET;
    expect(await ask(who, action, arn, from, bucketPolicy)).toBe(expected);
  });

  test.each([
    ['plain HTTP', { 'aws:SecureTransport': 'false' }],
    ['another encryption', { 's3:x-amz-server-side-encryption': 'AES256' }],
    ['another key', { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:222222222222:key/other' }],
    ['a key that the caller brings', { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' }],
  ])('takes nothing with %s', async (_, context) => {
    expect(await ask('model', 's3:PutObject', `${BUCKET}/x`, 'targetVpc', bucketPolicy, context)).toBe('deny');
  });
});

describe('ground truth', () => {
  type Row = [who: Who, action: string, key: string, from: string, expected: 'allow' | 'deny'];
  const ANSWERS = 'ground-truth/churn--staging--forecast/2026/11/28/05/answers.jsonl';
  const ROWS: Row[] = [
    ['writer', 's3:PutObject', ANSWERS, 'targetVpc', 'allow'],
    ['writer', 's3:AbortMultipartUpload', ANSWERS, 'targetVpc', 'allow'],
    ['writer', 's3:PutObject', ANSWERS, 'targetNeighbourVpc', 'deny'],
    ['writer', 's3:PutObject', ANSWERS, 'internet', 'deny'],
    ['writer', 's3:PutObject', ANSWERS, 'serviceNetwork', 'deny'],
    ['writer', 's3:PutObject', 'captures/x', 'targetVpc', 'deny'],
    ['writer', 's3:PutObject', 'monitoring/x', 'targetVpc', 'deny'],
    ['writer', 's3:PutObject', 'ground-truth', 'targetVpc', 'deny'],
    ['writer', 's3:GetObject', ANSWERS, 'targetVpc', 'deny'],
    ['writer', 's3:GetObjectVersion', ANSWERS, 'targetVpc', 'deny'],
    ['writer', 's3:DeleteObject', ANSWERS, 'targetVpc', 'deny'],
    ['writer', 's3:PutObjectTagging', ANSWERS, 'targetVpc', 'deny'],
    ['writer', 's3:PutObjectAcl', ANSWERS, 'targetVpc', 'deny'],
    ['writer', 's3:GetObject', 'captures/x', 'targetVpc', 'deny'],
    ['writer', 's3:ListBucket', '', 'targetVpc', 'deny'],
    ['writerElsewhere', 's3:PutObject', ANSWERS, 'targetVpc', 'deny'],
    ['monitor', 's3:GetObject', ANSWERS, 'targetVpc', 'allow'],
    ['monitor', 's3:ListBucket', '', 'targetVpc', 'allow'],
    ['monitor', 's3:GetObject', ANSWERS, 'internet', 'deny'],
  ];

  test.each(ROWS)('%s %s on "%s" from %s: %s', async (who, action, key, from, expected) => {
    expect(await ask(who, action, key === '' ? BUCKET : `${BUCKET}/${key}`, from, bucketPolicy)).toBe(expected);
  });
});

describe('a target that is not monitored', () => {
  const unmonitored = new TargetPerimeter(new Stack(), 'Boundary', {
    names,
    stage: DeploymentStage.accounts('staging', { accounts: [target.id] }),
    account: target.id,
    expectedNetworks: { s3EndpointIds: ['vpce-1'] },
    cloudFormationExecutionRoles: [DEPLOYER],
  });

  test.each([VOLUMES, CAPTURE])('%s: monitors are not known to the key', (purpose) => {
    const roles = unmonitored.requiredKeyStatements(purpose).map((statement) => JSON.stringify(statement.toStatementJson())).join();
    expect(roles).not.toMatch(/monitoring|schedule/);
  });
});

describe('keys', () => {
  type Row = [purpose: TargetKeyPurpose, who: Who, action: string, service: string | undefined, expected: 'allow' | 'deny'];
  const ROWS: Row[] = [
    [VOLUMES, 'deployment', 'kms:Decrypt', 'sagemaker', 'allow'],
    [VOLUMES, 'deployment', 'kms:GenerateDataKey', 'sagemaker', 'allow'],
    [VOLUMES, 'deployment', 'kms:Decrypt', undefined, 'deny'],
    [VOLUMES, 'deployment', 'kms:Decrypt', 's3', 'deny'],
    [VOLUMES, 'schedule', 'kms:GenerateDataKey', 'sagemaker', 'allow'],
    [VOLUMES, 'schedule', 'kms:Decrypt', 's3', 'deny'],
    [VOLUMES, 'monitor', 'kms:Decrypt', 'sagemaker', 'deny'],
    [VOLUMES, 'writer', 'kms:Decrypt', 'sagemaker', 'deny'],
    [CAPTURE, 'monitor', 'kms:Decrypt', 's3', 'allow'],
    [CAPTURE, 'monitor', 'kms:GenerateDataKey', 's3', 'allow'],
    [CAPTURE, 'monitor', 'kms:Decrypt', undefined, 'deny'],
    [CAPTURE, 'monitorElsewhere', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'writer', 'kms:GenerateDataKey', 's3', 'allow'],
    [CAPTURE, 'writer', 'kms:GenerateDataKey', undefined, 'deny'],
    [CAPTURE, 'writerOfAnotherPath', 'kms:GenerateDataKey', 's3', 'deny'],
    [CAPTURE, 'writerElsewhere', 'kms:GenerateDataKey', 's3', 'deny'],
    [CAPTURE, 'schedule', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'alarms', 'kms:Decrypt', 's3', 'deny'],
    [VOLUMES, 'model', 'kms:Decrypt', 'sagemaker', 'deny'],
    [VOLUMES, 'admin', 'kms:Decrypt', 'sagemaker', 'deny'],
    [CAPTURE, 'model', 'kms:GenerateDataKey', 's3', 'allow'],
    [CAPTURE, 'model', 'kms:Decrypt', 's3', 'allow'],
    [CAPTURE, 'model', 'kms:GenerateDataKey', undefined, 'deny'],
    [CAPTURE, 'macie', 'kms:Decrypt', 's3', 'allow'],
    [CAPTURE, 'macie', 'kms:GenerateDataKey', 's3', 'deny'],
    [CAPTURE, 'macieImpostor', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'deployment', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'test', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'modelOfTheNextStage', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'modelNextDoor', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'modelElsewhere', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'dataScience', 'kms:Decrypt', 's3', 'deny'],
    [CAPTURE, 'deployer', 'kms:Decrypt', 's3', 'deny'],
    [LOGS, 'model', 'kms:Decrypt', 's3', 'deny'],
  ];
  const onKey = (purpose: TargetKeyPurpose, who: Who, action: string, service?: string, more: Context = {}) => {
    const arn = keys.get(names.targetKeyAlias('staging', purpose))!;
    const via: Context = service === undefined ? {} : { 'kms:ViaService': `${service}.${REGION}.amazonaws.com`, 'aws:ViaAWSService': 'true' };
    return ask(who, action, arn, 'serviceNetwork', reader.keyPolicies().get(arn), { ...via, ...more });
  };

  test.each(ROWS)('%s: %s %s through %s: %s', async (purpose, who, action, service, expected) => {
    expect(await onKey(purpose, who, action, service)).toBe(expected);
  });

  test.each([VOLUMES, CAPTURE, LOGS])('%s: the deploying role administers it, and nobody else does', async (purpose) => {
    expect(await onKey(purpose, 'deployer', 'kms:PutKeyPolicy')).toBe('allow');
    expect(await onKey(purpose, 'almostDeployer', 'kms:PutKeyPolicy')).toBe('deny');
    expect(await onKey(purpose, 'admin', 'kms:PutKeyPolicy')).toBe('deny');
    expect(await onKey(purpose, 'deployment', 'kms:PutKeyPolicy')).toBe('deny');
  });

  test('grants are for AWS services only', async () => {
    const grant = (more: Context) => onKey(VOLUMES, 'deployment', 'kms:CreateGrant', 'sagemaker', more);
    expect(await grant({ 'kms:GrantIsForAWSResource': 'true' })).toBe('allow');
    expect(await grant({ 'kms:GrantIsForAWSResource': 'false' })).toBe('deny');
    expect(await grant({})).toBe('deny');
  });
});

describe('endpoints', () => {
  const shared: NamedPolicy = {
    kind: 'bucket', name: 'shared', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] },
  };
  type Row = [who: Who, action: string, arn: string, owner: Account, expected: 'allow' | 'deny'];
  const RELEASES = `${names.releasesBucketArn}/model.tar.gz`;
  const endpoint = (account: Account) => `arn:aws:sagemaker:${REGION}:${account.id}:endpoint/churn--staging--forecast`;
  const image = (account: Account) => `arn:aws:ecr:${REGION}:${account.id}:repository/churn/releases`;
  const ROWS: Row[] = [
    ['model', 's3:GetObject', RELEASES, data, 'allow'],
    ['model', 's3:PutObject', `${BUCKET}/x`, target, 'allow'],
    ['model', 's3:PutObject', 'arn:aws:s3:::churn-capture-2/x', foreign, 'deny'],
    ['model', 's3:GetObject', 'arn:aws:s3:::payroll/x', target, 'deny'],
    ['outsider', 's3:GetObject', RELEASES, data, 'deny'],
    ['outsider', 's3:PutObject', `${BUCKET}/x`, target, 'deny'],
    ['dataScience', 's3:GetObject', RELEASES, data, 'deny'],
    ['outsider', 's3:GetObject', `arn:aws:s3:::prod-${REGION}-starport-layer-bucket/x`, foreign, 'allow'],
    ['model', 's3:PutObject', `arn:aws:s3:::prod-${REGION}-starport-layer-bucket/x`, foreign, 'deny'],
    ['model', 's3:GetObject', 'arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/x', foreign, 'deny'],
    ['admin', 'sagemaker:InvokeEndpoint', endpoint(target), target, 'allow'],
    ['admin', 'sagemaker:InvokeEndpoint', endpoint(foreign), foreign, 'deny'],
    ['outsider', 'sagemaker:InvokeEndpoint', endpoint(target), target, 'deny'],
    ['model', 'ecr:BatchGetImage', image(data), data, 'allow'],
    ['model', 'ecr:PutImage', image(foreign), foreign, 'deny'],
    ['outsider', 'ecr:BatchGetImage', image(data), data, 'deny'],
    ['model', 'logs:PutLogEvents', `arn:aws:logs:${REGION}:${target.id}:log-group:/aws/sagemaker/x:log-stream:s`, target, 'allow'],
    ['model', 'logs:PutLogEvents', `arn:aws:logs:${REGION}:${foreign.id}:log-group:/drop:log-stream:s`, foreign, 'deny'],
  ];

  test.each(ROWS)('%s %s on %s: %s', async (who, action, arn, owner, expected) => {
    expect(await ask(who, action, arn, 'targetVpc', shared, {}, owner)).toBe(expected);
  });
});

describe('deploying roles', () => {
  const make = (...cloudFormationExecutionRoles: string[]) => () => new TargetPerimeter(new Stack(), 'Boundary', {
    names,
    stage: DeploymentStage.sameAccount('staging'),
    account: target.id,
    expectedNetworks: { s3EndpointIds: ['vpce-1'] },
    cloudFormationExecutionRoles,
  });

  test('are named', () => {
    expect(make()).toThrow('[Default/Boundary] cloudFormationExecutionRoles must have at least one element, got []. Nobody could change keys and buckets again');
  });

  test.each(['arn:aws:iam::222222222222:user/alice', 'arn:aws:iam::*:role/deployer', 'arn:aws:iam::222222222222:role/*/deployer', '*'])('are roles: %s', (arn) => {
    expect(make(arn)).toThrow(`[Default/Boundary] cloudFormationExecutionRoles must be ARNs of roles, with a wildcard at the end of the name at most, got ["${arn}"]`);
  });
});
