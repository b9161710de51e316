import { spawn } from 'child_process';
import { createHash, randomBytes } from 'crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { GetObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { Answer, Refusal } from './fake-aws/answer';
import { Call, EmulatedAws } from './fake-aws/emulated-aws';
import { ARN, KEY_ARN, ReleaseStage } from './fake-aws/release-stage';
import { S3 } from '../../src/handlers/aws/s3';
import { copied, pinned } from '../../src/handlers/release/artifact';

/** What is shipped: one file, without `node_modules` beside it. */
const PROGRAM = join(__dirname, '..', '..', 'assets', 'handlers', 'release.js');

const aws = new EmulatedAws();
const stage = new ReleaseStage(aws);
let repository: string;

beforeAll(() => aws.start(), 200_000);
afterAll(() => aws.stop());
beforeEach(async () => {
  await stage.set();
  repository = mkdtempSync(join(tmpdir(), 'repository-'));
});
afterEach(() => {
  stage.strike();
  rmSync(repository, { recursive: true });
});

function started(variables: Record<string, string> = {}): Promise<{ code: number | null; out: string; err: string }> {
  const { AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  const env = { PATH: process.env.PATH, AWS_ENDPOINT_URL, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...stage.environment, ...variables };
  const child = spawn(process.execPath, [PROGRAM], { env, cwd: repository });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => { out += data.toString(); });
  child.stderr.on('data', (data: Buffer) => { err += data.toString(); });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

describe('the program', () => {
  test('says what it releases, and writes it', async () => {
    const { code, out, err } = await started();
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')).toEqual([
      `Releasing ${ARN}`,
      expect.stringMatching(/^s3:\/\/models-.* is copied to s3:\/\/releases-.*, SHA-256 [0-9a-f]{64}$/),
      expect.stringContaining('The image stays where it is, 141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost@sha256:'),
      `Wrote ${join(stage.output, 'release.json')}`,
      `Wrote ${join(stage.output, 'sample-payload.jsonl')}`,
      '',
    ]);
    expect(stage.written('release.json')).toMatchObject({ modelPackageArn: ARN });
  });

  test('writes nothing when it fails', async () => {
    stage.packages[0].ModelApprovalStatus = 'Rejected';
    expect(await started()).toEqual({ code: 1, out: '', err: `Nothing is released: ${ARN} is not approved, its approval status is Rejected\n` });
    expect(readdirSync(stage.output)).toEqual([]);
  });
});

describe('settings', () => {
  test.each<[string, Record<string, string>, string]>([
    ['a missing group', { MODEL_PACKAGE_GROUP_NAME: '' }, 'MODEL_PACKAGE_GROUP_NAME is missing, it must be the name of a model package group'],
    ['an ARN of a group', { MODEL_PACKAGE_ARN: ARN.replace(/\/3$/, '') }, 'but must be the ARN of a version'],
    ['an ARN with more behind it', { MODEL_PACKAGE_ARN: `${ARN}; rm -rf /` }, 'but must be the ARN of a version'],
    ['a bucket with a path', { RELEASES_BUCKET: 'releases/x' }, 'RELEASES_BUCKET is "releases/x" but must be the name of a bucket'],
    ['an alias instead of a key', { RELEASES_KEY_ARN: 'alias/releases' }, 'RELEASES_KEY_ARN is "alias/releases" but must be the ARN of a key'],
    ['a prefix that climbs further on', { RELEASE_PREFIX: 'p-1/..' }, 'RELEASE_PREFIX is "p-1/.." but must be folders'],
    ['a prefix that climbs without an end', { RELEASE_PREFIX: '../..' }, 'RELEASE_PREFIX is "../.." but must be folders'],
    ['a prefix that climbs', { RELEASE_PREFIX: '../other/' }, 'RELEASE_PREFIX is "../other/" but must be folders'],
    ['a place that we do not know', { AWS_REGION: 'us-iso-east-1' }, 'AWS_REGION is "us-iso-east-1"'],
    ['stages that are paths', { STAGES: 'staging,../x', SAGEMAKER_PROJECT_NAME: 'a' }, 'STAGES is "staging,../x" but must be names of stages'],
    ['stages without a project', { STAGES: 'staging' }, 'SAGEMAKER_PROJECT_NAME is missing beside STAGES'],
    ['several faults at once', { MODELS_BUCKET: '', RELEASES_REPOSITORY: 'A' }, 'MODELS_BUCKET is missing, it must be the name of a bucket; RELEASES_REPOSITORY is "A"'],
  ])('refuse %s', async (_, changed, reason) => {
    expect(await stage.run(changed)).toMatchObject({ code: 1, failed: expect.stringContaining('Nothing is released: the settings are wrong: ') });
    expect((await stage.run(changed)).failed).toContain(reason);
    expect(aws.calls).toEqual([]);
  });
});

describe('parameters of a stage', () => {
  const wanted = { STAGES: 'staging,production', SAGEMAKER_PROJECT_NAME: 'fraud' };
  const configure = (name: string, content: string) => {
    mkdirSync(join(repository, 'config'), { recursive: true });
    writeFileSync(join(repository, 'config', `${name}.json`), content);
  };
  beforeEach(() => {
    for (const name of ['staging', 'production']) {
      writeFileSync(join(stage.output, `stage-${name}.json`), JSON.stringify({
        stage: name, endpointPrefix: `churn--${name}--`, instanceTypes: ['ml.m5.large', 'ml.c5.xlarge'],
      }));
    }
  });

  test('are those of the release, and what the repository chose within what the stage allows', async () => {
    configure('production', '{"instanceType": "ml.c5.xlarge"}');
    expect(await started(wanted)).toMatchObject({ code: 0, err: '' });
    const { image, modelDataUrl } = stage.written<{ image: string; modelDataUrl: string }>('release.json');
    const parameters = (name: string, instanceType: string) => [
      { ParameterKey: 'EndpointName', ParameterValue: `churn--${name}--fraud` },
      { ParameterKey: 'Image', ParameterValue: image },
      { ParameterKey: 'ModelDataUrl', ParameterValue: modelDataUrl },
      { ParameterKey: 'InstanceType', ParameterValue: instanceType },
    ];
    expect(stage.written('parameters-staging.json')).toEqual(parameters('staging', 'ml.m5.large'));
    expect(stage.written('parameters-production.json')).toEqual(parameters('production', 'ml.c5.xlarge'));
  });

  test.each(['csv', 'jsonl'])('bring the sample that the endpoint is tested with, by what it is (.%s)', async (kind) => {
    await stage.put(stage.models, `samples/payload.${kind}`, '{"inputs": "a"}');
    stage.packages[0].SamplePayloadUrl = `s3://${stage.models}/samples/payload.${kind}`;
    expect(await started(wanted)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(stage.output).filter((name) => name.startsWith('sample-payload'))).toEqual([`sample-payload.${kind}`]);
    expect(readFileSync(join(stage.output, `sample-payload.${kind}`), 'utf8')).toBe('{"inputs": "a"}');
  });

  test.each([
    ['another instance type', '{"instanceType": "ml.p5.48xlarge"}', 'config/production.json: instanceType is "ml.p5.48xlarge" but must be one of ml.m5.large, ml.c5.xlarge'],
    ['no instance type', '{"instanceType": 5}', 'config/production.json: instanceType is 5 but must be one of'],
    ['an unknown name', '{"InstanceType": "ml.m5.large"}', 'config/production.json has InstanceType, and only instanceType is chosen there'],
    ['no JSON', 'instanceType: a', 'config/production.json is not JSON'],
    ['a list', '[]', 'config/production.json is not a JSON object'],
  ])('are not written for %s', async (_, content, reason) => {
    configure('production', content);
    expect(await started(wanted)).toMatchObject({ code: 1, err: expect.stringContaining(`Nothing is released: ${reason}`) });
    expect(existsSync(join(stage.output, 'release.json'))).toBe(false);
  });

  test('are not written beside a choice for a stage that there is not', async () => {
    configure('prodution', '{"instanceType": "ml.c5.xlarge"}');
    const reason = 'Nothing is released: config/prodution.json is for no stage: there is staging.json, production.json';
    expect(await started(wanted)).toMatchObject({ code: 1, err: expect.stringContaining(reason) });
    expect(existsSync(join(stage.output, 'release.json'))).toBe(false);
  });

  describe('stand beside a template', () => {
    const template = (more = {}) => ({
      Parameters: { Image: { Type: 'String' } },
      Resources: { Model: { Type: 'AWS::SageMaker::Model', Properties: { Containers: [{ Image: { Ref: 'Image' } }] } }, Endpoint: { Type: 'AWS::SageMaker::Endpoint' } },
      ...more,
    });
    const publish = (content: object) => {
      for (const name of ['staging', 'production']) writeFileSync(join(stage.output, `endpoint-${name}.json`), JSON.stringify(content));
    };
    const container = (name: string) => stage.written<{ Resources: { Model: { Properties: { Containers: unknown[] } } } }>(`endpoint-${name}.json`).Resources.Model.Properties.Containers[0];

    test('that gives the container the environment variables which were approved', async () => {
      publish(template());
      expect(await started(wanted)).toMatchObject({ code: 0, err: '' });
      for (const name of ['staging', 'production']) expect(container(name)).toEqual({ Image: { Ref: 'Image' }, Environment: { LEVEL: '20' } });
    });

    test('that stays as it was published, where a version has none', async () => {
      delete stage.container.Environment;
      publish(template());
      expect(await started(wanted)).toMatchObject({ code: 0 });
      expect(readFileSync(join(stage.output, 'endpoint-production.json'), 'utf8')).toBe(JSON.stringify(template()));
    });

    test.each([
      ['that would be looked up when it is deployed', { PASSWORD: '{{resolve:secretsmanager:payroll}}' },
        `the environment variable PASSWORD of ${ARN} is a reference that CloudFormation would look up, {{resolve:secretsmanager:payroll}}: register the version with the value itself`],
      ['that are too large for a template', Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`V${index}`, 'x'.repeat(1000)])),
        `the environment variables of ${ARN} have 60531 bytes, and the template of the endpoint has room for 51000: put what is large into the artifact`],
    ])('but are not written for variables %s', async (_, variables, reason) => {
      stage.container.Environment = variables;
      publish(template());
      expect(await started(wanted)).toMatchObject({ code: 1, err: `Nothing is released: ${reason}\n` });
      expect(existsSync(join(stage.output, 'release.json'))).toBe(false);
    });

    test('but not beside one of something else', async () => {
      publish(template({ Resources: {} }));
      expect((await started(wanted)).err).toContain('endpoint-staging.json is not the template of one model with one container');
    });
  });

  test('need to know the stage', async () => {
    expect((await started({ ...wanted, STAGES: 'staging,other' })).err).toContain('stage-other.json is not there');
  });

  test('have a name that SageMaker allows', async () => {
    expect((await started({ ...wanted, SAGEMAKER_PROJECT_NAME: 'a'.repeat(50) })).err).toMatch(/the endpoint churn--staging--a{50} would have 66 characters, and SageMaker allows 63/);
  });
});

/** S3 copies 5 GB as a whole; what is larger is too large for a test, so the limit is lowered. */
describe('an artifact that is too large to be copied as a whole', () => {
  const LIMIT = 5 * 1024 ** 2;
  const content = randomBytes(2 * LIMIT + 1000);
  const from = () => ({ bucket: stage.models, key: 'big (1)/mödel+1.tar.gz' });
  const to = () => ({ bucket: stage.releases, key: 'p/g/3/v/model.tar.gz' });
  const copy = async () => {
    const s3 = new S3('eu-west-1', () => Promise.resolve({ accessKeyId: EmulatedAws.ACCOUNT, secretAccessKey: 'secret' }));
    return copied(s3, (await pinned(s3, from()))!, to(), KEY_ARN, LIMIT);
  };
  beforeEach(async () => {
    await stage.put(from().bucket, from().key, content);
    // The emulator computes no checksums of copied parts.
    aws.completion = ({ operation, path }) => (operation === 'HeadObject' && path.endsWith(to().key) ? { 'x-amz-checksum-sha256': 'ZGlnZXN0-3' } : {} as Record<string, string>);
  });

  test('is copied in parts, each of the same version', async () => {
    let parts = 0;
    stage.onCall = async ({ operation }) => {
      if (operation === 'UploadPartCopy' && ++parts === 2) await stage.put(from().bucket, from().key, 'overwritten meanwhile');
      return undefined;
    };
    expect(await copy()).toMatchObject({ size: content.length, key: to().key, sha256: 'ZGlnZXN0-3' });
    const body = (await aws.s3.send(new GetObjectCommand({ Bucket: to().bucket, Key: to().key }))).Body!;
    expect(createHash('sha256').update(await body.transformToByteArray()).digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
    expect(parts).toBe(3);
  });

  test('whose copy has another size is named with what it was copied from', async () => {
    const source = (await pinned(new S3('eu-west-1', () => Promise.resolve({ accessKeyId: EmulatedAws.ACCOUNT, secretAccessKey: 'secret' })), from()))!;
    stage.onCall = ({ operation, path }) => (operation === 'HeadObject' && path.endsWith(to().key) ? new Answer(200, '', '', { 'content-length': '4' }) : undefined);
    await expect(copy()).rejects.toThrow(`s3://${to().bucket}/${to().key} has 4 bytes, and s3://${from().bucket}/${from().key} (version ${source.object.versionId}), which it was copied from, ${content.length}`);
  });

  test('is copied once', async () => {
    const first = await copy();
    expect(await copy()).toEqual(first);
    expect(aws.operations().filter((operation) => operation === 'CreateMultipartUpload')).toHaveLength(1);
  });

  test('is put together by the checksums of its parts, as S3 asks for', async () => {
    const part = (n: string) => `<ETag>"etag-${n}"</ETag><ChecksumSHA256>sha-${n}=</ChecksumSHA256>`;
    const answers: Record<string, (call: Call) => string | undefined> = {
      CreateMultipartUpload: ({ headers }) => (headers['x-amz-checksum-algorithm'] === 'SHA256' ? '<InitiateMultipartUploadResult><UploadId>u+/=</UploadId></InitiateMultipartUploadResult>' : undefined),
      UploadPartCopy: ({ query }) => `<CopyPartResult>${part(query.get('partNumber')!)}</CopyPartResult>`,
      CompleteMultipartUpload: ({ query, body }) => {
        expect(query.get('uploadId')).toBe('u+/=');
        expect([...body.toString().matchAll(/<Part>(.*?)<PartNumber>(\d)<\/PartNumber><\/Part>/g)].map(([, text, n]) => [n, text.replaceAll('&quot;', '"')]))
          .toEqual(['1', '2', '3'].map((n) => [n, part(n)]));
        return '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>';
      },
    };
    stage.onCall = (call) => {
      const answer = answers[call.operation]?.(call);
      return answer === undefined ? undefined : new Answer(200, 'application/xml', answer);
    };
    await expect(copy()).rejects.toThrow('was copied and is not there');
    expect(aws.calls.filter(({ operation }) => operation === 'UploadPartCopy').map(({ headers }) => headers['x-amz-copy-source-range']).sort()).toEqual([
      `bytes=0-${LIMIT - 1}`, `bytes=${2 * LIMIT}-${2 * LIMIT + 999}`, `bytes=${LIMIT}-${2 * LIMIT - 1}`,
    ]);
  });

  test('leaves no parts behind when it fails', async () => {
    stage.at(2, 'UploadPartCopy', () => new Refusal('AccessDenied', 'Access Denied', 403));
    await expect(copy()).rejects.toThrow('s3:GetObjectVersion and s3:PutObject on s3://models-');
    expect((await aws.s3.send(new ListMultipartUploadsCommand({ Bucket: stage.releases }))).Uploads ?? []).toEqual([]);
  });
});
