import { CfnParameter, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { BOTH_KEYS, ENV } from './parts';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EndpointService, EnvironmentNetwork } from '../../src';
import { testApp } from '../test-app';

const NAME = 'churn--data-preparation';

function prepares(props: (stack: Stack) => Partial<DataScienceEnvironmentProps> = () => ({}), context: Record<string, unknown> = {}) {
  const stack = new Stack(testApp({ context }), 'Stack', { env: ENV });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', dataPreparation: {}, ...props(stack) });
  return { stack, environment };
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** Statements about Athena and Glue, by the role whose policies they are in. */
function rolesThatPrepare(stack: Stack): string[] {
  const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return [...new Set(policies.filter(({ Properties }) => /"(athena|glue):/.test(JSON.stringify(Properties.PolicyDocument)))
    .map(({ Properties }) => JSON.stringify(Properties.Roles).replace(/.*Churn(\w+?)Role[0-9A-F]{8}.*/, '$1')))];
}

function statementCalled(stack: Stack, sid: string): Statement[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[])
    .filter(({ Sid }) => Sid === sid);
}

describe('data preparation', () => {
  const { stack, environment } = prepares();
  const template = Template.fromStack(stack);

  test('says where results go and how they are encrypted, whoever asks', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: NAME,
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        PublishCloudWatchMetricsEnabled: true,
        RequesterPaysEnabled: false,
        BytesScannedCutoffPerQuery: 100 * 1024 ** 3,
        ResultConfiguration: {
          OutputLocation: { 'Fn::Join': ['', ['s3://', stack.resolve(environment.storage.dataBucket.bucketName), '/outputs/athena/']] },
          ExpectedBucketOwner: ENV.account,
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: stack.resolve(environment.keys.data.keyArn) as object },
        },
      },
    });
  });

  test('describes tables in a database of the environment\'s own', () => {
    template.hasResourceProperties('AWS::Glue::Database', { CatalogId: ENV.account, DatabaseInput: { Name: 'churn__data' } });
  });

  test('has a security configuration with the environment\'s keys', () => {
    const data = stack.resolve(environment.keys.data.keyArn) as object, logs = stack.resolve(environment.keys.logs.keyArn) as object;
    template.hasResourceProperties('AWS::Glue::SecurityConfiguration', {
      Name: NAME,
      EncryptionConfiguration: {
        S3Encryptions: [{ S3EncryptionMode: 'SSE-KMS', KmsKeyArn: data }],
        CloudWatchEncryption: { CloudWatchEncryptionMode: 'SSE-KMS', KmsKeyArn: logs },
        JobBookmarksEncryption: { JobBookmarksEncryptionMode: 'CSE-KMS', KmsKeyArn: data },
      },
    });
  });

  test('is one role\'s', () => {
    expect(rolesThatPrepare(stack)).toEqual(['ExecutionRolesDataPreparation']);
  });

  test('is denied from outside of the VPC', () => {
    const outside = { 'aws:SourceVpc': stack.resolve(environment.network.vpc.vpcId) as object };
    expect(statementCalled(stack, 'DenyQueriesFromOutside')).toEqual([
      { Sid: 'DenyQueriesFromOutside', Effect: 'Deny', Action: 'athena:*', Resource: '*', Condition: { StringNotEquals: outside } },
    ]);
    expect(statementCalled(stack, 'DenyCatalogFromOutside')).toEqual([{
      Sid: 'DenyCatalogFromOutside',
      Effect: 'Deny',
      Action: 'glue:*',
      Resource: '*',
      Condition: { StringNotEquals: { ...outside, 'aws:CalledViaFirst': 'athena.amazonaws.com' } },
    }]);
  });

  test('brings the endpoints of Glue and Athena along', () => {
    const names = environment.network.endpoints._interfaceEndpoints.map(({ service }) => service);
    expect(names).toEqual(expect.arrayContaining([EndpointService.GLUE, EndpointService.ATHENA]));
  });

  test.each([
    ['database-name', 'churn__data'],
    ['work-group-name', NAME],
    ['glue-security-configuration-name', NAME],
  ])('says in the parameter %s what it is called', (what, Value) => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: `/secure-mlops/churn/storage/${what}`, Value });
  });
});

test('an environment that was not asked for it has nothing of it', () => {
  const { stack } = prepares(() => ({ dataPreparation: undefined }));
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).not.toMatch(/[Aa]thena|"glue:|AWS::Glue/);
});

describe('removal', () => {
  test('keeps tables and queries unless told otherwise', () => {
    const template = Template.fromStack(prepares().stack);
    template.hasResource('AWS::Glue::Database', { DeletionPolicy: 'RetainExceptOnCreate' });
    template.hasResource('AWS::Athena::WorkGroup', { DeletionPolicy: 'RetainExceptOnCreate', Properties: { RecursiveDeleteOption: false } });
  });

  test('takes both keys, and then the work group goes with its queries', () => {
    const destroy = () => ({ removalPolicy: RemovalPolicy.DESTROY });
    Template.fromStack(prepares(destroy).stack).hasResource('AWS::Glue::Database', { DeletionPolicy: 'RetainExceptOnCreate' });
    const template = Template.fromStack(prepares(destroy, BOTH_KEYS).stack);
    template.hasResource('AWS::Glue::Database', { DeletionPolicy: 'Delete' });
    template.hasResource('AWS::Athena::WorkGroup', { DeletionPolicy: 'Delete', Properties: { RecursiveDeleteOption: true } });
  });
});

describe('options', () => {
  test('results may go below another output prefix', () => {
    const { environment } = prepares(() => ({ storage: { outputPrefixes: ['features/', 'queries/'] }, dataPreparation: { resultsPrefix: 'queries/athena/' } }));
    expect(environment.dataPreparation!.resultsLocation).toMatch(/\/queries\/athena\/$/);
  });

  test('a query may read less', () => {
    const { stack } = prepares(() => ({ dataPreparation: { bytesScannedLimit: Size.mebibytes(100) } }));
    Template.fromStack(stack).hasResourceProperties('AWS::Athena::WorkGroup', { WorkGroupConfiguration: { BytesScannedCutoffPerQuery: 100 * 1024 ** 2 } });
  });

  test('a name that comes at launch has its hyphens replaced then', () => {
    const { stack } = prepares((scope) => ({ environmentName: new CfnParameter(scope, 'Name').valueAsString }));
    Template.fromStack(stack).hasResourceProperties('AWS::Glue::Database', {
      DatabaseInput: { Name: { 'Fn::Join': ['', [{ 'Fn::Join': ['_', { 'Fn::Split': ['-', { Ref: 'Name' }] }] }, '__data']] } },
    });
  });

  test('a given bucket that does not know its key gets results under the environment\'s, which the role may use', () => {
    const { stack, environment } = prepares((scope) => ({ storage: { existingBuckets: { dataBucket: Bucket.fromBucketName(scope, 'Theirs', 'company-data') } } }));
    const KmsKey = stack.resolve(environment.keys.data.keyArn) as object;
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: { ResultConfiguration: { OutputLocation: 's3://company-data/outputs/athena/', EncryptionConfiguration: { KmsKey } } },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: KmsKey })]) },
    });
    const required = environment.storage.requiredStatements(environment.storage.dataBucket).map((statement) => statement.sid);
    expect(required).toContain('DenyQueriesOfOthers');
  });
});

describe('bad input', () => {
  const PATH = '[Stack/Churn/DataPreparation]';

  test.each([
    ['elsewhere/', `${PATH} resultsPrefix must be below one of the output prefixes, outputs/, got "elsewhere/". Nothing else of the data bucket may be written`],
    ['outputs/*/', `${PATH} resultsPrefix must be a prefix that ends with a slash and begins with none, such as sales/, without wildcards, got "outputs/*/"`],
    ['outputs/athena', `${PATH} resultsPrefix must be a prefix that ends with a slash and begins with none, such as sales/, without wildcards, got "outputs/athena"`],
  ])('results under %s', (resultsPrefix, message) => {
    expect(() => prepares(() => ({ dataPreparation: { resultsPrefix } }))).toThrow(message);
  });

  test('a limit that Athena does not take', () => {
    expect(() => prepares(() => ({ dataPreparation: { bytesScannedLimit: Size.mebibytes(9) } })))
      .toThrow(`${PATH} bytesScannedLimit must be at least 10000000 bytes, got "9437184 bytes". Athena takes no smaller limit`);
  });

  test.each([EndpointService.ATHENA, EndpointService.GLUE])('an endpoint that was left out', (service) => {
    const { stack } = prepares((scope) => ({ network: new EnvironmentNetwork(scope, 'Network', { endpoints: { excludedServices: [service] } }) }));
    expect(() => Template.fromStack(stack)).toThrow(`endpoints.excludedServices must leave the endpoint ${service.endpointName} in, which dataPreparation needs`);
  });
});
