import { Tags, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';

const PROFILE = 'AWS::SageMaker::UserProfile';
const LIFECYCLE_CONFIGURATION = 'AWS::SageMaker::StudioLifecycleConfig';

/** What a person pays for says to which environment it belongs. Profiles are left out: a changed tag could replace them. */
export function tagEnvironment(environment: Construct, environmentName: string, owner: string | undefined): void {
  Tags.of(environment).add('environment', environmentName, { excludeResourceTypes: [PROFILE] });
  if (owner === undefined) return;
  // An owner that is a parameter changes without another name, which another tag of a lifecycle configuration takes.
  const excludeResourceTypes = Token.isUnresolved(owner) ? [PROFILE, LIFECYCLE_CONFIGURATION] : [PROFILE];
  Tags.of(environment).add('owner', owner, { excludeResourceTypes });
}
