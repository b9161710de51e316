import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment, ProjectBlueprint, TemplateDelivery } from '../../src';
import { ProjectRoles } from '../../src/identity/project-roles';
import { Json } from '../templates/carried';
import { testApp } from '../test-app';

const LOCATION = 'sagemaker:projectS3TemplatesLocation';

/** A whole environment whose people get a project template in one way or the other. */
function environmentWith(delivery: TemplateDelivery) {
  const stack = new Stack(testApp({ analyticsReporting: false }), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain(), delivery });
  const resources = Template.fromStack(stack).toJSON().Resources as Record<string, Json>;
  const ofType = (type: string) => Object.values(resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties as Json);
  // What several roles share stands in one policy.
  const statements = (): Json[] => ofType('AWS::IAM::ManagedPolicy').flatMap(({ Roles, PolicyDocument }) =>
    (Roles as Json[]).flatMap((role) => (PolicyDocument.Statement as Json[]).map((statement) => ({ ...statement, Role: role }))));
  const refTo = (construct: { bucketName: string } | { roleArn: string }) => stack.resolve('bucketName' in construct ? construct.bucketName : construct.roleArn) as Json;
  return { stack, environment, resources, ofType, statements, refTo };
}

const actionsOf = ({ Action }: Json) => [Action].flat() as string[];
const onStacksOfProjects = ({ Resource }: Json) => JSON.stringify(Resource ?? null).includes(':stack/SP-*');
const listed = (objects: Json[]) => objects.filter(({ Key }) => (Key as string).startsWith('projects/'));

describe('an environment whose templates are in a bucket', () => {
  const made = environmentWith(TemplateDelivery.s3());
  const { launch } = made.environment.node.findChild('ProjectRoles') as ProjectRoles;
  const bucket = made.refTo(made.environment.storage.templatesBucket!), launchRole = made.refTo(launch);

  test('lets Studio\'s pages read that bucket, and pages of nobody else any', () => {
    const withCors = Object.entries(made.resources).filter(([, { Type, Properties }]) => Type === 'AWS::S3::Bucket' && Properties.CorsConfiguration !== undefined);
    expect(withCors.map(([id]) => ({ Ref: id }))).toEqual([bucket]);
    expect(withCors[0][1].Properties.CorsConfiguration.CorsRules).toEqual([
      { AllowedHeaders: ['*'], AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['https://*.sagemaker.aws'], ExposedHeaders: ['ETag'] },
    ]);
  });

  test('tells Studio by a tag of its domain where they are', () => {
    const [{ Tags }] = made.ofType('AWS::SageMaker::Domain');
    expect((Tags as Json[]).filter(({ Key }) => Key === LOCATION)).toEqual([{ Key: LOCATION, Value: { 'Fn::Join': ['', ['s3://', bucket, '/projects/']] } }]);
  });

  test('puts them there in YAML, marked as templates, and nothing else', () => {
    const objects = listed(made.ofType('Custom::PublishedObject'));
    expect(objects).toEqual([expect.objectContaining({
      BucketName: bucket, Key: expect.stringMatching(/^projects\/project-train-[0-9a-f]{12}\.yaml$/), ContentType: 'application/yaml', Tags: { 'sagemaker:studio-visibility': 'true' },
    })]);
  });

  test('lets Studio make and change stacks of projects by these templates only, and only with the launch role', () => {
    const making = made.statements().filter((statement) => onStacksOfProjects(statement) && actionsOf(statement).includes('cloudformation:CreateStack'));
    expect(making).toHaveLength(2); // Studio's role, and that of ML engineers
    for (const { Effect, Condition, Resource, Action } of making) {
      expect({ Effect, Action }).toEqual({ Effect: 'Allow', Action: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'] });
      expect(JSON.stringify(Resource)).toContain(':cloudformation:eu-west-1:111111111111:stack/SP-*');
      expect(Condition).toEqual({
        StringLike: { 'cloudformation:TemplateUrl': { 'Fn::Sub': `https://\${${bucket.Ref as string}.RegionalDomainName}/projects/*` } },
        StringEquals: { 'cloudformation:RoleArn': launchRole },
      });
    }
  });

  test('lets Studio hand the launch role to CloudFormation, and to nothing else', () => {
    const passing = made.statements().filter(({ Effect, Action, Resource }) => Effect === 'Allow' && Action === 'iam:PassRole' && JSON.stringify(Resource) === JSON.stringify(launchRole));
    expect(passing.map(({ Condition }) => Condition as Json)).toEqual(passing.map(() => ({ StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } })));
    expect(passing).toHaveLength(2);
  });

  test('removes stacks of projects with that role as well', () => {
    const removing = made.statements().filter((statement) => onStacksOfProjects(statement) && actionsOf(statement).includes('cloudformation:DeleteStack'));
    expect(removing.map(({ Condition }) => Condition as Json)).toEqual(removing.map(() => ({ StringEqualsIfExists: { 'cloudformation:RoleArn': launchRole } })));
    expect(removing).toHaveLength(2);
  });
});

describe('an environment whose templates are products of Service Catalog', () => {
  const made = environmentWith(TemplateDelivery.serviceCatalog());

  test('lets pages of browsers read no bucket', () => {
    expect(made.ofType('AWS::S3::Bucket').filter(({ CorsConfiguration }) => CorsConfiguration !== undefined)).toEqual([]);
  });

  test('tells Studio of no bucket', () => {
    const [{ Tags }] = made.ofType('AWS::SageMaker::Domain');
    expect((Tags as Json[]).map(({ Key }) => Key as string)).not.toContain(LOCATION);
  });

  test('puts nothing where Studio would look', () => {
    const objects = made.ofType('Custom::PublishedObject');
    expect(listed(objects)).toEqual([]);
    expect(objects.filter(({ Tags }) => Tags !== undefined)).toEqual([]);
  });

  test('lets nobody make stacks of projects, or hand on the launch role to CloudFormation', () => {
    const { launch } = made.environment.node.findChild('ProjectRoles') as ProjectRoles;
    const launchRole = JSON.stringify(made.refTo(launch));
    expect(made.statements().filter(onStacksOfProjects)).toEqual([]);
    expect(made.statements().filter(({ Effect, Action, Resource }) => Effect === 'Allow' && Action === 'iam:PassRole' && JSON.stringify(Resource) === launchRole)).toEqual([]);
  });
});

test('the owner of a given templates bucket is told to let Studio\'s pages read it', () => {
  const stack = new Stack(testApp(), 'Stack');
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', storage: { existingBuckets: { templatesBucket: Bucket.fromBucketName(stack, 'Given', 'company-templates') } },
  });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain(), delivery: TemplateDelivery.s3() });
  Annotations.fromStack(stack).hasInfo('/Stack/Churn/Storage', Match.stringLikeRegexp('must let https://\\*\\.sagemaker\\.aws read it from browsers'));
});
