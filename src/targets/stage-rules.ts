import { Token } from 'aws-cdk-lib';
import { InputCheck, isKnown } from '../private/input-check';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';
import { AskedEnvironment } from './private/target-form';

/** What people set as `env` of the stack. */
export const ACCOUNT = 'account of the stack';
export const REGION = 'region of the stack';

/** What must be true of an environment whose names are used in the accounts of a stage. */
export function checkReach(check: InputCheck, environment: IDataScienceEnvironment, stage: DeploymentStage): void {
  const { environmentName, names } = environment, { stageName, accountIds, isSameAccount } = stage;
  if (environment instanceof AskedEnvironment) return; // the form itself says which accounts it may be
  if (!isSameAccount && (Token.isUnresolved(names.account) || Token.isUnresolved(names.region))) {
    check.report('environment', environmentName, `be in a stack with an account and a region, to be used from other accounts, those of the stage '${stageName}'`,
      'Its names would become those of the targets; set env on the environment\'s stack, or use DataScienceEnvironment.fromEnvironmentAttributes');
  }
  if (accountIds.includes(names.account)) {
    check.report('stage', stageName, `not have the data-science account, ${names.account}, among its accounts`, 'Use DeploymentStage.sameAccount');
  }
}

/** What the environment and an account of the stage must agree on: one side relies on what the other makes of it. */
export const AGREED: Record<string, (stage: DeploymentStage) => string> = {
  monitoring: ({ monitoring, _monitoringInstanceType: type }) => (monitoring === undefined ? 'none' : `jobs on ${type}`),
  promotion: ({ promotion }) => (promotion.hasModelCopies ? 'copies of models' : 'none'),
  endpointCapacity: ({ _endpointCapacity: { instanceTypes, minInstanceCount, maxInstanceCount, capturePercentage } }) =>
    `${instanceTypes.join(', ')}, ${minInstanceCount} to ${maxInstanceCount} instances, ${capturePercentage} percent captured`,
};

/** Refuses a stage that has the name of one of the environment's and is another. */
export function checkSameStage(check: InputCheck, { _knownStages: known }: IDataScienceEnvironment, stage: DeploymentStage): void {
  const own = known?.find(({ stageName }) => stageName === stage.stageName);
  if (own === undefined || own === stage) return;
  for (const [property, told] of Object.entries(AGREED)) {
    const there = told(own);
    check.that(`stage.${property}`, told(stage), (here) => !isKnown(there) || here === there, `be the environment's for the stage '${stage.stageName}', ${there}`,
      'Give both the same DeploymentStage');
  }
}
