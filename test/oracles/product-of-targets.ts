import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { DeploymentStage, DeploymentTargetProduct, ModelPromotion, SelfContainedTemplate } from '../../src';
import { ACCOUNTS, REGION } from '../access/request/organization';
import { Template } from '../access/template/synthesized-stack';
import { testApp } from '../test-app';

/** Permissions boundary that every role of such a target has. */
export const TARGET_BOUNDARY = `arn:aws:iam::${ACCOUNTS.target.id}:policy/boundary-of-targets`;

/** A product of targets with all that they may have, and the template of the role that launches them in each account. */
export function productOfTargets(): { target: Template; launchRole: Template } {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Platform', { env: { account: ACCOUNTS.sibling.id, region: REGION } });
  const stage = DeploymentStage.accounts('staging', { accounts: [ACCOUNTS.target.id], promotion: ModelPromotion.copy(), monitoring: {} });
  const { launchRoleTemplate, template } = new DeploymentTargetProduct(stack, 'Target', {
    productName: 'Target',
    owner: 'Platform team',
    environmentAccounts: [ACCOUNTS.data.id],
    stages: [stage],
    permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', TARGET_BOUNDARY),
  });
  app.synth(); // gives what is launched its tags
  const rendered = (of: SelfContainedTemplate) => JSON.parse(stack.resolve(of.templateText()) as string) as Template;
  return { target: rendered(template), launchRole: rendered(launchRoleTemplate) };
}
