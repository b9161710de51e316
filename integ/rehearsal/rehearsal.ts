import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { CdkCli, inOneLine, interesting, Outcome } from './cdk';
import { apply, NOBODY, Step } from './changes';
import { compareRemains, compareState, retainedOf } from './comparison';
import { Deployed, Inventory, LocalAws, REGION } from './local-aws';
import { People } from './people';
import { FirstDeletion, Variant } from './variants';

/** How deep custom resources may depend on one another. */
const MOST_DELETIONS = 5;

/** What one rehearsal took and found. */
export interface Report {
  readonly variant: string;
  readonly resources: number;
  /** Seconds by step. */
  readonly seconds: Record<string, number>;
  /** What the user chose to keep, and is still there. */
  readonly kept: string[];
  /** Keys that wait out their deletion window. */
  readonly scheduled: string[];
  /** Everything that is not as it should be; empty when the rehearsal succeeded. */
  readonly discrepancies: string[];
  /** The interesting part of the logs of what failed. */
  readonly tail: string;
}

/** One variant, from an account with nothing to an account with nothing but what was to be kept. */
export class Rehearsal {
  private readonly cli: CdkCli;
  private readonly people: People;
  private readonly seconds: Record<string, number> = {};
  private readonly discrepancies: string[] = [];
  private resources = 0;
  private kept: string[] = [];
  private scheduled: string[] = [];
  private tail = '';

  constructor(private readonly aws: LocalAws, private readonly variant: Variant, private readonly account: string = '111111111111') {
    this.cli = new CdkCli(aws.environment(account), join(aws.folder, 'cdk.log'));
    this.people = new People(aws, account);
  }

  public async run(): Promise<Report> {
    try {
      await this.story();
    } catch (error) {
      this.discrepancies.push(error instanceof Error ? error.message : String(error));
    }
    const { resources, seconds, kept, scheduled, discrepancies, tail } = this;
    return { variant: this.variant.name, resources, seconds, kept, scheduled, discrepancies, tail };
  }

  private async story(): Promise<void> {
    await this.expect('bootstrap', this.cli.bootstrap(this.account, REGION));
    const before = await this.inventory();
    if (this.variant.failedFirstDeploy) await this.fail(before);
    let assembly = this.synthesize(Step.FIRST);
    await this.expect('deploy', this.cli.deploy(assembly));
    if (this.variant.objectsBeforeChange) await this.people.store();
    const stored = this.variant.objectsBeforeChange ? await this.people.stored() : [];
    if (this.variant.change) assembly = await this.change();
    await this.seeThatAllIsThere(stored);
    if (this.variant.refusedChange) await this.beRefused(this.variant.refusedChange);
    if (this.variant.people) await this.people.work();
    if (this.variant.refusedAtWork) assembly = await this.waitForPeople(this.variant.refusedAtWork);
    if (this.variant.objects) await this.people.store();
    const ours = await this.ours();
    this.resources = ours.length;
    await this.destroy(assembly);
    await this.seeThatAllIsThere(stored);
    this.note(compareRemains(before, await this.inventory(), retainedOf(assembly, ours), this.variant.keeps ?? []));
  }

  /** The first attempt fails half-way; nothing of it may stay. */
  private async fail(before: Inventory): Promise<void> {
    const assembly = this.synthesize(Step.FAILED_FIRST_DEPLOY);
    await this.expectFailure('failed deploy', this.cli.deploy(assembly), NOBODY);
    await this.expect('clearing up', this.cli.destroy(assembly));
    this.note(compareRemains(before, await this.inventory(), [], []));
  }

  private async change(): Promise<string> {
    const assembly = this.synthesize(Step.CHANGED);
    await this.expect('change', this.cli.deploy(assembly));
    const changed = await this.inventory();
    await this.expectFailure('broken change', this.cli.deploy(this.synthesize(Step.BROKEN)), NOBODY);
    this.discrepancies.push(...compareState(changed, await this.inventory()));
    return assembly;
  }

  /** Every version that was stored before the change must outlive it, and whatever comes later. */
  private async seeThatAllIsThere(stored: string[]): Promise<void> {
    const there = new Set(await this.people.stored());
    this.discrepancies.push(...stored.filter((version) => !there.has(version)).map((version) => `lost: ${version}`));
  }

  private async beRefused(because: string): Promise<void> {
    const before = await this.inventory();
    await this.expectFailure('refused change', this.cli.deploy(this.synthesize(Step.REFUSED)), because);
    this.discrepancies.push(...compareState(before, await this.inventory()));
  }

  private async waitForPeople(because: string): Promise<string> {
    await this.beRefused(because);
    await this.people.goHome();
    const assembly = this.synthesize(Step.REFUSED);
    await this.expect('allowed change', this.cli.deploy(assembly));
    return assembly;
  }

  private async destroy(assembly: string): Promise<void> {
    const first = this.variant.refusedFirst;
    if (first) await this.failToDestroy(assembly, first);
    await this.expect('destroy', first?.loseAnswers ? this.destroyAgainAndAgain(assembly, first.because) : this.cli.destroy(assembly));
  }

  private async failToDestroy(assembly: string, first: FirstDeletion): Promise<void> {
    if (first.loseAnswers) await this.aws.loseAnswers(this.account);
    await this.expectFailure('refused destroy', this.cli.destroy(assembly), first.because);
    await first.then?.(this.people);
  }

  /** Each custom resource's answer is lost once; what it depends on is not reached before the next deletion. */
  private async destroyAgainAndAgain(assembly: string, because: string): Promise<Outcome> {
    let seconds = 0;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.cli.destroy(assembly);
      seconds += outcome.seconds;
      if (outcome.succeeded || attempt === MOST_DELETIONS || !outcome.output.includes(because)) return { ...outcome, seconds };
    }
  }

  private synthesize(step: Step): string {
    const outdir = join(this.aws.folder, `cdk.out.${step}`);
    const app = new App({ outdir, context: this.variant.context, analyticsReporting: false });
    this.variant.build(app, { step, account: this.account, region: REGION });
    apply(step, app);
    app.synth();
    return outdir;
  }

  private async expect(step: string, command: Promise<Outcome>): Promise<void> {
    const outcome = await command;
    this.seconds[step] = outcome.seconds;
    if (outcome.succeeded) return;
    this.tail = interesting(outcome.output);
    throw new Error(`${step} failed`);
  }

  /** A step that must fail, for this reason and no other. */
  private async expectFailure(step: string, command: Promise<Outcome>, reason: string): Promise<void> {
    const outcome = await command;
    this.seconds[step] = outcome.seconds;
    if (!outcome.succeeded && inOneLine(outcome.output).includes(inOneLine(reason))) return;
    this.tail = interesting(outcome.output);
    throw new Error(outcome.succeeded ? `${step} succeeded` : `${step} failed for another reason than "${reason}"`);
  }

  private inventory(): Promise<Inventory> {
    return this.aws.inventory(this.account);
  }

  /** What our stacks have deployed, without the bootstrap stack. */
  private async ours(): Promise<Deployed[]> {
    return (await this.aws.deployed(this.account)).filter((resource) => resource.stack !== 'CDKToolkit');
  }

  private note({ kept, scheduled, discrepancies }: { kept: string[]; scheduled: string[]; discrepancies: string[] }): void {
    this.kept = kept;
    this.scheduled = scheduled;
    this.discrepancies.push(...discrepancies);
  }
}
