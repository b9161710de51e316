import { Acknowledgement, rules } from '../../private/acknowledgements';

/** Of detective controls. */
export const ACKNOWLEDGED: Acknowledgement[] = [
  rules(['S1', 'S3BucketLoggingEnabled'], /^\/Trail\/Bucket\/Resource$/, 'The bucket holds logs itself, and who changes its policy raises an alarm. A company that logs access to logs gives a bucket of its own (trail.bucket).'),
  rules(['S3BucketReplicationEnabled'], /^\/Trail\/Bucket\/Resource$/, 'A company that keeps its logs in a second place gives a bucket of its own (trail.bucket), or the log group of its organization\'s trail.'),
  rules(['S3BucketDefaultLockEnabled'], /^\/Trail\/Bucket\/Resource$/, 'A lock cannot be taken off again: whoever has a policy about it says so by trail.objectLock. Files are validated and versioned.'),
  rules(['SQS3', 'SQSRedrivePolicy'], /^\/Findings\/Undelivered\/Resource$/, 'Is itself the queue of what could not be delivered.'),
];
