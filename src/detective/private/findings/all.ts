import { EventPattern } from 'aws-cdk-lib/aws-events';

/** Findings of a service that people are told of, whoever switched the service on. */
export interface Findings {
  /** Id of the event rule. */
  readonly id: string;
  readonly description: string;
  readonly pattern: EventPattern;
}

/** The events that AWS sends of what its services have found, as far as somebody has to look at once. */
export const FINDINGS: Findings[] = [
  {
    /** @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html */
    id: 'GuardDuty',
    description: 'Findings of GuardDuty with high severity',
    pattern: { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: [{ numeric: ['>=', 7] }] } },
  },
  {
    /** Security Hub repeats those of other services. @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html */
    id: 'SecurityHub',
    description: 'Failed controls of Security Hub with high severity',
    pattern: {
      source: ['aws.securityhub'],
      detailType: ['Security Hub Findings - Imported'],
      detail: { findings: { ProductName: ['Security Hub'], Compliance: { Status: ['FAILED'] }, Severity: { Label: ['HIGH', 'CRITICAL'] }, Workflow: { Status: ['NEW'] }, RecordState: ['ACTIVE'] } },
    },
  },
  {
    /** @see https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html */
    id: 'Macie',
    description: 'Findings of Macie with high severity',
    pattern: { source: ['aws.macie'], detailType: ['Macie Finding'], detail: { severity: { description: ['High'] } } },
  },
  {
    /** What is unused is no matter of minutes: it is looked at in the console. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html */
    id: 'ExternalAccess',
    description: 'Resources that somebody outside of the account or the organization reaches, as IAM Access Analyzer found',
    pattern: { source: ['aws.access-analyzer'], detailType: ['Access Analyzer Finding'], detail: { status: ['ACTIVE'], isDeleted: [false] } },
  },
  {
    /** @see https://docs.aws.amazon.com/config/latest/developerguide/monitor-config-with-cloudwatchevents.html */
    id: 'SageMakerConfig',
    description: 'Resources of SageMaker that do not keep a rule of AWS Config any more',
    pattern: {
      source: ['aws.config'],
      detailType: ['Config Rules Compliance Change'],
      detail: { resourceType: [{ prefix: 'AWS::SageMaker::' }], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
    },
  },
];
