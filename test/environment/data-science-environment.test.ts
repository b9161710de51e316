import { BootstraplessSynthesizer, CfnParameter, LegacyStackSynthesizer, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Role, SamlProvider } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import {
  DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentRole, Persona, PersonaTrust, ProjectBlueprint, StudioAuthMode,
} from '../../src';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };

function churn(props: Partial<DataScienceEnvironmentProps> = {}, context: Record<string, unknown> = {}) {
  const stack = new Stack(testApp({ context }), 'Stack', { env });
  return { stack, environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props }) };
}

describe('the one-line environment', () => {
  const template = Template.fromStack(churn().stack);

  test('is a network, keys, buckets, roles and a Studio domain', () => {
    template.resourceCountIs('AWS::EC2::VPC', 1);
    template.resourceCountIs('AWS::KMS::Key', 7);
    template.resourceCountIs('AWS::S3::Bucket', 5);
    template.resourceCountIs('AWS::SageMaker::Domain', 1);
  });

  test('has two functions, and no way to the internet', () => {
    template.resourceCountIs('AWS::Lambda::Function', 2);
    template.resourceCountIs('AWS::EC2::InternetGateway', 0);
    template.resourceCountIs('AWS::EC2::NatGateway', 0);
  });

  test('says in parameters where everything is', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/studio/domain-id' });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/network/subnet-ids', Type: 'StringList' });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/identity/job-execution-role-arn' });
  });

  test('wears the environment as a tag', () => {
    template.allResourcesProperties('AWS::S3::Bucket', { Tags: Match.arrayWith([{ Key: 'environment', Value: 'churn' }]) });
  });
});

describe('users', () => {
  test('a data scientist\'s Studio runs as the Studio role, an ML engineer\'s as the one that prepares data', () => {
    const { stack, environment } = churn();
    environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    environment.addUser('bob', { persona: Persona.ML_ENGINEER });
    const roleOf = (role: { readonly roleArn: string }) => stack.resolve(role.roleArn) as object;
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SageMaker::UserProfile', { UserProfileName: 'alice', UserSettings: { ExecutionRole: roleOf(environment.executionRoles.studioRole) } });
    template.hasResourceProperties('AWS::SageMaker::UserProfile', { UserProfileName: 'bob', UserSettings: { ExecutionRole: roleOf(environment.executionRoles.dataPreparationRole) } });
  });

  test('administrators have no profile', () => {
    expect(() => churn().environment.addUser('carol', { persona: Persona.TEAM_ADMINISTRATOR }))
      .toThrow('[Stack/Churn] persona must be one that works in Studio, got "team-administrator"');
  });

  test('names are lower case', () => {
    expect(() => churn().environment.addUser('Alice', { persona: Persona.DATA_SCIENTIST }))
      .toThrow('[Stack/Churn/Studio/User-Alice] userName must be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends, got "Alice"');
  });

  test('nobody is added twice', () => {
    const { environment } = churn();
    environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    expect(() => environment.addUser('alice', { persona: Persona.ML_ENGINEER })).toThrow('[Stack/Churn/Studio] userName must differ from the name of the user Stack/Churn/Studio/User-alice, got "alice"');
  });
});

describe('data sources', () => {
  test('open the S3 endpoint and the roles for their prefix, and nothing else of the bucket', () => {
    const { stack, environment } = churn();
    environment.addDataSource(Bucket.fromBucketName(stack, 'Warehouse', 'warehouse'), { prefix: 'sales/' });
    const text = JSON.stringify(Template.fromStack(stack).toJSON());
    expect(text).toContain(':s3:::warehouse/sales/*');
    expect(text).not.toContain(':s3:::warehouse/*');
    const endpoint = Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint', { Properties: { VpcEndpointType: 'Gateway' } });
    expect(JSON.stringify(endpoint)).toContain('warehouse/sales/*');
  });

  const withProject = (environment: DataScienceEnvironment): DataScienceEnvironment => {
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    return environment;
  };

  test.each<[string, (environment: DataScienceEnvironment) => IBucket]>([
    ['data', ({ storage }) => storage.dataBucket],
    ['models', ({ storage }) => storage.modelsBucket],
    ['releases', ({ storage }) => storage.releasesBucket],
    ['reports', ({ storage }) => storage.reportsBucket],
    ['access logs', ({ storage }) => storage.accessLogsBucket],
    ['artifacts', (environment) => withProject(environment).storage.artifactsBucket!],
    ['templates', (environment) => withProject(environment).storage.templatesBucket!],
    ['releases, by their name', ({ node }) => Bucket.fromBucketName(node.scope!, 'Again', 'churn--releases-111111111111-eu-west-1')],
    ['templates, by another construct', (environment) => Bucket.fromBucketName(environment.node.scope!, 'Again', withProject(environment).storage.templatesBucket!.bucketName)],
  ])('are other buckets than the environment\'s own: %s', (_, of) => {
    const { environment } = churn();
    expect(() => environment.addDataSource(of(environment), { writable: true })).toThrow('[Stack/Churn] bucket must be another bucket than the environment\'s own');
  });

  test.each(['artifacts', 'templates'])('are other buckets than those given for %s, before anything uses them', (trust) => {
    const stack = new Stack(testApp(), 'Stack');
    const storage = { existingBuckets: { [`${trust}Bucket`]: Bucket.fromBucketName(stack, 'Given', 'company') } };
    const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', storage });
    expect(() => environment.addDataSource(Bucket.fromBucketName(stack, 'Again', 'company'))).toThrow('bucket must be another bucket than the environment\'s own');
  });

  test('that are somebody else\'s tell their owner what to add, as outputs and as a message', () => {
    const { stack, environment } = churn();
    const encryptionKey = Key.fromKeyArn(stack, 'WarehouseKey', 'arn:aws:kms:eu-west-1:999999999999:key/11111111-2222-4333-8444-555555555555');
    const warehouse = Bucket.fromBucketAttributes(stack, 'Warehouse', { bucketName: 'warehouse', account: '999999999999', region: 'eu-west-1', encryptionKey });
    environment.addDataSource(warehouse, { prefix: 'sales/' });
    environment.addDataSource(warehouse, { prefix: 'returns/' });
    const outputs = Object.values(Template.fromStack(stack).findOutputs('*', { Description: Match.stringLikeRegexp('warehouse') }));
    expect(outputs.map(({ Description }) => Description as string)).toEqual([
      'Data source warehouse: what its owner must add to the policy of the bucket',
      'Data source warehouse: what its owner must add to the policy of the bucket\'s key',
    ]);
    const [bucketPolicy, keyPolicy] = outputs.map(({ Value }) => JSON.stringify(Value));
    for (const part of ['warehouse/sales/*', 'warehouse/returns/*', 'churn--job-execution-', 'aws:SourceVpce']) expect(bucketPolicy).toContain(part);
    expect(bucketPolicy).not.toContain('Deny');
    expect(keyPolicy).toContain('kms:Decrypt');
    Annotations.fromStack(stack).hasInfo('/Stack/Churn', 'The policy of the data source warehouse stays as it is: the outputs of this stack and '
      + 'perimeter.requiredBucketStatements() say what its owner must add. In the environment\'s own account that is needed only where a policy denies, or where the key\'s policy gives the account nothing.');
  });

  test('that this app makes in the environment\'s account ask nothing of anybody', () => {
    const { stack, environment } = churn();
    environment.addDataSource(new Bucket(stack, 'Warehouse'));
    expect(Object.keys(Template.fromStack(stack).findOutputs('*', { Description: Match.stringLikeRegexp('Data source') }))).toEqual([]);
    Annotations.fromStack(stack).hasNoInfo('/Stack/Churn', Match.stringLikeRegexp('data source'));
  });

  test('are read-only unless asked otherwise', () => {
    const { stack, environment } = churn();
    const source = environment.addDataSource(Bucket.fromBucketName(stack, 'Warehouse', 'warehouse'));
    expect(source.isWritable).toBe(false);
  });
});

describe('what other Studio domains have made', () => {
  const isolated = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
    .filter(({ Properties }) => JSON.stringify(Properties.PolicyDocument).includes('"DenyWorkOfOtherDomains"'))
    .flatMap(({ Properties }) => (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref.replace(/^Churn(\w+?)Role[0-9A-F]{8}$/, '$1'))).sort();

  test('is out of reach for whoever starts work and for who administers Studio', () => {
    expect(isolated(churn().stack)).toEqual(['ExecutionRolesDataPreparation', 'ExecutionRolesPipeline', 'ExecutionRolesStudio', 'PersonasTeamAdministrator']);
  });

  test('is shared where that is asked for', () => {
    expect(isolated(churn({ domainResourceIsolation: false }).stack)).toEqual([]);
  });

  test('is told to the owner of a given role', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const existingRole = Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111111111111:role/theirs');
    const { executionRoles } = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', roleOptions: { exceptions: [{ role: EnvironmentRole.STUDIO_EXECUTION, existingRole }] } });
    expect(JSON.stringify(stack.resolve(executionRoles.studioRole.requiredPolicies))).toContain('aws:ResourceTag/sagemaker:domain-arn');
  });
});

describe('outputs', () => {
  const outputOf = (stack: Stack, name: string) => Object.entries(Template.fromStack(stack).findOutputs('*')).find(([id]) => id.startsWith(`ChurnOutputs${name}`))![1] as Record<string, string>;
  const textOf = (stack: Stack, name: string) => JSON.stringify(outputOf(stack, name).Value);

  test('say how users of the account come in, which no link can do for them', () => {
    const { stack } = churn();
    for (const name of ['DataScientist', 'MlEngineer', 'TeamAdministrator', 'DataScienceAdministrator']) {
      expect(textOf(stack, name)).toContain('aws sts assume-role --role-arn ');
      expect(textOf(stack, name)).toContain(' --role-session-name <user> --tags Key=StudioUser,Value=<user>');
    }
    expect(JSON.stringify(Template.fromStack(stack).findOutputs('*'))).not.toContain('switchrole');
    expect(textOf(stack, 'OpenStudio')).toContain('aws sagemaker create-presigned-domain-url --domain-id ');
  });

  test('are links where nothing is bound, and Studio\'s own address', () => {
    const { stack, environment } = churn({ studio: { authMode: StudioAuthMode.IDENTITY_CENTER } });
    expect(textOf(stack, 'TeamAdministrator')).toContain('https://signin.aws.amazon.com/switchrole?account=111111111111&roleName=');
    expect(outputOf(stack, 'OpenStudio').Value).toEqual(stack.resolve(environment.studio.domainUrl));
  });

  test('name the role where an identity provider signs people in', () => {
    const stack = new Stack(testApp(), 'Stack', { env });
    const provider = SamlProvider.fromSamlProviderArn(stack, 'Saml', 'arn:aws:iam::111111111111:saml-provider/company');
    const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', personas: { trust: PersonaTrust.saml(provider) } });
    expect(outputOf(stack, 'MlEngineer')).toEqual({
      Value: stack.resolve(environment.personas.mlEngineer.role.roleArn),
      Description: 'Become an ML engineer: by your identity provider, which must name this role',
    });
  });

  test('say where data and models are', () => {
    const { stack, environment } = churn();
    expect(outputOf(stack, 'DataBucket').Value).toEqual(stack.resolve(environment.storage.dataBucket.bucketName));
    expect(outputOf(stack, 'ModelsBucket').Value).toEqual(stack.resolve(environment.storage.modelsBucket.bucketName));
    expect(outputOf(stack, 'StudioDomainId').Value).toEqual(stack.resolve(environment.studio.domainId));
  });
});

describe('deploying roles', () => {
  test('are the role that the CDK bootstrap gives to CloudFormation', () => {
    Template.fromStack(churn().stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'DenySettingsToOthers',
          Condition: { ArnNotEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1'] } },
        })]),
      },
    });
  });

  test.each([new LegacyStackSynthesizer(), new BootstraplessSynthesizer()])('must be named where the synthesizer does not say', (synthesizer) => {
    const stack = new Stack(testApp(), 'Stack', { env, synthesizer });
    expect(() => new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' }))
      .toThrow('[Stack/Churn] cloudFormationExecutionRoles must name the roles that CloudFormation deploys this stack with');
  });
});

describe('removal', () => {
  test('DESTROY alone retains, and says so once', () => {
    const { stack } = churn({ removalPolicy: RemovalPolicy.DESTROY });
    Template.fromStack(stack).allResources('AWS::S3::Bucket', { DeletionPolicy: 'RetainExceptOnCreate' });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('destroy-data is not true'))).toHaveLength(1);
  });

  test('DESTROY and the context flag empty and delete buckets', () => {
    const { stack } = churn({ removalPolicy: RemovalPolicy.DESTROY }, { '@cdk-secure-mlops/destroy-data': true });
    const template = Template.fromStack(stack);
    template.allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
    template.resourceCountIs('Custom::EmptiedBucket', 5);
  });

  test('by choice keeps what repositories of projects are encrypted with, which outlive it', () => {
    const { stack, environment } = churn({ removalPolicy: RemovalPolicy.DESTROY }, { '@cdk-secure-mlops/destroy-data': true });
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    const kept = Template.fromStack(stack).findResources('AWS::KMS::Key', { DeletionPolicy: 'RetainExceptOnCreate' });
    expect(Object.values(kept).map(({ Properties }) => (Properties as { Description: string }).Description)).toEqual(['Reports and pipeline artifacts of the data-science environment churn']);
  });
});

test('a package index brings its endpoints, and the roles may read it', () => {
  const { stack } = churn({ packageIndex: {} });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::CodeArtifact::Repository', { ExternalConnections: ['public:pypi'] });
  template.resourceCountIs('AWS::SageMaker::StudioLifecycleConfig', 2);
});

test.each([{}, { domainName: undefined }])('a package index is named after its environment with %p', (packageIndex) => {
  expect(churn({ packageIndex }).environment.packageIndex!.domainName).toBe('churn--packages');
});

test('the name may be a CloudFormation parameter', () => {
  const stack = new Stack(testApp(), 'Stack', { env });
  const name = new CfnParameter(stack, 'Name');
  new DataScienceEnvironment(stack, 'Churn', { environmentName: name.valueAsString });
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', { RoleName: { 'Fn::Join': ['', [{ Ref: 'Name' }, '--studio-execution-eu-west-1']] } });
});

test('another app knows an environment by its names', () => {
  const stack = new Stack(testApp(), 'Other', { env: { account: '222222222222', region: 'eu-west-1' } });
  const { names } = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', ...env, partition: 'aws' });
  expect(names.roleArn(EnvironmentRole.RELEASE)).toBe('arn:aws:iam::111111111111:role/churn--release-eu-west-1');
});
