import { AccountInOrder } from './account-in-order';
import { Answer, Refusal } from '../handlers/fake-aws/answer';
import { EmulatedAws } from '../handlers/fake-aws/emulated-aws';

const { ACCOUNT, REGION } = EmulatedAws;
const account = new AccountInOrder();
let app: string;
jest.setTimeout(60_000); // the command reads a whole environment, on a machine that has other work

beforeAll(async () => {
  await account.start();
  app = account.environment();
}, 120_000);
beforeEach(() => account.forget());
afterAll(() => account.stop());

const found = account.found.bind(account), problemOf = account.problemOf.bind(account);

const summary = (values: Record<string, number>) => () => Answer.query('GetAccountSummary', `<SummaryMap>${
  Object.entries(values).map(([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`).join('')}</SummaryMap>`);

test('an account in which nothing is wrong has no findings', async () => {
  expect(await found(app)).toEqual({ code: 0, findings: [] });
}, 60_000);

describe('names what is wrong with the place', () => {
  test('credentials of another account', async () => {
    expect(await problemOf(app, { AWS_ACCESS_KEY_ID: '222222222222' })).toBe(`The credentials are for the account 222222222222, and the stack is for ${ACCOUNT}.`);
  });

  test('a region that is switched off', async () => {
    account.answers.DescribeRegions = () => Answer.xml('DescribeRegionsResponse', `<regionInfo><item><regionName>${REGION}</regionName><optInStatus>not-opted-in</optInStatus></item></regionInfo>`);
    expect(await problemOf(app)).toBe(`The region ${REGION} is switched off in the account ${ACCOUNT}.`);
  });

  test('no bootstrap stack', async () => {
    account.answers['AmazonSSM.GetParameter'] = ({ body }) => body.includes('cdk-bootstrap') ? new Refusal('ParameterNotFound').asJson() : undefined;
    expect(await problemOf(app)).toBe(`aws://${ACCOUNT}/${REGION} is not bootstrapped for the CDK: there is no parameter /cdk-bootstrap/hnb659fds/version.`);
  });

  test('an old bootstrap stack', async () => {
    await account.parameter('/cdk-bootstrap/hnb659fds/version', '5');
    const problem = await problemOf(app);
    await account.parameter('/cdk-bootstrap/hnb659fds/version', '30');
    expect(problem).toBe(`The CDK's bootstrap stack in aws://${ACCOUNT}/${REGION} has version 5, and the stack needs at least 6.`);
  });

  test('a stack whose first deployment failed', async () => {
    account.answers.DescribeStacks = () => Answer.query('DescribeStacks', '<Stacks><member><StackStatus>ROLLBACK_COMPLETE</StackStatus></member></Stacks>');
    expect(await problemOf(app)).toBe('The stack Churn is in the state ROLLBACK_COMPLETE, in which CloudFormation updates nothing.');
  });

  test('a zone that the account lacks', async () => {
    const subnet = account.template('AWS::EC2::Subnet', { AvailabilityZone: { 'Fn::Select': [5, { 'Fn::GetAZs': '' }] } });
    expect(await problemOf(subnet)).toMatch(/^The network takes 6 zones, and the account has 3 /);
  });

  test('an endpoint service that the region lacks', async () => {
    account.lacking = [`com.amazonaws.${REGION}.kms`];
    expect(await problemOf(app)).toBe(`The region ${REGION} has no endpoint service com.amazonaws.${REGION}.kms.`);
  });

  test('an endpoint service that is not in the zone of a subnet', async () => {
    account.answers.DescribeVpcEndpointServices = () => account.services((name) => name.endsWith('.kms') ? ['a', 'c'] : ['a', 'b', 'c']);
    expect(await problemOf(app)).toBe(`The endpoint service com.amazonaws.${REGION}.kms is not in the zone ${REGION}b, only in ${REGION}a, ${REGION}c.`);
  });
});

describe('names a quota that is too low', () => {
  test.each([
    ['Roles', /^The stack makes \d+ roles, the account has 999, and its quota is 1000\.$/],
    ['Policies', /^The stack makes \d+ customer-managed policies, the account has 999, and its quota is 1000\.$/],
  ])('%s of IAM', async (what, message) => {
    account.answers.GetAccountSummary = summary({ [what]: 999, [`${what}Quota`]: 1_000 });
    expect(await problemOf(app)).toMatch(message);
  });

  test('managed policies of a role', async () => {
    const role = account.template('AWS::IAM::Role', { ManagedPolicyArns: ['a', 'b', 'c'] });
    account.answers.GetAccountSummary = summary({ AttachedPoliciesPerRoleQuota: 2 });
    expect(await problemOf(role)).toBe('3 managed policies are attached to the role One, and the account\'s quota is 2.');
  });

  test.each([
    ['L-E79EC296', /^The stack makes \d+ of the security groups of the region, there are \d+, and the quota is 2\.$/],
    ['L-29B6F2EB', /^The stack makes \d+ of the interface endpoints of the VPC, there are 0, and the quota is 2\.$/],
  ])('%s', async (code, message) => {
    account.quotas = { [code]: 2 };
    expect(await problemOf(app)).toMatch(message);
  });

  test.each([
    ['AWS::EC2::EIP', 'L-0263D0A3', /^The stack makes 1 of the Elastic IP addresses of the region, there are 0, and the quota is 0\.$/],
    ['AWS::SageMaker::Domain', 'L-B683BCB0', /^The stack makes 1 of the Studio domains of the region, there are 0, and the quota is 0\.$/],
    ['AWS::SageMaker::UserProfile', 'L-AC46C40F', /^The stack makes 1 of the Studio user profiles of the region, there are 1, and the quota is 0\.$/],
    ['AWS::KMS::Key', 'L-C2F1777E', /^The stack makes 1 of the KMS keys of the region, there are 1, and the quota is 0\.$/],
    ['AWS::EC2::VPC', 'L-F678F1CE', /^The stack makes 1 of the VPCs of the region, there are 2, and the quota is 0\.$/],
  ])('%s', async (type, code, message) => {
    account.quotas = { [code]: 0 };
    expect(await problemOf(account.template(type, {}))).toMatch(message);
  });
});

describe('names a name that is taken', () => {
  const taken = (what: string, name: string) => new RegExp(`^The stack makes the ${what} ${name.replaceAll('/', '\\/')} \\(\\w+\\), and there is one of that name already\\.$`);

  test('of a role', async () => {
    await account.role(`churn--pipeline-execution-${REGION}`, 'sagemaker.amazonaws.com');
    const problem = await problemOf(app);
    await account.query('iam', 'DeleteRole', { RoleName: `churn--pipeline-execution-${REGION}` });
    expect(problem).toMatch(taken('role', `churn--pipeline-execution-${REGION}`));
  });

  test('of a managed policy', async () => {
    expect(await problemOf(account.template('AWS::IAM::ManagedPolicy', { ManagedPolicyName: 'boundary' }))).toMatch(taken('managed policy', 'boundary'));
  });

  test('of a log group', async () => {
    await account.json('logs', 'Logs_20140328.CreateLogGroup', { logGroupName: '/taken' });
    expect(await problemOf(account.template('AWS::Logs::LogGroup', { LogGroupName: '/taken' }))).toMatch(taken('log group', '/taken'));
  });

  test('of a parameter', async () => {
    await account.parameter('/taken', 'before');
    expect(await problemOf(account.template('AWS::SSM::Parameter', { Name: '/taken' }))).toMatch(taken('parameter', '/taken'));
  });

  test('of a bucket, whoever has it', async () => {
    await fetch(`${account.aws.url}/taken-bucket`, { method: 'PUT' });
    expect(await problemOf(account.template('AWS::S3::Bucket', { BucketName: 'taken-bucket' }))).toMatch(taken('bucket', 'taken-bucket'));
  });

  test('of an alias', async () => {
    await account.json('kms', 'TrentService.CreateAlias', { AliasName: 'alias/taken', TargetKeyId: account.key });
    expect(await problemOf(account.template('AWS::KMS::Alias', { AliasName: 'alias/taken' }))).toMatch(taken('alias', 'alias/taken'));
  });

  test('of a Studio domain', async () => {
    account.domains = ['churn'];
    expect(await problemOf(account.template('AWS::SageMaker::Domain', { DomainName: 'churn' }))).toMatch(taken('Studio domain', 'churn'));
  });

  test('but not what the stack has made itself', async () => {
    await account.parameter('/own', 'before');
    account.answers.ListStackResources = () => Answer.query('ListStackResources', '<StackResourceSummaries><member><LogicalResourceId>One</LogicalResourceId><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member></StackResourceSummaries>');
    expect(await found(account.template('AWS::SSM::Parameter', { Name: '/own' }))).toEqual({ code: 0, findings: [] });
  });
});

describe('names what is wrong with what was given', () => {
  test('a VPC that is not there', async () => {
    expect(await problemOf(account.environment({ vpc: 'vpc-0a1b2c3d' }))).toContain(`There is no VPC vpc-0a1b2c3d in ${REGION}.`);
  });

  test.each([['enableDnsHostnames', 'EnableDnsHostnames', 'DNS hostnames'], ['enableDnsSupport', 'EnableDnsSupport', 'DNS resolution']])('a VPC without %s', async (attribute, input, what) => {
    await account.query('ec2', 'ModifyVpcAttribute', { VpcId: account.vpc, [`${input}.Value`]: 'false' });
    const problem = await problemOf(app);
    await account.query('ec2', 'ModifyVpcAttribute', { VpcId: account.vpc, [`${input}.Value`]: 'true' });
    expect(problem).toBe(`The VPC ${account.vpc} has ${what} off (${attribute}), and private names of endpoints need it.`);
  });

  test('a VPC that has an endpoint with the same private names', async () => {
    const name = `com.amazonaws.${REGION}.kms`;
    account.answers.DescribeVpcEndpoints = () => Answer.xml('DescribeVpcEndpointsResponse', `<vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId>
      <vpcEndpointType>Interface</vpcEndpointType><serviceName>${name}</serviceName><privateDnsEnabled>true</privateDnsEnabled></item></vpcEndpointSet>`);
    expect(await problemOf(app)).toBe(`The VPC ${account.vpc} has an endpoint for ${name} with private names already (vpce-1), and a second would have the same.`);
  });

  test('a subnet that is not there', async () => {
    expect(await problemOf(account.environment({ subnets: [account.subnets[0], 'subnet-0a1b2c3d'] }))).toContain(`There is no subnet subnet-0a1b2c3d in ${REGION}.`);
  });

  test('a subnet that leads to the internet', async () => {
    const gateway = String((await account.query('ec2', 'CreateInternetGateway', {})).internetGateway.internetGatewayId);
    await account.query('ec2', 'AttachInternetGateway', { InternetGatewayId: gateway, VpcId: account.vpc });
    await account.query('ec2', 'CreateRoute', { RouteTableId: account.routeTable, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway });
    const problem = await problemOf(app);
    await account.query('ec2', 'DeleteRoute', { RouteTableId: account.routeTable, DestinationCidrBlock: '0.0.0.0/0' });
    expect(problem).toContain(`The subnet ${account.subnets[0]} has a route to the internet gateway ${gateway}, and the environment is one without internet.`);
  });

  test('a subnet without a way to S3', async () => {
    const domain = account.template('AWS::SageMaker::Domain', { VpcId: account.vpc, SubnetIds: [account.subnets[0]] });
    expect(await problemOf(domain)).toBe(`The subnet ${account.subnets[0]} has no way to S3: no gateway endpoint is in its route table ${account.routeTable}.`);
  });

  test('a security group that is not there', async () => {
    const domain = account.template('AWS::Lambda::Function', { VpcConfig: { SecurityGroupIds: ['sg-0a1b2c3d'] } });
    expect(await problemOf(domain)).toBe(`There is no security group sg-0a1b2c3d in ${REGION}.`);
  });

  test('a key that is not there', async () => {
    const key = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
    expect(await problemOf(account.environment({ key }))).toBe(`There is no key ${key}.`);
  });

  test('a key that is disabled', async () => {
    await account.json('kms', 'TrentService.DisableKey', { KeyId: account.key });
    const problem = await problemOf(app);
    await account.json('kms', 'TrentService.EnableKey', { KeyId: account.key });
    expect(problem).toBe(`The key ${account.key} is in the state Disabled, and only enabled keys encrypt.`);
  });

  test('a key whose policy does not admit CloudWatch Logs', async () => {
    account.answers['TrentService.GetKeyPolicy'] = () => Answer.json({ Policy: `{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${ACCOUNT}:root"},"Action":"kms:*"}]}` });
    expect(await problemOf(app)).toBe(`The policy of the key ${account.key} does not admit logs.${REGION}.amazonaws.com, and a log group is encrypted with it.`);
  });

  test('a role that is not there', async () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/forgotten`;
    expect(await problemOf(account.environment({ role }))).toBe(`There is no role ${role}.`);
  });

  test('a role that does not trust SageMaker', async () => {
    await account.role('distrustful', 'ec2.amazonaws.com');
    const role = `arn:aws:iam::${ACCOUNT}:role/distrustful`;
    expect(await problemOf(account.environment({ role }))).toContain(`The role ${role} does not trust sagemaker.amazonaws.com, which works with it.`);
  });

  test('a permissions boundary that is not there', async () => {
    expect(await problemOf(account.environment({ boundary: 'forgotten' }))).toBe(`There is no managed policy arn:aws:iam::${ACCOUNT}:policy/forgotten, and it is the permissions boundary of roles.`);
  });

  test('a log group that is not there', async () => {
    expect(await problemOf(account.template('AWS::EC2::FlowLog', { LogGroupName: '/forgotten' }))).toBe('There is no log group /forgotten, and functions or flow logs are to write into it.');
  });

  test.each([
    ['that is not there', undefined, 'There is no portfolio port-abcdefghijklm.'],
    ['of another account', 'arn:aws:catalog:eu-west-1:222222222222:portfolio/port-abcdefghijklm',
      'The portfolio port-abcdefghijklm is another account\'s (arn:aws:catalog:eu-west-1:222222222222:portfolio/port-abcdefghijklm), and takes no products of this one.'],
  ])('a portfolio %s', async (_, ARN, message) => {
    account.answers['AWS242ServiceCatalogService.DescribePortfolio'] = () => (
      ARN === undefined ? new Refusal('ResourceNotFoundException').asJson() : Answer.json({ PortfolioDetail: { ARN } }));
    expect(await problemOf(account.template('AWS::ServiceCatalog::PortfolioProductAssociation', { PortfolioId: 'port-abcdefghijklm' }))).toBe(message);
  });

  describe('a repository', () => {
    const given = () => account.template('AWS::SSM::Parameter', { Name: '/new' }, { 'cdk-secure-mlops:given': [{ Type: 'AWS::ECR::Repository', RepositoryName: 'churn/releases' }] });
    const answer = (imageTagMutability: string, scanFrequency: string) => {
      account.answers['AmazonEC2ContainerRegistry.DescribeRepositories'] = () => Answer.json({ repositories: [{ imageTagMutability }] });
      account.answers['AmazonEC2ContainerRegistry.BatchGetRepositoryScanningConfiguration'] = () => Answer.json({ scanningConfigurations: [{ scanFrequency }] });
    };

    test('that is not there', async () => {
      account.answers['AmazonEC2ContainerRegistry.DescribeRepositories'] = () => new Refusal('RepositoryNotFoundException').asJson();
      expect(await problemOf(given())).toBe('There is no repository churn/releases.');
    });

    test('whose tags move', async () => {
      answer('MUTABLE', 'CONTINUOUS_SCAN');
      expect(await problemOf(given())).toBe('Tags of the repository churn/releases can move (MUTABLE), and what was scanned or approved is known by its tag.');
    });

    test('whose images are not scanned', async () => {
      answer('IMMUTABLE', 'MANUAL');
      expect(await problemOf(given())).toBe('Images of the repository churn/releases are not scanned as they are pushed, and nothing without a scan is released.');
    });

    test('but not one that is as it should be', async () => {
      answer('IMMUTABLE', 'SCAN_ON_PUSH');
      expect(await found(given())).toEqual({ code: 0, findings: [] });
    });
  });

  describe('a Studio domain', () => {
    const needed = {
      AuthMode: 'IAM',
      VpcId: { 'Fn::ImportValue': 'network' },
      SubnetIds: ['subnet-1', 'subnet-2'],
      KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/1',
      AppNetworkAccessType: 'VpcOnly',
      DomainSettings: { DockerSettings: { EnableDockerAccess: 'DISABLED' } },
      DefaultUserSettings: { ExecutionRole: 'arn:aws:iam::111111111111:role/studio', SecurityGroups: ['sg-1'] },
    };
    const sound = { ...needed, Status: 'InService', VpcId: 'vpc-1', KmsKeyId: '1', DefaultUserSettings: { ExecutionRole: 'arn:aws:iam::111111111111:role/studio', SecurityGroups: ['sg-1'] } };
    const given = () => account.template('AWS::SSM::Parameter', { Name: '/new' }, { 'cdk-secure-mlops:given': [{ Type: 'AWS::SageMaker::Domain', DomainId: 'd-1', Required: needed }] });
    const domain = (answer: object) => account.answers['SageMaker.DescribeDomain'] = () => Answer.json(answer);

    test('that is as it should be', async () => {
      domain(sound);
      expect(await found(given())).toEqual({ code: 0, findings: [] });
    });

    test('that is not there', async () => {
      expect(await problemOf(given())).toBe('There is no Studio domain d-1.');
    });

    test.each([
      ['in another state', { Status: 'Delete_Failed' }, 'The Studio domain d-1 is in the state Delete_Failed, and is to be InService.'],
      ['of another AuthMode', { AuthMode: 'SSO' }, 'AuthMode of the Studio domain d-1 is SSO, and the environment needs IAM.'],
      ['with another key', { KmsKeyId: '2' }, 'KmsKeyId of the Studio domain d-1 is 2, and the environment needs arn:aws:kms:eu-west-1:111111111111:key/1.'],
      ['in fewer subnets', { SubnetIds: ['subnet-1'] }, 'SubnetIds of the Studio domain d-1 lacks subnet-2.'],
      ['in other subnets', { SubnetIds: ['subnet-1', 'subnet-2', 'subnet-3'] }, 'SubnetIds of the Studio domain d-1 has subnet-3, which the environment does not know.'],
      ['with internet access', { AppNetworkAccessType: 'PublicInternetOnly' }, 'AppNetworkAccessType of the Studio domain d-1 is PublicInternetOnly, and the environment needs VpcOnly.'],
      ['that lets people run containers', { DomainSettings: {} }, 'DomainSettings.DockerSettings.EnableDockerAccess of the Studio domain d-1 is not set, and the environment needs DISABLED.'],
      ['without the security group of people', { DefaultUserSettings: { ...sound.DefaultUserSettings, SecurityGroups: [] } }, 'DefaultUserSettings.SecurityGroups of the Studio domain d-1 lacks sg-1.'],
      ['with a security group that opens more', { DefaultUserSettings: { ...sound.DefaultUserSettings, SecurityGroups: ['sg-0', 'sg-1'] } },
        'DefaultUserSettings.SecurityGroups of the Studio domain d-1 has sg-0, which the environment does not know.'],
      ['with a role that may more', { DefaultUserSettings: { ...sound.DefaultUserSettings, ExecutionRole: 'arn:aws:iam::111111111111:role/before' } },
        'DefaultUserSettings.ExecutionRole of the Studio domain d-1 is arn:aws:iam::111111111111:role/before, and the environment needs arn:aws:iam::111111111111:role/studio.'],
    ])('%s', async (_, wrong, message) => {
      domain({ ...sound, ...wrong });
      expect(await problemOf(given())).toBe(message);
    });
  });

  test('a bucket that is not there', async () => {
    expect(await problemOf(account.template('AWS::S3::BucketPolicy', { Bucket: 'forgotten-bucket' }))).toBe('There is no bucket forgotten-bucket.');
  });
});

describe('names what is wrong with the organization', () => {
  const stackSet = () => account.template('AWS::CloudFormation::StackSet', { PermissionModel: 'SERVICE_MANAGED' });

  test('IAM Identity Center that is in another region', async () => {
    expect(await problemOf(account.template('AWS::SageMaker::Domain', { AuthMode: 'SSO' }))).toBe(`The Studio domain's AuthMode is SSO, and IAM Identity Center is not in ${REGION}.`);
  });

  test('StackSets that it does not trust', async () => {
    expect(await problemOf(stackSet())).toBe('The organization does not trust StackSets (member.org.stacksets.cloudformation.amazonaws.com).');
  });

  test('none, where a stack set needs one', async () => {
    account.answers['AWSOrganizationsV20161128.DescribeOrganization'] = () => new Refusal('AWSOrganizationsNotInUseException').asJson();
    expect(await problemOf(stackSet())).toBe(`The stack set is service-managed, and the account ${ACCOUNT} is in no organization.`);
  });
});

describe('names what the account has once, and has', () => {
  /** What a path of a REST API holds. */
  const holds = (path: string, answer: Answer) => { account.answers.GetObject = (call) => call.path === path ? answer : undefined; };
  const twice = (what: string) => `The stack makes ${what}, which the account has already in ${REGION}, and has once.`;
  const refused = (code: string, message: string) => new Refusal(code, message, 403).asJson();

  test.each([
    ['AWS::GuardDuty::Detector', '/detector', { detectorIds: ['0123'] }, 'a detector of GuardDuty'],
    ['AWS::SecurityHub::Hub', '/accounts', { HubArn: 'hub' }, 'Security Hub'],
    ['AWS::Macie::Session', '/macie', { status: 'PAUSED' }, 'a session of Macie'],
    ['AWS::AccessAnalyzer::Analyzer', '/analyzer', { analyzers: [{ type: 'ACCOUNT' }] }, 'an analyzer of external access'],
  ])('%s', async (type, path, answer, what) => {
    holds(path, Answer.json(answer));
    expect(await problemOf(account.template(type, { Type: 'ACCOUNT' }))).toBe(twice(what));
  });

  test.each([
    ['AWS::GuardDuty::Detector', '/detector', Answer.json({ detectorIds: [] })],
    ['AWS::SecurityHub::Hub', '/accounts', refused('InvalidAccessException', `Account ${ACCOUNT} is not subscribed to AWS Security Hub`)],
    ['AWS::Macie::Session', '/macie', refused('AccessDeniedException', 'Macie is not enabled.')],
    ['AWS::AccessAnalyzer::Analyzer', '/analyzer', Answer.json({ analyzers: [] })],
  ])('but nothing where it is off: %s', async (type, path, answer) => {
    holds(path, answer);
    expect(await found(account.template(type, { Type: 'ACCOUNT_UNUSED_ACCESS' }))).toEqual({ code: 0, findings: [] });
  });

  test('an analyzer of the kind that the stack makes, and of no other', async () => {
    account.answers.GetObject = ({ query }) => Answer.json({ analyzers: query.get('type') === 'ACCOUNT_UNUSED_ACCESS' ? [{}] : [] });
    expect(await problemOf(account.template('AWS::AccessAnalyzer::Analyzer', { Type: 'ACCOUNT_UNUSED_ACCESS' }))).toBe(twice('an analyzer of unused access'));
    expect(await found(account.template('AWS::AccessAnalyzer::Analyzer', { Type: 'ACCOUNT' }))).toEqual({ code: 0, findings: [] });
  });

  test('but who may not look at Macie is told so', async () => {
    holds('/macie', refused('AccessDeniedException', 'not you'));
    const { code, findings } = await found(account.template('AWS::Macie::Session', {}));
    expect([code, findings[0].message]).toEqual([3, 'Nothing can be said of the session of Macie: AccessDeniedException: not you.']);
  });
});

describe('names what the account lacks for controls', () => {
  test('a recorder of AWS Config', async () => {
    account.answers['StarlingDoveService.DescribeConfigurationRecorders'] = () => Answer.json({ ConfigurationRecorders: [] });
    expect(await problemOf(account.template('AWS::Config::ConfigRule', {}))).toBe(`The stack makes rules of AWS Config, which has no configuration recorder in ${REGION}.`);
    account.answers['StarlingDoveService.DescribeConfigurationRecorders'] = () => Answer.json({ ConfigurationRecorders: [{ name: 'default' }] });
    expect(await found(account.template('AWS::Config::ConfigRule', {}))).toEqual({ code: 0, findings: [] });
  });

  test('room for a resource policy of CloudWatch Logs, over all pages', async () => {
    account.answers['Logs_20140328.DescribeResourcePolicies'] = ({ body }) => body.includes('second')
      ? Answer.json({ resourcePolicies: [{}, {}, {}, {}] }) : Answer.json({ resourcePolicies: [{}, {}, {}, {}, {}, {}], nextToken: 'second' });
    expect(await problemOf(account.template('AWS::Logs::ResourcePolicy', {}))).toBe('The stack makes 1 resource policies of CloudWatch Logs, there are 10, and a region has at most 10.');
  });

  test('room for a trail', async () => {
    account.answers['com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails'] = ({ body }) => Answer.json({ trailList: body.includes('"includeShadowTrails":true') ? [{}, {}, {}, {}, {}] : [] });
    expect(await problemOf(account.template('AWS::CloudTrail::Trail', {}))).toBe('The stack makes 1 of the trails of the region, there are 5, and a region has at most 5.');
  });
});

test('what cannot be read is unknown, and which action would tell', async () => {
  account.answers['TrentService.DescribeKey'] = () => new Refusal('AccessDeniedException', 'not you', 400).asJson();
  const { code, findings } = await found(account.template('AWS::KMS::Alias', { AliasName: 'alias/somebody' }));
  expect(code).toBe(3);
  expect(findings).toMatchObject([{
    kind: 'unknown', message: 'Nothing can be said of the key of alias/somebody: AccessDeniedException: not you.', remedy: 'Allow kms:DescribeKey, which would tell.',
  }]);
});

test('it only reads', async () => {
  account.aws.calls = [];
  await found(app);
  const { calls } = account.aws;
  expect(calls.length).toBeGreaterThan(20);
  expect([...new Set(calls.map(({ operation }) => operation.replace(/^\w+\./, '')))].filter((operation) => !/^(Get|List|Describe|Head|Simulate)/.test(operation))).toEqual([]);
});
