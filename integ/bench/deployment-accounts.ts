import { spawn } from 'child_process';
import { join } from 'path';
import { FakePlatform } from '../../test/handlers/fake-aws/fake-platform';

/**
 * How long the list of deployment accounts takes, and how much memory, for organizations of several sizes:
 * `npx ts-node -T --project integ/tsconfig.json integ/bench/deployment-accounts.ts [accounts …]`
 *
 * The program that is shipped runs in a process of its own, against an emulated AWS on the same machine that answers with
 * pages of 20 like AWS Organizations, and at once. What is measured is the program; AWS takes its own time.
 */
const PROGRAM = join(__dirname, '..', '..', 'assets', 'handlers', 'deployment-accounts.js');
const ACCOUNTS_IN_A_UNIT = 50;
const ROOT = 'o-exampleorg/r-ab12';
const PRODUCTION = 'ou-ab12-prod1111';
const LISTING_ROLE = 'arn:aws:iam::999999999999:role/list';

interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
  readonly listed: number;
}

function populate(aws: FakePlatform, accounts: number): void {
  aws.reset();
  aws.organizations.pageSize = 20;
  aws.cloudformation.pageSize = 100;
  aws.organizations.unit(PRODUCTION);
  aws.sts.roles.set(LISTING_ROLE, undefined);
  const instances: { account: string; region: string }[] = [];
  for (let index = 0; index < accounts; index++) {
    const unit = `ou-ab12-${String(Math.floor(index / ACCOUNTS_IN_A_UNIT)).padStart(8, '0')}`;
    if (index % ACCOUNTS_IN_A_UNIT === 0) aws.organizations.unit(PRODUCTION, unit);
    const account = String(100_000_000_000 + index);
    aws.organizations.account(unit, account);
    // Nine of ten are registered, and deployed to before.
    if (index % 10 === 9) continue;
    aws.sts.roles.set(`arn:aws:iam::${account}:role/test`, undefined);
    instances.push({ account, region: 'eu-west-1' });
  }
  aws.cloudformation.stackSets.set('endpoints', instances);
}

/** Runs the program and reads what the kernel says about its memory at the end. */
function measured(aws: FakePlatform): Promise<Measured> {
  const settings = {
    stage: 'production',
    region: 'eu-west-1',
    organizationId: 'o-exampleorg',
    organizationalUnitPaths: [`${ROOT}/${PRODUCTION}/`],
    listingRoleArn: LISTING_ROLE,
    endpointTestRole: 'test',
    stackSetName: 'endpoints',
  };
  const report = 'process.on("exit", () => process.stderr.write(`\\n@${process.resourceUsage().maxRSS}`)); '
    + `process.argv.splice(1, 0, ${JSON.stringify(PROGRAM)}); require(${JSON.stringify(PROGRAM)})`;
  const started = process.hrtime.bigint();
  const child = spawn(process.execPath, ['-e', report, JSON.stringify(settings)], {
    env: { PATH: process.env.PATH, AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'build', AWS_SECRET_ACCESS_KEY: 'secret' },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data: Buffer) => { out += data.toString(); });
  child.stderr.on('data', (data: Buffer) => { err += data.toString(); });
  return new Promise((resolve, reject) => child.on('close', (code) => {
    if (code !== 0) return reject(new Error(err));
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    resolve({ seconds, megabytes: Number(/@(\d+)$/.exec(err)?.[1]) / 1024, listed: (JSON.parse(out) as { accounts: string[] }).accounts.length });
  }));
}

async function main(sizes: number[]): Promise<void> {
  const aws = new FakePlatform();
  await aws.start();
  console.log('| accounts | to deploy to | calls | seconds | memory at most |\n|---|---|---|---|---|');
  for (const size of sizes) {
    populate(aws, size);
    const { seconds, megabytes, listed } = await measured(aws);
    console.log(`| ${size} | ${listed} | ${aws.calls.length} | ${seconds.toFixed(1)} | ${megabytes.toFixed(0)} MB |`);
  }
  await aws.stop();
}

void main(process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 100, 1_000, 10_000]);
