import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { TargetRole } from '../../names';
import { checkPortfolio } from '../../private/given-portfolio';
import { InputCheck } from '../../private/input-check';
import { checkRequired, listOf, TEXT } from '../../private/required-input';
import { DeploymentStage } from '../../stages';
import { STAGE } from '../../stages/kinds';
import type { ProductOptions } from '../product-options';
import { AGREED } from '../stage-rules';

/** What a product offers. */
interface Offer extends ProductOptions {
  readonly stages: DeploymentStage[];
  readonly environmentAccounts: string[];
  readonly existingRoles?: TargetRole[];
}

/** Refuses a product whose form could not say what differs, or whose targets no environment would find. */
export function checkTargetProduct(product: Construct, props: Offer): void {
  checkRequired(product, props, { productName: TEXT, owner: TEXT, stages: listOf(STAGE), environmentAccounts: listOf(TEXT) });
  const { productName, owner, stages, environmentAccounts, existingRoles } = props;
  const check = new InputCheck(product)
    .that('productName', productName, ({ length }) => length <= 100, 'have 1–100 characters')
    .that('owner', owner, ({ length }) => length <= 50, 'have 1–50 characters')
    .that('existingRoles', existingRoles, (roles) => !roles.includes(TargetRole.MODEL_EXECUTION), 'not have the role of models in it',
      'A policy of that role is what refuses an update to another environment')
    .notEmpty('stages', stages)
    .unique('stages', stages.map(({ stageName }) => stageName))
    .notEmpty('environmentAccounts', environmentAccounts)
    .accountIds('environmentAccounts', environmentAccounts)
    .unique('environmentAccounts', environmentAccounts)
    .every('stages', stages.filter(({ isSameAccount }) => isSameAccount).map(({ stageName }) => stageName), () => false, 'be in other accounts than the data-science account',
      'Place a CrossAccountDeploymentTarget in the environment\'s account')
    .every('stages', stages.filter(({ platformAccount }) => platformAccount !== undefined).map(({ stageName }) => stageName), () => false, 'have no platformAccount',
      'Pipelines ask a role of that account which accounts are in the units, one for each environment, which DeploymentTargetStackSet makes');
  for (const stage of stages.slice(1)) agree(check, stages[0], stage);
  check.throwIfInvalid();
  checkPortfolio(product, props.portfolio);
}

/** One template is for all of them. */
function agree(check: InputCheck, first: DeploymentStage, stage: DeploymentStage): void {
  const alike = { ...AGREED, organizationId: ({ organizationId = 'none' }: DeploymentStage) => organizationId };
  for (const [property, told] of Object.entries(alike)) {
    check.that(`stages (${stage.stageName}).${property}`, told(stage), (its) => its === told(first), `be that of the stage '${first.stageName}', ${told(first)}`,
      'Make another product for it: what a target is made of is in its template');
  }
}

/** Accounts with which the portfolio is shared: those of lists, without its own. */
export function sharedWith(product: Construct, stages: DeploymentStage[]): string[] {
  const { account } = Stack.of(product);
  return [...new Set(stages.flatMap(({ accountIds }) => accountIds))].filter((id) => id !== account);
}
