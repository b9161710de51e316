import { mkdirSync, mkdtempSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { BuildProject, CodeBuild } from './code-build';
import { ObjectStore } from './object-store';
import { Credentials } from '../accounts/aws-api';
import { Ended, StackSetUser } from '../accounts/stack-sets';
import { Scene } from '../accounts/variants';
import { REGION } from '../local-aws';

interface Action {
  readonly Name: string;
  readonly Namespace?: string;
  readonly RunOrder: number;
  readonly ActionTypeId: { readonly Provider: string };
  readonly Configuration: Record<string, string>;
  readonly InputArtifacts?: { Name: string }[];
  readonly OutputArtifacts?: { Name: string }[];
}

interface Pipeline {
  readonly Name: string;
  readonly RoleArn: string;
  readonly ArtifactStore: { readonly Location: string; readonly EncryptionKey: { readonly Id: string } };
  readonly Stages: { Name: string; Actions: Action[] }[];
}

/** What stands around a pipeline. */
export interface DeliverySurroundings {
  readonly scene: Scene;
  readonly python: string;
  readonly account: string;
  /** Where builds work. */
  readonly folder: string;
  /** The content of the project's repository, as it was last pushed. */
  readonly repository: () => string;
  /** The programs that the builds of repositories have installed. */
  readonly path?: string;
}

/** A person who is asked for an approval; answers whether to go on. */
export type Approver = (asked: { pipeline: string; stage: string; action: string; message: string; link: string }) => Promise<void>;

/**
 * Runs a delivery pipeline as CodePipeline does: as the pipeline's role, from CodePipeline's own network, stage by stage,
 * handing artifacts on through the artifact bucket. Builds run for real; stack sets are CloudFormation's.
 */
export class CodePipeline {
  private readonly store: ObjectStore;
  private readonly builds: CodeBuild;
  private readonly artifacts = new Map<string, string>();
  private readonly variables = new Map<string, string>();

  constructor(private readonly around: DeliverySurroundings) {
    this.store = new ObjectStore(around.scene.aws, around.python);
    this.builds = new CodeBuild(around.scene.aws, this.store, around.account, REGION);
  }

  /** One execution of a pipeline, to its end or to the first action that fails. */
  public async execute(name: string, approver?: Approver): Promise<void> {
    const pipeline = (await this.around.scene.aws.resources<Pipeline>(this.around.account, 'AWS::CodePipeline::Pipeline')).find((one) => one.Name === name);
    if (pipeline === undefined) throw new Error(`there is no pipeline ${name}`);
    for (const stage of pipeline.Stages) {
      for (const action of [...stage.Actions].sort((a, b) => a.RunOrder - b.RunOrder)) {
        try {
          await this.act(pipeline, stage.Name, action, approver);
        } catch (error) {
          throw new Error(`${stage.Name}/${action.Name}: ${(error as Error).message}`);
        }
      }
    }
  }

  private async act(pipeline: Pipeline, stage: string, action: Action, approver?: Approver): Promise<void> {
    switch (action.ActionTypeId.Provider) {
      case 'CodeCommit': return this.fetch(pipeline, action);
      case 'CodeBuild': return this.build(pipeline, action);
      case 'Manual': return this.approve(pipeline, stage, action, approver);
      case 'CloudFormationStackSet': return this.deploy(pipeline, action);
      default: throw new Error(`nobody plays ${action.ActionTypeId.Provider}`);
    }
  }

  private become({ Name, RoleArn }: Pipeline): Promise<Credentials> {
    const { scene, account } = this.around;
    return scene.aws.become(account, { service: 'codepipeline.amazonaws.com', source: `arn:aws:codepipeline:${REGION}:${account}:${Name}`, role: RoleArn });
  }

  private async fetch(pipeline: Pipeline, { OutputArtifacts }: Action): Promise<void> {
    await this.handOn(await this.become(pipeline), pipeline, OutputArtifacts![0].Name, this.around.repository());
  }

  private async build(pipeline: Pipeline, action: Action): Promise<void> {
    const { scene, account, path } = this.around;
    const project = (await scene.aws.resources<BuildProject>(account, 'AWS::CodeBuild::Project')).find(({ Name }) => Name === action.Configuration.ProjectName);
    if (project === undefined) throw new Error(`there is no build ${action.Configuration.ProjectName}`);
    const who = await this.builds.become(project);
    const primary = action.Configuration.PrimarySource ?? action.InputArtifacts![0].Name;
    const names = [primary, ...action.InputArtifacts!.map(({ Name }) => Name).filter((name) => name !== primary)];
    const sources = await Promise.all(names.map(async (name) => ({ name, directory: await this.take(who, name) })));
    const told = JSON.parse(this.filled(action.Configuration.EnvironmentVariables ?? '[]')) as { name: string; value: string }[];
    const { directory, variables } = await this.builds.run(project, who, {
      sources, path, variables: Object.fromEntries(told.map(({ name, value }) => [name, value])),
    });
    for (const [name, value] of Object.entries(variables)) this.variables.set(`${action.Namespace}.${name}`, value);
    if (action.OutputArtifacts?.length) await this.handOn(who, pipeline, action.OutputArtifacts[0].Name, directory!);
  }

  private async approve({ Name }: Pipeline, stage: string, { Name: action, Configuration }: Action, approver?: Approver): Promise<void> {
    const { scene, account } = this.around;
    if (approver === undefined) throw new Error('nobody is there to approve');
    await scene.aws.tell('delivery', { pipeline: Name, stage, action, status: 'InProgress' }, account);
    const [message, link] = [Configuration.CustomData, Configuration.ExternalEntityLink].map((text) => this.filled(text));
    await approver({ pipeline: Name, stage, action, message, link });
    for (let attempt = 0; attempt < 100; attempt++) {
      const answer = (await scene.aws.deliveries(account)).answered[`${Name}/${stage}`];
      if (answer === 'Rejected') throw new Error('was rejected');
      if (answer === 'Approved') return;
      await sleep(50);
    }
    throw new Error('nobody answered');
  }

  /** As the CloudFormation stack set action does: creates or updates the set, then its instances. */
  private async deploy(pipeline: Pipeline, { Configuration: said }: Action): Promise<void> {
    const who = await this.become(pipeline);
    const { api } = this.around.scene;
    const template = JSON.parse(await this.file(who, said.TemplatePath)) as object;
    const Parameters = JSON.parse(await this.file(who, said.Parameters)) as object[];
    const accounts = JSON.parse(await this.file(who, said.DeploymentTargets)) as string[];
    const roles = { AdministrationRoleARN: said.AdministrationRoleArn, ExecutionRoleName: said.ExecutionRoleName };
    const stackSet = new StackSetUser(api, who, said.StackSetName);
    const exists = await api.call(who, 'cloudformation', 'describe_stack_set', { StackSetName: said.StackSetName }).then(() => true, () => false);
    if (exists) must(await stackSet.update(template, { Parameters, ...roles }));
    else await api.call(who, 'cloudformation', 'create_stack_set', { StackSetName: said.StackSetName, TemplateBody: JSON.stringify(template), Parameters, ...roles });
    const { Summaries } = await api.call<{ Summaries: { Account: string }[] }>(who, 'cloudformation', 'list_stack_instances', { StackSetName: said.StackSetName });
    const missing = accounts.filter((account) => !Summaries.some(({ Account }) => Account === account));
    if (missing.length > 0) must(await stackSet.place(missing));
  }

  private async file(who: Credentials, place: string): Promise<string> {
    const [artifact, path] = place.split('::');
    return readFileSync(join(await this.take(who, artifact), path), 'utf8');
  }

  private filled(text: string): string {
    return text.replace(/#\{([\w.]+)\}/g, (_, name: string) => this.variables.get(name) ?? '');
  }

  private async handOn(who: Credentials, pipeline: Pipeline, name: string, directory: string): Promise<void> {
    const archive = join(mkdtempSync(join(this.around.folder, 'archive-')), 'archive.zip');
    await this.store.zip(directory, archive);
    const random = Math.random().toString(36).slice(2, 9).padEnd(7, '0');
    const url = `s3://${pipeline.ArtifactStore.Location}/${pipeline.Name.slice(0, 20)}/${name.slice(0, 10)}/${random}`;
    await this.store.upload(who, archive, url, pipeline.ArtifactStore.EncryptionKey.Id);
    this.artifacts.set(name, url);
  }

  private async take(who: Credentials, name: string): Promise<string> {
    const folder = mkdtempSync(join(this.around.folder, 'artifact-')), directory = join(folder, 'content');
    mkdirSync(directory);
    await this.store.download(who, this.artifacts.get(name)!, join(folder, 'archive.zip'));
    await this.store.unzip(join(folder, 'archive.zip'), directory);
    return directory;
  }
}

function must({ Status, StatusReason }: Ended): void {
  if (Status !== 'SUCCEEDED') throw new Error(`the stack set: ${Status} ${StatusReason}`);
}
