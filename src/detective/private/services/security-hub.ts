import { CfnHub, CfnStandard } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import { arnIn } from '../../../private/arn';

/** AWS's own standard, of which the controls of SageMaker are. @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html */
const STANDARD = 'standards/aws-foundational-security-best-practices/v/1.0.0';

export function checkStandards(scope: Construct): void {
  const hub = new CfnHub(scope, 'SecurityHub', { enableDefaultStandards: false, autoEnableControls: true, controlFindingGenerator: 'SECURITY_CONTROL' });
  new CfnStandard(scope, 'SecurityHubStandard', { standardsArn: arnIn(scope, 'securityhub', STANDARD, { account: '' }) }).addDependency(hub);
}
