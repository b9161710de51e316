import { createHash } from 'crypto';
import { setTimeout as sleep } from 'timers/promises';
import { GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectVersionsCommand, PutObjectCommand, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { Answer, Refusal } from './fake-aws/answer';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { ARN, AWS_IMAGE, GROUP, KEY_ARN, ReleaseStage } from './fake-aws/release-stage';

const aws = new EmulatedAws();
const stage = new ReleaseStage(aws);
const DIGEST = `sha256:${'a'.repeat(64)}`;

beforeAll(() => aws.start(), 200_000);
afterAll(() => aws.stop());
beforeEach(() => stage.set());
afterEach(() => stage.strike());

const keyOf = (release: Record<string, never>) => (release as unknown as { artifact: { key: string } }).artifact.key;
const content = async (Bucket: string, Key: string) => (await aws.s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString();
const copies = async () => (await aws.s3.send(new ListObjectVersionsCommand({ Bucket: stage.releases }))).Versions ?? [];
const overwrite = () => stage.put(stage.models, 'train/run 1/output/model.tar.gz', 'another model');

/** AWS delivers an event at least once, and tells of a change of a version whatever changed. */
describe('an event that comes again', () => {
  const told = (PIPELINE_EXECUTION: string) => stage.run({ MODEL_PACKAGE_ARN: undefined, STARTED_BY: 'approved', PIPELINE_EXECUTION });
  beforeEach(() => { stage.packages[0].LastModifiedTime = 1_790_000_000.123; });

  test('finds its version released, and leads nowhere', async () => {
    expect((await told('first')).release).toMatchObject({ state: 'new' });
    const { release, said } = await told('second');
    expect(release).toMatchObject({ state: 'repeated', modelPackageArn: ARN });
    expect(said).toContain(`${ARN} is released already, as it was approved: nothing is deployed again`);
    expect((await told('third')).release).toMatchObject({ state: 'repeated' });
  });

  test('hands on the same release all the same: a stage may be rolled back to it', async () => {
    const { release: first } = await told('first'), { release: second } = await told('second');
    expect({ ...second, state: 'new' }).toEqual(first);
  });

  test('is not one where a build is tried again that had failed after its release', async () => {
    await told('first');
    expect((await told('first')).release).toMatchObject({ state: 'new' });
  });

  test('is not one where the version was approved once more', async () => {
    await told('first');
    stage.packages[0].LastModifiedTime = 1_790_000_060;
    expect((await told('second')).release).toMatchObject({ state: 'new' });
  });

  test('is not one where another version has come between', async () => {
    await told('first');
    stage.packages.push({ ...stage.version(4), LastModifiedTime: 1_790_000_060 });
    expect((await told('second')).release).toMatchObject({ state: 'new', modelPackageVersion: 4 });
    stage.packages[1].ModelApprovalStatus = 'Rejected';
    expect((await told('third')).release).toMatchObject({ state: 'new', modelPackageVersion: 3 });
  });

  test('is not a push, and not a person who starts the pipeline: they want it deployed again', async () => {
    await told('first');
    expect((await stage.run({ STARTED_BY: 'change', PIPELINE_EXECUTION: 'second' })).release).toMatchObject({ state: 'new' });
    expect((await stage.run()).release).toMatchObject({ state: 'new' });
    expect((await told('third')).release).toMatchObject({ state: 'repeated' });
  });

  test('releases where nobody can say what was released', async () => {
    await told('first');
    await stage.put(stage.releases, `p-abc/${GROUP}/last.json`, 'not JSON');
    expect((await told('second')).release).toMatchObject({ state: 'new' });
  });
});

describe('an approved version', () => {
  test('is released: copies of its files, its image by digest, and what people want to know of it', async () => {
    const { code, release, said } = await stage.run();
    expect(code).toBe(0);
    const folder = keyOf(release!).replace('/model.tar.gz', '');
    expect(folder).toMatch(new RegExp(`^p-abc/${GROUP}/3/[\\w.-]+$`));
    const copy = (name: string) => expect.objectContaining({ bucket: stage.releases, key: `${folder}/${name}` });
    expect(release).toEqual({
      modelPackageArn: ARN,
      modelPackageGroupName: GROUP,
      modelPackageVersion: 3,
      image: `${AWS_IMAGE}@${DIGEST}`,
      modelDataUrl: `s3://${stage.releases}/${folder}/model.tar.gz`,
      artifact: {
        bucket: stage.releases,
        key: `${folder}/model.tar.gz`,
        versionId: expect.stringMatching(/\S/),
        size: 18,
        sha256: createHash('sha256').update('the approved model').digest('hex'),
      },
      environment: { LEVEL: '20' },
      samplePayload: copy('sample-payload.jsonl'),
      files: { 'sample-payload': copy('sample-payload.jsonl'), 'metrics/model-quality-statistics': copy('metrics/model-quality-statistics.json') },
      notCopied: {},
      metrics: { mse: 4.94567, rmse: 2.2 },
      summary: 'mse 4.946, rmse 2.2',
      properties: {},
      state: 'new',
      link: 'https://eu-west-1.console.aws.amazon.com/sagemaker/home?region=eu-west-1#/studio',
    });
    expect(await content(stage.releases, `${folder}/model.tar.gz`)).toBe('the approved model');
    expect(await content(stage.releases, `${folder}/sample-payload.jsonl`)).toBe('{"a": 1}');
    expect(said).toContain(`is copied to s3://${stage.releases}/${folder}/model.tar.gz`);
  });

  test('is encrypted with the key of releases, without the tags that somebody gave it', async () => {
    const { release } = await stage.run();
    const object = { Bucket: stage.releases, Key: keyOf(release!) };
    expect(await aws.s3.send(new HeadObjectCommand(object))).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN });
    expect((await aws.s3.send(new GetObjectTaggingCommand(object))).TagSet).toEqual([]);
  });

  test('is copied once, however often the pipeline is started', async () => {
    const first = await stage.run();
    const second = await stage.run();
    expect(second.release).toEqual(first.release);
    expect((await copies()).filter(({ Key }) => !Key!.endsWith('/last.json'))).toHaveLength(3);
  });

  test.each<[string, Partial<PutObjectCommandInput>]>([
    ['has another size', { Body: 'something else', SSEKMSKeyId: KEY_ARN }],
    ['is of something else', { Body: 'another model here', SSEKMSKeyId: KEY_ARN, Metadata: { source: 'elsewhere' } }],
    ['has another key', { SSEKMSKeyId: KEY_ARN.replace(/1{8}/, '9'.repeat(8)) }],
  ])('is copied again where the copy %s', async (_, changed) => {
    const { release } = await stage.run();
    const object = { Bucket: stage.releases, Key: keyOf(release!) };
    const { Metadata } = await aws.s3.send(new HeadObjectCommand(object));
    await aws.s3.send(new PutObjectCommand({ ...object, Body: 'the approved model', Metadata, ServerSideEncryption: 'aws:kms', ...changed }));
    const again = await stage.run();
    expect(await content(stage.releases, keyOf(again.release!))).toBe('the approved model');
    expect((await aws.s3.send(new HeadObjectCommand(object))).SSEKMSKeyId).toBe(KEY_ARN);
    expect(aws.operations().filter((operation) => operation === 'CopyObject')).toHaveLength(4);
  });

  test('is the newest of the group where none is told, whatever the order of the pages', async () => {
    stage.packages = [2, 11, 3, 10, 1].map((number) => stage.version(number));
    stage.packages.push(stage.version(12, 'PendingManualApproval'), { ...stage.version(20), ModelPackageGroupName: 'churn--Other' });
    expect((await stage.run({ MODEL_PACKAGE_ARN: '' })).release).toMatchObject({ modelPackageVersion: 11 });
  });

  test('is looked at in Studio, where its domain is known', async () => {
    const { release } = await stage.run({ STUDIO_DOMAIN_ID: 'd-abcdefghijkl' });
    expect(release!.link).toBe(`https://studio-d-abcdefghijkl.studio.eu-west-1.sagemaker.aws/models/registered-models/${GROUP}/versions`);
  });
});

describe('nothing is released', () => {
  const refused = async (reason: string, changed: Record<string, string | undefined> = {}) => {
    const { code, failed } = await stage.run(changed);
    expect(code).toBe(1);
    expect(failed).toContain(`Nothing is released: ${reason}`);
    expect(await copies()).toEqual([]);
  };

  test.each(['PendingManualApproval', 'Rejected'])('of a version that is %s', async (status) => {
    stage.packages[0].ModelApprovalStatus = status;
    await refused(`${ARN} is not approved, its approval status is ${status}`);
  });

  test('of a version that is not complete', async () => {
    stage.packages[0].ModelPackageStatus = 'Failed';
    await refused(`${ARN} is not complete, its status is Failed`);
  });

  test.each([
    ['another account', ARN.replace(EmulatedAws.ACCOUNT, '222222222222'), 'is of the account 222222222222, and this pipeline releases versions of 111111111111'],
    ['another region', ARN.replace('eu-west-1', 'eu-west-2'), 'is in eu-west-2, and this pipeline releases versions in eu-west-1'],
    ['another group', ARN.replace(GROUP.toLowerCase(), 'churn--other'), `is of the group churn--other, and this pipeline releases ${GROUP}`],
  ])('of %s, whatever the pipeline is told', async (_, arn, reason) => {
    await refused(`${arn} ${reason}`, { MODEL_PACKAGE_ARN: arn });
    expect(aws.operations()).toEqual(['GetCallerIdentity']);
  });

  test('of a group that is called like ours', async () => {
    stage.packages[0].ModelPackageGroupName = GROUP.toLowerCase();
    await refused(`${ARN} is of the group ${GROUP.toLowerCase()}, and this pipeline releases ${GROUP}`);
  });

  test('of a group without an approved version', async () => {
    stage.packages[0].ModelApprovalStatus = 'Rejected';
    await refused(`the group ${GROUP} has no approved version`, { MODEL_PACKAGE_ARN: undefined });
  });

  test.each<[string, object, string]>([
    ['whose artifact is elsewhere', { ModelDataUrl: 's3://somebody-elses/model.tar.gz' }, 'is s3://somebody-elses/model.tar.gz, and must be in the bucket models-'],
    ['whose artifact is in the web', { ModelDataUrl: 'https://example.com/model.tar.gz' }, 'is https://example.com/model.tar.gz, and must be in the bucket models-'],
    ['whose artifact is a folder', { ModelDataUrl: undefined, ModelDataSource: { S3DataSource: { S3Uri: 's3://m/f/', S3DataType: 'S3Prefix' } } }, 'is a folder, s3://m/f/, and a release holds one file'],
    ['without an artifact', { ModelDataUrl: undefined }, 'has no artifact'],
    ['with more data', { AdditionalModelDataSources: [{}] }, 'has data beside its artifact (AdditionalModelDataSources)'],
    ['whose image is not in Amazon ECR', { Image: 'docker.io/library/python:3' }, 'the image docker.io/library/python:3 is not in Amazon ECR'],
    ['whose image is another than its digest', { Image: `${AWS_IMAGE}@sha256:${'b'.repeat(64)}` }, `says that its digest is ${DIGEST}`],
  ])('of a version %s', async (_, changed, reason) => {
    Object.assign(stage.container, changed);
    const { code, failed } = await stage.run();
    expect([code, failed]).toEqual([1, expect.stringContaining(reason)]);
    expect(await copies()).toEqual([]);
  });

  test('of a version with several containers', async () => {
    stage.packages[0].InferenceSpecification.Containers.push(stage.container);
    await refused(`${ARN} has 2 containers, and a release has one`);
  });

  test('whose artifact is not there', async () => {
    stage.container.ModelDataUrl = `s3://${stage.models}/gone.tar.gz`;
    await refused(`the artifact of ${ARN}, s3://${stage.models}/gone.tar.gz, is not there`);
  });

  test('whose artifact has no versions', async () => {
    await stage.bucket(`${stage.models}-plain`, false);
    await stage.put(`${stage.models}-plain`, 'model.tar.gz', 'model');
    stage.container.ModelDataUrl = `s3://${stage.models}-plain/model.tar.gz`;
    await refused(`s3://${stage.models}-plain/model.tar.gz has no version: the bucket`, { MODELS_BUCKET: `${stage.models}-plain` });
  });
});

describe('what changes meanwhile', () => {
  test('an artifact that was overwritten since it was registered is not released', async () => {
    stage.packages[0].CreationTime = Date.now() / 1000 - 60;
    const { code, failed } = await stage.run();
    expect([code, failed]).toEqual([1, expect.stringContaining('was overwritten after the version was registered')]);
    expect(await copies()).toEqual([]);
  });

  test('an artifact that is another than was registered, by its ETag, is not released', async () => {
    const { ETag } = await aws.s3.send(new HeadObjectCommand({ Bucket: stage.models, Key: 'train/run 1/output/model.tar.gz' }));
    stage.container.ModelDataETag = ETag;
    expect((await stage.run()).code).toBe(0);
    await overwrite();
    expect((await stage.run()).failed).toContain('was overwritten after the version was registered');
  });

  test('an artifact that is overwritten while it is copied is copied as it was', async () => {
    stage.at(1, 'CopyObject', overwrite);
    const { release } = await stage.run();
    expect(await content(stage.models, 'train/run 1/output/model.tar.gz')).toBe('another model');
    expect(await content(stage.releases, keyOf(release!))).toBe('the approved model');
  });

  test.each<[string, () => void, string]>([
    ['loses its approval', () => { stage.packages[0].ModelApprovalStatus = 'Rejected'; }, 'is not approved, its approval status is Rejected'],
    ['gets another artifact', () => { stage.container.ModelDataUrl = `s3://${stage.models}/train/sample.jsonl`; }, 'was changed while it was copied (InferenceSpecification)'],
    ['gets another image', () => { stage.container.ImageDigest = `sha256:${'b'.repeat(64)}`; }, 'was changed while it was copied (InferenceSpecification)'],
    ['gets another payload', () => { stage.packages[0].SamplePayloadUrl = `s3://${stage.models}/other`; }, 'was changed while it was copied (SamplePayloadUrl)'],
    ['gets other metrics', () => { stage.packages[0].ModelMetrics = {}; }, 'was changed while it was copied (ModelMetrics)'],
  ])('a version that %s while it is copied is not released: the copy stays unused', async (_, happens, reason) => {
    stage.at(1, 'CopyObject', () => {
      stage.packages = structuredClone(stage.packages);
      happens();
      return undefined;
    });
    const { code, failed } = await stage.run();
    expect([code, failed]).toEqual([1, expect.stringContaining(reason)]);
    expect(await copies()).not.toEqual([]);
  });
});

describe('what goes along', () => {
  test('is not copied from elsewhere, or where there is nothing, and that is said', async () => {
    Object.assign(stage.packages[0], {
      SamplePayloadUrl: 's3://data/sample.jsonl',
      ModelMetrics: { ModelQuality: { Statistics: { S3Uri: `s3://${stage.reports}/gone.json` } } },
    });
    const { release, said } = await stage.run();
    expect(release).toMatchObject({ files: {}, metrics: {}, summary: 'no metrics' });
    expect(release!.notCopied).toEqual({
      'sample-payload': `s3://data/sample.jsonl is not a file in ${stage.models} or ${stage.reports}`,
      'metrics/model-quality-statistics': `s3://${stage.reports}/gone.json is not there`,
    });
    expect(said).toContain('Not copied: sample-payload, s3://data/sample.jsonl is not a file in');
  });

  test('is not copied if it was overwritten since', async () => {
    stage.packages[0].CreationTime = Date.now() / 1000;
    await sleep(1_100); // S3 tells whole seconds
    await stage.put(stage.models, 'train/sample.jsonl', 'another');
    expect((await stage.run()).release!.notCopied).toMatchObject({ 'sample-payload': expect.stringContaining('sample.jsonl was overwritten after the version was registered') });
  });

  test('are baselines and files that are named as properties, too', async () => {
    await stage.put(stage.models, 'baseline/constraints.json', '{}');
    await stage.put(stage.models, 'card.tar.gz', 'card');
    Object.assign(stage.packages[0], {
      DriftCheckBaselines: { ModelDataQuality: { Constraints: { S3Uri: `s3://${stage.models}/baseline/constraints.json` } } },
      CustomerMetadataProperties: { EvaluationSample: `s3://${stage.models}/card.tar.gz`, commit: 'abc' },
    });
    const { release } = await stage.run();
    const folder = keyOf(release!).replace('/model.tar.gz', '');
    expect(release!.files).toMatchObject({
      'baselines/model-data-quality-constraints': { key: `${folder}/baselines/model-data-quality-constraints.json` },
      'properties/evaluation-sample': { key: `${folder}/properties/evaluation-sample.tar.gz` },
    });
    expect(release!.properties).toMatchObject({ commit: 'abc' });
  });

  test.each([
    ['no JSON', 'oh', {}, 'no metrics'],
    ['plain numbers', '{"accuracy": 0.91, "when": "now"}', { accuracy: 0.91 }, 'accuracy 0.91'],
    ['names that a pipeline or a shell would read', '{"#{Release.X} $(id)": 1}', { '#{Release.X} $(id)': 1 }, 'Release.X id 1'],
    ['too much', `{"a": 1, "b": "${'x'.repeat(2 ** 20)}"}`, {}, 'no metrics'],
  ])('metrics may be %s', async (_, text, metrics, summary) => {
    await stage.put(stage.reports, 'evaluation/statistics.json', text);
    expect((await stage.run()).release).toMatchObject({ metrics, summary });
  });
});

describe('AWS', () => {
  test.each([
    ['SageMaker.DescribeModelPackage', new Refusal('ThrottlingException', 'Rate exceeded')],
    ['CopyObject', new Refusal('SlowDown', 'Reduce your request rate', 503)],
    ['CopyObject', new Answer(200, 'application/xml', '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>InternalError</Code><Message>late</Message></Error>')],
    ['HeadObject', new Answer(503, 'application/xml', '')],
    ['HeadObject', Answer.none()],
  ])('is asked again when it is busy: %s', async (operation, fault) => {
    stage.at(1, operation, () => fault);
    expect(await stage.run()).toMatchObject({ code: 0, failed: '' });
  }, 20_000);

  const DENIED = new Refusal('AccessDenied', 'Access Denied', 403);
  test.each<[string, number, Refusal | Answer, string]>([
    ['SageMaker.DescribeModelPackage', 1, new Refusal('AccessDeniedException', 'not you'), `AccessDeniedException: sagemaker:DescribeModelPackage on ${ARN}: not you`],
    ['HeadObject', 1, new Answer(403, 'application/xml', ''), 'AccessDenied: s3:GetObject on s3://models-'],
    ['HeadObject', 2, new Answer(403, 'application/xml', ''), 'AccessDenied: s3:GetObject on s3://releases-'],
    ['CopyObject', 1, DENIED, 'AccessDenied: s3:GetObjectVersion and s3:PutObject on s3://models-'],
    ['GetObject', 1, DENIED, 'AccessDenied: s3:GetObjectVersion on s3://releases-'],
  ])('that refuses %s (%d) is told with action and resource', async (operation, n, fault, reason) => {
    stage.at(n, operation, () => fault);
    expect(await stage.run()).toMatchObject({ code: 1, failed: expect.stringContaining(`Nothing is released: ${reason}`) });
  });

  test('that refuses the list of versions is told with action and resource', async () => {
    stage.at(1, 'SageMaker.ListModelPackages', () => new Refusal('AccessDeniedException', 'not you'));
    expect((await stage.run({ MODEL_PACKAGE_ARN: undefined })).failed).toContain(`AccessDeniedException: sagemaker:ListModelPackages on the group ${GROUP}: not you`);
  });
});
