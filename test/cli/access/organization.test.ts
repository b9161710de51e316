import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { DataScienceEnvironment, PersonaPermissionSet } from '../../../src';
import { deployedOf } from '../../../src/cli/access/deployed';
import { Environment, environmentsOf } from '../../../src/cli/access/environment';
import { simulatorIn } from '../../../src/cli/access/find-simulator';
import { PLACES } from '../../../src/cli/access/places';
import { questionsOf } from '../../../src/cli/access/questions';
import { Judge } from '../../../src/cli/access/simulator';
import { Decision, weigh } from '../../../src/cli/access/weigh';
import { stacksOf } from '../../../src/cli/assembly';

const HERE = { account: '111111111111', region: 'eu-west-1' }, MANAGEMENT = { account: '333333333333', region: 'eu-west-2' };
const UNIT = 'ou-ab12-data1111', OTHER_ACCOUNT = '444444444444';

const folder = mkdtempSync(join(tmpdir(), 'organization-'));
afterAll(() => rmSync(folder, { recursive: true }));

let judge: Judge, environment: Environment;
beforeAll(async () => {
  judge = (await simulatorIn(resolve(__dirname, '..', '..', '..')))!;
  const app = new App({ outdir: folder }), stage = new Stage(app, 'Production'), stack = new Stack(stage, 'Team', { env: HERE });
  const boundary = new ManagedPolicy(stack, 'Boundary', { managedPolicyName: 'boundary', statements: [new PolicyStatement({ notActions: ['sagemaker:UpdateModelPackage'], resources: ['*'] })] });
  const { personas: { teamAdministrator } } = new DataScienceEnvironment(new NestedStack(stack, 'Nested'), 'Churn', { environmentName: 'churn', roleOptions: { permissionsBoundary: boundary } });
  const management = new Stack(stage, 'Management', { env: MANAGEMENT });
  new PersonaPermissionSet(management, 'Set', { personaRole: teamAdministrator, instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890123456', permissionSetName: 'Team' })
    .assignToGroup('1234567890-12345678-1234-1234-1234-123456789012');
  const control = (id: string, type: string, sid: string, action: string, targetIds: string[], more: object = {}) => new CfnPolicy(management, id, {
    name: id, type, targetIds, content: { Version: '2012-10-17', Statement: [{ Sid: sid, Effect: 'Deny', Action: action, Resource: '*', ...more }] },
  });
  control('Account', 'SERVICE_CONTROL_POLICY', 'NobodyDeletesLogs', 'logs:DeleteLogGroup', [HERE.account]);
  control('Unit', 'SERVICE_CONTROL_POLICY', 'NobodyReadsLogs', 'logs:GetLogEvents', [UNIT]);
  control('Elsewhere', 'SERVICE_CONTROL_POLICY', 'NobodyTrains', 'sagemaker:CreateTrainingJob', [OTHER_ACCOUNT]);
  control('Root', 'RESOURCE_CONTROL_POLICY', 'NobodyReads', 's3:GetObject', ['r-ab12'], { Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' } } });
  app.synth();
  [environment] = environmentsOf(deployedOf(stacksOf(folder)));
});

async function answer(title: string, what: string, place: string, units: string[] = []): Promise<Decision> {
  const question = questionsOf(environment).find((one) => one.what === what)!, who = environment.people.find((one) => one.title === title)!;
  return weigh(judge, environment, who, question, PLACES.find((one) => one.title === place)!.of(environment, question), units);
}

describe('an environment in a nested stack of a stage', () => {
  test('is found, and what nested stacks are given by others is known', async () => {
    expect(environment.name).toBe('churn');
    expect(environment.path).toBe('Production/Team/Nested/Churn');
    expect(await answer('notebook', 'read the data bucket', 'from the VPC')).toMatchObject({ answer: 'yes' });
  });

  test('has permissions boundaries that are weighed', async () => {
    expect(await answer('team administrator', 'approve a model version', 'from the internet')).toEqual({ answer: 'no', statements: [], reason: 'the permissions boundary does not allow it' });
  });
});

describe('a permission set', () => {
  test('is somebody, with the policies and the boundary that it names in the account', async () => {
    const { role } = environment.people.find(({ title }) => title === 'permission set Team')!;
    expect(role).toMatchObject({ arn: expect.stringMatching(/^arn:aws:iam::111111111111:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-2\/AWSReservedSSO_Team_/) as string });
    expect(role!.policies.map(({ document }) => document)).not.toContain(undefined);
    expect(role!.boundary?.document).toBeDefined();
    expect(await answer('permission set Team', 'read the reports bucket', 'from the VPC')).toMatchObject({ answer: 'yes' });
    expect(await answer('permission set Team', 'approve a model version', 'from the internet')).toMatchObject({ answer: 'no', reason: 'the permissions boundary does not allow it' });
  });
});

describe('policies of AWS Organizations', () => {
  const administrator = 'administrator of the account';

  test('hold where they are attached to the account', async () => {
    expect(await answer(administrator, 'delete the logs of jobs', 'from the internet')).toMatchObject({
      answer: 'no', statements: [{ effect: 'deny', kind: 'service control policy', policy: 'Production/Management/Account', statement: 'NobodyDeletesLogs' }],
    });
  });

  test('are unknown where only the organization knows whether the account is in a unit', async () => {
    expect(await answer(administrator, 'read the logs of jobs', 'from the internet')).toEqual({
      answer: 'unknown', statements: [], reason: `NobodyReadsLogs denies it if the account is in ${UNIT}, which --organizational-unit says`,
    });
  });

  test('hold where the unit is said to be that of the account', async () => {
    expect(await answer(administrator, 'read the logs of jobs', 'from the internet', [UNIT])).toMatchObject({ answer: 'no', statements: [{ statement: 'NobodyReadsLogs' }] });
  });

  test('change nothing that nobody may anyway, nor in other accounts', async () => {
    expect(await answer('job', 'read the logs of jobs', 'from the internet')).toMatchObject({ answer: 'no', reason: 'no policy of the role allows it' });
    expect(await answer(administrator, 'start a training job', 'from the internet')).toMatchObject({ answer: 'yes' });
  });

  test('hold for resources against others, and not against those of the organization that they name', async () => {
    expect(await answer('administrator of an account outside', 'read the data bucket', 'from the VPC')).toMatchObject({
      answer: 'no',
      statements: expect.arrayContaining([
        expect.objectContaining({ kind: 'resource control policy', statement: 'NobodyReads' }),
      ]) as unknown,
    });
    expect(await answer('notebook', 'read the data bucket', 'from the VPC')).toMatchObject({ answer: 'yes' });
  });
});
