import { Aspects, CfnDeletionPolicy, CfnOutput, CfnResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeploymentStage, StageRetirement } from '../stages';
import { SelfContainedTemplate } from '../templates';

/**
 * Keeps what a stack set has placed where an account is taken off it. Stack sets that CloudFormation makes delete the stacks
 * of such accounts, and no property of theirs says otherwise: so the resources outlive their stacks. What a creation that
 * failed has made goes all the same.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
 */
export function retainOnRequest(template: SelfContainedTemplate, { retirement }: DeploymentStage): void {
  if (retirement !== StageRetirement.RETAIN) return;
  Aspects.of(template).add({
    visit: (node) => {
      if (CfnResource.isCfnResource(node)) node.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    },
  });
}

/** Says in an output what becomes of whom the stage lets go. */
export function addRetirementOutput(scope: Construct, { stageName, retirement }: DeploymentStage, what: string): void {
  if (retirement === undefined) return;
  const fate = retirement === StageRetirement.RETAIN ? 'stays there when its account leaves the stage: remove it there' : 'is removed when its account leaves the stage';
  new CfnOutput(scope, 'Retirement', { description: `Retirement from the stage ${stageName}`, value: `${what} ${fate}` });
}
