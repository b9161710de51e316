import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Registry } from './registry';
import { DataScienceEnvironment, EnvironmentRole, EnvironmentRoleOptions, ProjectBlueprint } from '../../../src';

const ACCOUNT = '111111111111';

/** What the handlers of an environment's resources ask IAM for, when they are created, read, updated and deleted. */
async function askedOfIam(roleOptions: (stack: Stack) => EnvironmentRoleOptions): Promise<string[]> {
  const stack = new Stack(new App(), 'SecureMlops', { env: { account: ACCOUNT, region: 'us-east-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', roleOptions: roleOptions(stack), dataPreparation: {}, mlflow: {}, featureStore: true, sharedSpaces: true, packageIndex: {},
  });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  environment.addProjectTemplate('Image', { blueprint: ProjectBlueprint.imageBuild() });
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string }> };
  const known = Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type.startsWith('AWS::')));
  const asked = (await Registry.of()).askedBy({ Resources: known }).map(({ action }) => action);
  return [...new Set(asked)].filter((action) => action.startsWith('iam:')).sort();
}

const every = (stack: Stack) => ({
  exceptions: Object.values(EnvironmentRole).map((role) => ({ role, existingRole: Role.fromRoleArn(stack, role, `arn:aws:iam::${ACCOUNT}:role/${role}`) })),
});

test('a deployment to which every role is given makes no role and no policy, attaches none and changes none', async () => {
  expect(await askedOfIam(every)).toEqual([
    'iam:CreateServiceLinkedRole', // of Athena, flow logs and SageMaker, in an account that never had them
    'iam:GetGroup', // a portfolio may be opened to a group; ours are opened to roles
    'iam:GetRole', // of launch roles, and of those who see a portfolio
    'iam:GetUser',
    'iam:PassRole', // the given roles, to the services that work with them
  ]);
}, 300_000);

test('a deployment that makes them does all of that', async () => {
  expect(await askedOfIam(() => ({}))).toEqual(expect.arrayContaining(['iam:AttachRolePolicy', 'iam:CreatePolicy', 'iam:CreateRole', 'iam:DeleteRole']));
}, 300_000);
