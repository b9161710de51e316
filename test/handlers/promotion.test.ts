import { createHash } from 'crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { Refusal } from './fake-aws/answer';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { GROUP, PromotionStage, STAGING } from './fake-aws/promotion-stage';
import { S3 } from '../../src/handlers/aws/s3';
import { streamed } from '../../src/handlers/promotion/streaming';

const aws = new EmulatedAws();
const stage = new PromotionStage(aws);
const [ONE, OTHER] = STAGING;
const writes = (operation: string) => aws.calls.filter((call) => call.operation === operation);

beforeAll(() => aws.start(), 200_000);
afterAll(() => aws.stop());
beforeEach(() => stage.set());
afterEach(() => stage.strike());

describe('a release', () => {
  test('is copied to every account: objects under their keys, the image by its digest, and a version that says where it is from', async () => {
    const { code, said, failed } = await stage.run();
    expect([code, failed]).toEqual([0, '']);
    for (const account of STAGING) {
      expect((await stage.copy(account)).text).toBe('the approved model');
      expect((await stage.copy(account, 'metrics/model-quality-statistics.json')).text).toBe('{"mse": 4.9}');
      expect(stage.registry.repository(`${account}/churn/staging/releases`).images.has(stage.digest)).toBe(true);
      expect(said).toContain(`${account}: arn:aws:sagemaker:eu-west-1:${account}:model-package/${GROUP}/1 is registered, 2 of 2 objects were copied`);
    }
    const { artifact } = stage.release as { artifact: { key: string; versionId: string; sha256: string } };
    const copies = `s3://${stage.bucketOf(ONE)}/p-abc/churn--Fraud-p-abc/3/v1`;
    expect(stage.versions.get(ONE)).toEqual([expect.objectContaining({
      ModelPackageGroupName: GROUP,
      ModelApprovalStatus: 'Approved',
      InferenceSpecification: {
        Containers: [{ Image: `${ONE}.dkr.ecr.eu-west-1.amazonaws.com/churn/staging/releases@${stage.digest}`, ModelDataUrl: `${copies}/model.tar.gz`, Environment: { LEVEL: '20' } }],
      },
      ModelMetrics: { ModelQuality: { Statistics: { ContentType: 'application/json', S3Uri: `${copies}/metrics/model-quality-statistics.json` } } },
      CustomerMetadataProperties: {
        'source-model-package': stage.release.modelPackageArn,
        'source-artifact': `s3://${stage.releases}/${artifact.key}`,
        'source-artifact-version': artifact.versionId,
        'source-artifact-sha256': artifact.sha256,
        'source-image': stage.release.image,
        'promoted-by': '0f0e-1',
        'metrics/model-quality-statistics': `${copies}/metrics/model-quality-statistics.json`,
        'git-commit': 'abc',
      },
    })]);
  });

  test('is read as the build and written as the role of the target, into a bucket that must be that account\'s', async () => {
    await stage.run();
    const reading = stage.objectCalls.filter(({ operation }) => operation === 'GetObject');
    expect(new Set(reading.map(({ caller, owner }) => [caller, owner].join()))).toEqual(new Set([`${EmulatedAws.ACCOUNT},`]));
    const others = stage.objectCalls.filter(({ operation }) => operation !== 'GetObject');
    expect(others.map(({ caller, owner, path }) => [owner, path.startsWith(`/${stage.bucketOf(caller)}/`)])).toEqual(others.map(({ caller }) => [caller, true]));
    expect(new Set(others.map(({ caller }) => caller))).toEqual(new Set(STAGING));
    expect(stage.sts.assumed.map(({ session }) => session)).toEqual(['promotion', 'promotion']);
  });

  test('is copied and registered once, however often the pipeline is started', async () => {
    await stage.run();
    const { code, said } = await stage.run({ PIPELINE_EXECUTION: 'another' });
    expect(code).toBe(0);
    expect(said).toContain('was registered before, 0 of 2 objects were copied');
    expect(stage.versions.get(ONE)).toHaveLength(1);
    expect(await stage.objectsOf(ONE)).toBe(2);
    expect(writes('AmazonEC2ContainerRegistry.UploadLayerPart')).toHaveLength(2 * 3);
  });

  test('goes on where it was broken off', async () => {
    stage.onCall = ({ operation }) => (operation === 'SageMaker.CreateModelPackage' ? new Refusal('AccessDeniedException', 'not today', 403) : undefined);
    expect((await stage.run()).code).toBe(1);
    stage.onCall = () => undefined;
    expect((await stage.run()).said).toContain('is registered, 0 of 2 objects were copied');
  });

  test('that was written over in the target is copied again', async () => {
    await stage.run();
    const { artifact } = stage.release as { artifact: { key: string } };
    await aws.s3.send(new PutObjectCommand({ Bucket: stage.bucketOf(ONE), Key: artifact.key, Body: 'another model here' }));
    await stage.run();
    expect((await stage.copy(ONE)).text).toBe('the approved model');
  });

  test('is copied over other bytes that somebody has put there as if they were the copy', async () => {
    await stage.run();
    const { text, metadata } = await stage.copy(ONE);
    const forged = text.replace('approved', 'replaced').slice(0, text.length);
    const { key } = stage.release.artifact as { key: string };
    await aws.s3.send(new PutObjectCommand({ Bucket: stage.bucketOf(ONE), Key: key, Body: forged, Metadata: metadata, ChecksumAlgorithm: 'SHA256' }));
    expect((await stage.run()).code).toBe(0);
    expect((await stage.copy(ONE)).text).toBe('the approved model');
  });

  test('with an image of AWS\'s leaves it where it is', async () => {
    stage.release.image = `141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost@sha256:${'a'.repeat(64)}`;
    expect((await stage.run()).code).toBe(0);
    expect(writes('AmazonEC2ContainerRegistry.PutImage')).toEqual([]);
    expect(stage.versions.get(ONE)![0]).toMatchObject({ InferenceSpecification: { Containers: [{ Image: stage.release.image }] } });
  });

  test('is waited for where AWS is busy', async () => {
    let busy = 3;
    stage.onCall = ({ operation }) => (operation === 'SageMaker.ListModelPackages' && busy-- > 0 ? new Refusal('ThrottlingException', 'Rate exceeded') : undefined);
    expect((await stage.run()).code).toBe(0);
  }, 30_000);
});

describe('an account that fails', () => {
  test('is named with the reason, and others have their copies', async () => {
    stage.sts.roles.delete(`arn:aws:iam::${OTHER}:role/team/churn--staging--promotion-eu-west-1`);
    const { code, failed } = await stage.run();
    expect(code).toBe(1);
    expect(failed).toContain(`${OTHER} has no copy: its role team/churn--staging--promotion-eu-west-1 is missing or does not trust this build`);
    expect(failed).toContain('1 of 2 accounts have no copy. Nothing is deployed');
    expect(stage.versions.get(ONE)).toHaveLength(1);
    expect(stage.versions.get(OTHER)).toBeUndefined();
  });

  test('registers nothing that it does not have', async () => {
    stage.onCall = ({ operation, path }) => (operation === 'PutObject' && path.includes(OTHER) ? new Refusal('AccessDenied', 'no', 403) : undefined);
    const { failed } = await stage.run();
    expect(failed).toContain(`${OTHER} has no copy: AccessDenied: s3:PutObject on s3://${stage.bucketOf(OTHER)}/`);
    expect(stage.versions.get(OTHER)).toBeUndefined();
  });
});

describe('nothing is promoted', () => {
  test('of what is not what was released', async () => {
    (stage.release.artifact as Record<string, unknown>).sha256 = 'f'.repeat(64);
    const { code, failed } = await stage.run();
    expect(code).toBe(1);
    expect(failed).toContain(`and was released with ${'f'.repeat(64)}`);
    expect(await stage.objectsOf(ONE)).toBe(0);
  });

  test('of another bucket than that of releases', async () => {
    const artifact = stage.release.artifact as Record<string, unknown>;
    artifact.bucket = 'somebody-elses';
    expect((await stage.run()).failed).toBe(`Nothing is promoted: s3://somebody-elses/${artifact.key} is of the release, and must be in the bucket ${stage.releases}`);
  });

  test.each([['no account', []], ['something else', ['2222']]])('to %s', async (_, accounts) => {
    expect((await stage.run({}, accounts)).failed).toContain('accounts.json is not a list of accounts');
  });

  test('without settings, and all that is wrong is said', async () => {
    expect((await stage.run({ STAGE: undefined, RELEASES_REPOSITORY: 'a b' })).failed)
      .toBe('Nothing is promoted: the settings are wrong: STAGE is missing, it must be the name of a stage; RELEASES_REPOSITORY is "a b" but must be the name of a repository');
  });
});

describe('a large artifact', () => {
  const content = Buffer.alloc(11 * 1024 ** 2, 'model ');
  const credentials = () => Promise.resolve({ accessKeyId: EmulatedAws.ACCOUNT, secretAccessKey: 'secret' });
  const s3 = new S3(EmulatedAws.REGION, credentials);
  const inParts = async (changed = {}) => {
    const source = { ...await stage.released('large.tar.gz', content), ...changed };
    return streamed(s3, s3, source, { bucket: stage.bucketOf(ONE), key: source.key }, 5 * 1024 ** 2);
  };

  test('is copied in parts', async () => {
    expect(await inParts()).toBe(true);
    expect(writes('UploadPart')).toHaveLength(3);
    const { text, metadata } = await stage.copy(ONE, 'large.tar.gz');
    expect(text === content.toString()).toBe(true);
    expect(metadata).toMatchObject({ sha256: createHash('sha256').update(content).digest('hex') });
  }, 60_000);

  test('is read once more, and not written, where it is there already', async () => {
    const source = await stage.released('large.tar.gz', content);
    const target = { bucket: stage.bucketOf(ONE), key: source.key };
    const copy = () => streamed(s3, s3, source, target, 5 * 1024 ** 2);
    expect([await copy(), await copy()]).toEqual([true, false]);
    expect(writes('UploadPart')).toHaveLength(3);
  }, 60_000);

  test('is copied over other bytes that somebody has put there as if they were the copy', async () => {
    const source = await stage.released('large.tar.gz', content);
    const target = { bucket: stage.bucketOf(ONE), key: source.key };
    await streamed(s3, s3, source, target, 5 * 1024 ** 2);
    const { metadata } = await stage.copy(ONE, 'large.tar.gz');
    await aws.s3.send(new PutObjectCommand({ Bucket: target.bucket, Key: target.key, Body: Buffer.alloc(content.length, 'other '), Metadata: metadata }));
    expect(await streamed(s3, s3, source, target, 5 * 1024 ** 2)).toBe(true);
    expect((await stage.copy(ONE, 'large.tar.gz')).text === content.toString()).toBe(true);
  }, 60_000);

  test('is given up where it is not what was released, and leaves no parts behind', async () => {
    await expect(inParts({ sha256: '0'.repeat(64) })).rejects.toThrow('and was released with 000');
    expect(writes('AbortMultipartUpload')).toHaveLength(1);
    expect(await stage.objectsOf(ONE)).toBe(0);
  }, 60_000);
});
