import { execFile } from 'child_process';
import { appendFileSync } from 'fs';
import { join, resolve } from 'path';
import { Credentials } from './aws-api';
import { FIRST as HOME, STAGING } from './organization';
import { StudioUser } from './studio-user';
import { AccountsVariant, Scene } from './variants';
import { Outcome } from '../../../src/cli/clean-up/execute';
import { Item } from '../../../src/cli/clean-up/item';
import { LastingEndpointStack, LastingStack, LastingTargetStack } from '../apps/clean-up';
import { Inventory, REGION } from '../local-aws';
import { People } from '../people';

const COMMAND = resolve(__dirname, '..', '..', '..', 'assets', 'cli', 'cdk-secure-mlops.js');
const ACCOUNTS = [HOME, STAGING];
const cleaner = (account: string) => `arn:aws:iam::${account}:role/cleaner`;
/** The team's own, which is no part of the environment. */
const RAW = `raw-${HOME}`;

/** What the command has said. */
interface Said {
  readonly code: number;
  readonly items: Item[];
  readonly unread: { readonly message: string; readonly remedy: string }[];
  readonly outcomes?: Outcome[];
}

/** An environment goes by one command, over two accounts, with the least policy that the command prints. */
export function cleanUp(): AccountsVariant {
  const story = new CleanUpStory();
  return {
    name: 'clean-up',
    proves: 'an environment that keeps its data goes by clean-up over two accounts, with the policy that it prints; what stays is what it said, and with its data nothing stays',
    accounts: ACCOUNTS,
    build: (app, { region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const { churn: environment, stage } = new LastingStack(app, 'Churn', { ...of(HOME), staging: STAGING, cleaner: cleaner(HOME) });
      const target = new LastingTargetStack(app, 'Target', { ...of(STAGING), environment, stage });
      new LastingEndpointStack(app, 'Endpoint', { ...of(HOME), environment, stage }).addDependency(target);
    },
    prepare: (scene) => story.prepare(scene),
    cleansUp: true,
    acts: [
      { name: 'people work', lasts: true, play: (scene) => story.work(scene) },
      { name: 'work of people is in the way', play: (scene) => story.waitForPeople(scene) },
      { name: 'people go home', lasts: true, play: (scene) => new People(scene.aws, HOME).goHome() },
      { name: 'clean-up says what it would do', play: (scene) => story.plan(scene) },
      { name: 'clean-up keeps data', lasts: true, play: (scene) => story.keepData(scene) },
      { name: 'clean-up deletes data', lasts: true, play: (scene) => story.deleteData(scene) },
      { name: 'the locks of a target are opened', lasts: true, play: (scene) => story.unlock(scene) },
    ],
  };
}

/** How somebody cleans up who has read what the command says. */
class CleanUpStory {
  private before: Record<string, Inventory> = {};
  private planned: Item[] = [];

  /** A role in each account, with the policy that the command prints. */
  public async prepare(scene: Scene): Promise<void> {
    const { output } = await run(scene, undefined, ['--policy', '--include-data']);
    for (const account of ACCOUNTS) {
      const trusted = account === HOME ? { AWS: `arn:aws:iam::${HOME}:root` } : { AWS: cleaner(HOME) };
      const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }] });
      const RoleName = 'cleaner';
      await scene.api.call(account, 'iam', 'create_role', { RoleName, AssumeRolePolicyDocument });
      await scene.api.call(account, 'iam', 'put_role_policy', { RoleName, PolicyName: 'clean-up', PolicyDocument: output });
    }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: cleaner(STAGING) }] });
    await scene.api.call(HOME, 'iam', 'put_role_policy', { RoleName: 'cleaner', PolicyName: 'others', PolicyDocument });
    this.before = await this.inventories(scene);
  }

  /** A project with a version of its model, spaces with JupyterLab, and objects in every bucket. */
  public async work(scene: Scene): Promise<void> {
    const alice = await StudioUser.of(scene.aws, scene.api, HOME, 'churn--studio-execution');
    const { ProjectStatus } = await alice.create('forecast', await alice.product('Train'));
    if (ProjectStatus !== 'CreateCompleted') throw new Error(`the project is ${ProjectStatus}`);
    const { ModelPackageGroupSummaryList: [group] } = await scene.api.call<{ ModelPackageGroupSummaryList: object[] }>(HOME, 'sagemaker', 'list_model_package_groups');
    await scene.api.call(HOME, 'sagemaker', 'create_model_package', {
      ...group, InferenceSpecification: { Containers: [{ Image: `${HOME}.dkr.ecr.${REGION}.amazonaws.com/model:1` }] },
    });
    for (const account of ACCOUNTS) await new People(scene.aws, account).store();
    await new People(scene.aws, HOME).work();
  }

  public async waitForPeople(scene: Scene): Promise<void> {
    const { code, items } = await this.clean(scene);
    const inTheWay = items.filter(({ fate }) => fate === 'blocked').map(({ type }) => type);
    if (code !== 1 || inTheWay.join() !== 'space,space') throw new Error(`clean-up ended with ${code}, and in the way are ${inTheWay.join()}`);
  }

  public async plan(scene: Scene): Promise<void> {
    const { code, items } = await this.clean(scene);
    if (code !== 0) throw new Error(`clean-up ended with ${code}: ${JSON.stringify(items.filter(({ fate }) => fate === 'blocked'))}`);
    this.planned = items;
  }

  /** What stays is what it has said, and all of that. */
  public async keepData(scene: Scene): Promise<void> {
    const { code, outcomes = [] } = await this.clean(scene, '--execute', '--yes');
    expectAll(outcomes, code, []);
    await this.expectRemains(scene, this.planned.filter(({ fate }) => fate === 'keep'));
  }

  /** The environment names the cleaner beside the role of deployments, and the target does not: there it is told who may do it. */
  public async deleteData(scene: Scene): Promise<void> {
    const { code, items, outcomes = [] } = await this.clean(scene, '--include-data', '--execute', '--yes');
    expectAll(outcomes, code, items.filter(({ account, type, fate }) => fate === 'delete' && account === STAGING && ['AWS::S3::Bucket', 'AWS::KMS::Key'].includes(type)));
    for (const { item: { how }, outcome, message = '' } of outcomes) {
      if (outcome === 'failed' && !message.includes(how!)) throw new Error(`it does not say who can: ${message}`);
    }
    await this.expectRemains(scene, [...items.filter(({ fate }) => fate === 'keep'), ...outcomes.filter(({ outcome }) => outcome !== 'deleted').map(({ item }) => item)]);
  }

  /** The root user deletes the policies of buckets; keys and aliases go as CloudFormation deletes them, by the role of deployments. */
  public async unlock(scene: Scene): Promise<void> {
    const { items } = await this.clean(scene, '--include-data');
    const locked = (type: string) => items.filter((item) => item.account === STAGING && item.type === type).map(({ name }) => name);
    for (const Bucket of locked('AWS::S3::Bucket')) await scene.api.call(STAGING, 's3', 'delete_bucket_policy', { Bucket });
    const deploying = await scene.aws.become(STAGING, {
      service: 'cloudformation.amazonaws.com', source: `arn:aws:cloudformation:${REGION}:${STAGING}:stack/import/1`, role: `arn:aws:iam::${STAGING}:role/cdk-hnb659fds-cfn-exec-role-${STAGING}-${REGION}`,
    });
    for (const KeyId of locked('AWS::KMS::Key')) {
      const { Aliases } = await scene.api.call<{ Aliases: { AliasName: string }[] }>(STAGING, 'kms', 'list_aliases', { KeyId });
      for (const { AliasName } of Aliases) await scene.api.call(deploying, 'kms', 'delete_alias', { AliasName });
      await scene.api.call(deploying, 'kms', 'schedule_key_deletion', { KeyId, PendingWindowInDays: 30 });
    }
    const { code, outcomes = [] } = await this.clean(scene, '--include-data', '--execute', '--yes');
    expectAll(outcomes, code, []);
    await this.expectRemains(scene, (await this.clean(scene, '--include-data')).items);
    await this.removeRaw(scene);
  }

  /** The team's own bucket has survived all that. */
  private async removeRaw({ api }: Scene): Promise<void> {
    const { Versions } = await api.call<{ Versions: { Key: string; VersionId: string }[] }>(HOME, 's3', 'list_object_versions', { Bucket: RAW });
    if (Versions.length === 0) throw new Error('the bucket of the team is empty');
    for (const { Key, VersionId } of Versions) await api.call(HOME, 's3', 'delete_object', { Bucket: RAW, Key, VersionId });
    await api.call(HOME, 's3', 'delete_bucket', { Bucket: RAW });
  }

  private async clean(scene: Scene, ...parameters: string[]): Promise<Said> {
    const who = await scene.api.assume(HOME, cleaner(HOME));
    const { code, output, errors } = await run(scene, who, ['--role', `${STAGING}=${cleaner(STAGING)}`, '--json', ...parameters]);
    if (!output.startsWith('{')) throw new Error(errors);
    const said = { code, ...JSON.parse(output) as Omit<Said, 'code'> };
    if (said.unread.length > 0) throw new Error(said.unread.map(({ message, remedy }) => `${message} ${remedy}`).join('\n'));
    return said;
  }

  /** Everything new is one of these, or the team's own, or a part of one, such as the objects of a bucket; and each of these is there. */
  private async expectRemains(scene: Scene, kept: Item[]): Promise<void> {
    const now = await this.inventories(scene), found = new Set<string>();
    for (const account of ACCOUNTS) {
      const names = [...kept.filter((item) => item.account === account).map(({ name }) => name), ...account === HOME ? [RAW] : []];
      for (const [key, value] of Object.entries(now[account])) {
        if (key in this.before[account] || key.includes('cdk-hnb659fds-') || value.includes('"KeyState": "PendingDeletion"')) continue;
        const owners = names.filter((name) => key.includes(name) || value.includes(name));
        if (owners.length === 0) throw new Error(`${key} of ${account} is left, and clean-up has not said so: ${value.slice(0, 300)}`);
        for (const name of names.filter((one) => key.includes(one))) found.add(`${account} ${name}`);
      }
    }
    const gone = kept.map(({ account, name }) => `${account} ${name}`).filter((one) => !found.has(one));
    if (gone.length > 0) throw new Error(`clean-up has said that these are kept, and they are gone: ${gone.join(', ')}`);
  }

  private async inventories({ aws }: Scene): Promise<Record<string, Inventory>> {
    return Object.fromEntries(await Promise.all(ACCOUNTS.map(async (account) => [account, await aws.inventory(account)])));
  }
}

/** All is deleted but these, which cannot be. */
function expectAll(outcomes: Outcome[], code: number, locked: Item[]): void {
  const wrong = outcomes.filter(({ item, outcome }) => (outcome === 'deleted') === locked.some(({ account, type, name }) => item.account === account && item.type === type && item.name === name));
  if (wrong.length > 0 || code !== (locked.length > 0 ? 1 : 0)) {
    throw new Error(`clean-up ended with ${code}: ${wrong.map(({ item: { type, name, account }, outcome, message }) => `${outcome} ${type} ${name} (${account}): ${message}`).join('\n')}`);
  }
}

/** The command as it is bundled, in a process of its own. */
function run({ aws }: Scene, who: Credentials | undefined, parameters: string[]): Promise<{ code: number; output: string; errors: string }> {
  const credentials = who && { AWS_ACCESS_KEY_ID: who.key, AWS_SECRET_ACCESS_KEY: who.secret, AWS_SESSION_TOKEN: who.token };
  const env = { ...aws.environment(HOME), ...credentials, HOME: join(aws.folder), POLL_MILLISECONDS: '300' };
  return new Promise((done) => {
    execFile(process.execPath, [COMMAND, 'clean-up', 'churn', ...parameters], { env, maxBuffer: 2 ** 24 }, (error, output, errors) => {
      appendFileSync(join(aws.folder, 'clean-up.log'), `clean-up churn ${parameters.join(' ')}\n${output}${errors}\n`);
      done({ code: error === null ? 0 : Number(error.code), output, errors });
    });
  });
}
