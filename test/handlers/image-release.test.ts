import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Answer, Refusal } from './fake-aws/answer';
import { FakeRegistry } from './fake-aws/fake-registry';
import { Loopback } from './fake-aws/loopback';
import { run } from '../../src/handlers/image-release/run';

const ACCOUNT = '111111111111', TAG = 'p-abc-11111111-2222-3333-4444-555555555555';
const RELEASED = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn/released/images`;
const REPOSITORY = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/churn/images`;

type Json = Record<string, unknown>;
type Answers = (Json | Refusal)[];
let registry: FakeRegistry, digest: string, folder: string;
let scans: Answers, studio: Answers, signatures: Answers, asked: Json[], studioAsked: Json[], signaturesAsked: Json[];
const before = process.cwd();
const server = Loopback.answering((request, body) => {
  const layer = registry.download(request.url ?? '');
  if (layer !== undefined) return new Answer(200, 'application/octet-stream', layer);
  const [service, operation] = String(request.headers['x-amz-target']).split('.');
  const input = JSON.parse(body) as Record<string, never>;
  try {
    if (service === 'SageMaker') return Answer.json(next(studio, { operation, ...input }, studioAsked));
    if (operation === 'DescribeImageSigningStatus') return Answer.json(next(signatures, input, signaturesAsked));
    return Answer.json(operation === 'DescribeImageScanFindings' ? scan(input) : registry.call(operation, input));
  } catch (error) {
    if (error instanceof Refusal) return error.asJson();
    throw error;
  }
});

const scan = (input: Json): Json => next(scans, input, asked);

/** The next answer; the last one stays. */
function next(answers: Answers, input: Json, questions: Json[]): Json {
  questions.push(input);
  const answer = answers.length > 1 ? answers.shift()! : answers[0];
  if (answer instanceof Refusal) throw answer;
  return answer;
}

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.attract('eu-west-1', ACCOUNT);
  registry = new FakeRegistry(server.url);
  digest = registry.push(`${ACCOUNT}/churn/images`, TAG, [Buffer.from('layer')]);
  folder = mkdtempSync(join(tmpdir(), 'image-release-'));
  process.chdir(folder);
  mkdirSync('release');
  choose({ baseImage: 'base:1' });
  scans = [done()];
  asked = [];
  registry.repository(`${ACCOUNT}/churn/released/images`);
  studio = [new Refusal('ResourceNotFound', 'No Image with the name churn.vision exists')];
  studioAsked = [];
  signatures = [];
  signaturesAsked = [];
  delete process.env.SIGNING_PROFILE_ARN;
  Object.assign(process.env, {
    AWS_ACCOUNT_ID: ACCOUNT,
    IMAGES_REPOSITORY: 'churn/images',
    IMAGE_TAG: TAG,
    OUTPUT_DIRECTORY: 'release',
    PAUSE_MILLISECONDS: '1',
    PATIENCE_MILLISECONDS: '60000',
    RELEASED_REPOSITORY: 'churn/released/images',
    STUDIO_IMAGE: 'churn.vision',
  });
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const status = (name: string, description?: string): Json => ({ imageScanStatus: { status: name, description } });
const basic = (...severities: string[]) => severities.map((severity, index) => ({ name: `CVE-2026-${index + 1}`, severity, uri: 'https://cve' }));
function done(findings: Json[] = [], more: Json = {}): Json {
  return { ...status('COMPLETE'), imageScanFindings: { imageScanCompletedAt: 1_790_000_000, findings }, ...more };
}

function choose(content: unknown): void {
  writeFileSync('image.json', typeof content === 'string' ? content : JSON.stringify(content));
}

async function released(): Promise<{ code: number; said: string[]; failed: string; written?: Json }> {
  const said: string[] = [], failed: string[] = [];
  const code = await run({ say: (text) => said.push(text), fail: (text) => failed.push(text) });
  const file = join('release', 'image.json');
  return { code, said, failed: failed.join('\n'), written: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Json : undefined };
}

describe('an image whose scan has passed', () => {
  test('is released by its digest, with what was found', async () => {
    scans = [done(basic('MEDIUM', 'LOW', 'LOW'))];
    expect(await released()).toMatchObject({
      code: 0,
      written: {
        uri: `${RELEASED}@${digest}`,
        digest,
        tag: TAG,
        scan: { status: 'COMPLETE', completedAt: '2026-09-21T14:13:20.000Z', failOn: 'HIGH', counts: { MEDIUM: 1, LOW: 2 }, accepted: [] },
      },
    });
  });

  test('was waited for: the scan begins after the push, and takes a while', async () => {
    scans = [new Refusal('ScanNotFoundException'), status('PENDING'), status('IN_PROGRESS'), done()];
    expect((await released()).said).toEqual([
      `Looking at ${REPOSITORY}@${digest}`, 'The scan is not begun', 'The scan is PENDING', 'The scan is IN_PROGRESS', 'The scan is COMPLETE: no findings',
      `Released ${RELEASED}@${digest}`, 'Studio is not offered the image: there is no SageMaker image churn.vision, which a StudioImage of the environment makes',
      'Wrote release/image.json',
    ]);
  });

  test('is copied as it is to where released images are, under the same digest and tag', async () => {
    await released();
    const { images, tags } = registry.repository(`${ACCOUNT}/churn/released/images`);
    expect([[...images.keys()], [...tags]]).toEqual([[digest], [[TAG, digest]]]);
  });

  test('is released once, however often the step is tried', async () => {
    expect([(await released()).code, (await released()).code]).toEqual([0, 0]);
  });

  test('was asked about by its digest, so that it is the one that was built', async () => {
    await released();
    expect(asked).toEqual([{ registryId: ACCOUNT, repositoryName: 'churn/images', imageId: { imageDigest: digest }, maxResults: 1000 }]);
  });

  test('is released although ECR is busy', async () => {
    scans = [new Refusal('ThrottlingException', 'Rate exceeded'), new Refusal('ServerException', 'busy', 500), done()];
    expect((await released()).code).toBe(0);
  });

  test('may have findings that the repository accepts, with the reason', async () => {
    choose({ baseImage: 'base:1', scan: { accept: { 'CVE-2026-1': 'the parser is never called' } } });
    scans = [done(basic('CRITICAL'))];
    expect((await released()).written).toMatchObject({ scan: { accepted: [{ name: 'CVE-2026-1', severity: 'CRITICAL', reason: 'the parser is never called' }] } });
  });
});

describe('an image is not released', () => {
  test.each([
    ['CRITICAL', 'HIGH'], ['HIGH', 'HIGH'], ['LOW', 'LOW'], ['UNDEFINED', 'CRITICAL'], ['UNTRIAGED', 'CRITICAL'],
  ])('with a finding %s, where %s is refused', async (severity, failOn) => {
    choose({ baseImage: 'base:1', scan: { failOn } });
    scans = [done(basic(severity))];
    const { code, written, failed } = await released();
    expect([code, written]).toEqual([1, undefined]);
    expect(failed).toContain(`has found CVE-2026-1 (${severity}): take a newer base image or packages, or say in image.json, under scan.accept, why each may be released`);
  });

  test('with a finding on a later page', async () => {
    scans = [done(basic('LOW'), { nextToken: 'more' }), done([{ name: 'CVE-2026-9', severity: 'HIGH' }])];
    expect((await released()).failed).toContain('has found CVE-2026-9 (HIGH)');
    expect(asked[1].nextToken).toBe('more');
  });

  test('with a finding of Amazon Inspector, by the name that people know it by', async () => {
    const enhancedFindings = [
      { status: 'ACTIVE', severity: 'HIGH', title: 'CVE-2026-7 - openssl', packageVulnerabilityDetails: { vulnerabilityId: 'CVE-2026-7' } },
      { status: 'CLOSED', severity: 'CRITICAL', title: 'mended' },
      { status: 'SUPPRESSED', severity: 'CRITICAL', title: 'taken out by the account' },
    ];
    scans = [{ ...status('ACTIVE'), imageScanFindings: { enhancedFindings } }];
    expect((await released()).failed).toContain('has found CVE-2026-7 (HIGH): ');
  });

  test.each([
    'FAILED', 'UNSUPPORTED_IMAGE', 'SCAN_ELIGIBILITY_EXPIRED', 'FINDINGS_UNAVAILABLE', 'LIMIT_EXCEEDED', 'IMAGE_ARCHIVED',
  ])('whose scan is %s', async (state) => {
    scans = [status(state, 'the reason')];
    expect((await released()).failed).toBe(`No image is released: ${REPOSITORY}@${digest} was not scanned, its scan is ${state}: the reason`);
  });

  test('that nobody scans', async () => {
    process.env.PATIENCE_MILLISECONDS = '20';
    scans = [new Refusal('ScanNotFoundException')];
    expect((await released()).failed).toBe('No image is released: the scan is still not begun after 0 minutes');
  });

  test.each([
    ['CRITICAL', 1], ['LOW', 0],
  ])('and not copied either, where its finding is %s', async (severity, code) => {
    scans = [done(basic(severity))];
    expect((await released()).code).toBe(code);
    expect(registry.repository(`${ACCOUNT}/churn/released/images`).images.size).toBe(1 - code);
  });

  test('that has vanished', async () => {
    scans = [new Refusal('ImageNotFoundException', 'The image does not exist')];
    expect((await released()).failed).toBe(
      'No image is released: ImageNotFoundException: ecr:DescribeImageScanFindings on the repository churn/images of 111111111111 in eu-west-1: The image does not exist',
    );
  });

  test('whose tag nobody has pushed', async () => {
    process.env.IMAGE_TAG = 'p-abc-other';
    expect((await released()).failed).toBe(`No image is released: there is no image p-abc-other in ${REPOSITORY}: Requested image not found`);
  });
});

describe('where released images are signed', () => {
  const PROFILE = 'arn:aws:signer:eu-west-1:111111111111:/signing-profiles/churn_images';
  const by = (signingProfileArn: string, state: string, more: Json = {}): Json => ({ signingProfileArn, status: state, ...more });
  const statuses = (...signingStatuses: Json[]): Json => ({ signingStatuses });
  beforeEach(() => {
    process.env.SIGNING_PROFILE_ARN = PROFILE;
    signatures = [statuses(by(PROFILE, 'COMPLETE'))];
  });

  test('an image is released once Amazon ECR has signed it with the environment\'s profile', async () => {
    signatures = [statuses(), statuses(by(PROFILE, 'IN_PROGRESS')), statuses(by(PROFILE, 'COMPLETE'))];
    const { code, said, written } = await released();
    expect([code, written?.signingProfileArn]).toEqual([0, PROFILE]);
    expect(said.filter((line) => line.startsWith('The signature'))).toEqual(['The signature is not begun', 'The signature is IN_PROGRESS']);
  });

  test('it is the released image that is asked about, by its digest', async () => {
    await released();
    expect(signaturesAsked).toEqual([{ registryId: ACCOUNT, repositoryName: 'churn/released/images', imageId: { imageDigest: digest } }]);
  });

  test('what cannot be signed is not released, and Studio is not offered it', async () => {
    signatures = [statuses(by(PROFILE, 'FAILED', { failureCode: 'AccessDenied', failureReason: 'not authorized to perform signer:SignPayload' }))];
    expect((await released()).failed).toBe(`No image is released: ${RELEASED}@${digest} could not be signed: AccessDenied: not authorized to perform signer:SignPayload`);
    expect(studioAsked).toEqual([]);
  });

  test('a signature of another profile is none', async () => {
    process.env.PATIENCE_MILLISECONDS = '20';
    signatures = [statuses(by(`${PROFILE}_2`, 'COMPLETE'))];
    expect((await released()).failed).toBe(
      `No image is released: ${RELEASED}@${digest} is not signed: the signing configuration of the registry needs a rule for churn/released/images with the profile ${PROFILE}, before an image is pushed`,
    );
  });

  test('a signature that does not come is given up', async () => {
    process.env.PATIENCE_MILLISECONDS = '20';
    signatures = [statuses(by(PROFILE, 'IN_PROGRESS'))];
    expect((await released()).failed).toBe('No image is released: the signature is still IN_PROGRESS after 0 minutes');
  });
});

describe('a project whose SageMaker image the platform team has made', () => {
  const version = (ImageVersionStatus: string, FailureReason?: string): Json => ({ ImageVersionStatus, FailureReason });
  const made = { ImageVersionArn: 'arn:aws:sagemaker:eu-west-1:111111111111:image-version/churn.vision/7' };

  test('adds what it releases to it as a version, by its digest, and waits until Studio can start it', async () => {
    studio = [made, version('CREATING'), version('CREATED')];
    const { code, said, written } = await released();
    expect([code, written?.studio]).toEqual([0, { imageName: 'churn.vision', version: 7 }]);
    expect(said).toContain('Version 7 of the SageMaker image churn.vision is CREATING');
    expect(studioAsked).toEqual([
      { operation: 'CreateImageVersion', ImageName: 'churn.vision', BaseImage: `${RELEASED}@${digest}`, ClientToken: expect.stringMatching(/^[0-9a-f]{36}$/) as string },
      { operation: 'DescribeImageVersion', ImageName: 'churn.vision', Version: 7 },
      { operation: 'DescribeImageVersion', ImageName: 'churn.vision', Version: 7 },
    ]);
  });

  test('asks for the same version when the step is tried again', async () => {
    studio = [made, version('CREATED'), made, version('CREATED')];
    await released();
    await released();
    expect(studioAsked[2]).toEqual(studioAsked[0]);
  });

  test('is told why Studio cannot have it', async () => {
    studio = [made, version('CREATE_FAILED', 'The role cannot pull the image')];
    expect((await released()).failed).toBe('No image is released: version 7 of the SageMaker image churn.vision is CREATE_FAILED: The role cannot pull the image');
  });

  test('is told what the release may not do', async () => {
    studio = [new Refusal('AccessDeniedException', 'not authorized')];
    expect((await released()).failed).toBe('No image is released: AccessDeniedException: sagemaker:CreateImageVersion on the SageMaker image churn.vision: not authorized');
  });
});

test.each([
  [{ scan: { failon: 'LOW' } }, 'image.json: scan has failon, and these are known there: failOn, accept'],
  [{ scna: {} }, 'image.json has scna, and these are known there: $schema, baseImage, packageIndex, scan'],
  [{ scan: { failOn: 'NONE' } }, 'image.json: scan.failOn is "NONE" but must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL'],
  [{ scan: { accept: ['CVE-2026-1'] } }, 'image.json: scan.accept is ["CVE-2026-1"] but must be an object: names of findings, each with a reason'],
  [{ scan: { accept: { 'CVE-2026-1': 'no' } } }, 'image.json: scan.accept.CVE-2026-1 is "no" but must be the reason why it may be released, of at least 10 characters'],
  [{ scan: 'none' }, 'image.json: scan is "none" but must be an object with failOn and accept'],
  ['{', 'image.json is not JSON'],
])('what is wrong with the repository\'s choice is said: %j', async (content, message) => {
  choose(content);
  expect(await released()).toMatchObject({ code: 1, failed: `No image is released: ${message}` });
});

test('settings that are missing are named, all of them', async () => {
  delete process.env.AWS_ACCOUNT_ID;
  process.env.IMAGE_TAG = '-';
  expect((await released()).failed).toBe(
    'No image is released: the settings are wrong: AWS_ACCOUNT_ID is missing, it must be the id of an account; IMAGE_TAG is "-" but must be the tag of an image',
  );
});
