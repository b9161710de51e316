import { readFileSync } from 'fs';
import { join } from 'path';
import { BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { DataScienceEnvironment, ProductAssets, ProductAssetsProps, ProjectBlueprint } from '../../src';
import { publishedIn } from '../apps/template/published';
import { Json } from '../templates/carried';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
const BUCKET = /^secure-mlops-[0-9a-f]{8}-111111111111-eu-west-1$/;

/** Products of a stack, each an environment with a project template. */
function products({ props, place = { env }, names = ['Environment'] }: { props?: ProductAssetsProps; place?: object; names?: string[] } = {}) {
  const app = testApp(), platform = new Stack(app, 'Platform', place);
  if (props) new ProductAssets(platform, 'Assets', props);
  const stacks = names.map((name) => {
    const stack = new ProductStack(platform, name);
    const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', cloudFormationExecutionRoles: ['arn:aws:iam::111111111111:role/launch'] });
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    return stack;
  });
  const { directory } = app.synth();
  const templates = stacks.map(({ templateFile }) => JSON.parse(readFileSync(join(directory, templateFile), 'utf8')) as Json);
  return { platform: Template.fromStack(platform), templates, directory };
}
const resourcesOf = ({ Resources }: Json, type: string) => Object.values(Resources as Record<string, Json>)
  .filter(({ Type }) => Type === type).map(({ Properties }) => Properties as Json);
const objectsOf = ({ Resources }: Json) => publishedIn(Resources as unknown as Record<string, { Type: string }>) as unknown as Json[];
const only = (found: Record<string, Json>) => Object.values(found)[0].Properties as Json;

test('an environment that is launched from a product finds what it publishes in the bucket of the stack around, by its digest', () => {
  const { platform, templates: [template] } = products();
  const { BucketName } = only(platform.findResources('AWS::S3::Bucket'));
  expect(BucketName).toMatch(BUCKET);
  const objects = objectsOf(template), { Assets } = only(platform.findResources('Custom::ProductAssets'));
  expect(objects).toHaveLength(2);
  for (const { Source, Content } of objects) {
    expect(Content).toBeUndefined();
    expect(Source).toMatchObject({ Bucket: BucketName, Key: expect.stringMatching(new RegExp(`^${Source.Sha256}\\.(json|zip)$`)) });
    expect(Assets).toContainEqual({ Bucket: 'cdk-hnb659fds-assets-111111111111-eu-west-1', Key: expect.stringContaining(Source.Sha256 as string), Sha256: Source.Sha256 });
  }
});

test('its publisher may read there, and nothing of the assets of an app', () => {
  const { templates: [template] } = products();
  const statements = resourcesOf(template, 'AWS::IAM::ManagedPolicy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement as Json[]);
  const reads = statements.filter(({ Action }) => Action === 's3:GetObject').map(({ Resource }) => JSON.stringify(Resource)).filter((text) => text.includes('secure-mlops-'));
  expect(reads).toEqual([expect.stringMatching(/secure-mlops-[0-9a-f]{8}-111111111111-eu-west-1\/\*/)]);
  expect(JSON.stringify(template)).not.toContain('cdk-hnb659fds-assets');
});

test('what two products have in common is copied once', () => {
  const { platform, templates } = products({ names: ['Small', 'Large'] });
  const digests = (only(platform.findResources('Custom::ProductAssets')).Assets as Json[]).map(({ Sha256 }) => Sha256 as string);
  expect(new Set(digests).size).toBe(digests.length);
  expect(digests.length).toBeLessThan(templates.flatMap(objectsOf).length);
});

describe('the bucket', () => {
  test('is closed, versioned, and stays', () => {
    const { platform } = products();
    platform.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    platform.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
    });
  });

  const statementsOf = (props?: ProductAssetsProps) => only(products({ props }).platform.findResources('AWS::S3::BucketPolicy')).PolicyDocument.Statement as Json[];

  test('takes requests with TLS only, and by itself lets in nobody', () => {
    expect(statementsOf()).toEqual([expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })]);
  });

  test('lets publishers of other accounts read, and nobody else of them', () => {
    const [, ...allowed] = statementsOf({ accounts: ['222222222222'], organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-data1111/'] });
    expect(allowed.map(({ Effect, Action, Condition }) => ({ Effect, Action, Condition: { ...Condition, ArnLike: undefined } }))).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Condition: { StringEquals: { 'aws:PrincipalAccount': ['222222222222'] } } },
      { Effect: 'Allow', Action: 's3:GetObject', Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': ['o-exampleorg/r-ab12/ou-ab12-data1111/*'] } } },
    ]);
    for (const { Condition } of allowed) expect(JSON.stringify(Condition.ArnLike)).toContain(':iam::*:role/*--publisher-eu-west-1');
  });
});

test('the function that copies may write there, and read of the assets what environments publish', () => {
  const { platform } = products();
  platform.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    Description: 'Copies assets of products',
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: ['s3:GetObject', 's3:PutObject'], Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^ProductAssetsBucket'), 'Arn'] }, '/*']] } }),
        Match.objectLike({ Action: 's3:GetObject', Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::cdk-hnb659fds-assets-111111111111-eu-west-1/secure-mlops-*']] } }),
      ]),
    },
  });
});

test('where the stack knows no account, products are launched in its own', () => {
  const { platform, templates: [template] } = products({ place: {} });
  const name = ({ 'Fn::Join': [, parts] }: Json) => JSON.stringify(parts);
  expect(name(objectsOf(template)[0].Source.Bucket as Json)).toBe(name(only(platform.findResources('AWS::S3::Bucket')).BucketName as Json));
});

describe('what is refused', () => {
  test.each<[string, object, ProductAssetsProps, string]>([
    ['an account that is none', { env }, { accounts: ['1'] }, '[Platform/Assets] accounts must be account ids of 12 digits, got ["1"]'],
    ['a unit that is none', { env }, { organizationalUnitPaths: ['ou-ab12-data1111'] }, '[Platform/Assets] organizationalUnitPaths must be paths such as o-exampleorg/r-ab12/ou-ab12-data1111/'],
    ['other accounts of a stack without one', {}, { accounts: ['222222222222'] }, '[Platform/Assets] account of the stack must be known where other accounts launch its products'],
    ['a stack that takes no assets', { synthesizer: new BootstraplessSynthesizer() }, {}, '[Platform/Assets] stack must take file assets'],
  ])('%s', (_, place, props, message) => {
    expect(() => new ProductAssets(new Stack(testApp(), 'Platform', place), 'Assets', props)).toThrow(message);
  });

  test('the assets of a stack a second time', () => {
    const stack = new Stack(testApp(), 'Platform');
    ProductAssets.forStack(stack);
    expect(() => new ProductAssets(stack, 'Assets')).toThrow('[Platform/Assets] stack must have the assets of its products once, got "Platform". Create ProductAssets before');
  });
});

test('a role that exists already copies them, and its owner is told what a new one would have', () => {
  const withRole = (given: boolean) => {
    const app = testApp(), platform = new Stack(app, 'Platform', { env });
    const existingRole = given ? Role.fromRoleArn(platform, 'Given', 'arn:aws:iam::111111111111:role/copies') : undefined;
    const assets = new ProductAssets(platform, 'Assets', { existingRole });
    const stack = new ProductStack(platform, 'Environment');
    const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', cloudFormationExecutionRoles: ['arn:aws:iam::111111111111:role/launch'] });
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    app.synth();
    const statements = assets.requiredPolicies.flatMap((document) => (platform.resolve(document) as Json).Statement as Json[]);
    return { platform: Template.fromStack(platform), statements, trust: platform.resolve(assets.requiredTrust) as Json };
  };
  const given = withRole(true), made = withRole(false);
  expect(Object.values(given.platform.toJSON().Resources as Record<string, Json>).filter(({ Type }) => /^AWS::IAM::/.test(Type as string))).toEqual([]);
  given.platform.hasResourceProperties('AWS::Lambda::Function', { Role: 'arn:aws:iam::111111111111:role/copies' });
  const [{ PolicyDocument }] = Object.values(made.platform.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties as Json);
  const [{ AssumeRolePolicyDocument }] = Object.values(made.platform.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties as Json);
  expect(given.trust).toEqual(AssumeRolePolicyDocument);
  const withoutLogs = (statements: Json[]) => statements.filter(({ Action }) => !JSON.stringify(Action).includes('logs:'));
  expect(withoutLogs(given.statements)).toEqual(withoutLogs(PolicyDocument.Statement as Json[]));
});
