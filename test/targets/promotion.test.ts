import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { knownByName, promotingProduction, promotingStaging, staging, target } from './fixture';
import { DeploymentStage, EnvironmentNames, ModelPromotion } from '../../src';
import { ModelEndpointTemplate } from '../../src/endpoints/model-endpoint-template';
import { testApp } from '../test-app';

interface Statement { readonly Sid?: string; readonly Action?: string | string[]; readonly Resource?: unknown }
type Rendered = Record<string, Record<string, Record<string, Record<string, unknown>>>>;
interface Policy { readonly Properties: { readonly Description: string; readonly PolicyDocument: { readonly Statement: Statement[] } } }

const made = target({ stage: promotingStaging });
const template = Template.fromStack(made.stack);
const statementsOf = (description: string) => (Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as Policy[])
  .filter(({ Properties }) => Properties.Description === description).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
const actionsOf = (description: string) => statementsOf(description).flatMap(({ Action }) => [Action ?? []].flat());

describe('a target of a stage with copies', () => {
  test('has a bucket, a repository and a key for them, by names that the environment knows', () => {
    template.hasResourceProperties('AWS::S3::Bucket', { BucketName: 'churn--staging--222222222222-eu-west-1', VersioningConfiguration: { Status: 'Enabled' } });
    template.hasResourceProperties('AWS::ECR::Repository', {
      RepositoryName: 'churn/staging/releases', ImageTagMutability: 'IMMUTABLE', EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: Match.anyValue() },
    });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/churn--staging--models' });
  });

  test('tells endpoint stacks where they are', () => {
    for (const what of ['models-bucket', 'images-repository']) template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/secure-mlops/churn/staging/storage/${what}` });
  });

  test('lets exactly the build that promotes become who writes them', () => {
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'churn--staging--promotion-eu-west-1',
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({
          Action: 'sts:AssumeRole',
          Condition: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:role/churn--promotion-eu-west-1']] } } },
        })],
      },
    });
  });

  test('of an organization lets only that organization in', () => {
    Template.fromStack(target({ stage: promotingProduction }).stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'churn--production--promotion-eu-west-1',
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Condition: Match.objectLike({ StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } }) })] },
    });
  });

  test('has nobody who takes copies away', () => {
    expect(actionsOf('What writes copies of released models').filter((action) => /Delete|Update|\*/.test(action))).toEqual([]);
  });

  test('needs nothing of the data-science account to run a model', () => {
    const policies = ['What deployed models run as', 'What containers do'];
    expect(JSON.stringify([policies.map(statementsOf), template.findResources('AWS::EC2::VPCEndpoint')])).not.toMatch(/111111111111/);
    expect(policies.flatMap(actionsOf)).toEqual(expect.arrayContaining(['s3:GetObject', 'kms:Decrypt', 'ecr:BatchGetImage']));
  });

  test('shows its copies and who writes them', () => {
    expect(made.target.promotedModelsBucket!.bucketName).toBeDefined();
    expect(made.target.promotedImagesRepository!.repositoryName).toBeDefined();
    expect(made.target.promotionRole!.roleArn).toBeDefined();
  });

  test('takes a key that exists already', () => {
    const key = 'arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-4333-8444-555555555551';
    const { stack } = target({ stage: promotingStaging, existingKeys: { models: Key.fromKeyArn(made.stack, 'Given', key) } });
    const given = Template.fromStack(stack);
    given.resourceCountIs('AWS::KMS::Key', 3);
    given.hasResourceProperties('AWS::ECR::Repository', { EncryptionConfiguration: { KmsKey: key } });
  });
});

describe('a target of a stage without copies', () => {
  const bare = target({ stage: staging });

  test('has neither repository nor role for them', () => {
    Template.fromStack(bare.stack).resourceCountIs('AWS::ECR::Repository', 0);
    expect(bare.target.promotionRole).toBeUndefined();
    expect(JSON.stringify(Template.fromStack(bare.stack).toJSON())).not.toContain('--promotion-');
  });

  test('refuses a key for them', () => {
    const key = Key.fromKeyArn(bare.stack, 'Given', 'arn:aws:kms:eu-west-1:222222222222:key/11111111-2222-4333-8444-555555555551');
    expect(() => target({ stage: staging, existingKeys: { models: key } })).toThrow('existingKeys.models must not be given for the stage \'staging\', whose models stay in the environment\'s releases');
  });
});

describe('a stage in the data-science account', () => {
  test('has no copies', () => {
    expect(() => DeploymentStage.sameAccount('live', { promotion: ModelPromotion.copy() }))
      .toThrow('[DeploymentStage \'live\'] promotion must not copy models of a stage in the data-science account itself');
    expect(DeploymentStage.sameAccount('live', { promotion: ModelPromotion.none() }).promotion.hasModelCopies).toBe(false);
  });
});

describe('an endpoint of a stage with copies', () => {
  const { names } = knownByName(testApp());
  const endpoint = new ModelEndpointTemplate(testApp(), 'Endpoint', { names, stage: promotingStaging });
  const rendered = JSON.parse(endpoint.resolve(endpoint.templateBody) as string) as Rendered;
  const model = Object.values(rendered.Resources).find(({ Type }) => Type as unknown === 'AWS::SageMaker::Model')!.Properties.PrimaryContainer;

  test('reads the artifact under the same key in the target\'s bucket', () => {
    expect(model).toMatchObject({
      ModelDataUrl: { 'Fn::Join': ['', ['s3://', { Ref: 'ModelsBucket' }, '/', { 'Fn::Select': [1, { 'Fn::Split': ['s3://churn--releases-111111111111-eu-west-1/', { Ref: 'ModelDataUrl' }] }] }]] },
    });
    expect(rendered.Parameters.ModelsBucket.Default).toBe('/secure-mlops/churn/staging/storage/models-bucket');
  });

  test('takes a released image from the target\'s repository, and one of AWS\'s from where it is', () => {
    const digest = { 'Fn::Select': [1, { 'Fn::Split': ['@', { Ref: 'Image' }] }] };
    expect(model).toMatchObject({
      Image: {
        'Fn::If': [
          'ImageIsReleased',
          { 'Fn::Join': ['', [{ Ref: 'AWS::AccountId' }, '.dkr.ecr.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/', { Ref: 'ImagesRepository' }, '@', digest]] },
          { Ref: 'Image' },
        ],
      },
    });
    expect(rendered.Conditions.ImageIsReleased['Fn::Equals']).toEqual([
      { 'Fn::Select': [0, { 'Fn::Split': ['@', { Ref: 'Image' }] }] },
      { 'Fn::Join': ['', ['111111111111.dkr.ecr.eu-west-1.', { Ref: 'AWS::URLSuffix' }, '/churn/releases']] },
    ]);
  });

  test.each([
    [`111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/releases@sha256:${'a'.repeat(64)}`, true], ['111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn/releases:forecast', false],
  ])('takes the image %s: %s', (image, taken) => {
    expect(new RegExp(`^(${rendered.Parameters.Image.AllowedPattern as unknown as string})$`).test(image)).toBe(taken);
  });

  test('is refused where the environment\'s account is unknown', () => {
    const unknown = new EnvironmentNames({ environmentName: 'churn', account: endpoint.account, region: endpoint.region });
    expect(() => new ModelEndpointTemplate(testApp(), 'Endpoint', { names: unknown, stage: promotingStaging }))
      .toThrow('stage must not copy models where the environment\'s account and region are unknown');
  });
});
