import { App, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { CfnDomain } from 'aws-cdk-lib/aws-sagemaker';

/** The states of an app that a rehearsal deploys one after the other. */
export enum Step {
  FIRST = 'first',
  CHANGED = 'changed',
  /** As changed, changed once more, with a resource that fails when all others are done. */
  BROKEN = 'broken',
}

/** Role that the failing resource names. */
export const NOBODY = 'rehearsal-nobody';
const IDLE_MINUTES = { [Step.FIRST]: undefined, [Step.CHANGED]: 240, [Step.BROKEN]: 300 };

/**
 * Brings an app into a step, whatever it is made of. Tags reach nearly every resource, so nearly every resource is updated
 * in place, and goes back when the last one fails.
 */
export function apply(step: Step, app: App): void {
  if (step === Step.FIRST) return;
  Tags.of(app).add('rehearsal', step);
  for (const stack of app.node.findAll().filter((node): node is Stack => Stack.isStack(node) && !node.nested)) {
    for (const node of stack.node.findAll()) if (node instanceof CfnDomain) changeIdleTime(node, IDLE_MINUTES[step]!);
    if (step === Step.BROKEN) fail(stack);
  }
}

function changeIdleTime(domain: CfnDomain, minutes: number): void {
  for (const kind of ['JupyterLabAppSettings', 'CodeEditorAppSettings']) {
    const path = `DefaultUserSettings.${kind}.AppLifecycleManagement.IdleSettings`;
    domain.addPropertyOverride(`${path}.LifecycleManagement`, 'ENABLED');
    domain.addPropertyOverride(`${path}.IdleTimeoutInMinutes`, minutes);
  }
}

/** A policy for a role that does not exist: the template is valid, and IAM refuses it when everything else is done. */
function fail(stack: Stack): void {
  const others = stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node));
  const failing = new CfnResource(stack, 'RehearsedFailure', {
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      Roles: [NOBODY],
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
    },
  });
  for (const other of others) if (other.cfnResourceType !== 'AWS::CDK::Metadata') failing.addDependency(other);
}
