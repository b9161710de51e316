import { randomUUID } from 'crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'fs';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { BuildProject, CodeBuild } from './code-build';
import { ObjectStore } from './object-store';
import { Credentials } from '../accounts/aws-api';
import { Ended, StackSetUser } from '../accounts/stack-sets';
import { LocalServices } from '../accounts/variants';
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

interface Stage {
  readonly Name: string;
  readonly Actions: Action[];
  readonly OnFailure?: { readonly Result?: string };
  readonly BeforeEntry?: { readonly Conditions: { readonly Result: string; readonly Rules: EntryRule[] }[] };
}

interface EntryRule {
  readonly RuleTypeId: { readonly Provider: string };
  readonly Configuration: { readonly Variable: string; readonly Operator: string; readonly Value: string };
}

interface Pipeline {
  readonly Name: string;
  readonly RoleArn: string;
  readonly ArtifactStore: { readonly Location: string; readonly EncryptionKey: { readonly Id: string } };
  readonly Stages: Stage[];
  readonly Variables?: { Name: string; DefaultValue: string }[];
}

/** What stands around a pipeline. */
export interface DeliverySurroundings {
  readonly scene: LocalServices;
  readonly account: string;
  /** Where builds work. */
  readonly folder: string;
  /** The content of the project's repository, as it was last pushed. */
  readonly repository: () => string;
  /** The programs that the builds of repositories have installed. */
  readonly path?: string;
  /** Told when a stage's stack set has been brought to a version, whose answers are asked for next. */
  readonly deployed?: (stackSetName: string, accounts: string[]) => Promise<void>;
}

/** A person who is asked for an approval; answers whether to go on. */
export type Approver = (asked: { pipeline: string; stage: string; action: string; message: string; link: string }) => Promise<void>;

/** What went through a pipeline once: what its actions handed on, and how far it came. */
export class Execution {
  public readonly id = randomUUID();
  public readonly artifacts = new Map<string, string>();
  public readonly variables = new Map<string, string>();
  public readonly succeeded = new Set<string>();
  /** The stages whose condition was not met. */
  public readonly skipped: string[] = [];
  /** The stages that it was taken back from, to the execution before. */
  public readonly rolledBack = new Map<string, Execution>();
}

/**
 * Runs a delivery pipeline as CodePipeline does: as the pipeline's role, from CodePipeline's own network, stage by stage,
 * handing artifacts on through the artifact bucket. Builds run for real; stack sets are CloudFormation's.
 */
export class CodePipeline {
  private readonly store: ObjectStore;
  private readonly builds: CodeBuild;
  private readonly executions: Execution[] = [];

  constructor(public readonly name: string, private readonly around: DeliverySurroundings) {
    this.store = new ObjectStore(around.scene.aws, around.scene.api);
    this.builds = new CodeBuild(around.scene.aws, this.store, around.account, REGION);
  }

  /** The execution that began last. */
  public get latest(): Execution {
    return this.executions[this.executions.length - 1];
  }

  /**
   * One execution of a pipeline, to its end or to the first action that fails, whose stage goes back as far as it is told to.
   *
   * @param started values of the pipeline's variables that whatever starts it gives
   */
  public async execute(approver?: Approver, started: Record<string, string> = {}): Promise<Execution> {
    const pipeline = await this.found();
    const execution = new Execution();
    this.executions.push(execution);
    execution.variables.set('codepipeline.PipelineExecutionId', execution.id);
    for (const { Name, DefaultValue } of pipeline.Variables ?? []) execution.variables.set(`variables.${Name}`, started[Name] ?? DefaultValue);
    for (const stage of pipeline.Stages) {
      if (isSkipped(stage, execution)) {
        execution.skipped.push(stage.Name);
        continue;
      }
      try {
        await this.run(pipeline, stage, execution, approver);
      } catch (error) {
        await this.takeBack(pipeline, stage, execution).catch((again: Error) => { throw new Error(`${(error as Error).message}; and on the way back: ${again.message}`); });
        throw error;
      }
      execution.succeeded.add(stage.Name);
      await this.report(pipeline, { stage: stage.Name, execution: execution.id });
    }
    return execution;
  }

  /** Does what was asked by RollbackStage: the stage once more, with what an execution brought that was good there. Nobody is there to be asked. */
  public async rollBack(): Promise<void> {
    const pipeline = await this.found();
    const { rolledBack } = await this.around.scene.aws.deliveries(this.around.account);
    const asked = pipeline.Stages.filter((stage) => `${this.name}/${stage.Name}` in rolledBack);
    if (asked.length === 0) throw new Error(`nobody has asked to roll back a stage of ${this.name}`);
    for (const stage of asked) {
      const target = this.executions.find(({ id }) => id === rolledBack[`${this.name}/${stage.Name}`])!;
      await this.run(pipeline, stage, target);
    }
  }

  /** What an action of an execution handed on. */
  public handedOn(execution: Execution, artifact: string): Promise<string> {
    return this.take(this.around.account, execution, artifact);
  }

  private async found(): Promise<Pipeline> {
    const pipeline = (await this.around.scene.aws.resources<Pipeline>(this.around.account, 'AWS::CodePipeline::Pipeline')).find((one) => one.Name === this.name);
    if (pipeline === undefined) throw new Error(`there is no pipeline ${this.name}`);
    return pipeline;
  }

  private async run(pipeline: Pipeline, stage: Stage, execution: Execution, approver?: Approver): Promise<void> {
    for (const action of [...stage.Actions].sort((a, b) => a.RunOrder - b.RunOrder)) {
      try {
        await this.act(pipeline, stage.Name, action, execution, approver);
      } catch (error) {
        throw new Error(`${stage.Name}/${action.Name}: ${(error as Error).message}`);
      }
    }
  }

  /** As `onFailure` says: to the most recent execution that was good in this stage, if there is one. */
  private async takeBack(pipeline: Pipeline, stage: Stage, execution: Execution): Promise<void> {
    const before = [...this.executions].reverse().find(({ succeeded }) => succeeded.has(stage.Name));
    if (stage.OnFailure?.Result !== 'ROLLBACK' || before === undefined) return;
    await this.run(pipeline, stage, before);
    execution.rolledBack.set(stage.Name, before);
  }

  private async act(pipeline: Pipeline, stage: string, action: Action, execution: Execution, approver?: Approver): Promise<void> {
    switch (action.ActionTypeId.Provider) {
      case 'CodeCommit': return this.fetch(pipeline, action, execution);
      case 'CodeBuild': return this.build(pipeline, action, execution);
      case 'Manual': return this.approve(pipeline, stage, action, execution, approver);
      case 'CloudFormationStackSet': return this.deploy(pipeline, action, execution);
      default: throw new Error(`nobody plays ${action.ActionTypeId.Provider}`);
    }
  }

  private report({ Name: pipeline }: Pipeline, said: object): Promise<void> {
    return this.around.scene.aws.tell('delivery', { pipeline, ...said }, this.around.account);
  }

  private become({ Name, RoleArn }: Pipeline): Promise<Credentials> {
    const { scene, account } = this.around;
    return scene.aws.become(account, { service: 'codepipeline.amazonaws.com', source: `arn:aws:codepipeline:${REGION}:${account}:${Name}`, role: RoleArn });
  }

  private async fetch(pipeline: Pipeline, { OutputArtifacts }: Action, execution: Execution): Promise<void> {
    await this.handOn(await this.become(pipeline), pipeline, execution, OutputArtifacts![0].Name, this.around.repository());
  }

  private async build(pipeline: Pipeline, action: Action, execution: Execution): Promise<void> {
    const { scene, account, path } = this.around;
    const project = (await scene.aws.resources<BuildProject>(account, 'AWS::CodeBuild::Project')).find(({ Name }) => Name === action.Configuration.ProjectName);
    if (project === undefined) throw new Error(`there is no build ${action.Configuration.ProjectName}`);
    const who = await this.builds.become(project);
    const primary = action.Configuration.PrimarySource ?? action.InputArtifacts![0].Name;
    const names = [primary, ...action.InputArtifacts!.map(({ Name }) => Name).filter((name) => name !== primary)];
    const sources = await Promise.all(names.map(async (name) => ({ name, directory: await this.take(who, execution, name) })));
    const told = JSON.parse(filled(action.Configuration.EnvironmentVariables ?? '[]', execution)) as { name: string; value: string }[];
    const { directory, variables } = await this.builds.run(project, who, {
      sources, path, variables: Object.fromEntries(told.map(({ name, value }) => [name, value])),
    });
    for (const [name, value] of Object.entries(variables)) execution.variables.set(`${action.Namespace}.${name}`, value);
    if (action.OutputArtifacts?.length) await this.handOn(who, pipeline, execution, action.OutputArtifacts[0].Name, directory!);
  }

  private async approve(
    pipeline: Pipeline, stage: string, { Name: action, Configuration }: Action, execution: Execution, approver?: Approver,
  ): Promise<void> {
    const { scene, account } = this.around, { Name } = pipeline;
    if (approver === undefined) throw new Error('nobody is there to approve');
    await this.report(pipeline, { stage, action, status: 'InProgress' });
    const [message, link] = [Configuration.CustomData, Configuration.ExternalEntityLink].map((text) => filled(text, execution));
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
  private async deploy(pipeline: Pipeline, { Configuration: said }: Action, execution: Execution): Promise<void> {
    const who = await this.become(pipeline);
    const { api } = this.around.scene;
    const template = JSON.parse(await this.file(who, execution, said.TemplatePath)) as object;
    const Parameters = JSON.parse(await this.file(who, execution, said.Parameters)) as object[];
    const accounts = JSON.parse(await this.file(who, execution, said.DeploymentTargets)) as string[];
    const roles = { AdministrationRoleARN: said.AdministrationRoleArn, ExecutionRoleName: said.ExecutionRoleName };
    const stackSet = new StackSetUser(api, who, said.StackSetName);
    const exists = await api.call(who, 'cloudformation', 'describe_stack_set', { StackSetName: said.StackSetName }).then(() => true, () => false);
    if (exists) must(await stackSet.update(template, { Parameters, ...roles }));
    else await api.call(who, 'cloudformation', 'create_stack_set', { StackSetName: said.StackSetName, TemplateBody: JSON.stringify(template), Parameters, ...roles });
    const { Summaries } = await api.call<{ Summaries: { Account: string }[] }>(who, 'cloudformation', 'list_stack_instances', { StackSetName: said.StackSetName });
    const missing = accounts.filter((account) => !Summaries.some(({ Account }) => Account === account));
    if (missing.length > 0) must(await stackSet.place(missing));
    await this.around.deployed?.(said.StackSetName, accounts);
  }

  private async file(who: Credentials, execution: Execution, place: string): Promise<string> {
    const [artifact, path] = place.split('::');
    return readFileSync(join(await this.take(who, execution, artifact), path), 'utf8');
  }

  private async handOn(who: Credentials, pipeline: Pipeline, execution: Execution, name: string, directory: string): Promise<void> {
    const archive = join(mkdtempSync(join(this.around.folder, 'archive-')), 'archive.zip');
    await this.store.zip(directory, archive);
    const random = Math.random().toString(36).slice(2, 9).padEnd(7, '0');
    const url = `s3://${pipeline.ArtifactStore.Location}/${pipeline.Name.slice(0, 20)}/${name.slice(0, 10)}/${random}`;
    await this.store.upload(who, archive, url, pipeline.ArtifactStore.EncryptionKey.Id);
    execution.artifacts.set(name, url);
  }

  private async take(who: string | Credentials, execution: Execution, name: string): Promise<string> {
    const folder = mkdtempSync(join(this.around.folder, 'artifact-')), directory = join(folder, 'content');
    mkdirSync(directory);
    await this.store.download(who, execution.artifacts.get(name)!, join(folder, 'archive.zip'));
    await this.store.unzip(join(folder, 'archive.zip'), directory);
    return directory;
  }
}

function filled(text: string, { variables }: Execution): string {
  return text.replace(/#\{([\w.]+)\}/g, (_, name: string) => variables.get(name) ?? '');
}

/** As AWS documents it: a stage whose condition fails is skipped, if that is its result, and the next one is looked at. */
function isSkipped({ Name, BeforeEntry }: Stage, execution: Execution): boolean {
  return (BeforeEntry?.Conditions ?? []).some(({ Result, Rules }) => {
    const [{ RuleTypeId: { Provider }, Configuration: { Variable, Operator, Value } }, ...more] = Rules;
    if (Result !== 'SKIP' || Provider !== 'VariableCheck' || Operator !== 'NE' || more.length > 0) throw new Error(`nobody plays the conditions of ${Name}`);
    return filled(Variable, execution) === Value;
  });
}

function must({ Status, StatusReason }: Ended): void {
  if (Status !== 'SUCCEEDED') throw new Error(`the stack set: ${Status} ${StatusReason}`);
}
