import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment, DataScienceEnvironmentProps, MlflowTrackingServerSize, ProjectBlueprint } from '../../../src';
import { testApp } from '../../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
const SERVER = 'AWS::SageMaker::MlflowTrackingServer';

function churn(props: Partial<DataScienceEnvironmentProps> = {}, context: Record<string, unknown> = {}) {
  const stack = new Stack(testApp({ context }), 'Stack', { env });
  return { stack, environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props }) };
}

test('without it there is nothing of MLflow', () => {
  const { stack, environment } = churn();
  expect(environment.mlflow).toBeUndefined();
  expect(environment.storage.mlflowBucket).toBeUndefined();
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/mlflow/i);
});

describe('an environment with MLflow', () => {
  const { stack, environment } = churn({ mlflow: {} });
  const template = Template.fromStack(stack);
  const bucket = stack.resolve(environment.storage.mlflowBucket!.bucketName) as object;

  test('has a small tracking server with a bucket, a key and a role of its own, which registers no models by itself', () => {
    template.hasResourceProperties(SERVER, {
      TrackingServerName: 'churn--mlflow',
      TrackingServerSize: 'Small',
      MlflowVersion: Match.absent(),
      AutomaticModelRegistration: false,
      ArtifactStoreUri: { 'Fn::Join': ['', ['s3://', bucket]] },
      RoleArn: stack.resolve(environment.mlflow!.serviceRole.roleArn) as object,
    });
    template.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/churn--mlflow' });
    template.hasResourceProperties('AWS::IAM::Role', { RoleName: 'churn--mlflow-eu-west-1' });
  });

  test('has the endpoint of tracking servers in its network', () => {
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: 'aws.sagemaker.eu-west-1.experiments', PrivateDnsEnabled: true });
  });

  test('says in parameters which server and key it is', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/secure-mlops/churn/studio/mlflow-tracking-server-arn', Value: stack.resolve(environment.mlflow!.trackingServerArn) as string,
    });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/encryption/mlflow-key-arn' });
  });

  test('says in an output how MLflow is opened', () => {
    template.hasOutput('*', {
      Value: 'aws sagemaker create-presigned-mlflow-tracking-server-url --tracking-server-name churn--mlflow --query AuthorizedUrl --output text',
    });
  });

  test('makes the server when its role can reach the bucket, and not before', () => {
    const [{ DependsOn }] = Object.values(template.findResources(SERVER)) as { DependsOn: string[] }[];
    const idOf = (part: string) => Object.keys(template.toJSON().Resources as object).filter((id) => id.startsWith(part));
    expect(DependsOn).toEqual(expect.arrayContaining([...idOf('ChurnMlflowPolicy'), ...idOf('ChurnStorageMlflowPolicy')]));
  });

  test('retains runs and artifacts', () => {
    template.hasResource(SERVER, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    template.hasResource('AWS::S3::Bucket', { Properties: { LoggingConfiguration: { LogFilePrefix: 'mlflow/' } }, DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('knows its bucket as its own', () => {
    expect(() => environment.addDataSource(Bucket.fromBucketName(stack, 'Same', environment.storage.mlflowBucket!.bucketName)))
      .toThrow('[Stack/Churn] bucket must be another bucket than the environment\'s own');
  });
});

test('size, version and maintenance are the server\'s', () => {
  const { stack } = churn({ mlflow: { size: MlflowTrackingServerSize.LARGE, version: '3.0', weeklyMaintenanceWindowStart: 'Tue:03:30' } });
  Template.fromStack(stack).hasResourceProperties(SERVER, { TrackingServerSize: 'Large', MlflowVersion: '3.0', WeeklyMaintenanceWindowStart: 'Tue:03:30' });
});

describe('projects that train', () => {
  const variablesOf = (props: Partial<DataScienceEnvironmentProps>) => {
    const { stack, environment } = churn(props);
    const { template } = environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    return stack.resolve(template.templateBody) as string;
  };

  test('are told of the tracking server', () => {
    expect(variablesOf({ mlflow: {} })).toContain('/secure-mlops/churn/studio/mlflow-tracking-server-arn');
  });

  test('are told of none where there is none', () => {
    expect(variablesOf({})).not.toMatch(/mlflow/i);
  });

  test('are told of none where jobs are isolated from every network', () => {
    expect(variablesOf({ mlflow: {}, executionRoles: { guardrails: { requireNetworkIsolation: true } } })).not.toMatch(/mlflow/i);
  });
});

describe('destroying runs takes two keys', () => {
  const policyOf = (context: Record<string, unknown>) => {
    const { stack } = churn({ mlflow: {}, removalPolicy: RemovalPolicy.DESTROY }, context);
    const template = Template.fromStack(stack);
    return Object.values(template.findResources(SERVER))[0] as { DeletionPolicy: string; DependsOn: string[] };
  };

  test('the property alone retains them', () => {
    expect(policyOf({}).DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('the property and the context flag delete them, the server before its bucket is emptied', () => {
    const { DeletionPolicy, DependsOn } = policyOf({ '@cdk-secure-mlops/destroy-data': true });
    expect(DeletionPolicy).toBe('Delete');
    expect(DependsOn.some((id) => id.startsWith('ChurnStorageMlflowEmptying'))).toBe(true);
  });
});

test.each([
  [{ size: 'Tiny' as MlflowTrackingServerSize }, '[Stack/Churn/Mlflow] mlflow.size must be one of MlflowTrackingServerSize, got "Tiny"'],
  [{ version: 'latest' }, '[Stack/Churn/Mlflow] mlflow.version must be numbers with periods in between, such as 3.0, got "latest"'],
  [{ version: '3' }, '[Stack/Churn/Mlflow] mlflow.version must be numbers with periods in between, such as 3.0, got "3"'],
  [{ weeklyMaintenanceWindowStart: 'tue:3:30' }, '[Stack/Churn/Mlflow] mlflow.weeklyMaintenanceWindowStart must be a day and a time in UTC, such as Tue:03:30, got "tue:3:30"'],
])('%p is refused', (mlflow, message) => {
  expect(() => churn({ mlflow })).toThrow(message);
});
