import { deletionOf, importersOf, keptBy, Wish } from './deletion';
import { identityOf, Item, PHASES } from './item';
import { keysOf, namedOf, taggedOf } from './kept';
import { rankOf } from './kinds';
import { NAMED } from './lists';
import { DeployedResource, DeployedStack, parameterPrefix, Place } from './place';
import { Launched, launchedIn, projectsOf } from './projects';
import { deletedStackSetsOf, StackSet, stackSetsOf } from './stack-sets';
import { isOfProject, isTagged, makerOf, makerRoleOf, othersAmong, resourcesOf, roleOf, stackById, stackSetOf, stacksOf, templateOf } from './stacks';
import { studioOf } from './studio';
import { NotInRegion, Unread } from '../aws/account';
import { Template } from '../planned-stack';

/** What becomes of an environment. */
export interface Plan {
  readonly items: Item[];
  /** Sentences: what could not be read. Nothing is deleted while there is any. */
  readonly unread: { readonly message: string; readonly remedy: string }[];
  /** Sentences: services that are not in the region, and of which there is nothing. */
  readonly absent: string[];
}

/** A stack of the environment itself, or of a target. */
interface Own {
  readonly stack: DeployedStack;
  readonly role: 'environment' | 'target';
  readonly resources: DeployedResource[];
  readonly template: Template;
}

/** What people have launched, and what stacks of members among that have made. */
interface People {
  readonly launched: Launched[];
  readonly members: DeployedResource[];
}

/** Looks at every place for what is of the environment, and says what becomes of it. */
export class Planning {
  private readonly unread: Plan['unread'] = [];
  private readonly absent = new Set<string>();
  private readonly items: Item[] = [];
  private readonly own = new Map<Place, Own[]>();
  private readonly stackSets: StackSet[] = [];
  private deleted?: Set<string>[];

  public constructor(
    private readonly places: Place[],
    private readonly wish: Wish & { readonly without: string[] },
    private readonly progress: (place: Place, what: string) => void,
  ) {}

  public async plan(): Promise<Plan> {
    for (const place of this.places) {
      this.progress(place, 'stacks');
      await this.try(async () => this.own.set(place, await ownStacks(place)));
      await this.try(async () => this.stackSets.push(...await stackSetsOf(place)));
    }
    for (const place of this.places) await this.look(place);
    await this.try(() => this.lookElsewhere());
    const once = new Map<string, Item>();
    for (const item of this.items) if (!once.has(identityOf(item))) once.set(identityOf(item), item);
    const order = (one: Item, other: Item) => PHASES.indexOf(one.phase) - PHASES.indexOf(other.phase) || rankOf(one.type) - rankOf(other.type);
    return { items: [...once.values()].sort(order), unread: this.unread, absent: [...this.absent] };
  }

  private async look(place: Place): Promise<void> {
    const own = this.own.get(place) ?? [];
    this.progress(place, 'projects');
    let launched: Launched[] = [];
    await this.try(async () => { launched = await launchedIn(place); });
    const readers = await this.readers(place, own);
    const ofType = (type: string) => own.flatMap((one) => wornBy(place, one, type));
    const marks = { readers, products: ofType('AWS::ServiceCatalog::CloudFormationProduct'), buckets: ofType('AWS::S3::Bucket') };
    let projects: Item[] = [];
    const members: DeployedResource[] = [];
    await this.try(async () => { projects = await projectsOf(place, launched, marks); });
    const [before, after] = [false, true].map((isMember) => projects.filter(({ phase }) => (phase === 'studio') === isMember));
    this.items.push(...before);
    for (const { PhysicalId } of launched.filter(({ Id }) => after.some(({ name }) => name === Id))) {
      await this.try(async () => members.push(...await resourcesOf(place, PhysicalId!)));
    }
    for (const reader of readers) await this.try(() => this.lookAtReader(place, reader, launched));
    for (const set of this.stackSets.filter((one) => one.place === place)) await this.try(() => this.lookAtStackSet(set));
    this.progress(place, 'stacks');
    for (const one of own) await this.try(() => this.lookAtOwn(place, one, own, { launched, members }));
    this.items.push(...after);
    await this.try(() => this.lookAtExecutionRoles(place));
    this.progress(place, 'what is kept');
    for (const named of NAMED) await this.try(async () => this.items.push(...await namedOf(place, named, this.wish)));
    for (const look of [taggedOf, keysOf]) await this.try(async () => this.items.push(...await look(place, this.wish)));
  }

  /** Stacks that read the environment's parameters, and are none of its own. */
  private async readers(place: Place, own: Own[]): Promise<DeployedStack[]> {
    const found: DeployedStack[] = [];
    await this.try(async () => {
      found.push(...(await stacksOf(place)).filter(({ id, parameters }) => (
        parameters.some((value) => value.startsWith(parameterPrefix(place))) && own.every(({ stack }) => stack.id !== id)
      )));
    });
    return found;
  }

  private async lookAtReader(place: Place, stack: DeployedStack, launched: Launched[]): Promise<void> {
    const { id, name, status } = stack, set = stackSetOf(name);
    const isProject = launched.some(({ PhysicalId }) => PhysicalId === id) || isOfProject(name);
    if (isProject || this.isPlaced(place, set) || status === 'DELETE_COMPLETE') return;
    const item = { account: place.account, region: place.region, type: 'stack', name };
    if (set?.startsWith(`${place.environment}--`) && [...this.own.values()].flat().some(({ role }) => role === 'environment')) {
      this.items.push(...await deletionOf(place, stack, 'endpoints', `The stack set ${set} has let go of it`, this.wish));
    } else {
      this.items.push({ ...item, phase: 'endpoints', fate: 'blocked', why: 'It reads parameters of the environment, and nothing says that it is its own.', how: set === undefined ? 'Delete it first.' : `Name the account of the stack set ${set} with --profile or --role, or delete it first.` });
    }
  }

  /** Whether a stack set has a stack in an account still, with which it goes. */
  private isPlaced({ account }: Place, set: string | undefined): boolean {
    return this.stackSets.some(({ name, accounts }) => name === set && accounts.includes(account));
  }

  /** Whether one of the accounts had a stack set, and none has one of that name still. */
  private async wasDeleted(set: string): Promise<boolean> {
    this.deleted ??= await Promise.all(this.places.map(deletedStackSetsOf));
    return this.deleted.some((names) => names.has(set)) && this.stackSets.every(({ name }) => name !== set);
  }

  private async lookAtStackSet({ place, name, phase, callAs, accounts, maker, loses }: StackSet): Promise<void> {
    const where = accounts.length === 0 ? 'It is empty.' : `It has stacks in ${accounts.join(', ')}.`;
    const item = { phase, account: place.account, region: place.region, type: 'stack set', name, callAs };
    const known = maker === undefined ? undefined : await stackById(place, maker);
    const stack = known?.status === 'DELETE_COMPLETE' ? undefined : known;
    if (loses.length > 0 && !this.wish.includeData) {
      this.items.push({ ...item, fate: 'blocked', why: `${where} Its template does not keep ${loses.join(', ')}, and data would go with it.`, how: 'Say --include-data, or deploy it with removalPolicy RETAIN.' });
    } else if (stack === undefined) {
      this.items.push({ ...item, fate: 'delete', why: where });
    } else if (!(this.own.get(place) ?? []).some((one) => one.stack.id === stack.id)) {
      const besides = await this.besides(place, stack);
      if (besides.length === 0) this.items.push(...await deletionOf(place, stack, phase, `It made the stack set ${name}. ${where} The stack goes`, this.wish));
      else this.items.push({ ...item, type: 'stack', name: stack.name, fate: 'blocked', why: `The stack holds ${besides.join(' and ')} as well.`, how: 'Take the stack set out of it, and deploy.' });
    }
  }

  /** What a stack holds besides stack sets of the environment and their roles. */
  private async besides(place: Place, { id }: DeployedStack): Promise<string[]> {
    const isOurs = ({ type, physicalId }: DeployedResource) => type === 'AWS::CloudFormation::StackSet'
      ? this.stackSets.some((set) => set.place === place && set.name === physicalId.split(':')[0]) : /^AWS::(IAM::|CDK::Metadata$)/.test(type);
    return (await resourcesOf(place, id)).filter((one) => one.status !== 'DELETE_COMPLETE' && !isOurs(one)).map(({ physicalId }) => physicalId);
  }

  private async lookAtOwn(place: Place, one: Own, all: Own[], { launched, members }: People): Promise<void> {
    const { stack, role, resources } = one;
    if (othersAmong(place, resources).length > 0) {
      // In the first phase: whatever cannot go with the stack does not go before it.
      this.items.push((await deletionOf(place, stack, 'projects', '', this.wish))[0]);
      return;
    }
    const set = stackSetOf(stack.name);
    if (set !== undefined) {
      const isKnown = this.stackSets.some(({ name }) => name === set);
      const left = isKnown ? !this.isPlaced(place, set) && 'has let go of it' : await this.wasDeleted(set) && 'placed it and is deleted';
      if (left) {
        this.items.push(...await deletionOf(place, stack, 'targets', `The stack set ${set} ${left}`, this.wish));
        return;
      }
      this.items.push(...await keptBy(place, stack, this.wish));
      if (isKnown) return;
      this.items.push({ phase: 'targets', account: place.account, region: place.region, type: 'stack', name: stack.name, fate: 'blocked', why: `The stack set ${set} of another account placed it.`, how: `Name that account with --profile or --role, so that it says whether the stack set is deleted; or, if nobody knows it any more: aws cloudformation delete-stack --region ${place.region} --stack-name ${stack.name}.` });
      return;
    }
    for (const physicalId of wornBy(place, one, 'AWS::SageMaker::Domain')) {
      this.progress(place, 'Studio');
      await this.try(async () => this.items.push(...await studioOf(place, physicalId, [...resources, ...members], this.wish)));
    }
    const product = launched.find(({ PhysicalId }) => PhysicalId === stack.id);
    const phase = role === 'environment' ? 'environment' : 'targets';
    for (const importer of await importersOf(place, stack)) {
      if (all.some((other) => other.stack.name === importer) || this.items.some(({ name }) => name === importer)) continue;
      this.items.push({ phase, account: place.account, region: place.region, type: 'stack', name: importer, fate: 'blocked', why: `It imports what the stack ${stack.name} exports.`, how: 'Delete it first, or take the import out of it.' });
    }
    const items = await deletionOf(place, stack, phase, role === 'environment' ? 'It is the environment' : 'It is a deployment target', this.wish);
    this.items.push(...items.map((item) => product === undefined || item.type !== 'stack' || item.fate !== 'delete' ? item
      : { ...item, type: 'provisioned product', name: product.Id, why: `${item.why} It was launched as ${product.Name}, and Service Catalog ends it.` }));
  }

  /** By these roles a stack set of targets enters the accounts of a list: they go after it. */
  private async lookAtExecutionRoles(place: Place): Promise<void> {
    for (const stack of (await stacksOf(place)).filter(({ name }) => name.endsWith('-execution-role'))) {
      const isOurs = ({ type, physicalId }: DeployedResource) => type === 'AWS::IAM::Role' && new RegExp(`^${place.environment}--[a-z][a-z0-9]*--target-exec-`).test(physicalId);
      if ((await resourcesOf(place, stack.id)).some(isOurs)) this.items.push(...await deletionOf(place, stack, 'targets', 'It lets the stack set of targets in', this.wish));
    }
  }

  /** Accounts that the environment deploys to, and for which no credentials were given. */
  private async lookElsewhere(): Promise<void> {
    const named = new Map<string, string>();
    for (const { accounts, name } of this.stackSets) for (const account of accounts) named.set(account, `The stack set ${name} has a stack there.`);
    for (const [place, own] of this.own) {
      for (const { template } of own.filter(({ role }) => role === 'environment')) {
        const text = JSON.stringify(template);
        for (const [, account, stage] of text.matchAll(new RegExp(`::(\\d{12}):role/(?:[^"*]*/)?${place.environment}--([a-z][a-z0-9]*)--`, 'g'))) named.set(account, `It is of the stage ${stage}.`);
      }
    }
    const [{ region, environment }] = this.places;
    for (const [account, why] of named) {
      if (this.places.some((place) => place.account === account) || this.wish.without.includes(account)) continue;
      this.items.push({
        phase: 'targets',
        account,
        region,
        type: 'account',
        name: account,
        fate: 'blocked',
        why: `${why} No credentials were given for it.`,
        how: `Say --profile ${account}=<profile> or --role ${account}=<ARN>; or have "npx cdk-secure-mlops clean-up ${environment} --region ${region}" run there, and say --without ${account}.`,
      });
    }
  }

  private async try(look: () => Promise<unknown>): Promise<void> {
    try {
      await look();
    } catch (error) {
      if (error instanceof NotInRegion) this.absent.add(`${error.action} is not in ${this.places[0].region}, so that there is nothing of its kind.`);
      else if (error instanceof Unread) this.say({ message: `Nothing can be said of ${error.subject}: ${error.reason.replace(/[.]$/, '')}.`, remedy: error.remedy });
      else throw error;
    }
  }

  /** Several looks may fail at the same. */
  private say(unread: Plan['unread'][number]): void {
    if (this.unread.every(({ message }) => message !== unread.message)) this.unread.push(unread);
  }
}

/** What a stack has made of a type, and what wears the environment's tag: others may have something of the kind in the same stack. */
function wornBy(place: Place, { resources, template }: Own, type: string): string[] {
  if (othersAmong(place, resources).length > 0) return [];
  return resources.filter((one) => one.type === type && one.status !== 'DELETE_COMPLETE' && isTagged(place, template, one)).map(({ physicalId }) => physicalId);
}

/** Stacks that made parameters of the environment: those that CloudFormation names, and those that have begun to go. */
async function ownStacks(place: Place): Promise<Own[]> {
  const prefix = parameterPrefix(place);
  const question = { action: 'ssm:GetParametersByPath', subject: `the parameters below ${prefix}` };
  const parameters = await place.aws.allJson<{ Name: string }>('ssm', 'AmazonSSM', question, 'Parameters', { Path: prefix, Recursive: true });
  const ids = new Set<string>();
  for (const { Name } of parameters.filter((one) => makerRoleOf(place, one.Name) !== undefined)) {
    const maker = await makerOf(place, Name);
    if (maker !== undefined) ids.add(maker);
  }
  const stacks = await stacksOf(place);
  for (const { id, status } of stacks) if (/^DELETE_|^ROLLBACK_|^CREATE_FAILED$/.test(status)) ids.add(id);
  const found: Own[] = [];
  for (const stack of stacks.filter(({ id }) => ids.has(id))) {
    const resources = await resourcesOf(place, stack.id);
    const role = roleOf(place, resources);
    if (role !== undefined) found.push({ stack, role, resources, template: await templateOf(place, stack.id) });
  }
  return found;
}
