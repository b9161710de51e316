import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { CdkCli, Outcome } from './cdk';
import { apply, NOBODY, Step } from './changes';
import { Deployed, Inventory, LocalAws, REGION } from './local-aws';
import { People } from './people';
import { Variant } from './variants';

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
  private readonly seconds: Record<string, number> = {};
  private readonly discrepancies: string[] = [];
  private tail = '';

  constructor(private readonly aws: LocalAws, private readonly variant: Variant, private readonly account: string = '111111111111') {
    this.cli = new CdkCli(aws.environment(account), join(aws.folder, 'cdk.log'));
  }

  public async run(): Promise<Report> {
    let resources = 0, kept: string[] = [], scheduled: string[] = [];
    try {
      await this.expect('bootstrap', this.cli.bootstrap(this.account, REGION));
      const before = await this.aws.inventory(this.account);
      let assembly = this.synthesize(Step.FIRST);
      await this.expect('deploy', this.cli.deploy(assembly));
      resources = (await this.ours()).length;
      if (this.variant.change) {
        assembly = this.synthesize(Step.CHANGED);
        await this.expect('change', this.cli.deploy(assembly));
        const changed = await this.aws.inventory(this.account);
        await this.expectFailure('broken change', this.cli.deploy(this.synthesize(Step.BROKEN)), NOBODY);
        this.compareState(changed, await this.aws.inventory(this.account));
      }
      const people = new People(this.aws, this.account);
      if (this.variant.people) await people.work();
      const retained = this.retained(await this.ours(), assembly);
      const first = this.variant.refusedFirst;
      if (first) {
        if (first.loseAnswers) await this.aws.loseAnswers(this.account);
        await this.expectFailure('refused destroy', this.cli.destroy(assembly), first.because);
        await first.then?.(people);
      }
      await this.expect('destroy', first?.loseAnswers ? this.destroyAgainAndAgain(assembly, first.because) : this.cli.destroy(assembly));
      ({ kept, scheduled } = this.compareRemains(before, await this.aws.inventory(this.account), retained));
    } catch (error) {
      this.discrepancies.push(error instanceof Error ? error.message : String(error));
    }
    return { variant: this.variant.name, resources, seconds: this.seconds, kept, scheduled, discrepancies: this.discrepancies, tail: this.tail };
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
    if (!outcome.succeeded && outcome.output.includes(reason)) return;
    this.tail = interesting(outcome.output);
    throw new Error(outcome.succeeded ? `${step} succeeded` : `${step} failed for another reason than "${reason}"`);
  }

  /** Each custom resource's answer is lost once; what depends on it is not reached before the next deletion. */
  private async destroyAgainAndAgain(assembly: string, because: string): Promise<Outcome> {
    let outcome = await this.cli.destroy(assembly);
    for (let attempt = 1; attempt < MOST_DELETIONS && !outcome.succeeded && outcome.output.includes(because); attempt++) outcome = await this.cli.destroy(assembly);
    return outcome;
  }

  /** What our stacks have deployed, without the bootstrap stack. */
  private async ours(): Promise<Deployed[]> {
    return (await this.aws.deployed(this.account)).filter((resource) => !resource.stack.startsWith('CDKToolkit'));
  }

  /** After a rollback everything is as it was. */
  private compareState(before: Inventory, after: Inventory): void {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (isBootstrap(key)) continue;
      if (!(key in after)) this.discrepancies.push(`gone after the rollback: ${key}`);
      else if (!(key in before)) {
        if (!after[key].endsWith(':PendingDeletion')) this.discrepancies.push(`left behind by the rollback: ${key}`);
      } else if (before[key] !== after[key]) this.discrepancies.push(`not rolled back: ${key}`);
    }
  }

  private retained(deployed: Deployed[], assembly: string): Deployed[] {
    const manifest = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as { artifacts: Record<string, { properties?: { templateFile?: string } }> };
    const keeping = new Set<string>();
    for (const artifact of Object.values(manifest.artifacts)) {
      const file = artifact.properties?.templateFile;
      if (!file?.endsWith('.template.json') || !existsSync(join(assembly, file))) continue;
      const template = JSON.parse(readFileSync(join(assembly, file), 'utf8')) as { Resources?: Record<string, { DeletionPolicy?: string }> };
      for (const [id, resource] of Object.entries(template.Resources ?? {})) if (resource.DeletionPolicy?.startsWith('Retain')) keeping.add(id);
    }
    return deployed.filter((resource) => resource.logicalId !== null && keeping.has(resource.logicalId));
  }

  /** What is there and was not there before must be what the user chose to keep: all of it, and nothing else. */
  private compareRemains(before: Inventory, after: Inventory, retained: Deployed[]): { kept: string[]; scheduled: string[] } {
    const kept: string[] = [], scheduled: string[] = [];
    const missing = new Set(retained.map((resource) => `${resource.type} ${resource.ref}`));
    let wanted = [...(this.variant.keeps ?? [])];
    for (const key of Object.keys(before)) if (!(key in after)) this.discrepancies.push(`destroyed, though it was there before: ${key}`);
    for (const key of Object.keys(after)) {
      if (key in before || isBootstrap(key)) continue;
      const owner = retained.find((resource) => key.includes(resource.ref));
      const choice = wanted.find((pattern) => pattern.test(key));
      if (owner) {
        missing.delete(`${owner.type} ${owner.ref}`);
        kept.push(key);
        if (after[key].endsWith(':PendingDeletion')) this.discrepancies.push(`kept, but scheduled for deletion: ${key}`);
      } else if (choice) {
        wanted = wanted.filter((pattern) => pattern !== choice);
        kept.push(key);
      } else if (after[key].endsWith(':PendingDeletion')) scheduled.push(key);
      else this.discrepancies.push(`left behind: ${key}`);
    }
    for (const resource of missing) this.discrepancies.push(`was to be kept, and is gone: ${resource}`);
    for (const pattern of wanted) this.discrepancies.push(`was to be kept, and is gone: ${pattern.source}`);
    return { kept, scheduled };
  }
}

/** Templates of every step are in the bootstrap bucket. */
function isBootstrap(key: string): boolean {
  return key.includes('cdk-hnb659fds-');
}

function interesting(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  // The CLI says everything twice, and a failed resource brings down others that are no news.
  const failures = lines.filter((line) => /FAILED|❌|rror:|denied/.test(line) && !line.includes('Resource deletion cancelled'));
  return [...new Set(failures)].slice(0, 12).map((line) => line.slice(0, 700)).join('\n');
}
