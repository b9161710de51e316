import { Acknowledgement, everywhere, rules, wildcard } from '../../private/acknowledgements';

const POLICY = /^\/Policy\d\d?\/Resource$/, FUNCTION = /^\/Function\/Resource$/, RECORDS = /^\/Records\/Resource$/;

/** Of corrective controls. */
export const CORRECTIVE_CONTROLS: Acknowledgement[] = [
  rules(['LambdaTracing'], FUNCTION, 'Its log and its records say what it did: a trace would add another place where that is kept.'),
  rules(['LambdaDLQ'], FUNCTION, 'What it fails at goes to the dead-letter queue as a destination, which has the answer beside the event.'),
  rules(['LambdaInsideVPC'], FUNCTION, 'Runs outside of VPCs, so that nobody who closes or opens one keeps it from correcting. It carries no data and calls AWS APIs only.'),
  rules(['SQS3', 'SQSRedrivePolicy'], /^\/Undelivered\/Resource$/, 'It is the dead-letter queue itself: what is in it stays until somebody takes it away.'),
  rules(['S3BucketLoggingEnabled', 'S1'], RECORDS, 'The function alone writes it, and CloudTrail has what people do to the bucket itself; whoever wants access to single records logged adds its data events to a trail.'),
  rules(['S3BucketDefaultLockEnabled'], RECORDS, 'Records are versioned. For how long nobody at all may delete one is a company\'s policy, and a lock cannot be taken off again.'),
  rules(['S3BucketReplicationEnabled'], RECORDS, 'A copy in another bucket would be a second way to what is recorded. Records are versioned.'),
  wildcard(/arn:PARTITION:logs:REGION:ACCOUNT:log-group:[\w<>:/.#-]+:\*/, POLICY, 'Streams of its own log group: Lambda names them as it starts the function.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:[\w-]+\/\*/, POLICY, 'What breaks a rule may have any name; what may not be touched is denied by the allow-list.'),
  wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:security-group\/\*/, POLICY, 'Groups of the VPCs that are watched, by a condition: people make new ones.'),
  wildcard(/<\w*Records\w*\.Arn>\/\*/, POLICY, 'Objects of its own bucket of records, whose names are made of what happens.'),
  wildcard(/arn:PARTITION:ec2:REGION:\*:prefix-list\/\*/, POLICY, 'Lists that rules of groups name: AWS has some, and other accounts share theirs. They are read.'),
  everywhere(/ec2:DescribeSecurityGroup(s|Rules)/, POLICY, 'EC2 takes no resource for what it describes.'),
];
