import { Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, DeploymentStage, DeploymentTargetStackSet, ModelPromotion, SelfContainedTemplate } from '../../src';
import { HERE } from '../access/churn-app';
import { ACCOUNTS, REGION } from '../access/request/organization';
import { Template } from '../access/template/synthesized-stack';
import { testApp } from '../test-app';

/** A self-managed stack set that places targets with all that they may have, and the template of the role that it works with in each account. */
export function stackSetOfTargets(): { stackSetName: string; target: Template; executionRole: Template } {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Platform', { env: { account: ACCOUNTS.sibling.id, region: REGION } });
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(new Stack(app, 'Names'), 'Churn', { environmentName: 'churn', ...HERE });
  const stage = DeploymentStage.accounts('staging', { accounts: [ACCOUNTS.target.id], promotion: ModelPromotion.copy(), monitoring: {} });
  const { executionRoleTemplate, template, stackSetName } = new DeploymentTargetStackSet(stack, 'Target', { environment, stage });
  const rendered = (of: SelfContainedTemplate) => JSON.parse(stack.resolve(of.templateText()) as string) as Template;
  return { stackSetName, target: rendered(template), executionRole: rendered(executionRoleTemplate!) };
}
