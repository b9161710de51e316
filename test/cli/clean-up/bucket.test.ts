import {
  CreateBucketCommand, CreateMultipartUploadCommand, GetBucketPolicyCommand, HeadBucketCommand,
  PutBucketPolicyCommand, PutBucketVersioningCommand, PutObjectCommand,
} from '@aws-sdk/client-s3';
import { Account } from '../../../src/cli/aws/account';
import { emptied } from '../../../src/cli/clean-up/bucket';
import { Answer, Refusal } from '../../handlers/fake-aws/answer';
import { EmulatedAws } from '../../handlers/fake-aws/emulated-aws';

const aws = new EmulatedAws();
const account = new Account(EmulatedAws.REGION, () => Promise.resolve({ accessKeyId: EmulatedAws.ACCOUNT, secretAccessKey: 'secret' }));
const Bucket = 'captures';

beforeAll(() => {
  process.env.POLL_MILLISECONDS = '1';
  return aws.start();
}, 60_000);
beforeEach(async () => {
  aws.reset();
  await aws.s3.send(new CreateBucketCommand({ Bucket }));
  await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Key of ['a', 'a', 'b & <c>', 'd/ä "quoted"']) await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
});
afterAll(() => aws.stop());

const isThere = () => aws.s3.send(new HeadBucketCommand({ Bucket })).then(() => true, () => false);

test('every version, every marker and every upload goes, and then the bucket', async () => {
  await aws.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'half/way' }));
  await emptied(account, Bucket);
  expect(await isThere()).toBe(false);
  await emptied(account, Bucket); // somebody may be faster
});

test('a policy that keeps versions is told, with the object', async () => {
  aws.intercept = ({ path, query }) => path === `/${Bucket}` && query.has('delete') ? new Refusal('AccessDenied', 'explicit deny in a resource-based policy', 403) : undefined;
  await expect(emptied(account, Bucket)).rejects.toThrow('s3:DeleteObjectVersion on the bucket captures: AccessDenied: explicit deny in a resource-based policy');
  aws.intercept = () => undefined;
  await emptied(account, Bucket);
});

describe('a policy that keeps objects from whoever may change it', () => {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:DeleteObjectVersion', Resource: `arn:aws:s3:::${Bucket}/*` }] });
  const hasPolicy = () => aws.s3.send(new GetBucketPolicyCommand({ Bucket })).then(() => true, () => false);
  beforeEach(() => aws.s3.send(new PutBucketPolicyCommand({ Bucket, Policy })));
  const denied = new Refusal('AccessDenied', 'explicit deny in a resource-based policy', 403);

  test('is taken away, and then the bucket goes', async () => {
    let isLocked = true;
    aws.intercept = ({ path, query }) => {
      if (path === `/${Bucket}` && query.has('policy')) isLocked = false;
      return isLocked && query.has('delete') ? denied : undefined;
    };
    await emptied(account, Bucket);
    expect(await isThere()).toBe(false);
  });

  test('is put back where objects stay all the same, such as locked ones', async () => {
    const locked = Answer.xml('DeleteResult', '<Error><Key>a</Key><Code>AccessDenied</Code><Message>Access Denied because object protected by object lock.</Message></Error>');
    aws.intercept = ({ query }) => query.has('delete') ? locked : undefined;
    await expect(emptied(account, Bucket)).rejects.toThrow('s3:DeleteObjectVersion on a of the bucket captures: AccessDenied: Access Denied because object protected by object lock.');
    const { Policy: left } = await aws.s3.send(new GetBucketPolicyCommand({ Bucket }));
    expect(JSON.parse(left!)).toEqual(JSON.parse(Policy));
    aws.intercept = () => undefined;
    await emptied(account, Bucket);
  });

  test('is told where it cannot be put back', async () => {
    aws.intercept = ({ query, body }) => query.has('delete') || query.has('policy') && body.length > 0 ? denied : undefined;
    await expect(emptied(account, Bucket)).rejects.toThrow(/The policy of the bucket was taken away and could not be put back .*: \{"Version"/);
    aws.intercept = () => undefined;
    await emptied(account, Bucket);
  });

  test('stays where they may not, and is told', async () => {
    aws.intercept = ({ path, query }) => path === `/${Bucket}` && (query.has('delete') || query.has('policy')) ? denied : undefined;
    await expect(emptied(account, Bucket)).rejects.toThrow('s3:DeleteObjectVersion on the bucket captures: AccessDenied');
    aws.intercept = () => undefined;
    expect([await isThere(), await hasPolicy()]).toEqual([true, true]);
    await emptied(account, Bucket);
  });
});
