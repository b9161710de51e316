import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { parseArgs } from 'util';
import { COSTS, Extra, extrasOf } from './extras';
import { LocalServices } from './local-services';
import { AcceptanceRecord, Result } from './record';
import { Scene } from './scene';
import { Step } from './step';
import { REMOVAL, STEPS } from './steps';
import { acceptanceTable } from './table';
import { walk, Walked } from './walk';
import { TestCount } from '../checks/test-count';
import { colors } from '../colors';
import { pythonEnvironment, PythonMissing } from '../python/environment';
import { AwsApi } from '../rehearsal/accounts/aws-api';
import { CdkCli } from '../rehearsal/cdk';
import { LocalAws, REGION } from '../rehearsal/local-aws';

const REPORT = resolve(__dirname, '..', '..', 'report', 'acceptance');
const LOCAL_ACCOUNT = '111111111111';
/** A first deployment creates a domain and some thirty endpoints. */
const MINUTES_A_DEPLOYMENT = 90;
const HELP = `npx projen acceptance [options]: deploys an environment to your AWS account and tries what nobody can try without one

  --local    in the local AWS, as far as it has the services
  --list     say what would be done, and do nothing
  --finish   remove everything now, whatever did not hold
  --firewall with a firewall that inspects what leaves the network: ${COSTS[Extra.FIREWALL]}
  --mlflow   with MLflow: ${COSTS[Extra.MLFLOW]}
  --help

Credentials and region are found as the AWS CLI finds them; the account must be bootstrapped for the CDK. A run takes five to
eight hours, most of which are waiting, and costs less than ten dollars without options. If something does not hold, everything stays for you to look at: run it again to go on
from there, or with --finish to remove it.`;

const STILL_STANDS = `
The environment still stands, and costs about 0.47 dollars an hour, 0.72 with an endpoint; what --firewall and --mlflow add comes on top. Run this again to go on, or with "--finish" to remove it.`;

/** Walks through the steps, and removes everything if all of them hold. */
async function main(): Promise<number> {
  const { values: { local, list, finish, firewall, mlflow, help } } = parseArgs({
    options: {
      local: { type: 'boolean' },
      list: { type: 'boolean' },
      finish: { type: 'boolean' },
      help: { type: 'boolean' },
      firewall: { type: 'boolean' },
      mlflow: { type: 'boolean' },
    },
  });
  if (help) return said(HELP);
  if (list) return said([...STEPS, ...REMOVAL].map(inTheList).join('\n'));
  const extras = [...firewall ? [Extra.FIREWALL] : [], ...mlflow ? [Extra.MLFLOW] : []];
  return local ? inLocalAws(extras) : inYourAccount(finish === true, extras);
}

function inTheList({ id, claim, page, onlyWith, onlyOnAws }: Step): string {
  const asked = onlyWith ? ` (only with --${onlyWith}: ${COSTS[onlyWith]})` : '';
  return `${id}: ${claim}${asked}${onlyOnAws ? ` (not in the local AWS: ${onlyOnAws})` : ''}\n  ${page}`;
}

async function inLocalAws(extras: Extra[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'acceptance-'));
  const python = pythonEnvironment(console.error);
  const aws = await LocalAws.start(python, folder);
  const api = AwsApi.of(python, aws);
  const cli = new CdkCli(aws.environment(LOCAL_ACCOUNT), join(folder, 'cdk.log'));
  try {
    await cli.bootstrap(LOCAL_ACCOUNT, REGION);
    const scene = new Scene(LOCAL_ACCOUNT, REGION, api, cli, folder, LOCAL_ACCOUNT, 0.5, extras, new LocalServices(aws, api, LOCAL_ACCOUNT));
    const walked = await walk([...STEPS, ...REMOVAL], scene, new AcceptanceRecord(join(folder, 'record.json')), true, tell);
    return reported(walked, 'the local AWS');
  } finally {
    api.stop();
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function inYourAccount(finish: boolean, asked: Extra[]): Promise<number> {
  const api = new AwsApi(pythonEnvironment(console.error), process.env);
  try {
    const { Account } = await api.call<{ Account: string }>(undefined, 'sts', 'get_caller_identity');
    const region = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
    if (region === undefined) throw new Error('Say in which region, by AWS_REGION.');
    const folder = join(REPORT, `${Account}-${region}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'record.json'), record = new AcceptanceRecord(file);
    const choice = join(folder, 'extras.json');
    const scene = new Scene(Account, region, api, new CdkCli(process.env, join(folder, 'cdk.log'), MINUTES_A_DEPLOYMENT), folder, undefined, 15, extrasOf(choice, asked));
    const tried = finish ? [] : await walk(STEPS, scene, record, false, tell);
    const holds = tried.every(({ result }) => result === Result.HOLDS);
    const removed = finish || holds ? await walk(REMOVAL, scene, record, false, tell) : [];
    const code = reported([...tried, ...removed], `${region}, ${new Date().toISOString().slice(0, 10)}`, join(folder, 'table.md'));
    if (removed.length === 0) console.log(STILL_STANDS);
    else if (code === 0) [file, choice].forEach((one) => rmSync(one, { force: true }));
    return code;
  } finally {
    api.stop();
  }
}

function reported(walked: Walked[], where: string, file?: string): number {
  const table = acceptanceTable(walked, where);
  console.log(`\n${table}\n`);
  if (file) writeFileSync(file, table);
  const count = (result: Result) => walked.filter((one) => one.result === result).length;
  const failed = count(Result.FAILS) + count(Result.NOT_BEGUN);
  console.log(String(new TestCount(count(Result.HOLDS), failed, count(Result.NOT_HERE) + count(Result.NOT_ASKED))));
  return failed === 0 ? 0 : 1;
}

function tell(step: Step, outcome?: { result: Result; said: string; seconds: number }): void {
  if (outcome === undefined) return console.log(colors.dim(`${step.id}: ${step.claim} …`));
  const paint = outcome.result === Result.HOLDS ? colors.green : outcome.result === Result.FAILS ? colors.red : colors.dim;
  const mark = paint(outcome.result);
  const took = colors.dim(`${outcome.seconds} s`);
  console.log(`${step.id}: ${mark} (${outcome.said}) ${took}`);
}

function said(text: string): number {
  console.log(text);
  return 0;
}

if (require.main === module) {
  main().then((code) => process.exit(code), (error: unknown) => {
    console.error(error instanceof PythonMissing || error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
