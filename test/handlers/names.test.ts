import { execFileSync } from 'child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { DeploymentStage, EnvironmentNames, ModelPromotion } from '../../src';
import { settingsOf as settingsOfAccounts } from '../../src/handlers/deployment-accounts/settings';
import { settingsOf as settingsOfImageRelease } from '../../src/handlers/image-release/settings';
import { settingsOf as settingsOfMonitor } from '../../src/handlers/monitor-values/settings';
import { settingsOf as settingsOfPromotion } from '../../src/handlers/promotion/settings';
import { settingsOf as settingsOfRelease } from '../../src/handlers/release/settings';
import { accountsSteps, promotionSteps } from '../../src/mlops/private/deploy-steps';
import { accountsOf } from '../../src/mlops/private/stage-delivery';
import { ACCOUNTS } from '../../src/roles/statements/artifact-keys';
import { ofEveryBlueprint } from '../mlops/blueprints';
import { contentOf, Offer, resources, written } from '../mlops/fixture';
import { Json } from '../templates/carried';

/**
 * Names are drawn from the whole of their patterns, and every text that carries them is tried: what programs accept, and the
 * commands of builds, run by a shell.
 */
const stageName = fc.stringMatching(/^[a-z][a-z0-9]{0,11}$/);
const environmentName = fc.stringMatching(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/).filter((name) => name.length <= 12);
const rolePath = fc.array(fc.stringMatching(/^[\x21-\x2e\x30-\x7e]{1,12}$/), { maxLength: 2 }).map((parts) => ['', ...parts, ''].join('/').replace(/^\/\//, '/'));
const REPOSITORY_FILES = join(__dirname, '..', '..', 'src', 'mlops', 'seed-code');

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'names-')); });
afterEach(() => rmSync(folder, { recursive: true }));

/** Templates of projects in an environment with such names. */
function templatesOf(stages: string[], given: { environmentName: string; rolePath: string }): Record<string, Json> {
  const deploymentStages = stages.map((name, i) => DeploymentStage.accounts(name, {
    accounts: [`${222222222222 + i}`], promotion: ModelPromotion.copy(), monitoring: {},
  }));
  const offer = new Offer({ deploymentStages, ...given });
  const made = Object.entries(ofEveryBlueprint((blueprint, name) => offer.add({ blueprint }, name)));
  return Object.fromEntries(made.map(([name, template]) => [name, contentOf(offer, template)]));
}

/** Values for the parameters that people, SageMaker and the pipeline choose: of their whole patterns, as long as they may be. */
function parametersOf(template: Json): fc.Arbitrary<Record<string, string>> {
  const chosen = Object.entries(template.Parameters as Record<string, Json>)
    .filter(([, { AllowedPattern, Default }]) => AllowedPattern !== undefined && Default === undefined);
  return fc.record(Object.fromEntries(chosen.map(([name, { AllowedPattern, MaxLength = 63 }]) => {
    // SageMaker's ids are in lower case.
    const pattern = name === 'SageMakerProjectId' ? 'p-[a-z0-9]{1,12}' : String(AllowedPattern);
    return [name, fc.stringMatching(new RegExp(`^(${pattern})$`)).filter((value) => value.length <= Number(MaxLength))];
  })));
}

const EXECUTION = '#{codepipeline.PipelineExecutionId}';

/** The variables of a build as CodeBuild sees them. */
function environmentOf(build: Json, template: Json, parameters: Record<string, string>): Record<string, string> {
  const own = (build.Environment.EnvironmentVariables as Json[])
    .map(({ Name, Value }) => [Name as string, written(Value as Json, template, parameters)] as const);
  const actions = Object.values(resources(template, 'AWS::CodePipeline::Pipeline')).flatMap(({ Properties }) => (Properties.Stages as Json[]).flatMap(({ Actions }) => Actions as Json[]));
  const ofActions = actions.map(({ Configuration }) => Configuration.EnvironmentVariables as Json).filter((variables) => variables !== undefined)
    .flatMap((variables) => JSON.parse(written(variables, template, parameters)) as { name: string; value: string }[]);
  const ofExecution = ofActions.filter(({ value }) => value.includes(EXECUTION)).map(({ name, value }) => [name, value.replace(EXECUTION, '0f8fad5b-d9cb-469f-a165-70867728950e')]);
  const stored = own.map(([name, value]) => [name, name.endsWith('_BUCKET') ? 'a-bucket' : name === 'RELEASES_KEY_ARN' ? 'arn:aws:kms:eu-west-1:111111111111:key/1' : value]);
  return { AWS_REGION: 'eu-west-1', OUTPUT_DIRECTORY: 'release', ...Object.fromEntries(ofExecution) as Record<string, string>, ...Object.fromEntries(stored) as Record<string, string> };
}

/** What reads the names that a project's templates give, by its program. Those of stages are tried with stages of any name. */
const PROGRAMS: Record<string, (variables: Record<string, string>) => unknown> = {
  'release': settingsOfRelease,
  'monitor-values': (variables) => settingsOfMonitor({ ...variables, PROGRAM_URL: 's3://a-bucket/p/monitor.zip' }),
  'image-release': settingsOfImageRelease,
};
const OF_STAGES = ['deployment-accounts', 'promotion'];

const programsOf = (template: Json) => Object.values(resources(template, 'AWS::CodeBuild::Project'))
  .flatMap(({ Properties }) => [...String(Properties.Source.BuildSpec).matchAll(/node \/tmp\/([a-z-]+)\.js/g)].map(([, program]) => program));
const buildOf = (template: Json, program: string) => Object.values(resources(template, 'AWS::CodeBuild::Project')).map(({ Properties }) => Properties as Json)
  .find(({ Source }) => String(Source.BuildSpec).includes(`/tmp/${program}.js`))!;

describe('programs accept', () => {
  const STAGES = ['a', 'qa2', 'prod2eu99999'];
  const made = templatesOf(STAGES, { environmentName: 'churn-2', rolePath: '/' });

  test('which are all that templates run', () => {
    expect([...new Set(Object.values(made).flatMap(programsOf))].sort()).toEqual([...Object.keys(PROGRAMS), ...OF_STAGES].sort());
  });

  test.each(Object.entries(made).filter(([, template]) => programsOf(template).some((program) => program in PROGRAMS)))('every name that the template %s accepts of people', (_, template) => {
    const programs = programsOf(template).filter((program) => program in PROGRAMS);
    fc.assert(fc.property(parametersOf(template), (parameters) => {
      for (const program of programs) PROGRAMS[program](environmentOf(buildOf(template, program), template, parameters));
    }), { numRuns: 50 });
  });

  test('every stage, in environments and under paths of any name', () => {
    process.env.AWS_REGION = 'eu-west-1';
    fc.assert(fc.property(stageName, environmentName, rolePath, (name, environment, path) => {
      const names = new EnvironmentNames({ environmentName: environment, account: '111111111111', region: 'eu-west-1', partition: 'aws', rolePath: path });
      const stage = DeploymentStage.accounts(name, { accounts: ['222222222222', '333333333333'], retiringAccounts: ['222222222222'] });
      const stackSetName = names.endpointName(name, 'forecast');
      expect(settingsOfAccounts(JSON.stringify({ ...accountsOf(names, stage), stackSetName })).stage).toBe(name);
      const file = (title: string, content: object) => {
        writeFileSync(join(folder, title), JSON.stringify(content));
        return join(folder, title);
      };
      expect(settingsOfPromotion({
        STAGE: name,
        AWS_REGION: 'eu-west-1',
        RELEASES_BUCKET: 'a-bucket',
        RELEASES_REPOSITORY: names.releasesRepositoryName,
        MODEL_PACKAGE_GROUP_NAME: stackSetName,
        RELEASE_FILE: file('release.json', { artifact: { bucket: 'a-bucket' }, files: {} }),
        ACCOUNTS_FILE: file('accounts.json', ['222222222222']),
        STAGE_FILE: file('stage.json', { promotion: { role: 'r', bucket: 'b', repository: 'c' } }),
      }).stage).toBe(name);
    }), { numRuns: 100 });
  });
});

/** Instead of programs that are not here: what they are told. The rest of a command is the shell's. */
const STUBS: Record<string, string> = {
  aws: 'exit 0',
  sha256sum: 'cat > /dev/null',
  python3: 'printf "%s\\n" "$@" >> "$TOLD"',
  node: `if [ "$1" = -p ]; then exec ${process.execPath} "$@"; fi; printf '%s %s\\n' "$ACCOUNTS_FILE" "$DEPLOYMENT_ACCOUNTS" >> "$TOLD"; echo '{"accounts": ["222222222222"]}'`,
};

/** Runs commands of a build as CodeBuild does, and answers what programs were told. */
function run(commands: string[], variables: Record<string, string>): string {
  const bin = join(folder, 'bin'), told = join(folder, 'told');
  mkdirSync(bin, { recursive: true });
  for (const [name, body] of Object.entries(STUBS)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(told, '');
  execFileSync('bash', ['-e', '-o', 'pipefail', '-c', commands.join('\n')], { cwd: folder, env: { ...variables, PATH: `${bin}:${process.env.PATH}`, TOLD: told }, stdio: 'pipe' });
  return readFileSync(told, 'utf8');
}

describe('of every stage', () => {
  /** The folders in which CodeBuild puts what an action is given, by the names that the pipelines give. */
  const inputsOf = (stage: DeploymentStage): Record<string, string> => (
    Object.fromEntries(['Release', `${ACCOUNTS}${stage.pipelineStageName}`].map((name) => [`CODEBUILD_SRC_DIR_${name}`, mkdtempSync(join(folder, `${name}-`))]))
  );
  const check = (judge: (stage: DeploymentStage) => void) => (
    fc.assert(fc.property(stageName, (name) => judge(DeploymentStage.accounts(name, { accounts: ['222222222222'] }))), {
      numRuns: 15, examples: [['qa2'], ['s1'], ['a'], ['prod2eu99999']],
    })
  );
  const commandsOf = ({ phases }: Record<string, unknown>) => (phases as { build: { commands: string[] } }).build.commands;
  const PROGRAM = { key: 'programs/a.js', sha256: '0' };

  test('the endpoint\'s test reads the accounts', () => {
    const spec = parse(readFileSync(join(REPOSITORY_FILES, 'deploy', 'buildspec.yml'), 'utf8')) as Record<string, unknown>;
    check((stage) => {
      const inputs = inputsOf(stage);
      const [release, accounts] = Object.values(inputs);
      expect(run(commandsOf(spec), { ...inputs, STAGE: stage.stageName }).trim().split('\n'))
        .toEqual(['-m', 'endpoint_test', '--release', release, '--accounts', `${accounts}/accounts.json`]);
    });
  }, 120_000);

  test('the promotion reads the accounts', () => {
    check((stage) => {
      const inputs = inputsOf(stage);
      const told = run(commandsOf(promotionSteps(PROGRAM)), { ...inputs, STAGE: stage.stageName, ACCOUNTS: `${ACCOUNTS}${stage.pipelineStageName}` });
      expect(told.trim()).toBe(`${Object.values(inputs)[1]}/accounts.json`);
    });
  }, 120_000);

  test('the list of accounts is made of the stage\'s own file', () => {
    check(({ stageName: stage }) => {
      writeFileSync(join(folder, `stage-${stage}.json`), JSON.stringify({ accounts: { stage } }));
      const told = run(commandsOf(accountsSteps(PROGRAM)), { STAGE: stage, STACK_SET_NAME: `churn--${stage}--forecast` });
      expect(JSON.parse(told)).toEqual({ stage, stackSetName: `churn--${stage}--forecast` });
      expect(JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8'))).toEqual(['222222222222']);
    });
  }, 120_000);
});
