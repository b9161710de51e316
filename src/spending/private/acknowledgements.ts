import { Acknowledgement, everywhere, rules, wildcard } from '../../private/acknowledgements';

const FUNCTION = /^\/Function\/Resource$/, RECORDS = /^\/Records\/Resource$/, POLICY = /^\/Policy\/Resource$/;

/** Of spending controls. */
export const SPENDING_CONTROLS: Acknowledgement[] = [
  rules(['LambdaTracing'], FUNCTION, 'Its log and its ledgers say what it did: a trace would add another place where that is kept.'),
  rules(['LambdaDLQ'], FUNCTION, 'What one metering fails at, the next does: an alarm tells of a meter that is silent.'),
  rules(['LambdaAsyncFailureDestination'], /^\/Function\/EventInvokeConfig\/Resource$/, 'What one metering fails at, the next does: an alarm tells of a meter that is silent.'),
  rules(['LambdaInsideVPC'], FUNCTION, 'Runs outside of VPCs, so that nobody who closes or opens one keeps it from metering. It carries no data and calls AWS APIs only.'),
  rules(['SQS3', 'SQSRedrivePolicy'], /^\/Undelivered\/Resource$/, 'It is the dead-letter queue itself: what is in it stays until somebody takes it away.'),
  rules(['S3BucketLoggingEnabled', 'S1'], RECORDS, 'The function alone writes it, and CloudTrail has what people do to the bucket itself; whoever wants access to single ledgers logged adds its data events to a trail.'),
  rules(['S3BucketDefaultLockEnabled'], RECORDS, 'Ledgers are versioned, and written again every few minutes. For how long nobody at all may delete one is a company\'s policy, and a lock cannot be taken off again.'),
  rules(['S3BucketReplicationEnabled'], RECORDS, 'A ledger that is lost is counted anew from what AWS still lists. Ledgers are versioned.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:[\w-]+\/\*/, POLICY, 'What runs in an environment may have any name: by its role or domain the meter sees whose it is.'),
  wildcard(/<\w*Records\w*\.Arn>\/(ledger|reports)\/\*/, POLICY, 'Objects of its own bucket, one for each month.'),
  everywhere(/sagemaker:List\w+/, POLICY, 'SageMaker takes no resource for what it lists.'),
];

/** Of what finds what nobody uses. */
export const IDLE_FINDINGS: Acknowledgement[] = [
  rules(['LambdaTracing'], FUNCTION, 'Its log and its records say what it did: a trace would add another place where that is kept.'),
  rules(['LambdaDLQ'], FUNCTION, 'What it fails at goes to the dead-letter queue as a destination, which has the answer beside the event.'),
  rules(['LambdaInsideVPC'], FUNCTION, 'Runs outside of VPCs: it carries no data and calls AWS APIs only.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:[\w-]+\/\*/, POLICY, 'What is idle may have any name; what may not be touched is denied by the allow-list.'),
  wildcard(/<\w*Records\w*\.Arn>\/idle\/\*/, POLICY, 'Objects of the bucket of records, one for each day.'),
  everywhere(/sagemaker:List\w+|cloudwatch:GetMetricData|servicequotas:ListServiceQuotas/, POLICY, 'SageMaker and Service Quotas take no resource for what they list, and CloudWatch none for metrics.'),
];
