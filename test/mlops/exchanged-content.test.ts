import { spawnSync } from 'child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join } from 'path';
import { ofEveryBlueprint } from './blueprints';
import { contentOf, Offer, resources } from './fixture';
import { DeploymentStage, ModelApproval } from '../../src';
import { churn } from '../access/churn-app';
import { Scenario } from '../access/scenario';
import { Simulator } from '../access/simulator';
import { trialOf, tryOut } from '../access/trial';
import { Published, publishedOf } from '../apps/template/published';
import { Json } from '../templates/carried';

/*
 * Somebody who may launch projects wants another template in production than the one that is approved. A job writes it where
 * jobs may write, under the name that the release fetches; the project is updated to look there; a version is approved; the
 * release hands on what it has found; the project is updated back. Each step is what somebody does all day.
 */

const DIRECTORY = mkdtempSync(join(tmpdir(), 'exchanged-'));
afterAll(() => rmSync(DIRECTORY, { recursive: true }));

const TEMPLATES = '/secure-mlops/churn/storage/templates-bucket', MODELS = '/secure-mlops/churn/storage/models-bucket';
/** What buckets the registry's parameters name. */
const BUCKETS: Record<string, string> = { [TEMPLATES]: 'templates', [MODELS]: 'models' };

const stage = (name: string) => DeploymentStage.accounts(name, { accounts: ['222222222222'], monitoring: {} });
const production = DeploymentStage.accounts('production', { accounts: ['333333333333'], approval: ModelApproval.manual(), monitoring: {} });
const offer = new Offer({ deploymentStages: [stage('staging'), production] });
const offered = ofEveryBlueprint((blueprint, name) => offer.add({ blueprint }, name));
const templates = Object.fromEntries(Object.entries(offered).map(([name, made]) => [name, contentOf(offer, made)]));

/** Commands of the builds that a template brings, by the build's id. */
function buildsOf(template: Json): Record<string, string[]> {
  const builds = Object.entries(resources(template, 'AWS::CodeBuild::Project')).filter(([, { Properties }]) => (Properties.Source.BuildSpec as string).startsWith('{'));
  return Object.fromEntries(builds.map(([id, { Properties }]) => {
    const { phases, env } = JSON.parse(Properties.Source.BuildSpec as string) as Json;
    const variables = Object.entries((env?.variables ?? {}) as Record<string, string>).map(([name, value]) => `${name}=${value}`);
    return [id, [...variables, ...(phases as Json).build.commands as string[]]];
  }));
}

/** What CloudFormation says of a value: of what is kept in Systems Manager it looks at the name. */
function takes({ AllowedValues, AllowedPattern }: Json, value: string): boolean {
  return (AllowedValues === undefined || (AllowedValues as string[]).includes(value))
    && (AllowedPattern === undefined || new RegExp(`^(${AllowedPattern})$`).test(value));
}

/** Everything that was published lies in one bucket; the same names with something else behind them in another. */
function fillBuckets(): void {
  for (const published of offer.objects() as unknown as (Published & { readonly Key: string })[]) {
    for (const [bucket, content] of [['templates', publishedOf(published, offer.app.outdir)], ['models', Buffer.from('exchanged')]] as const) {
      const file = join(DIRECTORY, bucket, published.Key);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
  const aws = join(DIRECTORY, 'bin', 'aws');
  mkdirSync(dirname(aws), { recursive: true });
  // `aws s3 cp … FROM TO`: buckets are directories.
  writeFileSync(aws, `#!/bin/bash
from="\${@:(-2):1}"; to="\${@: -1}"
from="\${from/s3:\\/\\//${DIRECTORY}/}"; to="\${to/s3:\\/\\//${DIRECTORY}/}"
mkdir -p "$(dirname "$to")" && cp "$from" "$to"
`, { mode: 0o755 });
}

/** Runs what a build fetches and puts somewhere, up to the program that works with it; answers what is handed on, or nothing where it stops. */
function fetched(commands: string[], bucket: string): string[] | undefined {
  const folder = mkdtempSync(join(DIRECTORY, 'build-'));
  const script = commands.filter((command) => !/\bnode\b/.test(command)).map((command) => command.replace(/\/tmp\//g, `${folder}/tmp/`));
  mkdirSync(join(folder, 'tmp'));
  const { status } = spawnSync('bash', ['-e', '-c', script.join('\n')], {
    cwd: folder,
    env: { PATH: `${join(DIRECTORY, 'bin')}:${process.env.PATH}`, TEMPLATES_BUCKET: bucket, RELEASES_BUCKET: basename(folder), RELEASE_PREFIX: 'releases', RELEASES_KEY_ARN: 'key' },
  });
  if (status !== 0) return undefined;
  const { stdout } = spawnSync('grep', ['-rl', 'exchanged', '.'], { cwd: folder, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean).sort();
}

const withoutDigests = (commands: string[]) => commands.filter((command) => !command.includes('sha256sum'));
const release = Object.entries(buildsOf(templates.Deploy)).find(([id]) => id.startsWith('Release'))![1];

beforeAll(fillBuckets);

describe('the way to another template in production', () => {
  const hops: Pick<Scenario, 'who' | 'does' | 'on' | 'from' | 'given'>[] = [
    { who: 'jobExecution', does: 's3:PutObject', on: 'modelObject', from: 'environmentVpc' },
    { who: 'dataScientist', does: 'servicecatalog:UpdateProvisionedProduct', on: 'anything', from: 'internet', given: { context: { 'servicecatalog:userLevel': 'self' } } },
    { who: 'projectLaunch', does: 'ssm:GetParameters', on: 'registryParameter', from: 'serviceNetwork' },
    { who: 'projectLaunch', does: 'cloudformation:UpdateStack', on: 'projectStack', from: 'serviceNetwork' },
    { who: 'projectLaunch', does: 'codebuild:UpdateProject', on: 'releaseBuildProject', from: 'serviceNetwork' },
    { who: 'teamAdministrator', does: 'sagemaker:UpdateModelPackage', on: 'modelPackage', from: 'internet', given: { approvalStatus: 'Approved' } },
    { who: 'eventsRole', does: 'codepipeline:StartPipelineExecution', on: 'deployPipeline', from: 'serviceNetwork' },
    { who: 'codePipeline', does: 'codebuild:StartBuild', on: 'releaseBuildProject', from: 'serviceNetwork' },
    { who: 'release', does: 's3:GetObject', on: 'modelObject', from: 'environmentVpc' },
    { who: 'release', does: 's3:PutObject', on: 'releaseArtifact', from: 'environmentVpc', given: { sse: 'artifactKey' } },
    { who: 'dataScienceAdministrator', does: 'codepipeline:PutApprovalResult', on: 'productionApproval', from: 'internet' },
    { who: 'codePipeline', does: 'cloudformation:UpdateStackSet', on: 'endpointStackSet', from: 'serviceNetwork' },
  ];

  test('leads over twelve requests that people and services make all day', async () => {
    const system = churn(), simulator = new Simulator();
    const refused = [];
    for (const [index, hop] of hops.entries()) {
      const trial = trialOf({ id: `hop-${index + 1}`, expect: 'allow', why: 'daily work', ...hop }, system);
      if ((await tryOut(trial, simulator)).outcome !== 'allow') refused.push(`${index + 1}: ${hop.who} ${hop.does}`);
    }
    expect(refused).toEqual([]);
  }, 120_000);

  test('would end there, if nobody looked at names and digests', () => {
    expect(fetched(withoutDigests(release), BUCKETS[MODELS])).toEqual([
      './release/endpoint-production.json', './release/endpoint-staging.json', './release/stage-production.json', './release/stage-staging.json', './tmp/release.js',
    ]);
  });

  test('ends at the project, which reads its buckets from the environment\'s parameters and takes no other', () => {
    const { StorageTemplatesBucket } = templates.Deploy.Parameters as Json;
    expect([TEMPLATES, MODELS, '/secure-mlops/churn/storage/data-bucket', 'templates'].map((name) => takes(StorageTemplatesBucket as Json, name))).toEqual([true, false, false, false]);
  });

  test('ends at the build, which compares what it has fetched, wherever that was', () => {
    expect(fetched(release, BUCKETS[TEMPLATES])).toEqual([]);
    expect(fetched(release, BUCKETS[MODELS])).toBeUndefined();
  });

  test('ends at the part that was exchanged, where all others are what they were', () => {
    const parts = release.flatMap((command) => /\$TEMPLATES_BUCKET\/([^"]+)"/.exec(command)?.[1] ?? []);
    expect(parts).toHaveLength(5);
    for (const part of parts) {
      const bucket = mkdtempSync(join(DIRECTORY, 'one-'));
      cpSync(join(DIRECTORY, 'templates'), bucket, { recursive: true });
      writeFileSync(join(bucket, part), `${readFileSync(join(bucket, part), 'utf8')} `);
      expect([part, fetched(release, basename(bucket))]).toEqual([part, undefined]);
    }
  });
});

describe('the program that looks at production\'s requests', () => {
  const builds = Object.entries(buildsOf(templates.Monitor)).find(([id]) => id.startsWith('Release'))!;

  test('is put where targets read it as it was published', () => {
    expect(fetched(builds[1], BUCKETS[TEMPLATES])).toEqual([]);
    expect(fetched(withoutDigests(builds[1]), BUCKETS[MODELS])).toContain('./tmp/monitor.zip');
    expect(fetched(builds[1], BUCKETS[MODELS])).toBeUndefined();
  });
});

describe.each(Object.keys(templates))('the template %s', (name) => {
  const { Parameters } = templates[name];

  test('reads each value of the environment from one place, which nobody who launches can change', () => {
    const stored = Object.entries(Parameters as Record<string, Json>).filter(([, { Type }]) => (Type as string).startsWith('AWS::SSM::'));
    expect(stored.length).toBeGreaterThan(5);
    expect(stored.filter(([, { Default, AllowedValues }]) => JSON.stringify(AllowedValues) !== JSON.stringify([Default]))).toEqual([]);
  });

  test('limits by a pattern what people say themselves', () => {
    const asked = Object.entries(Parameters as Record<string, Json>).filter(([, { Type }]) => Type === 'String');
    expect(asked.filter(([, { AllowedPattern, MaxLength }]) => AllowedPattern === undefined || MaxLength === undefined)).toEqual([]);
  });

  test('compares everything that its builds fetch with a digest', () => {
    const unseen = Object.values(buildsOf(templates[name])).flatMap((commands) => commands.flatMap((command, index) => {
      const file = /aws s3 cp .*"s3:\/\/\$TEMPLATES_BUCKET\/[^"]+" (\S+)/.exec(command)?.[1];
      if (!command.includes('s3://$TEMPLATES_BUCKET')) return [];
      return file !== undefined && new RegExp(`^echo "[0-9a-f]{64}  ${file}" \\| sha256sum --check --quiet$`).test(commands[index + 1]) ? [] : [command];
    }));
    expect(unseen).toEqual([]);
  });
});

test('an endpoint\'s template reads its target in one place as well', () => {
  for (const [name, { Content }] of Object.entries(offer.published()).filter(([key]) => /^parts\/(endpoint|monitor)-/.test(key))) {
    const { Parameters } = JSON.parse(Content as string) as Json;
    const stored = Object.values(Parameters as Record<string, Json>).filter(({ Type }) => (Type as string).startsWith('AWS::SSM::'));
    expect([name, stored.filter(({ Default, AllowedValues }) => JSON.stringify(AllowedValues) !== JSON.stringify([Default]))]).toEqual([name, []]);
  }
});
