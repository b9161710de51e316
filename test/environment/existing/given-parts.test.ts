import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage, EnvironmentKeys, EnvironmentNetwork, EnvironmentRole, Persona,
  StudioApplication,
} from '../../../src';
import { testApp } from '../../test-app';

const ACCOUNT = '111111111111';

/** An environment with what was asked for, and its template. */
function churn(props: (stack: Stack) => Partial<DataScienceEnvironmentProps> = () => ({})) {
  const stack = new Stack(testApp(), 'Stack', { env: { account: ACCOUNT, region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props(stack) });
  return { stack, environment, template: () => Template.fromStack(stack) };
}
const policiesOf = (template: Template, type: string) => JSON.stringify(template.findResources(type));
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

describe('a given network', () => {
  const own = churn((stack) => ({
    network: EnvironmentNetwork.fromVpc(stack, 'Network', {
      vpc: new Vpc(stack, 'Vpc', {
        natGateways: 0, restrictDefaultSecurityGroup: false, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
      }),
    }),
  }));
  const { network } = own.environment;

  test('is where Studio is, and no other is made', () => {
    own.template().resourceCountIs('AWS::EC2::VPC', 1);
    own.template().hasResourceProperties('AWS::SageMaker::Domain', {
      VpcId: own.stack.resolve(network.vpc.vpcId) as object,
      SubnetIds: own.stack.resolve(network.subnets.map(({ subnetId }) => subnetId)) as object[],
    });
  });

  test('is what guardrails ask of jobs, and what parameters name', () => {
    const guardrails = JSON.stringify(own.stack.resolve(own.environment.executionRoles.guardrails.statements.map((one) => one.toStatementJson())));
    for (const { subnetId } of network.subnets) expect(guardrails).toContain(JSON.stringify(own.stack.resolve(subnetId)));
    own.template().hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/network/vpc-id', Value: own.stack.resolve(network.vpc.vpcId) as object });
  });

  test('has the endpoint through which the buckets are reached', () => {
    const [endpoint] = network.endpoints.s3EndpointIds.map((id) => JSON.stringify(own.stack.resolve(id)));
    own.template().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'DenyReadingFromOutside', Condition: Match.objectLike({ StringNotEquals: { 'aws:SourceVpce': [JSON.parse(endpoint)] } }) })]) },
    });
  });
});

test('a given key encrypts what it was given for, keeps its policy, and is published', () => {
  const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-1111-4111-8111-111111111111`;
  const own = churn((stack) => ({ keys: EnvironmentKeys.fromKeys({ data: Key.fromKeyArn(stack, 'Given', arn) }) }));
  own.template().resourceCountIs('AWS::KMS::Key', 6);
  own.template().hasResourceProperties('AWS::S3::Bucket', {
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn } }] },
  });
  own.template().hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/encryption/data-key-arn', Value: arn });
});

test('a given bucket is published and read, and no other is made for it', () => {
  const own = churn((stack) => ({ storage: { existingBuckets: { dataBucket: Bucket.fromBucketName(stack, 'Given', 'company-data') } } }));
  own.template().resourceCountIs('AWS::S3::Bucket', 4);
  own.template().hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/storage/data-bucket', Value: 'company-data' });
  expect(policiesOf(own.template(), 'AWS::IAM::ManagedPolicy')).toContain(':s3:::company-data/*');
});

describe('given execution roles', () => {
  const NAMES: [EnvironmentRole, string][] = [
    [EnvironmentRole.STUDIO_EXECUTION, 'their-studio'], [EnvironmentRole.DATA_PREPARATION, 'their-preparation'], [EnvironmentRole.PIPELINE_EXECUTION, 'their-pipeline'],
    [EnvironmentRole.JOB_EXECUTION, 'their-job'], [EnvironmentRole.MODEL_EXECUTION, 'their-model'],
  ];
  const own = churn((stack) => ({
    roleOptions: { exceptions: NAMES.map(([role, name]) => ({ role, existingRole: Role.fromRoleArn(stack, name, roleArn(name)) })) },
  }));
  own.environment.addUser('bob', { persona: Persona.ML_ENGINEER });
  const template = own.template();

  test('stand in for ours in the policies of buckets and keys', () => {
    const policies = policiesOf(template, 'AWS::S3::BucketPolicy') + policiesOf(template, 'AWS::KMS::Key');
    // A data scientist's work reaches the data by its network; policies name who reads models, reports and keys.
    for (const [, name] of NAMES) expect(policies).toContain(roleArn(name));
    for (const role of ['studio-execution', 'data-preparation', 'pipeline-execution', 'job-execution', 'model-execution']) expect(policies).not.toContain(`churn--${role}-`);
  });

  test('are what Studio runs as, and what parameters name', () => {
    template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultUserSettings: { ExecutionRole: roleArn('their-studio') } });
    template.hasResourceProperties('AWS::SageMaker::UserProfile', { UserProfileName: 'bob', UserSettings: { ExecutionRole: roleArn('their-preparation') } });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/identity/model-execution-role-arn', Value: roleArn('their-model') });
  });

  test('may be passed by the team administrator', () => {
    const passed = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties as { Roles?: object[]; PolicyDocument: object })
      .filter(({ Roles = [] }) => JSON.stringify(Roles).includes('TeamAdministrator'));
    expect(JSON.stringify(passed)).toContain(JSON.stringify([roleArn('their-preparation'), roleArn('their-studio')]));
  });
});

describe('what a company asks of roles', () => {
  const own = churn((stack) => ({
    roleOptions: {
      path: '/company/',
      permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', `arn:aws:iam::${ACCOUNT}:policy/all`),
      exceptions: [
        { role: EnvironmentRole.PIPELINE_EXECUTION, path: '/company/pipelines/' },
        { role: EnvironmentRole.STUDIO_CLEAN_UP, permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Narrow', `arn:aws:iam::${ACCOUNT}:policy/functions`) },
      ],
    },
    deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'] })],
  }));
  const template = own.template();
  const roles = Object.values(template.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties as { RoleName: string; Path: string; PermissionsBoundary: string });

  test('holds for every role, and otherwise for those that are excepted', () => {
    const others = roles.filter(({ RoleName, Path, PermissionsBoundary }) => Path !== '/company/' || PermissionsBoundary !== `arn:aws:iam::${ACCOUNT}:policy/all` || RoleName === undefined);
    expect(others.map(({ RoleName, Path, PermissionsBoundary }) => [RoleName, Path, PermissionsBoundary]).sort()).toEqual([
      ['churn--pipeline-execution-eu-west-1', '/company/pipelines/', `arn:aws:iam::${ACCOUNT}:policy/all`],
      ['churn--studio-clean-up-eu-west-1', '/company/', `arn:aws:iam::${ACCOUNT}:policy/functions`],
    ]);
    expect(roles.length).toBeGreaterThan(10);
  });

  test('is in the ARNs by which buckets and keys name roles', () => {
    const policies = policiesOf(template, 'AWS::S3::BucketPolicy') + policiesOf(template, 'AWS::KMS::Key');
    expect(policies).toContain(':role/company/pipelines/churn--pipeline-execution-eu-west-1');
    expect(policies).not.toContain(':role/company/churn--pipeline-execution-eu-west-1');
    expect(policies).toContain(':role/company/churn--studio-execution-eu-west-1');
  });

  test('is refused by the name of its property where it is no path', () => {
    expect(() => churn(() => ({ roleOptions: { path: 'company' } }))).toThrow('[Stack/Churn] roleOptions.path must begin and end with a slash, such as /company/, got "company"');
  });
});

test('what each option says reaches its part', () => {
  const { template } = churn(() => ({
    owner: 'team@example.com',
    storage: { outputPrefixes: ['features/'] },
    executionRoles: { guardrails: { instanceTypes: ['ml.c7i.*'] } },
    personas: { sourceCidrs: ['203.0.113.0/24'] },
    studio: { domainName: 'science', applications: [StudioApplication.JUPYTER_LAB] },
    cloudFormationExecutionRoles: [roleArn('deployer')],
  }));
  const policies = policiesOf(template(), 'AWS::IAM::ManagedPolicy');
  expect(policies).toContain('/features/*');
  expect(policies).toContain('"ml.c7i.*"');
  expect(policies).toContain('{"IpAddress":{"aws:SourceIp":["203.0.113.0/24"]}}');
  expect(policiesOf(template(), 'AWS::S3::BucketPolicy')).toContain(roleArn('deployer'));
  expect(policiesOf(template(), 'AWS::KMS::Key')).toContain(roleArn('deployer'));
  template().hasResourceProperties('AWS::SageMaker::Domain', { DomainName: 'science' });
});

test('what somebody pays for wears its owner, and profiles wear nothing', () => {
  const { environment, template } = churn(() => ({ owner: 'team@example.com' }));
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  const Tags = Match.arrayWith([{ Key: 'owner', Value: 'team@example.com' }]);
  for (const type of ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::EC2::VPCEndpoint', 'AWS::SageMaker::Domain', 'AWS::Lambda::Function']) template().allResourcesProperties(type, { Tags });
  template().hasResourceProperties('AWS::SageMaker::UserProfile', { Tags: Match.absent() });
});
