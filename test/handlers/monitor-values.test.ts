import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { run } from '../../src/handlers/monitor-values/run';

const THRESHOLDS = { DriftThreshold: { name: 'driftThreshold', value: 0.2 }, QualityTolerance: { name: 'qualityTolerance', value: 0.1 } };
const started = process.cwd();
let output: string;

beforeEach(() => {
  process.chdir(mkdtempSync(join(tmpdir(), 'repository-')));
  mkdirSync('config');
  output = mkdtempSync(join(tmpdir(), 'release-'));
  for (const stage of ['staging', 'production']) write(join(output, `stage-${stage}.json`), { endpointPrefix: `churn--${stage}--`, thresholds: THRESHOLDS });
});
afterEach(() => {
  const repository = process.cwd();
  process.chdir(started);
  for (const directory of [repository, output]) rmSync(directory, { recursive: true });
});

function write(file: string, content: unknown): void {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

/** What the program says, and the parameters that it writes, by the stage's name. */
function ran(changed: Record<string, string> = {}) {
  const said: string[] = [], failed: string[] = [];
  const variables = {
    STAGES: 'staging,production', ENDPOINT_PROJECT: 'forecast', MONITOR: 'p-1-monitor', PROGRAM_URL: 's3://releases/p-1/monitor-0123/monitor.zip', OUTPUT_DIRECTORY: output, ...changed,
  };
  const before = { ...process.env };
  Object.assign(process.env, variables);
  const code = run({ say: (text) => said.push(text), fail: (text) => failed.push(text) });
  process.env = before;
  const written = Object.fromEntries(readdirSync(output).filter((file) => file.startsWith('parameters-')).map((file) => {
    const parameters = JSON.parse(readFileSync(join(output, file), 'utf8')) as { ParameterKey: string; ParameterValue: string }[];
    return [file.slice('parameters-'.length, -'.json'.length), Object.fromEntries(parameters.map(({ ParameterKey, ParameterValue }) => [ParameterKey, ParameterValue]))];
  }));
  return { code, said, failed: failed.join('\n'), written };
}

describe('without a word of the repository', () => {
  test('each stage has the environment\'s thresholds', () => {
    expect(ran()).toEqual({
      code: 0,
      said: [`Wrote ${join(output, 'parameters-staging.json')}`, `Wrote ${join(output, 'parameters-production.json')}`],
      failed: '',
      written: {
        staging: {
          EndpointName: 'churn--staging--forecast',
          MonitorName: 'churn--staging--p-1-monitor',
          ProgramUrl: 's3://releases/p-1/monitor-0123/monitor.zip',
          DriftThreshold: '0.2',
          QualityTolerance: '0.1',
        },
        production: expect.objectContaining({ EndpointName: 'churn--production--forecast' }),
      },
    });
  });
});

describe('the repository', () => {
  test('chooses thresholds of a stage', () => {
    write('config/staging.json', { driftThreshold: 0.35 });
    const { written } = ran();
    expect([written.staging.DriftThreshold, written.staging.QualityTolerance, written.production.DriftThreshold]).toEqual(['0.35', '0.1', '0.2']);
  });

  test.each<[string, unknown, string]>([
    ['another value than a threshold', { programUrl: 's3://elsewhere' }, 'config/production.json has programUrl, and these are chosen there: driftThreshold, qualityTolerance'],
    ['more than 1', { driftThreshold: 20 }, 'config/production.json: driftThreshold is 20 but must be a number from 0 to 1'],
    ['less than 0', { driftThreshold: -0.1 }, 'driftThreshold is -0.1 but must be a number from 0 to 1'],
    ['a text', { driftThreshold: '0.1' }, 'driftThreshold is "0.1" but must be a number from 0 to 1'],
    ['what the template does not read', { driftThreshold: 1e-7 }, 'with at most six digits behind the point'],
    ['nothing', { driftThreshold: null }, 'driftThreshold is null but must be a number'],
    ['a list', [], 'config/production.json is not a JSON object'],
    ['what is no JSON', '{', 'config/production.json is not JSON'],
  ])('does not choose %s, and then nothing is written for any stage', (_, content, reason) => {
    write('config/production.json', content);
    expect(ran()).toEqual({ code: 1, said: [], failed: expect.stringContaining(reason), written: {} });
  });

  test('chooses nothing for a stage that there is not', () => {
    write('config/prodution.json', { driftThreshold: 0.35 });
    expect(ran()).toMatchObject({ code: 1, failed: expect.stringContaining('config/prodution.json is for no stage: there is staging.json, production.json'), written: {} });
  });
});

describe('settings are refused', () => {
  test.each<[string, Record<string, string>, string]>([
    ['without a stage', { STAGES: '' }, 'STAGES is "" but must be names of stages'],
    ['of a stage that is a path', { STAGES: '../x' }, 'STAGES is "../x" but must be names of stages'],
    ['of a program that is no monitor', { PROGRAM_URL: 's3://releases/x.sh' }, 'PROGRAM_URL is "s3://releases/x.sh" but must be the S3 URI of a monitor.zip'],
    ['of a project with capitals', { ENDPOINT_PROJECT: 'Forecast' }, 'ENDPOINT_PROJECT is "Forecast" but must be the name of a project'],
    ['of several faults at once', { MONITOR: 'A', OUTPUT_DIRECTORY: '' }, 'MONITOR is "A" but must be lower-case letters and digits in groups joined by hyphens; OUTPUT_DIRECTORY is ""'],
  ])('%s', (_, changed, reason) => {
    expect(ran(changed)).toMatchObject({ code: 1, failed: expect.stringContaining(reason), written: {} });
  });

  test('of an endpoint that SageMaker would not take', () => {
    expect(ran({ ENDPOINT_PROJECT: 'a'.repeat(50) }).failed).toContain(`there is no endpoint churn--staging--${'a'.repeat(50)}: it would have 66 characters`);
  });

  test('of a stage of which the environment has said nothing', () => {
    expect(ran({ STAGES: 'canary' }).failed).toContain('stage-canary.json is not there');
  });
});
