import { Token } from 'aws-cdk-lib';
import { InputCheck } from '../../private/input-check';
import { DeploymentStage, IDataScienceEnvironment } from '../../registry';

/** What must be true of an environment whose names are used in the accounts of a stage. */
export function checkReach(check: InputCheck, { environmentName, registry }: IDataScienceEnvironment, stage: DeploymentStage): void {
  const { stageName, accountIds, isSameAccount } = stage;
  if (!isSameAccount && (Token.isUnresolved(registry.account) || Token.isUnresolved(registry.region))) {
    check.report('environment', environmentName, `be in a stack with an account and a region, to be used from other accounts, those of the stage '${stageName}'`,
      'Its names would become those of the targets; set env on the environment\'s stack, or use DataScienceEnvironment.fromEnvironmentAttributes');
  }
  if (accountIds.includes(registry.account)) {
    check.report('stage', stageName, `not have the data-science account, ${registry.account}, among its accounts`, 'Use DeploymentStage.sameAccount');
  }
}
