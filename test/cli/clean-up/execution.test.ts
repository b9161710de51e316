import { Call } from './call';
import { FakeStack } from './fake-stack';
import { HOME, PRODUCTION, PROFILES, STAGING, World } from './world';
import { Outcome } from '../../../src/cli/clean-up/execute';
import { Refusal } from '../../handlers/fake-aws/answer';

let world: World;
let beside: string[];
beforeEach(async () => {
  world = new World();
  await world.start();
  world.addEnvironment('churn');
  world.addEnvironment('churn-2');
  beside = world.standing('churn-2');
  expect(beside.length).toBeGreaterThan(15);
});
afterEach(async () => {
  expect(world.standing('churn-2')).toEqual(beside);
  await world.stop();
});

const DATA = [
  `${HOME}: AWS::CodeCommit::Repository churn--forecast-p-1`,
  `${HOME}: AWS::ECR::Repository churn/releases`,
  `${HOME}: AWS::KMS::Key key/churn`,
  `${HOME}: AWS::S3::Bucket churn--releases-${HOME}-eu-west-1`,
  `${HOME}: AWS::S3::BucketPolicy churn--releases-policy`,
  `${HOME}: AWS::SageMaker::ModelPackageGroup churn--forecast-p-1`,
  `${STAGING}: AWS::S3::Bucket churn--staging-captures`,
  `${PRODUCTION}: AWS::S3::Bucket churn--production-captures`,
];

const DELETIONS = ({ operation }: Call) => /(^|[.])(Delete|Terminate|Schedule)\w+$|^(DELETE|POST) /.test(operation);

async function executed(...parameters: string[]): Promise<{ readonly code: number | null; readonly outcomes: string[] }> {
  const { code, output, errors } = await world.run(['churn', ...PROFILES, '--execute', '--yes', '--json', ...parameters]);
  if (output === '') throw new Error(errors);
  const { outcomes = [] } = JSON.parse(output) as { outcomes?: Outcome[] };
  return { code, outcomes: outcomes.map(({ item, outcome, message }) => `${outcome} ${item.type} ${item.name}${message === undefined ? '' : `: ${message}`}`) };
}

test('no call is about anything that is not the environment\'s', async () => {
  await executed('--include-data');
  expect(world.calls.filter(DELETIONS).filter(({ operation, input }) => !`${operation} ${JSON.stringify(input)}`.includes('churn') || `${operation} ${JSON.stringify(input)}`.includes('churn-2'))).toEqual([]);
}, 60_000);

describe('clean-up', () => {
  test('deletes an environment over all accounts, in order, and keeps its data', async () => {
    expect(await executed()).toEqual({
      code: 0,
      outcomes: [
        'deleted SageMaker project forecast-churn', 'deleted stack set churn--staging--forecast', 'deleted stack set churn--production--forecast',
        'deleted stack churn-staging', 'deleted stack churn-platform', 'deleted stack churn-app',
      ],
    });
    expect(world.standing('churn')).toEqual(DATA);
    expect((await executed()).outcomes).toEqual([]);
  }, 60_000);

  test('stops Studio before the environment goes, and deletes the work in it only where data is included', async () => {
    const studio = world.account(HOME).studio('d-churn');
    studio.profile('alice');
    studio.profile('carol');
    studio.space('notes', 'carol');
    studio.app('notes');
    const kept = await executed();
    expect(kept.code).toBe(1);
    expect(kept.outcomes.filter((one) => !one.startsWith('deleted'))).toEqual([
      'left application d-churn/notes/JupyterLab/default: space d-churn/notes is in the way.', 'left user profile d-churn/carol: space d-churn/notes is in the way.',
      'left stack churn-app: space d-churn/notes is in the way.',
    ]);
    studio.profiles = studio.profiles.filter(({ name }) => name !== 'alice'); // it goes with the stack
    expect((await executed('--include-data')).outcomes.slice(0, 4)).toEqual([
      'deleted application d-churn/notes/JupyterLab/default', 'deleted space d-churn/notes', 'deleted user profile d-churn/carol', 'deleted stack churn-app',
    ]);
  }, 60_000);

  test('says what CloudFormation said, and leaves what comes after', async () => {
    world.account(HOME).add(new FakeStack(HOME, 'reader', [], { reads: ['/secure-mlops/churn/storage/data-bucket'] }));
    const { code, outcomes } = await executed();
    expect({ code, outcomes }).toEqual({
      code: 1,
      outcomes: [
        'deleted SageMaker project forecast-churn',
        ...['stack set churn--staging--forecast', 'stack set churn--production--forecast', 'stack churn-staging', 'stack churn-platform', 'stack churn-app']
          .map((what) => `left ${what}: stack reader is in the way.`),
      ],
    });
  }, 60_000);

  test('of what a target has let nobody enter, says so for each account', async () => {
    const target = world.account(STAGING).stacks.find(({ name }) => name === 'churn-staging')!;
    const endpoint = world.account(STAGING).stacks.find(({ name }) => name.startsWith('StackSet-churn--'))!;
    target.status = 'DELETE_COMPLETE';
    const { code, outcomes } = await executed();
    expect(code).toBe(1);
    expect(outcomes[1]).toBe(`failed stack set churn--staging--forecast: StackSets could not delete its stacks (FAILED): ${STAGING}: ${STAGING}: no role lets the stack set in.`);
    expect(outcomes[2]).toBe('deleted stack set churn--production--forecast');
    expect(outcomes[3]).toBe('left stack churn-platform: stack set churn--staging--forecast is there still.');
    expect(endpoint.isGone).toBe(false);
  }, 60_000);

  test('deletes what has failed in Studio, and what could not be deleted before', async () => {
    const studio = world.account(HOME).studio('d-churn');
    studio.space('notes', 'alice', 'Delete_Failed');
    studio.app('notes', 'default', 'JupyterLab', 'Failed');
    expect((await executed('--include-data')).outcomes.filter((one) => one.includes('d-churn'))).toEqual([
      'deleted application d-churn/notes/JupyterLab/default', 'deleted space d-churn/notes',
    ]);
  }, 60_000);

  test('deletes no key while something is there still that it may have encrypted', async () => {
    const bucket = `churn--releases-${HOME}-eu-west-1`;
    world.fault = ({ operation }) => operation === `DELETE /${bucket}` ? new Refusal('AccessDenied', 'not you', 403) : undefined;
    const { outcomes } = await executed('--include-data');
    expect(outcomes.slice(-3)).toEqual([
      'deleted AWS::S3::Bucket churn--staging-captures', 'deleted AWS::S3::Bucket churn--production-captures',
      `left AWS::KMS::Key key/churn: AWS::S3::Bucket ${bucket} is there still, and may be encrypted with it.`,
    ]);
    expect(world.account(HOME).names('AWS::KMS::Key')).toContain('key/churn');
  }, 60_000);

  test('takes keys, work groups and groups of models that a stack has destroyed by itself for deleted', async () => {
    const home = world.account(HOME), [stack] = home.stacks;
    for (const [type, name] of [['AWS::KMS::Key', 'key/studio'], ['AWS::Athena::WorkGroup', 'churn--queries'], ['AWS::SageMaker::ModelPackageGroup', 'churn--named']]) {
      stack.resources.push({ type, name });
      home.keep(type, name);
    }
    home.aliases.set('alias/churn--studio', 'key/studio');
    const { code, outcomes } = await executed('--include-data');
    expect({ code, failed: outcomes.filter((one) => !one.startsWith('deleted')) }).toEqual({ code: 0, failed: [] });
    expect(outcomes).toEqual(expect.arrayContaining(['deleted AWS::KMS::Key key/studio', 'deleted AWS::Athena::WorkGroup churn--queries', 'deleted AWS::SageMaker::ModelPackageGroup churn--named']));
    expect(home.aliases.size).toBe(1); // of the environment beside it
  }, 60_000);

  test('lets go of the stacks of an account that is passed over', async () => {
    await executed('--without', STAGING);
    const { code, output } = await world.run(['churn', '--without', STAGING, '--without', PRODUCTION, '--json']);
    expect(code).toBe(0);
    expect(output).not.toContain('"stack set"');
  }, 60_000);
});

describe('to delete anything', () => {
  test.each([
    [[], ''], [['--execute'], ''], [['--execute'], 'Churn\n'], [['--execute'], 'yes\n'], [['--execute'], 'churn-2\n'],
  ])('%j and %j are not enough', async (parameters, typed) => {
    const { output } = await world.run(['churn', ...PROFILES, ...parameters], {}, typed);
    expect(output).toContain('Nothing was changed.');
    expect(world.calls.filter(DELETIONS)).toEqual([]);
  }, 60_000);

  test('the name of the environment is typed', async () => {
    const { output, errors } = await world.run(['churn', ...PROFILES, '--execute'], {}, 'churn\n');
    expect(errors).toBe('To delete this, type the name of the environment: ');
    expect(output).toContain(`deleted stack churn-app (${HOME})\nOf the environment churn, 6 deleted, 0 not, 0 left.\n`);
  }, 60_000);

  test.each([
    [['--yes'], '--yes answers the question of --execute: say both.'],
    [['--execute', '--json'], 'With --json nobody sees what is asked: say --yes as well.'],
  ])('%j is refused', async (parameters, message) => {
    const { code, errors } = await world.run(['churn', ...parameters]);
    expect(code).toBe(2);
    expect(errors).toContain(message);
  }, 60_000);

  test('everything must have been read', async () => {
    world.fault = ({ operation, account }) => operation === 'ListStackSets' && account === STAGING ? new Refusal('AccessDenied', 'not you', 403) : undefined;
    const { code, outcomes } = await executed();
    expect({ code, outcomes }).toEqual({ code: 3, outcomes: [] });
    expect(world.calls.filter(DELETIONS)).toEqual([]);
  }, 60_000);
});

/** Each call that changes something, when all goes well. */
const STEPS: [step: string, operation: string, account: string][] = [
  ['of the project', 'SageMaker.DeleteProject', HOME], ['of instances of a stack set', 'DeleteStackInstances', HOME], ['of a stack set', 'DeleteStackSet', HOME],
  ['of a target', 'DeleteStack', STAGING], ['of what places targets', 'DeleteStack', '999999999999'], ['of the environment', 'DeleteStack', HOME],
  ['of versions of a model', 'SageMaker.DeleteModelPackage', HOME], ['of a group of models', 'SageMaker.DeleteModelPackageGroup', HOME],
  ['of a repository', 'CodeCommit_20150413.DeleteRepository', HOME], ['of images', 'AmazonEC2ContainerRegistry_V20150921.DeleteRepository', HOME],
  ['of objects', `POST /churn--releases-${HOME}-eu-west-1?delete`, HOME], ['of a bucket', `DELETE /churn--releases-${HOME}-eu-west-1`, HOME],
  ...[[STAGING, 'staging'], [PRODUCTION, 'production']].flatMap(([account, stage]): typeof STEPS => [
    [`of captured requests of ${stage}`, `POST /churn--${stage}-captures?delete`, account], [`of the bucket of ${stage}`, `DELETE /churn--${stage}-captures`, account],
  ]),
  ['of an alias', 'TrentService.DeleteAlias', HOME], ['of a key', 'TrentService.ScheduleKeyDeletion', HOME],
];

describe('a deletion that fails once', () => {
  test.each(STEPS)('%s is told, and the next run goes on from there', async (_, operation, account) => {
    let isFirst = true;
    world.fault = (call) => {
      if (!isFirst || call.operation !== operation || call.account !== account) return undefined;
      isFirst = false;
      return new Refusal('AccessDeniedException', 'not yet', 403);
    };
    const first = await executed('--include-data');
    expect(isFirst).toBe(false);
    expect(first.code).toBe(1);
    expect(first.outcomes.filter((one) => one.startsWith('failed'))).toEqual([expect.stringContaining(': not yet')]);
    expect((await executed('--include-data')).code).toBe(0);
    expect(world.standing('churn').filter((one) => !one.includes('BucketPolicy'))).toEqual([]);
  }, 60_000);

  test('are all the calls that change anything', async () => {
    await executed('--include-data');
    const made = new Set(world.calls.filter(DELETIONS).map(({ operation, account }) => `${operation} ${account}`));
    expect([...made].sort()).toEqual(STEPS.map(([, operation, account]) => `${operation} ${account}`).sort());
  }, 60_000);
});
