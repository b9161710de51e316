import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { Construct } from 'constructs';

/**
 * Threats in CloudTrail's events, flow logs and DNS queries, which GuardDuty reads by itself, and in accesses to objects.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_data-sources.html
 */
export function detectThreats(scope: Construct): void {
  new CfnDetector(scope, 'GuardDuty', {
    enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES', features: [{ name: 'S3_DATA_EVENTS', status: 'ENABLED' }],
  });
}
