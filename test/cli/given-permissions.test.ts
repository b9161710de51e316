import { AccountInOrder, Printed } from './account-in-order';
import { SERVICE_LINKED } from '../../src/cli/checks/service-linked-roles';
import { Answer } from '../handlers/fake-aws/answer';
import { EmulatedAws } from '../handlers/fake-aws/emulated-aws';
import { Registry } from '../oracles/registry/registry';

const { ACCOUNT, REGION } = EmulatedAws;
const account = new AccountInOrder();
jest.setTimeout(60_000); // the command, and an environment to be looked at, on a machine that has other work

beforeAll(() => account.start(), 120_000);
beforeEach(() => account.forget());
afterAll(() => account.stop());

const isAbout = (action: string) => ({ Action }: { Action?: string | string[] }) => [Action].flat().includes(action);
const statementAbout = ({ policies }: Printed, action: string) => policies.flatMap(({ Statement }) => Statement).find(isAbout(action))!;
let count = 0;
/** What is found of an environment with a role that has what was printed, but for a change. */
async function problemOf(change: (printed: Printed) => void, boundary?: string): Promise<string> {
  const role = await account.studioRole(`changed-${count += 1}`, change, boundary);
  return (await account.problemOf(account.environment({ role }))).replaceAll(role, 'ROLE');
}

describe('names what a given role lacks', () => {
  test('an action', async () => {
    expect(await problemOf((printed) => {
      const statement = statementAbout(printed, 'sagemaker:StopPipelineExecution');
      statement.Action = [statement.Action].flat().filter((action) => action !== 'sagemaker:StopPipelineExecution') as string[];
    })).toMatch(/^No policy of the role ROLE allows it sagemaker:StopPipelineExecution on arn:aws:sagemaker:/);
  });

  test('a guardrail', async () => {
    expect(await problemOf(({ policies }) => {
      for (const policy of policies) policy.Statement = policy.Statement.filter(({ Sid }) => Sid !== 'DenyForeignVolumeKey');
    })).toMatch(/^No policy of the role ROLE denies it sagemaker:Create.*, .* and \d+ more on \* \(DenyForeignVolumeKey\), which would be open to it\.$/);
  });

  test('a resource, or a condition that is narrower', async () => {
    expect(await problemOf((printed) => {
      statementAbout(printed, 'sagemaker:StopPipelineExecution').Condition = { StringEquals: { 'aws:PrincipalTag/team': 'blue' } };
    })).toContain('sagemaker:StopPipelineExecution');
  });

  test('everything', async () => {
    expect(await problemOf(({ policies }) => void policies.splice(0))).toMatch(/^The role ROLE has no policies, and \d+ statements are printed for it\.$/);
  });

  test('nothing, where policies say more than what was printed', async () => {
    const role = await account.studioRole('wide', ({ policies }) => {
      policies[0].Statement.push({ Effect: 'Allow', Action: 'sagemaker:*', Resource: '*' });
    });
    expect(await account.found(account.environment({ role }))).toEqual({ code: 0, findings: [] });
  });
});

test('names a denial that hits what a given role needs', async () => {
  expect(await problemOf(({ policies }) => {
    policies[0].Statement.push({ Effect: 'Deny', Action: 'sagemaker:Stop*', Resource: '*' });
  })).toMatch(/^The policy printed-0 denies the role ROLE sagemaker:Stop.* on .*, which it needs\.$/);
});

test('names what the permissions boundary of a given role does not allow', async () => {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'ecr:*', Resource: '*' }] };
  await account.query('iam', 'CreatePolicy', { PolicyName: 'no-images', PolicyDocument: JSON.stringify(document) });
  const problem = await problemOf(() => undefined, 'no-images');
  expect(problem).toMatch(new RegExp(`^The permissions boundary arn:aws:iam::${ACCOUNT}:policy/no-images does not allow the role ROLE ecr:`));
  expect(problem.split('\n').filter((line) => !line.includes('ecr:'))).toEqual([]);
});

describe('names what is wrong with the trust policy of a given role', () => {
  test('an action that it does not let SageMaker do', async () => {
    expect(await problemOf(({ trust }) => {
      for (const statement of trust.Statement) statement.Action = 'sts:AssumeRole';
    })).toBe('The trust policy of the role ROLE does not let sagemaker.amazonaws.com do sts:SetSourceIdentity, as is needed.');
  });

  test('conditions that it leaves out, so that SageMaker comes for other accounts as well', async () => {
    expect(await problemOf(({ trust }) => {
      for (const statement of trust.Statement) delete statement.Condition;
    })).toBe('The trust policy of the role ROLE lets sagemaker.amazonaws.com do sts:AssumeRole, sts:SetSourceIdentity under fewer conditions than are needed, or at all.');
  });

  test('somebody else', async () => {
    expect(await problemOf(({ trust }) => {
      trust.Statement.push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::222222222222:root' }, Action: 'sts:AssumeRole' });
    })).toBe('The trust policy of the role ROLE lets arn:aws:iam::222222222222:root do sts:AssumeRole under fewer conditions than are needed, or at all.');
  });
});

describe('names a service-linked role that nobody may have made', () => {
  const refused = () => Answer.query('SimulatePrincipalPolicy', `<EvaluationResults><member><EvalActionName>iam:CreateServiceLinkedRole</EvalActionName>
    <EvalDecision>implicitDeny</EvalDecision></member></EvaluationResults>`);

  test('for a Studio domain', async () => {
    const type = 'AWS::SageMaker::Domain', name = 'AWSServiceRoleForAmazonSageMakerNotebooks';
    const app = account.environment();
    account.answers.SimulatePrincipalPolicy = ({ body }) => body.includes('CreateServiceLinkedRole') ? refused() : undefined;
    expect(await account.problemOf(app)).toBe(`The account ${ACCOUNT} has no role ${name}, ${type} needs it, `
      + `and the role arn:aws:iam::${ACCOUNT}:role/${AccountInOrder.DEPLOYING} may not have it made (iam:CreateServiceLinkedRole).`);
  });
});

describe('names a quota that is too low', () => {
  test('of instances of endpoints, by their type', async () => {
    account.quotas = { 'ml.g5.xlarge for endpoint usage': 1, 'ml.m5.large for endpoint usage': 4 };
    const ProductionVariants = [{ InstanceType: 'ml.g5.xlarge', InitialInstanceCount: 2 }, { InstanceType: 'ml.m5.large', InitialInstanceCount: 2 }];
    expect(await account.problemOf(account.template('AWS::SageMaker::EndpointConfig', { ProductionVariants }))).toBe(
      'The stack\'s endpoints begin with 2 instances, and the quota "ml.g5.xlarge for endpoint usage" is 1.');
  });

  test('of buckets', async () => {
    account.quotas = { 'L-DC2B2D3D': 0 };
    expect(await account.problemOf(account.template('AWS::S3::Bucket', {}))).toMatch(
      /^The stack makes 1 of the general purpose buckets of the account, there are \d+, and the quota is 0\.$/);
  });
});

test('service-linked roles are of types whose handlers ask for them', async () => {
  const registry = await Registry.of();
  expect(SERVICE_LINKED.flatMap(({ types }) => types).filter((type) => !registry.permissions(type, ['create']).includes('iam:CreateServiceLinkedRole'))).toEqual([]);
});

test('names the role of a given domain that is another than that which the stack makes by name', async () => {
  account.aws.services.SageMaker = (operation) => operation === 'DescribeDomain'
    ? { Status: 'InService', DefaultUserSettings: { ExecutionRole: `arn:aws:iam::${ACCOUNT}:role/before` } } : {};
  const role = `churn--studio-execution-${REGION}`;
  const app = account.template('AWS::IAM::Role', { RoleName: role, Path: '/ml/' }, {
    'cdk-secure-mlops:given': [{ Type: 'AWS::SageMaker::Domain', DomainId: 'd-1', Required: { DefaultUserSettings: { ExecutionRole: { 'Fn::GetAtt': ['One', 'Arn'] } } } }],
  });
  expect(await account.problemOf(app)).toBe(`DefaultUserSettings.ExecutionRole of the Studio domain d-1 is arn:aws:iam::${ACCOUNT}:role/before, `
    + `and the environment needs arn:aws:iam::${ACCOUNT}:role/ml/${role}.`);
});
