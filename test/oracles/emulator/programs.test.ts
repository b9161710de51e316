import { execFile } from 'child_process';
import { createHash } from 'crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Fault, FAULTS, FaultyCall, seeded } from './faults';
import { FaultyProxy } from './faulty-proxy';
import { Moto } from './moto';
import { environmentOf, runProgram } from './shipped';
import { sharedPython } from '../../python/shared-python';

/** Programs of build steps, and the monitor's way to S3, as they are shipped, against AWS as moto emulates it, with faults in between. */
const MONITOR = join(__dirname, '..', '..', '..', 'assets', 'monitor');
const moto = new Moto();
const proxy = new FaultyProxy(() => moto.url);
let folder: string;
let world: { organization: string; path: string; accounts: string[]; group: string; version: string };

/** Whoever runs a program runs it again where it has failed. */
async function untilDone<T extends { code: number | null }>(run: () => Promise<T>, times = 3): Promise<T> {
  for (let time = 1; ; time++) {
    const ran = await run();
    if (ran.code === 0 || time === times) return ran;
  }
}

async function python(script: string, ...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const file = join(__dirname, script);
  const command = await sharedPython();
  return new Promise((resolve) => execFile(command, [file, ...parameters], { env: { ...environmentOf(proxy), PYTHONDONTWRITEBYTECODE: '1' }, maxBuffer: 2 ** 24 }, (error, out, err) => {
    resolve({ code: error === null ? 0 : 1, out, err });
  }));
}
const inAws = async <T>(...parameters: string[]): Promise<T> => {
  const { out, err, code } = await python('world.py', ...parameters);
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as T;
};

beforeAll(async () => {
  await Promise.all([moto.start(), proxy.start()]);
  world = await inAws('make', moto.url);
  folder = mkdtempSync(join(tmpdir(), 'programs-'));
}, 200_000);
afterAll(async () => {
  await Promise.all([moto.stop(), proxy.stop()]);
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  proxy.fault = () => undefined;
  proxy.met = 0;
});

const SEEDS = [[1], [2]];
/** Every time on another prefix. */
let count = 0;

describe('the release', () => {
  const release = (prefix: string) => runProgram('release', proxy, {
    MODEL_PACKAGE_GROUP_NAME: world.group,
    MODELS_BUCKET: 'models',
    REPORTS_BUCKET: 'reports',
    RELEASES_BUCKET: 'releases',
    RELEASES_KEY_ARN: 'arn:aws:kms:eu-west-1:123456789012:key/1',
    RELEASES_REPOSITORY: 'releases',
    RELEASE_PREFIX: prefix,
    OUTPUT_DIRECTORY: join(folder, prefix),
  }, folder);
  const released = async (prefix: string) => Object.fromEntries(Object.entries(await inAws<Record<string, string>>('look', moto.url, 'releases'))
    .filter(([key]) => key.startsWith(`${prefix}/`)).map(([key, content]) => [key.split('/').pop(), content]));

  test.each(SEEDS)('is whole, and what was approved, whatever is met (seed %d)', async (seed) => {
    const prefix = `p-${++count}`;
    proxy.fault = seeded(seed);
    const { code, err } = await untilDone(() => release(prefix));
    expect([code, err.split('\n').filter((line) => line.startsWith('Nothing'))]).toEqual([0, []]);
    expect(proxy.met).toBeGreaterThan(0);
    proxy.fault = () => undefined;
    expect(await released(prefix)).toMatchObject({
      'model.tar.gz': 'the approved model', 'model-quality-statistics.json': '{"regression_metrics": {"mse": {"value": 4.9}}}', 'sample-payload.csv': '1,2\n3,4\n',
    });
    const said = JSON.parse(readFileSync(join(folder, prefix, 'release.json'), 'utf8')) as { modelPackageArn: string; artifact: { sha256: string } };
    expect(said).toMatchObject({ modelPackageArn: world.version, artifact: { sha256: createHash('sha256').update('the approved model').digest('hex') } });
  }, 60_000);

  test('is none where credentials have expired, and that is said', async () => {
    proxy.fault = () => 'expired';
    const { code, err } = await release('p-expired');
    expect(code).toBe(1);
    expect(err).toMatch(/^Nothing is released: ExpiredToken.*: The security token included in the request is expired/);
    expect(await released('p-expired')).toEqual({});
  }, 60_000);
});

describe('the list of accounts', () => {
  const list = () => runProgram('deployment-accounts', proxy, {
    DEPLOYMENT_ACCOUNTS: JSON.stringify({
      stage: 'production',
      organizationId: world.organization,
      organizationalUnitPaths: [world.path],
      endpointTestRole: 'churn--production--test-eu-west-1',
      stackSetName: 'churn--production--forecast',
    }),
  }, folder);

  test.each(SEEDS)('holds all that have registered and nobody else, whatever is met (seed %d)', async (seed) => {
    const [unregistered, ...registered] = world.accounts;
    const fault = seeded(seed);
    // moto lets everybody become any role, there or not.
    proxy.fault = ({ service, body }) => (service === 'sts' && body.includes(unregistered) ? 'denied' : fault());
    const { code, out, err } = await untilDone(list);
    expect(code).toBe(0);
    expect(proxy.met).toBeGreaterThan(0);
    expect([...(JSON.parse(out) as { accounts: string[] }).accounts].sort()).toEqual([...registered].sort());
    expect(err).toContain(unregistered);
  }, 60_000);

  test('is none where credentials have expired, and that is said', async () => {
    proxy.fault = () => 'expired';
    const { code, out, err } = await list();
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^Nothing is deployed: the accounts of the stage could not be listed whole: .*[Ee]xpired/);
  }, 60_000);
});

describe('what the monitor reads', () => {
  const read = (prefix: string) => python('reading.py', MONITOR, proxy.url, prefix);
  /** More than is read at a time. */
  const LINES = Array.from({ length: 40 }, (_, i) => `${i} ${'x'.repeat(70_000)}`);

  beforeAll(() => inAws('fill', moto.url, 'monitored', '40', '70000'), 60_000);

  test.each(SEEDS)('is every line of every file, whatever is met (seed %d)', async (seed) => {
    proxy.fault = seeded(seed);
    const { code, out, err } = await untilDone(() => read('a'));
    expect([code, err]).toEqual([0, '']);
    expect(proxy.met).toBeGreaterThan(0);
    expect(JSON.parse(out)).toEqual({ lines: [...LINES, 'last'], missing: null });
  }, 60_000);

  test('is not read where credentials have expired, and that is said with the place', async () => {
    proxy.fault = () => 'expired';
    const { code, err } = await read('a');
    expect(code).toBe(1);
    expect(err).toMatch(/^s3:\/\/monitored\/a.*ExpiredToken.*The provided token has expired/);
  }, 60_000);
});

describe('the promotion', () => {
  /** Moto knows no tokens of clients: what it has made it makes again. */
  const oncePerVersion = (fault: () => Fault | undefined) => ({ target }: FaultyCall) => {
    const met = fault();
    return target === 'SageMaker.CreateModelPackage' && met !== undefined && ['lost', 'cut', 'stalled'].includes(met) ? 'throttled' : met;
  };
  const write = (name: string, content: unknown) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };

  test.each(SEEDS)('leaves the released bytes and one approved version in every account, whatever is met (seed %d)', async (seed) => {
    const accounts = world.accounts.slice(2 * seed, 2 * seed + 2);
    const suffix = `copies-${seed}`;
    const { object } = await inAws<{ object: Record<string, string> }>('target', moto.url, suffix, JSON.stringify(accounts));
    const sha256 = createHash('sha256').update('the released model').digest('hex');
    const release = {
      modelPackageArn: world.version,
      modelPackageGroupName: world.group,
      modelPackageVersion: 3,
      image: `141502667606.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-xgboost@sha256:${'a'.repeat(64)}`,
      artifact: { ...object, size: 18, sha256 },
      environment: {},
      files: {},
      properties: {},
    };
    proxy.fault = oncePerVersion(seeded(seed, FAULTS));
    const { code, err } = await untilDone(() => runProgram('promotion', proxy, {
      STAGE: 'production',
      RELEASES_BUCKET: object.bucket,
      RELEASES_REPOSITORY: 'releases',
      MODEL_PACKAGE_GROUP_NAME: `churn--production--${suffix}`,
      RELEASE_FILE: write('release.json', release),
      ACCOUNTS_FILE: write('accounts.json', accounts),
      STAGE_FILE: write('stage.json', { promotion: { role: 'promotion', bucket: `${suffix}-{account}`, repository: 'r' } }),
    }, folder));
    expect([code, err]).toEqual([0, '']);
    expect(proxy.met).toBeGreaterThan(0);
    for (const account of accounts) {
      const { objects, versions } = await inAws<{ objects: Record<string, string>; versions: string[] }>('promoted', moto.url, account, `${suffix}-${account}`, `churn--production--${suffix}`);
      expect(objects).toEqual({ [object.key]: 'the released model' });
      expect(versions).toEqual(['Approved']);
    }
  }, 60_000);
});
