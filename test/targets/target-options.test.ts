import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { STAGING, knownByName, promotingStaging, staging, target } from './fixture';
import { CrossAccountDeploymentTarget, CrossAccountDeploymentTargetProps, DeploymentStage, EndpointService, EnvironmentNetwork, TargetKeyPurpose } from '../../src';
import { imageAccountsIn } from '../../src/roles/statements/image-account-list';
import { testApp } from '../test-app';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

/** A target in a stack that already holds what it is given. */
function around(props: (stack: Stack) => Partial<CrossAccountDeploymentTargetProps>, attributes = {}): Template {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Target', { env: STAGING });
  new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app, attributes), stage: staging, ...props(stack) });
  return Template.fromStack(stack);
}

function resourcesOf(template: Template, type: string): Resource[] {
  return Object.values(template.findResources(type)) as Resource[];
}

describe('a given network', () => {
  const template = around((stack) => ({ network: new EnvironmentNetwork(stack, 'Network', { restrictDefaultSecurityGroup: false }) }));

  test('is the only one', () => {
    template.resourceCountIs('AWS::EC2::VPC', 1);
  });

  test('has the target\'s policies on its endpoints', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Condition: { StringEquals: { 'aws:PrincipalAccount': '222222222222' } } })]) },
    });
  });

  test('is what guardrails ask for', () => {
    const app = testApp({ analyticsReporting: false });
    const stack = new Stack(app, 'Target', { env: STAGING });
    const network = new EnvironmentNetwork(stack, 'Network', { restrictDefaultSecurityGroup: false });
    new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging, network });
    const group = stack.resolve(network.workloadSecurityGroup.securityGroupId) as unknown;
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Effect: 'Deny', Condition: { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSecurityGroupIds': [group] } },
        })]),
      },
    });
  });
});

describe('access logs', () => {
  const buckets = (template: Template) => Object.entries(template.findResources('AWS::S3::Bucket')) as [string, Resource][];

  test('are kept of nothing unless they are asked for', () => {
    expect(buckets(around(() => ({}))).map(([, { Properties }]) => Properties.LoggingConfiguration)).toEqual([undefined]);
  });

  test('are kept of captures and of copies of models, each under its own prefix', () => {
    const all = buckets(around(() => ({ enableAccessLogs: true, stage: promotingStaging })));
    const logs = all.find(([id]) => id.includes('AccessLogs'))!;
    const destination = { Ref: logs[0] };
    expect(all.map(([, { Properties }]) => Properties.LoggingConfiguration)).toEqual(expect.arrayContaining([
      { DestinationBucketName: destination, LogFilePrefix: 'capture/' }, { DestinationBucketName: destination, LogFilePrefix: 'models/' }, undefined,
    ]));
    expect(all.length).toBe(3);
  });

  test('are written by S3 for this account, and their settings changed by deploying roles alone', () => {
    const template = around(() => ({ enableAccessLogs: true }));
    const [bucket] = buckets(template).flatMap(([id]) => (id.includes('AccessLogs') ? [id] : []));
    const [{ Properties }] = resourcesOf(template, 'AWS::S3::BucketPolicy').filter((policy) => (policy.Properties.Bucket as { Ref: string }).Ref === bucket);
    const { Statement } = Properties.PolicyDocument as { Statement: { Sid: string; Effect: string }[] };
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['DenyPlainHttp', 'DenySettingsToOthers', 'DenyDeletingVersions', 'AllowLogDelivery']);
    expect(Statement.find(({ Effect }) => Effect === 'Allow')).toEqual({
      Sid: 'AllowLogDelivery',
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket, 'Arn'] }, '/*']] },
      Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
    });
  });
});

describe('given keys', () => {
  const arn = (end: string) => `arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-4333-8444-55555555555${end}`;
  const template = around((stack) => ({
    existingKeys: { volumes: Key.fromKeyArn(stack, 'Volumes', arn('1')), capture: Key.fromKeyArn(stack, 'Capture', arn('2')), logs: Key.fromKeyArn(stack, 'Logs', arn('3')) },
  }));

  test('are used, and none is made', () => {
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.resourceCountIs('AWS::KMS::Alias', 0);
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/staging/encryption/volumes-key-arn', Value: arn('1') });
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: { KMSMasterKeyID: arn('2'), SSEAlgorithm: 'aws:kms' } })] },
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: arn('3') });
  });

  test('have owners who are told what to add', () => {
    const { target: made } = target();
    expect(made.requiredKeyStatements(TargetKeyPurpose.CAPTURE).map(({ sid }) => sid)).toContain('Capture');
  });
});

describe('what a company asks of every role', () => {
  const path = '/company/';
  const template = around((stack) => ({ permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'company/boundary') }), { rolePath: path });
  const roles = resourcesOf(template, 'AWS::IAM::Role');

  test('bounds each of them', () => {
    expect(roles.filter(({ Properties }) => Properties.PermissionsBoundary === undefined)).toEqual([]);
  });

  test('gives each of them the path, but for the one that stack sets know without', () => {
    const without = roles.filter(({ Properties }) => Properties.Path !== path).map(({ Properties }) => Properties.RoleName);
    expect(without).toEqual(['churn--staging--deployment-eu-west-1']);
  });

  test('gives policies the path', () => {
    expect(resourcesOf(template, 'AWS::IAM::ManagedPolicy').filter(({ Properties }) => Properties.Path !== path)).toEqual([]);
  });
});

test('captures are kept for 90 days unless told otherwise', () => {
  const expires = (days: number) => ({ LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: days, Status: 'Enabled' })] } });
  Template.fromStack(target().stack).hasResourceProperties('AWS::S3::Bucket', expires(90));
  Template.fromStack(target({ captureExpiration: Duration.days(7) }).stack).hasResourceProperties('AWS::S3::Bucket', expires(7));
});

test('what a person pays for says whose it is', () => {
  const template = Template.fromStack(target().stack);
  const paid = ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::EC2::VPC', 'AWS::EC2::VPCEndpoint', 'AWS::Logs::LogGroup'];
  for (const { Type, Properties } of paid.flatMap((type) => resourcesOf(template, type))) {
    expect([Type, Properties.Tags]).toEqual([Type, expect.arrayContaining([{ Key: 'environment', Value: 'churn' }, { Key: 'stage', Value: 'staging' }])]);
  }
});

test('everything goes where it was asked for twice', () => {
  const app = testApp({ analyticsReporting: false, context: { '@cdk-secure-mlops/destroy-data': true } });
  const stack = new Stack(app, 'Target', { env: STAGING });
  new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging, removalPolicy: RemovalPolicy.DESTROY });
  const template = Template.fromStack(stack);
  template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  template.allResources('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
});

test('more endpoints may be had', () => {
  const template = Template.fromStack(target({ endpoints: { additionalServices: [EndpointService.STS] } }).stack);
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.sts' });
  template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.sagemaker.runtime' });
});

test('any size of network and any name of a stage is a target, and its names fit', () => {
  fc.assert(fc.property(
    fc.integer({ min: 16, max: 22 }), fc.integer({ min: 1, max: 4 }), fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/), fc.integer({ min: 0, max: 255 }),
    (mask, zoneCount, stageName, second) => {
      const stage = DeploymentStage.accounts(stageName, { accounts: [STAGING.account!] });
      const template = Template.fromStack(target({ stage, cidr: `10.${second}.0.0/${mask}`, zoneCount }).stack);
      template.resourceCountIs('AWS::EC2::Subnet', zoneCount);
      const names = resourcesOf(template, 'AWS::IAM::Role').flatMap(({ Properties }) => (Properties.RoleName as string | undefined) ?? []);
      expect(names).toHaveLength(3);
      for (const name of names) expect(name).toMatch(new RegExp(`^churn--${stageName}--[a-z]+-eu-west-1$`));
      expect(names.filter((name) => name.length > 64)).toEqual([]);
    },
  ), { numRuns: 12 });
});

interface Pull {
  readonly Action: string | string[];
  readonly Condition?: { readonly StringEquals: Record<string, string[]> };
}

describe('imageAccounts', () => {
  test('are pulled from, besides the target\'s account, the environment\'s and AWS', () => {
    const [policy] = resourcesOf(around(() => ({ imageAccounts: ['888888888888'] })), 'AWS::IAM::ManagedPolicy').filter(({ Properties }) => Properties.Description === 'What containers do');
    const { Statement } = policy.Properties.PolicyDocument as { Statement: Pull[] };
    const pulls = Statement.filter(({ Action }) => Action.includes('ecr:BatchGetImage'));
    expect(pulls.map(({ Condition }) => Condition!.StringEquals['aws:ResourceAccount'])).toEqual([[STAGING.account, '111111111111', '888888888888', ...imageAccountsIn(STAGING.region!)]]);
  });

  test('are ids', () => {
    expect(() => target({ imageAccounts: ['company'] })).toThrow('imageAccounts must be account IDs of 12 digits');
  });
});
