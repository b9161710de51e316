import { Stack, Token } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InputCheck } from '../../private/input-check';
import { DeploymentStage, IDataScienceEnvironment, StageRetirement } from '../../stages';
import { SelfManagedOptions, ServiceManagedOptions, StackSetOperationOptions } from '../stack-set-options';
import { checkReach } from '../stage-rules';

/** What must be true of a stack set of targets. */
export interface StackSetPlan {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;
  readonly stackSetName?: string;
  readonly serviceManaged?: ServiceManagedOptions;
  readonly selfManaged?: SelfManagedOptions;
  readonly operation?: StackSetOperationOptions;
  readonly permissionsBoundary?: IManagedPolicy;
}

/** Refuses a stack set that CloudFormation would refuse, or that would give the wrong account power over others. */
export function checkStackSet(scope: Construct, plan: StackSetPlan): void {
  const check = new InputCheck(scope);
  checkEnvironment(check, plan);
  checkStage(check, scope, plan);
  checkOperation(check, plan.operation ?? {});
  check
    .matches('stackSetName', plan.stackSetName, /^[a-zA-Z][a-zA-Z0-9-]{0,127}$/, 'be 1–128 letters, digits and hyphens, and begin with a letter')
    .that('stackSetName', plan.stackSetName, (name) => !name.includes('--'), 'have no two hyphens in a row',
      'Names with two hyphens belong to the stack sets of endpoints, whose role could then delete targets')
    .matches('selfManaged.executionRoleName', plan.selfManaged?.executionRoleName, /^[\w+=,.@-]{1,64}$/, 'be the name of a role without a path, such as StackSetExecution');
  checkBoundary(check, scope, 'permissionsBoundary', plan.permissionsBoundary);
  checkBoundary(check, scope, 'selfManaged.executionRoleBoundary', plan.selfManaged?.executionRoleBoundary);
  check.throwIfInvalid();
}

function checkEnvironment(check: InputCheck, { environment, stage }: StackSetPlan): void {
  const { environmentName } = environment;
  if (Token.isUnresolved(environmentName)) {
    check.report('environment', 'a name that is a parameter', 'have a literal name', 'What a stack set carries knows no parameters of this app');
  }
  checkReach(check, environment, stage);
}

function checkStage(check: InputCheck, scope: Construct, { environment: { names }, stage, serviceManaged, selfManaged }: StackSetPlan): void {
  const { account, region } = Stack.of(scope);
  const { stageName, retirement } = stage;
  const retains = serviceManaged?.retainStacksOnAccountRemoval;
  if (retirement !== undefined && retains !== undefined && retains !== (retirement === StageRetirement.RETAIN)) {
    check.report('serviceManaged.retainStacksOnAccountRemoval', retains, `agree with the retirement of the stage '${stageName}', ${retirement}`, 'Say it once, at the stage');
  }
  if (stage.isSameAccount) {
    check.report('stage', stageName, 'be in other accounts than the data-science account', 'It needs no stack set: place a CrossAccountDeploymentTarget in the environment\'s account');
  } else if (stage._accounts.isSelfManaged) {
    if (serviceManaged !== undefined) {
      check.report('serviceManaged', serviceManaged, `not be given for the stage '${stageName}', which is a list of accounts`,
        'Use selfManaged, or DeploymentStage.organizationalUnits');
    }
    if (Token.isUnresolved(account) || Token.isUnresolved(region)) {
      check.report('stage', stageName, 'be a set of organizational units in a stack without an account and a region',
        'Execution roles of listed accounts trust one role of this account by its ARN: set env on the stack');
    }
  } else {
    if (selfManaged !== undefined) {
      check.report('selfManaged', Object.keys(selfManaged), `not be given for the stage '${stageName}', which is a set of organizational units`,
        'Use serviceManaged: StackSets makes its roles in the units itself');
    }
    check.that('stage', account, (here) => here !== names.account,
      `be placed from another account than the data-science account, since '${stageName}' is a set of organizational units`,
      'A service-managed stack set is an administrator of every account of the organization, and that cannot be limited to units: make it in a platform account');
    check.that('stage', account, (here) => stage.platformAccount === undefined || here === names.account || here === stage.platformAccount,
      `be placed from the platformAccount of the stage '${stageName}', ${stage.platformAccount}`, 'Delivery pipelines ask a role of that account which accounts are in the units');
  }
}

function checkOperation(check: InputCheck, { failureTolerance, maximumConcurrency, softFailureTolerance }: StackSetOperationOptions): void {
  check
    .that('operation.maximumConcurrency', maximumConcurrency?.accounts, (accounts) => accounts >= 1, 'be at least one account')
    .that('operation.maximumConcurrency', maximumConcurrency?.percent, (percent) => percent >= 1, 'be at least one percent');
  if (softFailureTolerance || maximumConcurrency?.accounts === undefined) return;
  const tolerated = failureTolerance === undefined ? 0 : failureTolerance.accounts;
  check.that('operation.maximumConcurrency', tolerated === undefined ? undefined : maximumConcurrency.accounts, (accounts) => accounts <= tolerated! + 1,
    `be at most one more than the tolerated failures, ${tolerated}`, 'Tolerate more, or set softFailureTolerance');
}

/** A boundary is looked for in the account of the role that it bounds. */
function checkBoundary(check: InputCheck, scope: Construct, property: string, boundary: IManagedPolicy | undefined): void {
  const arn = boundary && JSON.stringify(Stack.of(scope).resolve(boundary.managedPolicyArn));
  check.that(property, arn, (text) => !/:iam::\d{12}:/.test(text), 'be a policy of whichever account a target is in',
    'Use ManagedPolicy.fromManagedPolicyArn with Aws.ACCOUNT_ID in the ARN');
}
