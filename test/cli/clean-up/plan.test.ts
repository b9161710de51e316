import { readdirSync, readFileSync } from 'fs';
import { resolve } from 'path';
import { FakeStack } from './fake-stack';
import { HOME, PLATFORM, PRODUCTION, PROFILES, STAGING, World } from './world';
import { Item } from '../../../src/cli/clean-up/item';
import { kindOf, KINDS, OTHERS } from '../../../src/cli/clean-up/kinds';
import { REMOVALS } from '../../../src/cli/clean-up/removals';
import { Refusal } from '../../handlers/fake-aws/answer';

let world: World;
beforeEach(async () => {
  world = new World();
  await world.start();
  world.addEnvironment('churn');
  world.addEnvironment('churn-2');
});
afterEach(() => world.stop());

interface Planned {
  readonly items: Item[];
  readonly unread: { readonly message: string; readonly remedy: string }[];
  readonly absent: string[];
}

async function plan(...parameters: string[]): Promise<Planned & { readonly code: number | null }> {
  const { code, output, errors } = await world.run(['churn', ...parameters, '--json']);
  if (output === '') throw new Error(errors);
  return { code, ...JSON.parse(output) as Planned };
}
const brief = ({ items }: Planned) => items.map(({ phase, account, type, name, fate }) => `${phase} ${account}: ${fate} ${type} ${name}`);
const blocked = ({ items }: Planned) => items.filter(({ fate }) => fate === 'blocked').map(({ name, why, how }) => `${name}: ${why} ${how}`);

describe('the plan', () => {
  test('names all that is of the environment, in the order in which it can go, and nothing of one beside it', async () => {
    const found = await plan(...PROFILES);
    expect(found.unread).toEqual([]);
    expect(brief(found)).toEqual([
      `projects ${HOME}: delete SageMaker project forecast-churn`,
      `endpoints ${HOME}: delete stack set churn--staging--forecast`,
      `endpoints ${HOME}: delete stack set churn--production--forecast`,
      `targets ${STAGING}: delete stack churn-staging`,
      `targets ${PLATFORM}: delete stack churn-platform`,
      `environment ${HOME}: delete stack churn-app`,
      `kept ${HOME}: keep AWS::SageMaker::ModelPackageGroup churn--forecast-p-1`,
      `kept ${HOME}: keep AWS::CodeCommit::Repository churn--forecast-p-1`,
      `kept ${HOME}: keep AWS::ECR::Repository churn/releases`,
      `kept ${HOME}: keep AWS::S3::Bucket churn--releases-${HOME}-eu-west-1`,
      `kept ${STAGING}: keep AWS::S3::Bucket churn--staging-captures`,
      `kept ${PRODUCTION}: keep AWS::S3::Bucket churn--production-captures`,
      `kept ${HOME}: keep AWS::KMS::Key key/churn`,
    ]);
    expect(found.code).toBe(0);
  }, 60_000);

  test('says why each thing goes or stays, and how what stays is deleted', async () => {
    const { items } = await plan(...PROFILES);
    expect(items.filter(({ why }) => !/^[A-Z].*[.]$/.test(why))).toEqual([]);
    expect(items.filter(({ fate, how }) => fate === 'keep' && how === undefined)).toEqual([]);
  }, 60_000);

  test('is for people as well, without colour where it is not a terminal\'s', async () => {
    const { output } = await world.run(['churn', ...PROFILES]);
    expect(output).toContain(`Deployment targets\n  delete stack churn-staging (${STAGING})\n      It is a deployment target, with 2 resources.\n`);
    expect(output).toContain('Of the environment churn, 6 to delete, 7 to keep, 0 in the way, 0 unknown.\nNothing was changed.');
    expect(output).not.toContain('\u001b');
  }, 60_000);

  test('is made by reading alone', async () => {
    await plan(...PROFILES);
    const operations = [...new Set(world.calls.map(({ operation }) => operation.replace(/^\w+\./, '')))];
    expect(operations.length).toBeGreaterThan(20);
    expect(operations.filter((operation) => !/^(Get|List|Describe|Search)/.test(operation))).toEqual([]);
  }, 60_000);

  test('of an environment that is not there is empty', async () => {
    const { code, output } = await world.run(['nowhere', ...PROFILES]);
    expect({ code, output }).toEqual({ code: 0, output: 'Nothing is left of the environment nowhere.\nNothing was changed.\n' });
  }, 60_000);
});

describe('what is in the way', () => {
  test('is an account of a stage for which no credentials were given, with what to say or to run there', async () => {
    const { code, ...found } = await plan('--profile', `${PLATFORM}=p9`, '--profile', `${PRODUCTION}=p3`);
    expect(blocked(found)).toEqual([
      `${STAGING}: It is of the stage staging. No credentials were given for it. Say --profile ${STAGING}=<profile> or --role ${STAGING}=<ARN>; `
      + `or have "npx cdk-secure-mlops clean-up churn --region eu-west-1" run there, and say --without ${STAGING}.`,
    ]);
    expect(code).toBe(1);
    expect(blocked(await plan('--profile', `${PLATFORM}=p9`, '--without', STAGING, '--without', PRODUCTION))).toEqual([]);
  }, 60_000);

  test('is a space with the work of a person, until data may go', async () => {
    world.account(HOME).studio('d-churn').space('notes', 'alice');
    world.account(HOME).studio('d-churn').app('notes');
    const found = await plan(...PROFILES);
    expect(blocked(found)).toEqual(['d-churn/notes: It holds the work of alice on a volume, and the domain cannot go before it. Save what is to be kept, then delete the space in Studio, or say --include-data.']);
    expect(brief(found)).toContain(`studio ${HOME}: delete application d-churn/notes/JupyterLab/default`);
    expect(brief(await plan(...PROFILES, '--include-data'))).toContain(`studio ${HOME}: delete space d-churn/notes`);
  }, 60_000);

  test('is a profile that another stack made, but not one that a person made by hand', async () => {
    world.account(HOME).add(new FakeStack(HOME, 'members', [{ type: 'AWS::SageMaker::UserProfile', name: 'bob|d-churn' }]));
    for (const name of ['alice', 'bob', 'carol']) world.account(HOME).studio('d-churn').profile(name);
    const found = await plan(...PROFILES);
    expect(blocked(found)).toEqual(['d-churn/bob: The stack members made it. Delete that stack, or take the user out of it.']);
    expect(brief(found)).toContain(`studio ${HOME}: delete user profile d-churn/carol`);
    expect(brief(found).filter((one) => one.includes('alice'))).toEqual([]);
  }, 60_000);

  test('is the work of a member who was added by a form, and without that goes the member, with Studio', async () => {
    const home = world.account(HOME), studio = home.studio('d-churn');
    const stack = home.add(new FakeStack(HOME, `SC-${HOME}-pp-bob`, [{ type: 'AWS::SageMaker::UserProfile', name: 'bob|d-churn' }], { reads: ['/secure-mlops/churn/network/vpc-id'] }));
    home.products.push({ Id: 'pp-bob', Name: 'bob', ProductId: 'prod-churn', stack });
    studio.profile('bob');
    studio.space('notes', 'bob');
    expect(blocked(await plan(...PROFILES))).toEqual([expect.stringContaining('d-churn/notes: It holds the work of bob on a volume')]);
    const found = brief(await plan(...PROFILES, '--include-data')).filter((one) => one.startsWith(`studio ${HOME}`));
    expect(found).toEqual([`studio ${HOME}: delete space d-churn/notes`, `studio ${HOME}: delete provisioned product pp-bob`]);
  }, 60_000);

  test('is a stack that reads parameters of the environment and is nobody\'s of it', async () => {
    world.account(HOME).add(new FakeStack(HOME, 'ours', [], { reads: ['/secure-mlops/churn/network/vpc-id'] }));
    expect(blocked(await plan(...PROFILES))).toEqual(['ours: It reads parameters of the environment, and nothing says that it is its own. Delete it first.']);
  }, 60_000);

  test('is something that reads parameters of the environment and was launched from somebody else\'s product', async () => {
    const home = world.account(HOME);
    const launched = (name: string) => {
      const stack = home.add(new FakeStack(HOME, `SC-${HOME}-pp-${name}`, [], { reads: ['/secure-mlops/churn/network/vpc-id'] }));
      home.products.push({ Id: `pp-${name}`, Name: name, ProductId: 'prod-of-finance', stack });
      return stack;
    };
    launched('reports');
    home.projects.push({ ProjectName: 'budget', ProjectStatus: 'CreateCompleted', provisioned: 'pp-budget', stack: launched('budget') });
    expect(blocked(await plan(...PROFILES)).sort()).toEqual([
      'budget: It reads parameters of the environment, and nothing says that its product or template is its own. Delete it first.',
      'pp-reports: reports reads parameters of the environment, and nothing says that its product is its own. Terminate it in Service Catalog first.',
    ]);
  }, 60_000);

  test('is a stack that imports what the environment exports', async () => {
    const [stack] = world.account(HOME).stacks;
    Object.assign(stack.options, { exports: ['churn:Bucket'] });
    world.account(HOME).add(new FakeStack(HOME, 'reports', [], { imports: ['churn:Bucket'] }));
    expect(blocked(await plan(...PROFILES))).toEqual(['reports: It imports what the stack churn-app exports. Delete it first, or take the import out of it.']);
  }, 60_000);

  test('is a stack that holds another environment as well', async () => {
    world.account(HOME).stacks[0].resources.push({ type: 'AWS::SSM::Parameter', name: '/secure-mlops/sales/network/vpc-id' });
    expect(blocked(await plan(...PROFILES))).toEqual([
      'forecast-churn: It reads parameters of the environment, and nothing says that its product or template is its own. Delete it first.',
      'churn-app: The environment sales is in this stack as well. Take churn out of the app, and deploy the stack.',
    ]);
  }, 60_000);

  test('is that stack before anything else, and neither the projects, buckets nor Studio of the other environment are taken for this one\'s', async () => {
    const home = world.account(HOME), [stack] = home.stacks;
    stack.resources.push(
      { type: 'AWS::SSM::Parameter', name: '/secure-mlops/sales/network/vpc-id', environment: 'sales' }, { type: 'AWS::SageMaker::Domain', name: 'd-sales', environment: 'sales' },
      { type: 'AWS::ServiceCatalog::CloudFormationProduct', name: 'prod-sales', environment: 'sales' },
    );
    home.studio('d-sales').space('plans', 'bob');
    home.products.push({ Id: 'pp-sales', Name: 'forecast of sales', ProductId: 'prod-sales', stack: home.add(new FakeStack(HOME, `SC-${HOME}-pp-sales`, [])) });
    const found = await plan(...PROFILES, '--include-data');
    expect(brief(found).filter((one) => one.includes('churn-app') || one.includes('sales'))).toEqual([`projects ${HOME}: blocked stack churn-app`]);
  }, 60_000);

  test('is an environment that was launched from a product in the stack', async () => {
    const home = world.account(HOME);
    home.stacks[0].resources.push({ type: 'AWS::ServiceCatalog::CloudFormationProduct', name: 'prod-environments' });
    const launched = home.add(new FakeStack(HOME, `SC-${HOME}-pp-sales`, [{ type: 'AWS::SSM::Parameter', name: '/secure-mlops/sales/network/vpc-id' }]));
    home.products.push({ Id: 'pp-sales', Name: 'sales', ProductId: 'prod-environments', stack: launched });
    const found = await plan(...PROFILES);
    expect(blocked(found)).toEqual(['pp-sales: sales is an environment that was launched from a product in the stack of this one. Take the product out of the stack, and deploy it.']);
    expect(brief(found)).toContain(`projects ${HOME}: blocked provisioned product pp-sales`);
  }, 60_000);

  test('is a stack that made a stack set of the environment, and other things besides', async () => {
    const platform = world.account(PLATFORM), [stack] = platform.stacks;
    stack.resources.push({ type: 'AWS::SNS::Topic', name: 'alarms' }, { type: 'AWS::CloudFormation::StackSet', name: 'guardrails:1' });
    expect(blocked(await plan(...PROFILES))).toEqual(['churn-platform: The stack holds alarms and guardrails:1 as well. Take the stack set out of it, and deploy.']);
  }, 60_000);

  test.each([
    ['protected', (stack: FakeStack) => { stack.isProtected = true; }, 'Its termination protection is on. Switch it off, if the stack is to go.'],
    ['updated', (stack: FakeStack) => { stack.status = 'UPDATE_IN_PROGRESS'; }, 'It is in the state UPDATE_IN_PROGRESS. Wait until it is done.'],
  ])('is a stack that is %s', async (_, change, why) => {
    change(world.account(HOME).stacks[0]);
    expect(blocked(await plan(...PROFILES))).toEqual([`churn-app: ${why}`]);
  }, 60_000);

  test('is a stack whose template destroys data, until data may go', async () => {
    world.account(HOME).add(world.account(HOME).stacks[0]).resources.push({ type: 'AWS::KMS::Key', name: 'key/destroyed' });
    expect(blocked(await plan(...PROFILES))).toEqual(['churn-app: Its template does not keep key/destroyed, and data would go with it. Say --include-data, or deploy it with removalPolicy RETAIN.']);
    expect(blocked(await plan(...PROFILES, '--include-data'))).toEqual([]);
  }, 60_000);

  test('is a stack with data of a type that no environment has, until data may go', async () => {
    world.account(HOME).stacks[0].resources.push({ type: 'AWS::DynamoDB::Table', name: 'orders', environment: null });
    expect(blocked(await plan(...PROFILES))).toEqual(['churn-app: Its template does not keep orders, and data would go with it. Say --include-data, or deploy it with removalPolicy RETAIN.']);
  }, 60_000);

  test('is a stack that a stack set has let go of, if its template destroys data', async () => {
    const [set] = world.account(HOME).stackSets, stack = set.instances.get(STAGING)!;
    stack.resources.push({ type: 'AWS::S3::Bucket', name: 'answers' });
    set.instances.clear();
    expect(blocked(await plan(...PROFILES))).toEqual([`${stack.name}: Its template does not keep answers, and data would go with it. Say --include-data, or deploy it with removalPolicy RETAIN.`]);
    const { items } = await plan(...PROFILES, '--include-data');
    expect(items.filter(({ name }) => name === stack.name).map(({ phase, account, fate, why }) => `${phase} ${account}: ${fate}: ${why}`)).toEqual([
      `endpoints ${STAGING}: delete: The stack set churn--staging--forecast has let go of it, with 2 resources. Its template does not keep answers, and data goes with it.`,
    ]);
  }, 60_000);

  test('is a target that the stack set of an unnamed account placed', async () => {
    const found = await plan('--profile', `${STAGING}=p2`, '--profile', `${PRODUCTION}=p3`);
    expect(blocked(found)).toEqual([
      'StackSet-SecureMlopsTarget-churn-production-00000000-0000-0000-0000-000000000001: The stack set SecureMlopsTarget-churn-production of another account placed it. '
      + 'Name that account with --profile or --role, so that it says whether the stack set is deleted; or, if nobody knows it any more: aws cloudformation delete-stack --region eu-west-1 '
      + '--stack-name StackSet-SecureMlopsTarget-churn-production-00000000-0000-0000-0000-000000000001.',
    ]);
  }, 60_000);

  test('is not a target whose stack set is deleted: it goes as what was left, and is said to be that', async () => {
    const platform = world.account(PLATFORM), [{ name, instances }] = platform.stackSets.splice(0, 1);
    const target = async () => (await plan(...PROFILES)).items.filter((item) => item.name === instances.get(PRODUCTION)!.name).map(({ phase, account, fate, why }) => `${phase} ${account}: ${fate}: ${why}`);
    expect(await target()).toEqual([expect.stringContaining(`targets ${PRODUCTION}: blocked: The stack set ${name} of another account placed it.`)]);
    platform.deletedStackSets.push(name);
    expect(await target()).toEqual([expect.stringContaining(`targets ${PRODUCTION}: delete: The stack set ${name} placed it and is deleted, with `)]);
    platform.stackSets.push({ name, instances: new Map(), description: 'Something else', template: {}, callAs: 'SELF' });
    expect(await target()).toEqual([expect.stringContaining(`targets ${PRODUCTION}: blocked:`)]);
  }, 60_000);
});

test('what a stack has kept is the environment\'s if the stack that made it was, and is left alone if nothing proves it any more', async () => {
  const home = world.account(HOME);
  const [stack] = home.stacks;
  stack.status = 'DELETE_COMPLETE';
  home.kept.get('AWS::SSM::Parameter')!.clear();
  for (const name of ['somebodys', 'reports']) home.keep('AWS::S3::Bucket', name);
  home.tagged.set('arn:aws:s3:::somebodys', { environment: 'churn' });
  home.tagged.set('arn:aws:s3:::reports', { environment: 'churn', stack: home.add(new FakeStack(HOME, 'reports', [], { reads: ['/secure-mlops/churn/storage/data-bucket'] })).id });
  const { items } = await plan('--include-data', '--without', STAGING, '--without', PRODUCTION);
  const buckets = items.filter(({ type }) => type === 'AWS::S3::Bucket').map(({ name, fate, why }) => `${fate} ${name}: ${why}`);
  expect(buckets).toEqual([
    `delete churn--releases-${HOME}-eu-west-1: The stack that made it has kept it; it holds objects, with their earlier versions, and --include-data was said.`,
    'keep somebodys: It is tagged environment=churn, but nothing proves any more that it is this environment\'s; it holds objects, with their earlier versions.',
  ]);
}, 60_000);

test('what goes with a stack that stands is not said to be kept', async () => {
  const home = world.account(HOME), [stack] = home.stacks;
  for (const [name, keeps] of [['churn-logs', false], ['churn-data', true]] as const) {
    stack.resources.push({ type: 'AWS::S3::Bucket', name, keeps });
    home.keep('AWS::S3::Bucket', name);
    home.tagged.set(`arn:aws:s3:::${name}`, { environment: 'churn', stack: stack.id });
  }
  const { items } = await plan(...PROFILES);
  expect(items.filter(({ type, account }) => type === 'AWS::S3::Bucket' && account === HOME).map(({ name }) => name).sort()).toEqual([`churn--releases-${HOME}-eu-west-1`, 'churn-data']);
}, 60_000);

test('what a team keeps in the stack of the environment stays the team\'s, also where data is included', async () => {
  world.account(HOME).stacks[0].resources.push(
    { type: 'AWS::S3::Bucket', name: 'raw', keeps: true, environment: null }, { type: 'AWS::KMS::Key', name: 'key/raw', keeps: true, environment: 'analytics' },
    { type: 'AWS::S3::Bucket', name: 'named-by-parameter', keeps: true, environment: { Ref: 'Environment' } },
    { type: 'AWS::Glue::Database', name: 'churn__data', keeps: true, environment: null },
  );
  const { items } = await plan(...PROFILES, '--include-data');
  expect(items.filter(({ name }) => /raw|parameter|__/.test(name)).map(({ name, fate, why }) => `${fate} ${name}: ${why}`)).toEqual([
    'delete churn__data: The template of the stack churn-app keeps it; it holds descriptions of tables, and --include-data was said.',
    'keep raw: The template of the stack churn-app keeps it, and nothing says that it is the environment\'s; it holds objects, with their earlier versions.',
    'delete named-by-parameter: The template of the stack churn-app keeps it; it holds objects, with their earlier versions, and --include-data was said.',
    'keep key/raw: The template of the stack churn-app keeps it, and nothing says that it is the environment\'s; it holds the only way to read what it encrypted.',
  ]);
}, 60_000);

test('what a team keeps in the stack of the environment without retaining it goes with it, which is said before', async () => {
  world.account(HOME).stacks[0].resources.push(
    { type: 'AWS::S3::Bucket', name: 'raw', environment: null }, { type: 'AWS::DynamoDB::Table', name: 'orders', environment: 'sales' }, { type: 'AWS::S3::Bucket', name: 'ours' },
  );
  const { items } = await plan(...PROFILES, '--include-data');
  expect(items.find(({ name }) => name === 'churn-app')!.why).toBe(
    'It is the environment, with 10 resources. Its template does not keep raw, orders, ours, and data goes with it. Of these, nothing says that raw, orders is the environment\'s.',
  );
}, 60_000);

test('a target that a stack set has let go of goes by itself, and what it keeps is kept', async () => {
  const [set] = world.account(PLATFORM).stackSets, { name } = set.instances.get(PRODUCTION)!;
  set.instances.clear();
  const found = await plan(...PROFILES);
  expect(brief(found)).toEqual(expect.arrayContaining([`targets ${PRODUCTION}: delete stack ${name}`, `kept ${PRODUCTION}: keep AWS::S3::Bucket churn--production-captures`]));
}, 60_000);

describe('what outlives the environment behind a policy of its own', () => {
  test('says who can delete it: for buckets the root user, for keys CloudFormation as the role that deployed it', async () => {
    const [stack] = world.account(HOME).stacks;
    Object.assign(stack.options, { role: `arn:aws:iam::${HOME}:role/deploys` });
    stack.status = 'DELETE_COMPLETE';
    for (const id of ['1', 'waits-for-its-deletion']) world.account(HOME).tagged.set(`arn:aws:kms:eu-west-1:${HOME}:key/${id}`, { environment: 'churn', stack: stack.id });
    world.account(HOME).keep('AWS::KMS::Key', '1');
    const how = (type: string, { items }: Planned) => items.find((item) => item.type === type && item.account === HOME)!.how;
    const found = await plan('--include-data', '--without', STAGING, '--without', PRODUCTION);
    expect(how('AWS::S3::Bucket', found)).toBe('Its policy outlives the environment and lets only the role of deployments change it: as the account\'s root user, aws s3api delete-bucket-policy '
      + `--bucket churn--releases-${HOME}-eu-west-1 (from the organization's management account, with the session of aws sts assume-root --target-principal ${HOME} `
      + '--task-policy-arn arn=arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy); then run clean-up with --include-data, or empty and delete it');
    expect(how('AWS::KMS::Key', found)).toBe('Its policy outlives the environment and lets only the role of deployments change it: have CloudFormation import the key and its aliases as that role '
      + 'into a new stack, whose template gives them DeletionPolicy Delete (aws cloudformation create-change-set --change-set-type IMPORT --region eu-west-1 '
      + `--role-arn arn:aws:iam::${HOME}:role/deploys, with KeyId 1 among --resources-to-import), and delete that stack`);
    expect(found.items.filter(({ type }) => type === 'AWS::KMS::Key').map(({ name }) => name)).toEqual(['1', 'key/churn']);
  }, 60_000);
});

test('types that hold data are those that cfn-lint knows', () => {
  const folder = resolve(__dirname, '..', '..', '..', '.venv', 'lib');
  const [python] = readdirSync(folder), file = resolve(folder, python, 'site-packages', 'cfnlint', 'data', 'AdditionalSpecs', 'StatefulResources.json');
  const { ResourceTypes: known } = JSON.parse(readFileSync(file, 'utf8')) as { ResourceTypes: Record<string, object> };
  // Events that were not delivered are no work of people; an account is none of a stack's data.
  const passedOver = ['AWS::SQS::Queue', 'AWS::Organizations::Account'];
  expect(OTHERS).toEqual(Object.keys(known).filter((type) => kindOf(type) === undefined && !passedOver.includes(type)).sort());
});

test('only what it can delete is to be deleted', async () => {
  world.account(HOME).stacks[0].resources.push(...KINDS.map(({ type }) => ({ type, name: `churn--${type.split('::')[2].toLowerCase()}`, keeps: true })));
  const { items } = await plan(...PROFILES, '--include-data');
  expect(items.filter(({ fate, type }) => fate === 'delete' && REMOVALS[type] === undefined)).toEqual([]);
  expect(items.find(({ type }) => type === 'AWS::EFS::FileSystem')).toMatchObject({
    fate: 'keep', how: 'Delete its mount targets, then aws efs delete-file-system --region eu-west-1 --file-system-id churn--filesystem',
  });
}, 60_000);

test('a stack set that the stack of the environment made goes with it, and not before', async () => {
  world.account(HOME).stacks[0].resources.push({ type: 'AWS::CloudFormation::StackSet', name: 'churn--staging--forecast:1', environment: 'churn' });
  const { items } = await plan(...PROFILES);
  expect(items.filter(({ name }) => ['churn-app', 'churn--staging--forecast'].includes(name)).map(({ phase, name }) => `${phase} ${name}`)).toEqual(['environment churn-app']);
}, 60_000);

test('a stack set whose stack is gone is deleted by itself', async () => {
  world.account(PLATFORM).stacks[0].status = 'DELETE_COMPLETE';
  expect(brief(await plan(...PROFILES))).toContain(`targets ${PLATFORM}: delete stack set SecureMlopsTarget-churn-production`);
}, 60_000);

test('of images, those in the repositories of the environment are its own, and not those that a team keeps beside them', async () => {
  for (const name of ['churn/images', 'churn/released/images', 'churn/staging/releases', 'churn/web', 'churn/web/images']) world.account(HOME).keep('AWS::ECR::Repository', name);
  const { items } = await plan(...PROFILES, '--include-data');
  expect(items.filter(({ type }) => type === 'AWS::ECR::Repository').map(({ name }) => name).sort()).toEqual(['churn/images', 'churn/released/images', 'churn/releases', 'churn/staging/releases']);
}, 60_000);

test('what cannot be read is unknown, with the action that would tell', async () => {
  world.fault = ({ operation }) => operation === 'SageMaker.ListProjects' ? new Refusal('AccessDeniedException', 'not you') : undefined;
  const { code, unread } = await plan('--include-data', ...PROFILES);
  expect(code).toBe(3);
  expect(unread[0]).toEqual({ message: 'Nothing can be said of the projects: AccessDeniedException: not you.', remedy: 'Allow sagemaker:ListProjects, which would tell.' });
}, 60_000);

test('what the region lacks is nothing, and hinders nobody', async () => {
  world.fault = ({ operation }) => operation === 'SageMaker.ListMlflowTrackingServers' ? new Refusal('UnknownOperationException', '') : undefined;
  const { code, unread, absent } = await plan(...PROFILES);
  expect({ code, unread, absent }).toEqual({ code: 0, unread: [], absent: ['sagemaker:ListMlflowTrackingServers is not in eu-west-1, so that there is nothing of its kind.'] });
  const { output } = await world.run(['churn', ...PROFILES]);
  expect(output).toContain('nothing sagemaker:ListMlflowTrackingServers is not in eu-west-1, so that there is nothing of its kind.\n');
}, 60_000);

test('what cannot be read of one kind hides nothing of another', async () => {
  world.fault = ({ operation }) => /ListFeatureGroups|ListRepositories/.test(operation) ? new Refusal('AccessDeniedException', 'not you') : undefined;
  const { unread } = await plan('--without', STAGING, '--without', PRODUCTION);
  expect(unread.map(({ remedy }) => remedy)).toEqual(['Allow sagemaker:ListFeatureGroups, which would tell.', 'Allow codecommit:ListRepositories, which would tell.']);
}, 60_000);

test('a template that is not JSON says what to do, and not what to allow', async () => {
  const [stack] = world.account(HOME).stacks;
  stack.yaml = 'Resources: {}';
  const { unread } = await plan(...PROFILES);
  expect(unread[0]).toEqual({
    message: `Nothing can be said of the template of the stack ${stack.id}: it is not JSON.`,
    remedy: 'Deploy the stack with a template in JSON, as the CDK writes it; or delete the stack by hand, and run clean-up again.',
  });
}, 60_000);

test('a template that nobody can read is unknown', async () => {
  world.fault = ({ operation, account }) => operation === 'GetTemplate' && account === HOME ? new Refusal('ValidationError', 'not now') : undefined;
  const { code, unread } = await plan(...PROFILES);
  expect({ code, messages: unread.map(({ message }) => message) }).toEqual({
    code: 3, messages: [`Nothing can be said of the template of the stack ${world.account(HOME).stacks[0].id}: ValidationError: not now.`],
  });
}, 60_000);

test.each([
  [[], 'Say which environment is to be cleaned up, by its name.'],
  [['churn', 'sales'], 'One environment is cleaned up, and sales comes after it.'],
  [['Churn'], 'No environment is called Churn: names are 1-20 lower-case letters, digits and single hyphens.'],
  [['churn--2'], 'No environment is called churn--2'],
  [['churn', '--profile', 'staging'], '--profile staging names no account: say --profile 222222222222=<profile>.'],
  [['churn', '--profile', `${STAGING}=p3`], `The credentials that were named for ${STAGING} are for ${PRODUCTION}.`],
])('called wrongly (%j) ends with 2 and says why', async (parameters, message) => {
  const { code, output, errors } = await world.run(parameters);
  expect({ code, output }).toEqual({ code: 2, output: '' });
  expect(errors).toContain(message);
}, 60_000);
