import { CfnSession } from 'aws-cdk-lib/aws-macie';
import { Construct } from 'constructs';

/**
 * Sensitive data in buckets. The perimeter lets Macie's service-linked role read data, models and releases.
 *
 * @see https://docs.aws.amazon.com/macie/latest/user/discovery-asdd.html
 */
export function discoverSensitiveData(scope: Construct): void {
  new CfnSession(scope, 'Macie', { status: 'ENABLED', findingPublishingFrequency: 'FIFTEEN_MINUTES' });
}
