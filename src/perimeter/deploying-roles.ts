import { BootstraplessSynthesizer, DefaultStackSynthesizer, Fn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { throwValidationError } from '../private/invalid-input';

/**
 * The roles that deploy a stack and so may change its policies: those given, or the role that the CDK
 * bootstrap gives to CloudFormation. Where neither is known, guessing would lock the deployment out of its own keys
 * and buckets.
 */
export function deployingRolesOf(scope: Construct, given: string[] | undefined): string[] {
  if (given !== undefined) return given;
  const stack = deployedStackOf(scope), { _launchRoleArn: launchRoleArn } = stack as LaunchedStack, { synthesizer } = stack;
  if (launchRoleArn !== undefined) return [launchRoleArn];
  // The bootstrapless one inherits the name of a role that its account need not have.
  if (!(synthesizer instanceof DefaultStackSynthesizer) || synthesizer instanceof BootstraplessSynthesizer) {
    return throwValidationError(scope, {
      property: 'cloudFormationExecutionRoles',
      value: undefined,
      rule: 'name the roles that CloudFormation deploys this stack with, since its synthesizer does not say',
      remedy: 'Give their ARNs: they alone may change bucket and key policies later',
    });
  }
  // The synthesizer leaves what is unknown at synth as ${AWS::AccountId} in the text.
  const role = synthesizer.cloudFormationExecutionRoleArn;
  return [role.includes('${') ? Fn.sub(role) : role];
}

/** The template of a product, which is deployed with its launch role. */
interface LaunchedStack extends Stack {
  readonly _launchRoleArn?: string;
}

/** What CloudFormation deploys: a nested stack is deployed as the stack around it. */
function deployedStackOf(scope: Construct): Stack {
  const stack = Stack.of(scope);
  return stack.nestedStackParent === undefined ? stack : deployedStackOf(stack.nestedStackParent);
}
