import { matchesFormat } from './arn-format';

const KEY = 'arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}';
const OBJECT = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const BUCKET = 'arn:${Partition}:s3:::${BucketName}';
const STACK_SET = 'arn:${Partition}:cloudformation:${Region}:${Account}:stackset/${StackSetName}:${Id}';

test.each([
  [KEY, 'arn:aws:kms:us-east-1:111111111111:key/*'],
  [KEY, 'arn:aws:kms:*:*:key/0a1b'],
  [KEY, 'arn:aws:kms:us-east-1:111111111111:*'],
  [KEY, '*'],
  [KEY, 'arn:aws:kms:*'],
  [OBJECT, 'arn:aws:s3:::churn-data/inputs/*.csv'],
  [OBJECT, 'arn:aws:s3:::*/*'],
  [STACK_SET, 'arn:aws:cloudformation:us-east-1:111111111111:stackset/churn--*'],
  [STACK_SET, 'arn:aws:cloudformation:us-east-1:111111111111:stackset/${aws:PrincipalTag/team}:*'],
])('%s has an ARN that %s matches', (format, pattern) => {
  expect(matchesFormat(pattern, format)).toBe(true);
});

test.each([
  [KEY, 'arn:aws:kms:us-east-1::key/*'],
  [KEY, 'arn:aws:kms::111111111111:key/*'],
  [KEY, 'arn:aws:kms:us-east-1:111111111111:alias/churn'],
  [KEY, 'arn:aws:kms:us-east-1:111111111111:key/'],
  [OBJECT, 'arn:aws:s3:us-east-1:111111111111:churn-data/*'],
  [OBJECT, 'arn:aws:s3:::churn-data'],
  [BUCKET, 'arn:aws:s3:::churn-data/*'],
  [STACK_SET, 'arn:aws:cloudformation:us-east-1:111111111111:stack/*'],
  [STACK_SET, 'arn:aws:cloudformation:us-east-1:111111111111:stackset/churn'],
])('%s has none that %s matches', (format, pattern) => {
  expect(matchesFormat(pattern, format)).toBe(false);
});
