import { Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { isPendingLookUp } from '../../network/pending-look-up';
import { describe } from '../../private/invalid-input';

/**
 * Refuses a role that Studio could not say for whom it assumes: applications would not start. Asked at the end, because a
 * trust policy may be completed later; nothing is known of an imported role's.
 */
export function checkTrust(scope: Construct, property: string, role: IRole | undefined, vpc: IVpc): void {
  const trust = (role as { assumeRolePolicy?: PolicyDocument } | undefined)?.assumeRolePolicy;
  if (role === undefined || trust === undefined) return;
  scope.node.addValidation({
    validate: () => (isPendingLookUp(vpc) || namesSource(JSON.stringify(Stack.of(role).resolve(trust))) ? [] : [describe({
      property,
      value: role,
      rule: 'trust sagemaker.amazonaws.com for sts:AssumeRole and sts:SetSourceIdentity: Studio sends the name of the profile along',
      remedy: 'Add a statement with both actions to its assumeRolePolicy',
    })]),
  });
}

function namesSource(trust: string): boolean {
  return /"sts:(SetSourceIdentity|\*)"|"Action":"\*"/.test(trust);
}
