import { Acknowledgement, checks, rules, wildcard } from '../../private/acknowledgements';

/** Of the buckets of an environment. */
export const BUCKETS: Acknowledgement[] = [
  rules(['S3BucketDefaultLockEnabled'], /^\/(Data|Models|Releases|Reports|Artifacts|Mlflow|OfflineStore|Templates|AccessLogs)\/Resource$/, 'Objects are versioned. For how long nobody at all may delete one is a company\'s policy, and a lock cannot be taken off again: whoever has such a policy says so by releasesObjectLock and reportsObjectLock, or gives buckets of their own that are locked.'),
  rules(['S3BucketReplicationEnabled'], /^\/(Data|Models|Releases|Reports|Artifacts|Mlflow|OfflineStore|Templates|AccessLogs)\/Resource$/, 'A copy in another bucket would be a second way to the same objects, outside of this perimeter. Buckets are versioned; whoever has to keep data in a second region gives buckets of their own that are replicated.'),
  rules(['S3DefaultEncryptionKMS'], /^\/AccessLogs\/Resource$/, 'S3 delivers server access logs to buckets with SSE-S3; with a customer-managed key delivery is not dependable (aws-cdk #25350). The bucket holds names of objects, no objects.'),
  rules(['S3DefaultEncryptionKMS'], /^\/Templates\/Resource$/, 'Templates and seed code are no secret, and services read them for many callers: S3\'s own encryption does.'),
  checks(['BucketPerimeter'], /^\/AccessLogs\/Resource$/, 'The bucket\'s policy admits nobody but the delivery of access logs, which have names of objects and no objects.'),
  wildcard(/<\w*Storage(Data|Models|Reports|Releases|Mlflow|OfflineStore|AccessLogs)\w*\.Arn>\/\*/, /^\/\w+\/EmptyingPolicy\/Resource$/, 'Emptying a bucket is deleting every object of it; exists only where DESTROY was asked for with both keys.'),
];

/** Of the repository of released images. */
export const RELEASE_IMAGES: Acknowledgement[] = [
  rules(['ECR1'], /^\/Resource\/Resource$/, 'Open to nobody without its conditions: the account or its place in the organization, and the exact name of the stage\'s model role. A list of accounts as principals would grow with them.'),
];
