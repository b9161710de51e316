import { createHash } from 'crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Project } from './studio-user';
import { groupOf, Team } from './team';
import { Scene } from './variants';
import { PROJECTS, seedEnvironment } from '../../python/seed-environment';
import { ObjectStore, run } from '../delivery/object-store';
import { Played, SageMakerPipeline } from '../delivery/sagemaker-pipeline';

/** Where the team's data is: a prefix of the environment's data bucket that Studio may write to. */
export const PREFIX = 'outputs/measurements/';
/** How many of the rows there are at first. */
const FIRST_ROWS = 400;
/** The column that other instruments measure otherwise later. */
export const DRIFTED = 'mean_radius';
/** What the team has decided: the depth of trees is looked for. */
const DECIDED = {
  task: 'binary',
  input: PREFIX,
  gate: { metric: 'auc', comparison: 'at-least', threshold: 0.8 },
  tuning: { ranges: { max_depth: { minimum: 1, maximum: 5 } }, jobs: 3 },
};

/** What is registered of a version. */
export interface Version {
  readonly InferenceSpecification: { readonly Containers: { ModelDataUrl: string }[] };
  readonly CustomerMetadataProperties: Record<'input' | 'input-digest' | 'input-manifest' | 'report' | 'sample-payload', string>;
}

/** A training project of a team with data of its own, which is in the data bucket as it has arrived. */
export class Training {
  /** The same rows on this machine. */
  public readonly folder: string;
  private readonly python = seedEnvironment(console.error);
  private readonly rows: string[] = [];
  private header = '';

  constructor(private readonly scene: Scene, private readonly team: Team, private readonly project: Project) {
    this.folder = mkdtempSync(join(scene.aws.folder, 'data-'));
  }

  /** What somebody is like, as callers ask. */
  public get somebody(): string {
    return this.rows[0].split(',').slice(0, -1).join(',');
  }

  /** The configuration of the project, but for this. */
  public configuration(different: object = {}): Record<string, unknown> {
    return { ...JSON.parse(readFileSync(join(PROJECTS.train, 'config.json'), 'utf8')) as object, ...DECIDED, ...different };
  }

  /** Measurements of a hospital, as scikit-learn brings them along; Alice puts the first months' into the data bucket. */
  public async begins(): Promise<void> {
    const program = 'from training.dataset import bundled; print(bundled("breast_cancer").to_csv(index=False))';
    const table = await run(this.python, ['-c', program], { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' }, PROJECTS.train);
    const [header, ...rows] = table.trim().split(/\r?\n/);
    this.header = header;
    this.rows.push(...rows);
    await this.arrives('2030-01.csv', rows.slice(0, FIRST_ROWS));
  }

  /** The rest of them, of instruments that measure one column otherwise. */
  public async drifts(): Promise<string[]> {
    const column = this.header.split(',').indexOf(DRIFTED);
    const rows = this.rows.slice(FIRST_ROWS).map((row) => row.split(',').map((cell, at) => (at === column ? String(Number(cell) + 30) : cell)).join(','));
    await this.arrives('2030-02.csv', rows);
    return rows.map((row) => row.split(',').slice(0, -1).join(','));
  }

  /** A push of the project's code, the schedule or drift: the delivery pipeline writes the SageMaker pipeline and starts it, which runs. */
  public async runs(): Promise<Played> {
    const { scene, team, project } = this;
    const repository = mkdtempSync(join(scene.aws.folder, 'repository-'));
    cpSync(PROJECTS.train, repository, { recursive: true });
    writeFileSync(join(repository, 'config.json'), JSON.stringify(this.configuration(), null, 2));
    const before = await this.executions();
    await team.build(project, repository);
    const [execution, ...more] = (await this.executions()).filter((one) => !before.includes(one));
    if (execution === undefined || more.length > 0) throw new Error(`the build has started ${more.length + (execution ? 1 : 0)} executions`);
    return SageMakerPipeline.play({
      scene,
      account: team.account,
      folder: scene.aws.folder,
      python: this.python,
      vpc: await team.parameter('network/vpc-id'),
      pipelineRole: team.role('pipeline-execution'),
    }, execution);
  }

  public describe(ModelPackageName: string): Promise<Version> {
    return this.scene.api.call<Version>(this.team.account, 'sagemaker', 'describe_model_package', { ModelPackageName });
  }

  /** What an approver sees who opens the address of the report. */
  public async opened(report: string): Promise<string> {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(report)!;
    return (await this.scene.api.call<{ Body: string }>(await this.team.as('team-administrator'), 's3', 'get_object', { Bucket, Key })).Body;
  }

  /** The digest of what is there now, as the manifest of a run says it. */
  public digest(...names: string[]): string {
    const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
    const files = names.map((name) => {
      const content = readFileSync(join(this.folder, name));
      return `{"bytes": ${content.length}, "name": "${name}", "sha256": "${sha256(content)}"}`;
    });
    return sha256(`[${files.join(', ')}]`);
  }

  private async arrives(name: string, rows: string[]): Promise<void> {
    const { scene, team, folder } = this, file = join(folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, [this.header, ...rows, ''].join('\n'));
    const alice = await team.serving('sagemaker.amazonaws.com', '*', 'studio-execution', await team.parameter('network/vpc-id'));
    const url = `s3://${await team.parameter('storage/data-bucket')}/${PREFIX}${name}`;
    await new ObjectStore(scene.aws, scene.api).upload(alice, file, url, await team.parameter('encryption/data-key-arn'));
  }

  private async executions(): Promise<string[]> {
    const { scene: { api }, team: { account } } = this, PipelineName = groupOf(this.project);
    const listed = api.call<{ PipelineExecutionSummaries: { PipelineExecutionArn: string }[] }>(account, 'sagemaker', 'list_pipeline_executions', { PipelineName });
    const { PipelineExecutionSummaries: found } = await listed.catch(() => ({ PipelineExecutionSummaries: [] })); // no pipeline before the first push
    return found.map(({ PipelineExecutionArn }) => PipelineExecutionArn);
  }
}
