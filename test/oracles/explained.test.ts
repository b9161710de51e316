import { compare } from './explained';

const BY_DESIGN = { difference: 's3:Put.*', reason: 'nothing is written here' };

test('a difference that an explanation describes is explained', () => {
  expect(compare(['s3:PutObject', 's3:PutBucketAcl'], [BY_DESIGN])).toEqual({ unexplained: [], stale: [] });
});

test('a new difference is not', () => {
  expect(compare(['s3:PutObject', 's3:GetObject'], [BY_DESIGN]).unexplained).toEqual(['s3:GetObject']);
});

test('an explanation describes the whole of a difference', () => {
  expect(compare(['not s3:PutObject'], [BY_DESIGN]).unexplained).toEqual(['not s3:PutObject']);
});

test('an explanation of what no longer differs is stale', () => {
  expect(compare(['s3:PutObject'], [BY_DESIGN, { difference: 'kms:Decrypt', reason: 'x' }]).stale).toEqual(['kms:Decrypt']);
});
