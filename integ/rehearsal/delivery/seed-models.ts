import { ChildProcess, spawn } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { run } from './object-store';
import { PROJECTS, seedEnvironment } from '../../python/seed-environment';
import { TrainedModel } from '../accounts/team';
import { Scene } from '../accounts/variants';

/** The seed code's model: trained on this machine, and served by its own server from what was deployed. */
export class SeedModels {
  private readonly python = seedEnvironment(console.error);
  /** Where the server of an artifact answers, by the artifact's place. */
  private readonly addresses = new Map<string, string>();
  private readonly servers: ChildProcess[] = [];

  /** `account`: where released models are. */
  constructor(private readonly scene: Scene, private readonly account: string, private readonly folder: string) {}

  /** All steps of the training project on this machine, with a variable or two that are different; without `data` of the bundled set. */
  public async train(
    name: string, variables: NodeJS.ProcessEnv = {}, data?: string,
  ): Promise<TrainedModel & { readonly metrics: Record<string, number> }> {
    const output = join(this.folder, name), artifact = join(output, 'model.tar.gz'), evaluation = join(output, 'evaluation', 'evaluation.json');
    await run(this.python, ['-m', 'training.local', '--output', output, ...data === undefined ? [] : ['--data', data]], this.environment(variables), PROJECTS.train);
    await run('tar', ['-czf', artifact, '-C', join(output, 'model'), '.'], { PATH: process.env.PATH });
    const [measured] = Object.values(JSON.parse(readFileSync(evaluation, 'utf8')) as Record<string, Record<string, { value: number }>>);
    const baseline = Object.fromEntries(['statistics', 'constraints'].map((what) => [what, join(output, 'baseline', `${what}.json`)]));
    return {
      artifact,
      sample: join(output, 'samples', 'payload.csv'),
      evaluation,
      baseline,
      metrics: Object.fromEntries(Object.entries(measured).map(([metric, { value }]) => [metric, value])),
    };
  }

  /** Serves what an endpoint has been given. Whether its role may read that is not weighed here: buckets of other accounts are not known to this AWS. */
  public async serve(account: string, endpoint: string): Promise<void> {
    const url = await this.modelDataOf(account, endpoint);
    if (url === undefined) return;
    if (!this.addresses.has(url)) {
      const place = mkdtempSync(join(this.folder, 'served-')), archive = join(place, 'model.tar.gz'), model = join(place, 'model');
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url)!;
      writeFileSync(archive, await this.scene.aws.object(this.account, bucket, key));
      mkdirSync(model);
      await run('tar', ['-xzf', archive, '-C', model], { PATH: process.env.PATH });
      this.addresses.set(url, await this.start(model));
    }
    await this.scene.aws.tell('serving', { endpoint, address: this.addresses.get(url) }, account);
  }

  public stop(): void {
    for (const server of this.servers) server.kill();
  }

  /** Nothing where an endpoint has gone back to a configuration that went with the update: it runs on as it was. */
  private async modelDataOf(account: string, EndpointName: string): Promise<string | undefined> {
    const { api } = this.scene;
    const { EndpointConfigName } = await api.call<{ EndpointConfigName: string }>(account, 'sagemaker', 'describe_endpoint', { EndpointName });
    const { EndpointConfigs } = await api.call<{ EndpointConfigs: { EndpointConfigName: string }[] }>(account, 'sagemaker', 'list_endpoint_configs');
    if (!EndpointConfigs.some((one) => one.EndpointConfigName === EndpointConfigName)) return undefined;
    const { ProductionVariants: [{ ModelName }] } = await api.call<{ ProductionVariants: { ModelName: string }[] }>(
      account, 'sagemaker', 'describe_endpoint_config', { EndpointConfigName });
    return (await api.call<{ PrimaryContainer: { ModelDataUrl: string } }>(account, 'sagemaker', 'describe_model', { ModelName })).PrimaryContainer.ModelDataUrl;
  }

  private start(model: string): Promise<string> {
    const server = spawn(this.python, ['-m', 'training.serve', '--model', model, '--port', '0'], {
      cwd: PROJECTS.train, env: this.environment(), stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.servers.push(server);
    return new Promise((done, failed) => {
      server.stdout.once('data', (line: Buffer) => done(line.toString().trim()));
      server.once('exit', (code) => failed(new Error(`the model was not served: ${code}`)));
    });
  }

  private environment(variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '1', ...variables };
  }
}
