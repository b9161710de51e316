import { Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isPendingLookUp } from '../../network/pending-look-up';
import { describe } from '../../private/invalid-input';
import { principalOf, SAGEMAKER } from '../../roles/service-trust';

/**
 * Lets Studio say for whom it assumes a role of this app: applications would not start otherwise. A role that does not trust
 * SageMaker at all is refused, at the end, because a trust policy may be completed later; nothing is known of an imported role's.
 */
export function completeTrust(scope: Construct, property: string, role: IRole | undefined, vpc: IVpc): void {
  const trust = (role as { assumeRolePolicy?: PolicyDocument } | undefined)?.assumeRolePolicy;
  if (role === undefined || trust === undefined) return;
  const text = () => JSON.stringify(Stack.of(role).resolve(trust));
  const given = text();
  if (namesSource(given)) return;
  if (trustsSageMaker(given)) return trust.addStatements(new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [principalOf(scope, SAGEMAKER)] }));
  scope.node.addValidation({
    validate: () => (isPendingLookUp(vpc) || namesSource(text()) ? [] : [describe({
      property,
      value: role,
      rule: 'trust sagemaker.amazonaws.com for sts:AssumeRole and sts:SetSourceIdentity: Studio sends the name of the profile along',
      remedy: 'Add a statement with both actions to its assumeRolePolicy',
    })]),
  });
}

function trustsSageMaker(trust: string): boolean {
  return /"sts:AssumeRole"/.test(trust) && /"sagemaker\.amazonaws\.com"/.test(trust);
}

function namesSource(trust: string): boolean {
  return /"sts:(SetSourceIdentity|\*)"|"Action":"\*"/.test(trust);
}
