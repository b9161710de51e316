import { App, CfnDeletionPolicy, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import { CfnDomain } from 'aws-cdk-lib/aws-sagemaker';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { IConstruct } from 'constructs';
import { SelfContainedTemplate } from '../../src';

/** The states of an app that a rehearsal deploys one after the other. */
export enum Step {
  FIRST = 'first',
  CHANGED = 'changed',
  /** Changed once more, with a resource that fails when all others are done. */
  BROKEN = 'broken',
  /** A change that the app itself refuses when it is deployed. */
  REFUSED = 'refused',
  /** Accounts are about to leave, and are still let in. */
  LEAVING = 'leaving',
  /** Those accounts have left. */
  LEFT = 'left',
  /** Never deployed before, with a resource that fails as soon as there is a domain, and everything that is kept. */
  FAILED_FIRST_DEPLOY = 'failed-first-deploy',
}

/** Role that the failing resource names. */
export const NOBODY = 'rehearsal-nobody';
const IDLE_MINUTES: Partial<Record<Step, number>> = { [Step.CHANGED]: 240, [Step.BROKEN]: 300 };

/**
 * Brings an app into a step, whatever it is made of. Tags reach nearly every resource, so nearly every resource is updated
 * in place, and goes back when the last one fails.
 */
export function apply(step: Step, app: App): void {
  const minutes = IDLE_MINUTES[step];
  if (minutes !== undefined) Tags.of(app).add('rehearsal', step);
  for (const stack of app.node.findAll().filter(isDeployedByItself)) {
    const resources = stack.node.findAll().filter((node): node is CfnResource => CfnResource.isCfnResource(node) && node.cfnResourceType !== 'AWS::CDK::Metadata')
      .filter((resource) => resource.stack === stack);
    const domains = resources.filter((resource): resource is CfnDomain => resource instanceof CfnDomain);
    if (minutes !== undefined) for (const domain of domains) changeIdleTime(domain, minutes);
    if (step === Step.BROKEN) failAfter(resources, stack);
    if (step === Step.FAILED_FIRST_DEPLOY) failBetween(domains, resources, stack);
  }
}

/** Templates that stack sets deploy and products launch are in the tree of the app as well. */
function isDeployedByItself(node: IConstruct): node is Stack {
  return Stack.isStack(node) && !node.nested && !(node instanceof SelfContainedTemplate) && !(node instanceof ProductStack);
}

function changeIdleTime(domain: CfnDomain, minutes: number): void {
  for (const kind of ['JupyterLabAppSettings', 'CodeEditorAppSettings']) {
    const path = `DefaultUserSettings.${kind}.AppLifecycleManagement.IdleSettings`;
    domain.addPropertyOverride(`${path}.LifecycleManagement`, 'ENABLED');
    domain.addPropertyOverride(`${path}.IdleTimeoutInMinutes`, minutes);
  }
}

/** A policy for a role that does not exist: the template is valid, and IAM refuses it when its turn comes. */
function failAfter(resources: CfnResource[], stack: Stack): CfnResource {
  const failing = new CfnResource(stack, 'RehearsedFailure', {
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      Roles: [NOBODY],
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] },
    },
  });
  for (const resource of resources) failing.addDependency(resource);
  return failing;
}

/**
 * The domain is there, and nothing that would have known of it: the roll-back has to find by itself what it left behind. So
 * are data and keys, which a deletion keeps, and which would be in the way of the next attempt.
 */
function failBetween(domains: CfnDomain[], resources: CfnResource[], stack: Stack): void {
  const kept = resources.filter(({ cfnOptions: { deletionPolicy } }) => deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
  const failing = failAfter([...domains, ...kept], stack);
  for (const resource of resources) if (resource.cfnResourceType === 'Custom::StudioDomainContents') resource.addDependency(failing);
}
