import { AccountInOrder } from './account-in-order';
import { MAKING } from '../../src/cli/checks/deploying-role';
import { Answer, Refusal } from '../handlers/fake-aws/answer';
import { EmulatedAws } from '../handlers/fake-aws/emulated-aws';
import { Registry } from '../oracles/registry/registry';

const { ACCOUNT } = EmulatedAws;
const account = new AccountInOrder();
let app: string;

beforeAll(async () => {
  await account.start();
  app = account.environment();
}, 120_000);
beforeEach(() => account.forget());
afterAll(() => account.stop());

describe('names what the role that deploys may not', () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/${AccountInOrder.DEPLOYING}`;
  const evaluated = (decision: string, detail = '') => () => Answer.query('SimulatePrincipalPolicy', `<EvaluationResults><member>
    <EvalActionName>sagemaker:CreateDomain</EvalActionName><EvalDecision>${decision}</EvalDecision>${detail}</member></EvaluationResults>`);

  test('because a service control policy denies it', async () => {
    account.answers.SimulatePrincipalPolicy = evaluated('implicitDeny', '<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail>');
    expect(await account.problemOf(app)).toBe('A service control policy of the organization denies sagemaker:CreateDomain, with which the stack is made.');
  }, 60_000);

  test('because its own policies deny it', async () => {
    const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' }] };
    await account.query('iam', 'PutRolePolicy', { RoleName: AccountInOrder.DEPLOYING, PolicyName: 'no-keys', PolicyDocument: JSON.stringify(deny) });
    const problem = await account.problemOf(app);
    await account.query('iam', 'DeleteRolePolicy', { RoleName: AccountInOrder.DEPLOYING, PolicyName: 'no-keys' });
    expect(problem).toBe(`The role ${role} denies kms:CreateKey, with which the stack is made.`);
  }, 60_000);

  test('and does not know what it may for some names or tags alone', async () => {
    account.answers.SimulatePrincipalPolicy = evaluated('implicitDeny');
    expect(await account.found(app)).toMatchObject({ code: 3, findings: [{ kind: 'unknown', message: `The role ${role} does not allow sagemaker:CreateDomain for every resource, and the stack is made with it.` }] });
    account.answers.SimulatePrincipalPolicy = evaluated('implicitDeny', '<PermissionsBoundaryDecisionDetail><AllowedByPermissionsBoundary>false</AllowedByPermissionsBoundary></PermissionsBoundaryDecisionDetail>');
    expect((await account.found(app)).findings[0].message).toBe(`The permissions boundary of ${role} does not allow sagemaker:CreateDomain for every resource, and the stack is made with it.`);
    account.answers.SimulatePrincipalPolicy = evaluated('implicitDeny', '<MissingContextValues><member>aws:RequestTag/environment</member></MissingContextValues>');
    expect(await account.found(app)).toMatchObject({
      code: 3,
      findings: [{
        kind: 'unknown', message: `What ${role} may do with sagemaker:CreateDomain depends on aws:RequestTag/environment, which only the deployment knows.`,
      }],
    });
  }, 60_000);

  test('because it is not there', async () => {
    account.answers.SimulatePrincipalPolicy = () => new Refusal('NoSuchEntity', 'there is none', 404).asQuery();
    expect(await account.problemOf(app)).toBe(`There is no role ${role}, with which CloudFormation is to deploy.`);
  }, 60_000);

  test('by actions that the registry says its handlers begin with', async () => {
    const registry = await Registry.of();
    expect(Object.entries(MAKING).filter(([type, action]) => !registry.permissions(type, ['create']).includes(action))).toEqual([]);
  }, 60_000);
});
