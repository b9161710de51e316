import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { legsOf } from './assembly';
import { AwsApi } from './aws-api';
import { AccountsVariant, Act, Scene } from './variants';
import { CdkCli, inOneLine, interesting, Outcome } from '../cdk';
import { apply, NOBODY, Step } from '../changes';
import { compareRemains, compareState, retainedOf } from '../comparison';
import { Deployed, Inventory, LocalAws, REGION } from '../local-aws';
import { Report } from '../rehearsal';

type OfAccounts<T> = Record<string, T>;

/** One variant over several accounts of one local AWS, from nothing to nothing but what was to be kept. */
export class AccountsRehearsal {
  private readonly seconds: Record<string, number> = {};
  private readonly discrepancies: string[] = [];
  private readonly kept: string[] = [];
  private readonly scheduled: string[] = [];
  private resources = 0;
  private tail = '';
  /** The app as it is deployed. */
  private assembly = '';

  constructor(private readonly aws: LocalAws, private readonly variant: AccountsVariant, private readonly python: string) {}

  public async run(): Promise<Report> {
    const api = AwsApi.of(this.python, this.aws);
    try {
      await this.story(api);
    } catch (error) {
      this.discrepancies.push(error instanceof Error ? error.message : String(error));
    } finally {
      api.stop();
    }
    const { resources, seconds, kept, scheduled, discrepancies, tail } = this;
    return { variant: this.variant.name, resources, seconds, kept, scheduled, discrepancies, tail };
  }

  private async story(api: AwsApi): Promise<void> {
    const { organization, change, acts = [], cleansUp } = this.variant;
    if (organization) await this.aws.tell('organization', organization);
    this.assembly = this.synthesize(Step.FIRST);
    for (const account of new Set(legsOf(this.assembly).map((leg) => leg.account))) await this.expect('bootstrap', this.cli(account).bootstrap(account, REGION));
    await this.variant.prepare?.(this.scene(api), this.assembly);
    const before = await this.inventories();
    await this.deploy('deploy', this.assembly);
    this.resources = Object.values(await this.deployed()).flat().length;
    for (const act of acts.filter(({ beforeChange }) => beforeChange)) await this.play(act, api);
    if (change) await this.change();
    for (const act of acts.filter(({ beforeChange }) => !beforeChange)) await this.play(act, api);
    const ours = await this.deployed();
    if (!cleansUp) this.resources = Object.values(ours).flat().length;
    if (!cleansUp) await this.destroy(this.assembly);
    await this.compare((account, now) => {
      const chosen = this.variant.keeps?.[account] ?? [];
      this.note(account, compareRemains(before[account], now, cleansUp ? [] : retainedOf(this.assembly, ours[account]), chosen));
    });
  }

  private async play({ name, play, lasts, leaves }: Act, api: AwsApi): Promise<void> {
    const untouched = await this.inventories();
    const began = Date.now();
    await play(this.scene(api)).catch((error: Error) => { throw new Error(`${name}: ${error.message}`); });
    this.seconds.acts = (this.seconds.acts ?? 0) + (Date.now() - began) / 1000;
    if (lasts) return;
    await this.expectUnchanged(untouched, leaves, `${name}: `);
  }

  private scene(api: AwsApi): Scene {
    return { aws: this.aws, api, deploy: (step) => this.become(step) };
  }

  private async become(step: Step): Promise<void> {
    this.assembly = this.synthesize(step);
    await this.deploy('change', this.assembly);
  }

  private async change(): Promise<void> {
    await this.become(Step.CHANGED);
    const changed = await this.inventories();
    const broken = this.synthesize(Step.BROKEN);
    const [first] = legsOf(broken);
    const outcome = await this.cli(first.account).deploy(broken, first.stacks);
    this.seconds['broken change'] = outcome.seconds;
    if (outcome.succeeded || !inOneLine(outcome.output).includes(NOBODY)) {
      this.tail = interesting(outcome.output);
      throw new Error(`broken change ${outcome.succeeded ? 'succeeded' : 'failed for another reason'}`);
    }
    await this.expectUnchanged(changed);
  }

  private async deploy(step: string, assembly: string): Promise<void> {
    for (const { account, stacks } of legsOf(assembly)) await this.expect(step, this.cli(account).deploy(assembly, stacks));
  }

  private async destroy(assembly: string): Promise<void> {
    for (const { account, stacks } of legsOf(assembly).reverse()) await this.expect('destroy', this.cli(account).destroy(assembly, stacks));
  }

  /** Each account deploys its own stacks; nobody's credentials reach into another one. */
  private cli(account: string): CdkCli {
    return new CdkCli(this.aws.environment(account), join(this.aws.folder, 'cdk.log'));
  }

  private synthesize(step: Step): string {
    const outdir = join(this.aws.folder, `cdk.out.${step}`);
    const app = new App({ outdir, context: this.variant.context, analyticsReporting: false });
    this.variant.build(app, { step, region: REGION });
    apply(step, app);
    app.synth();
    return outdir;
  }

  private async expect(step: string, command: Promise<Outcome>): Promise<void> {
    const outcome = await command;
    this.seconds[step] = (this.seconds[step] ?? 0) + outcome.seconds;
    if (outcome.succeeded) return;
    this.tail = interesting(outcome.output);
    throw new Error(`${step} failed`);
  }

  private async compare(look: (account: string, now: Inventory) => void): Promise<void> {
    const now = await this.inventories();
    for (const account of this.variant.accounts) look(account, now[account]);
  }

  private expectUnchanged(since: OfAccounts<Inventory>, except?: RegExp, after = ''): Promise<void> {
    return this.compare((account, now) => this.discrepancies.push(
      ...compareState(since[account], now).filter((line) => !except?.test(line)).map((line) => `${after}${account}: ${line}`)));
  }

  private inventories(): Promise<OfAccounts<Inventory>> {
    return this.ofAll((account) => this.aws.inventory(account));
  }

  /** What the app's stacks and stack sets have deployed, without bootstrap stacks. */
  private deployed(): Promise<OfAccounts<Deployed[]>> {
    return this.ofAll(async (account) => (await this.aws.deployed(account)).filter(({ stack }) => stack !== 'CDKToolkit'));
  }

  private async ofAll<T>(ask: (account: string) => Promise<T>): Promise<OfAccounts<T>> {
    const answers: OfAccounts<T> = {};
    for (const account of this.variant.accounts) answers[account] = await ask(account);
    return answers;
  }

  private note(account: string, { kept, scheduled, discrepancies }: { kept: string[]; scheduled: string[]; discrepancies: string[] }): void {
    this.kept.push(...kept);
    this.scheduled.push(...scheduled);
    this.discrepancies.push(...discrepancies.map((line) => `${account}: ${line}`));
  }
}
