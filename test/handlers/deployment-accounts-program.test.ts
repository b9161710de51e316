import { spawn } from 'child_process';
import { join } from 'path';
import { BY_LIST, BY_UNITS, ran, registered } from './fake-aws/deployment-stage';
import { FakePlatform } from './fake-aws/fake-platform';

/** What is shipped: one file, without `node_modules` beside it. */
const PROGRAM = join(__dirname, '..', '..', 'assets', 'handlers', 'deployment-accounts.js');

describe('the program', () => {
  const aws = new FakePlatform();
  beforeAll(() => aws.start());
  afterAll(() => aws.stop());
  beforeEach(() => {
    aws.reset();
    registered(aws, '222222222222');
  });

  function started(args: string[], variables: Record<string, string> = {}): Promise<{ code: number | null; out: string; err: string }> {
    const env = { PATH: process.env.PATH, AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'build', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'eu-west-1', ...variables };
    const child = spawn(process.execPath, [PROGRAM, ...args], { env, cwd: '/' });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data: Buffer) => { out += data.toString(); });
    child.stderr.on('data', (data: Buffer) => { err += data.toString(); });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  }

  test('prints the plan alone, and explains beside it', async () => {
    const { region: _, ...settings } = BY_LIST;
    const { code, out, err } = await started([JSON.stringify(settings)]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ stage: 'production', region: 'eu-west-1', accounts: ['222222222222'] });
    expect(err).toMatch(/^Stage production in eu-west-1: 1 to deploy to, 1 not registered/);
  });

  test('takes its settings from the environment as well', async () => {
    expect(await started([], { DEPLOYMENT_ACCOUNTS: JSON.stringify(BY_LIST) })).toMatchObject({ code: 0 });
  });

  test('prints nothing when it fails', async () => {
    expect(await started(['{}'])).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^Nothing is deployed: the settings are wrong: stage is missing/) });
  });
});

describe('settings', () => {
  test.each<[string, object, string]>([
    ['an unknown name', { ...BY_LIST, retires: 'remove' }, 'retires is not a setting'],
    ['a wrong choice', { ...BY_LIST, retire: 'delete' }, 'retire is "delete" but must be remove or keep'],
    ['a short account', { ...BY_LIST, accounts: ['22'] }, 'accounts is ["22"] but must be account ids of 12 digits'],
    ['accounts and units', { ...BY_UNITS, accounts: BY_LIST.accounts }, 'a stage is either accounts, or organizationId with organizationalUnitPaths'],
    ['neither', { ...BY_LIST, accounts: [] }, 'a stage is either accounts, or organizationId with organizationalUnitPaths'],
    ['units without an organization', { ...BY_UNITS, organizationId: undefined }, 'organizationId is missing beside organizationalUnitPaths'],
    ['an organization without units', { ...BY_UNITS, organizationalUnitPaths: [] }, 'organizationalUnitPaths are missing beside organizationId'],
    ['another organization\'s unit', { ...BY_UNITS, organizationId: 'o-anotherorg' },
      'the unit path o-exampleorg/r-ab12/ou-ab12-prod1111/ is not of the organization o-anotherorg'],
    ['a root instead of a unit', { ...BY_UNITS, organizationalUnitPaths: ['o-exampleorg/r-ab12/'] }, 'organizationalUnitPaths is ["o-exampleorg/r-ab12/"]'],
    ['a deployment to nobody, which no project asks for', { ...BY_LIST, allowNone: true }, 'allowNone is not a setting'],
    ['an external id, which no role of ours asks for', { ...BY_UNITS, listingRoleExternalId: 'external' }, 'listingRoleExternalId is not a setting'],
    ['a role with a slash before it', { ...BY_LIST, endpointTestRole: '/test' }, 'endpointTestRole is "/test"'],
    ['a parameter, which no target is asked for', { ...BY_LIST, registeredParameter: '/ready' }, 'registeredParameter is not a setting'],
    ['how many are asked at a time', { ...BY_LIST, concurrency: 7 }, 'concurrency is not a setting'],
    ['a place that we do not know', { ...BY_LIST, region: 'us-iso-east-1' }, 'region is "us-iso-east-1"'],
    ['several faults at once', { ...BY_LIST, retire: 'no', stage: 'Prod' }, 'stage is "Prod" but must be 1–12 lower-case letters and digits, beginning with a letter; retire is "no"'],
  ])('refuse %s', async (_, settings, reason) => {
    expect(await ran(settings)).toMatchObject({ code: 1, printed: '', said: expect.stringContaining(reason) });
  });
});
