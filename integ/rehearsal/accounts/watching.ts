import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { StackSetUser } from './stack-sets';
import { Project } from './studio-user';
import { groupOf, Team } from './team';
import { Scene } from './variants';
import { seedEnvironment } from '../../python/seed-environment';
import { CodePipeline } from '../delivery/code-pipeline';
import { JobContainer } from '../delivery/job';
import { ObjectStore } from '../delivery/object-store';
import { REGION } from '../local-aws';

/** The repository of a monitoring project as its seed code is. */
const REPOSITORY = join(__dirname, '..', '..', '..', 'assets', 'seed-code', 'monitoring');
const ENDPOINT = 'live';

interface Rule {
  readonly Name: string;
  readonly EventBusName?: string;
  readonly EventPattern: object;
  readonly Targets: { Arn: string; RoleArn: string }[];
}

interface Alarm {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: { Name: string; Value: string }[];
  readonly Threshold: number;
}

/** What is read of the request by which a schedule starts a job. */
interface Job {
  readonly RoleArn: string;
  readonly AppSpecification: { readonly ContainerArguments: string[] };
  readonly ProcessingOutputConfig: { readonly KmsKeyId: string };
}

/** A monitoring project, and what its monitor in an account of production does when it finds something. */
export class Watching {
  /** Launches it, and brings the monitor to every stage. */
  public static async of(scene: Scene, team: Team, training: Project, targets: Record<string, string>): Promise<Watching> {
    const project = await team.launch('watch', 'Monitor', { EndpointProjectName: ENDPOINT, TrainingPipelineName: `${groupOf(training)}-build` });
    const folder = mkdtempSync(join(scene.aws.folder, 'monitor-'));
    await new CodePipeline(`${groupOf(project)}-monitor`, { scene, account: team.account, folder, repository: () => REPOSITORY }).execute();
    return new Watching(scene, team, project, targets);
  }

  private constructor(
    private readonly scene: Scene, private readonly team: Team, private readonly project: Project, private readonly targets: Record<string, string>,
  ) {}

  /** Callers send rows, which are captured with their answers under the hour that is over, as the model's role. */
  public async asked(stage: string, rows: string[]): Promise<void> {
    const { api } = this.scene, account = this.targets[stage], EndpointName = endpointOf(stage);
    const { Body } = await api.call<{ Body: string }>(account, 'sagemaker-runtime', 'invoke_endpoint', { EndpointName, ContentType: 'text/csv', Accept: 'text/csv', Body: rows.join('\n') });
    const { EndpointConfigName } = await api.call<{ EndpointConfigName: string }>(account, 'sagemaker', 'describe_endpoint', { EndpointName });
    const { DataCaptureConfig: { DestinationS3Uri, KmsKeyId }, ProductionVariants: [{ ModelName, VariantName }] } = await api.call<{
      DataCaptureConfig: { DestinationS3Uri: string; KmsKeyId: string }; ProductionVariants: { ModelName: string; VariantName: string }[];
    }>(account, 'sagemaker', 'describe_endpoint_config', { EndpointConfigName });
    const { ExecutionRoleArn } = await api.call<{ ExecutionRoleArn: string }>(account, 'sagemaker', 'describe_model', { ModelName });
    const at = new Date(Date.now() - 3_600_000).toISOString(), side = (mode: string, data: string) => ({ observedContentType: 'text/csv', mode, data, encoding: 'CSV' });
    const file = join(mkdtempSync(join(this.scene.aws.folder, 'captured-')), 'capture.jsonl');
    writeFileSync(file, `${JSON.stringify({
      captureData: { endpointInput: side('INPUT', rows.join('\n')), endpointOutput: side('OUTPUT', Body) },
      eventMetadata: { eventId: 'first', inferenceTime: at },
      eventVersion: '0',
    })}\n`);
    const hour = at.slice(0, 13).replace(/[-T]/g, '/'), url = `${DestinationS3Uri.replace(/\/$/, '')}/${EndpointName}/${VariantName}/${hour}/00-00-000.jsonl`;
    await new ObjectStore(this.scene.aws, api).upload(await this.serving(account, ExecutionRoleArn), file, url, KmsKeyId);
  }

  /**
   * The schedule's job, as its role: reads what was captured, writes a report, and puts metrics; an alarm of theirs starts training.
   * Answers with the features that have drifted. Whether the job may read the release is not weighed: buckets of other accounts are not known here.
   */
  public async looks(stage: string): Promise<string[]> {
    const { scene: { aws, api }, team } = this, account = this.targets[stage], GroupName = `churn--${stage}`;
    const { Schedules } = await api.call<{ Schedules: { Name: string }[] }>(account, 'scheduler', 'list_schedules', { GroupName });
    const jobs = await Promise.all(Schedules.map(async ({ Name }) =>
      JSON.parse((await api.call<{ Target: { Input: string } }>(account, 'scheduler', 'get_schedule', { Name, GroupName })).Target.Input) as Job));
    const job = jobs.find(({ AppSpecification: { ContainerArguments: words } }) => words.includes('data-quality'))!;
    const [program, ...words] = job.AppSpecification.ContainerArguments, said = (option: string) => words[words.indexOf(`--${option}`) + 1];
    const who = await this.serving(account, job.RoleArn), container = new JobContainer(this.scene, who, seedEnvironment(), aws.folder);
    await container.bring(`${said('captures')}/`, '/opt/ml/captures/');
    for (const url of [program, ...await this.baselines(account, said('captures'), said('releases'))]) {
      const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url)!, file = container.path(`/opt/ml/releases/${url === program ? 'monitor.zip' : Key}`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, await aws.object(team.account, Bucket, Key));
    }
    const places = ['captures', 'releases', 'reports'].flatMap((name) => [`--${name}`, `/opt/ml/${name}`]);
    const report = await container.run(['python3', '/opt/ml/releases/monitor.zip', ...words, ...places]);
    await container.keep('/opt/ml/reports', said('reports'), job.ProcessingOutputConfig.KmsKeyId);
    const [metrics, { violations }] = ['metrics', 'constraint_violations'].map((name) => container.found('/opt/ml/reports', `${name}.json`)) as [
      Record<string, number>, { violations: { feature_name: string }[] }];
    const Dimensions = [{ Name: 'Endpoint', Value: said('endpoint') }, { Name: 'Check', Value: said('check') }];
    const MetricData = Object.entries(metrics).map(([MetricName, Value]) => ({ MetricName, Value, Dimensions }));
    await api.call(who, 'cloudwatch', 'put_metric_data', { Namespace: said('namespace'), MetricData });
    if (violations.length === 0) throw new Error(`the monitor has found nothing: ${report}`);
    await this.sounds(account, said('namespace'), Dimensions, metrics.Violations);
    return violations.map(({ feature_name }) => feature_name);
  }

  /** Goes with its monitors. */
  public async leave(): Promise<void> {
    const { scene: { api }, team, project, targets } = this;
    for (const [stage, account] of Object.entries(targets)) {
      await new StackSetUser(api, team.account, `churn--${stage}--${project.ProjectId}-monitor`).delete([account]);
    }
    await team.remove(project.ProjectName);
  }

  /** Who owns an account empties its bucket of captures before the target goes: no function does it there. */
  public async empty(): Promise<void> {
    const { api, aws } = this.scene;
    for (const account of Object.values(this.targets)) {
      const { ref: Bucket } = (await aws.deployed(account)).find(({ type, logicalId }) => type === 'AWS::S3::Bucket' && /Capture/.test(logicalId ?? ''))!;
      const { Versions = [], DeleteMarkers = [] } = await api.call<Partial<Record<'Versions' | 'DeleteMarkers', { Key: string; VersionId: string }[]>>>(account, 's3', 'list_object_versions', { Bucket });
      for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) await api.call(account, 's3', 'delete_object', { Bucket, Key, VersionId });
    }
  }

  /** CloudWatch's part and EventBridge's: the alarm on these metrics, the rules that know its event, and what the last of them starts. */
  private async sounds(account: string, namespace: string, dimensions: Alarm['Dimensions'], violations: number): Promise<void> {
    const { scene: { api, aws }, team } = this, text = (one: Alarm['Dimensions']) => JSON.stringify(one.map(({ Name, Value }) => [Name, Value]).sort());
    const { MetricAlarms } = await api.call<{ MetricAlarms: Alarm[] }>(account, 'cloudwatch', 'describe_alarms');
    const alarm = MetricAlarms.find((one) => one.Namespace === namespace && one.MetricName === 'Violations' && text(one.Dimensions) === text(dimensions))!;
    if (violations <= alarm.Threshold) throw new Error(`${violations} violations do not sound the alarm ${alarm.AlarmName}`);
    const metric = { namespace, name: alarm.MetricName, dimensions: Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value])) };
    const event = {
      'id': 'e',
      account,
      'region': REGION,
      'time': new Date().toISOString(),
      'source': 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      'resources': [alarm.AlarmArn],
      'detail': { alarmName: alarm.AlarmName, state: { value: 'ALARM' }, configuration: { metrics: [{ id: 'm', metricStat: { metric, stat: 'Maximum' } }] } },
    };
    await this.heard(account, /-monitor$/, event);
    const { Name: retrain, EventBusName: bus, Targets: [{ Arn, RoleArn }] } = await this.heard(team.account, /-retrain$/, event);
    const name = Arn.split(':').pop()!, source = `arn:aws:events:${REGION}:${team.account}:rule/${bus}/${retrain}`;
    await api.call(await aws.become(team.account, { service: 'events.amazonaws.com', source, role: RoleArn }), 'codepipeline', 'start_pipeline_execution', { name });
    if (!(name in (await aws.deliveries(team.account)).started)) throw new Error(`${name} was not started`);
  }

  /** The rule whose pattern takes the event. */
  private async heard(account: string, name: RegExp, event: object): Promise<Rule> {
    const { api, aws } = this.scene, rule = (await aws.resources<Rule>(account, 'AWS::Events::Rule')).find(({ Name }) => name.test(Name))!;
    const { Result } = await api.call<{ Result: boolean }>(account, 'events', 'test_event_pattern', { EventPattern: JSON.stringify(rule.EventPattern), Event: JSON.stringify(event) });
    if (!Result) throw new Error(`the rule ${rule.Name} of ${account} takes no notice of ${JSON.stringify(event)}`);
    return rule;
  }

  /** Of the releases that have captured something. */
  private async baselines(account: string, captures: string, releases: string): Promise<string[]> {
    const [, Bucket, Prefix] = /^s3:\/\/([^/]+)\/(.+)$/.exec(captures)!;
    const { Contents } = await this.scene.api.call<{ Contents: { Key: string }[] }>(account, 's3', 'list_objects_v2', { Bucket, Prefix });
    const found = new Set(Contents.map(({ Key }) => Key.slice(Prefix.length + 1).split('/').slice(0, 4).join('/')));
    return [...found].flatMap((release) => ['statistics', 'constraints'].map((what) => `${releases}/${release}/baselines/model-data-quality-${what}.json`));
  }

  private async serving(account: string, role: string): Promise<{ key: string; secret: string; token: string }> {
    const { api, aws } = this.scene, { Vpcs } = await api.call<{ Vpcs: { VpcId: string; IsDefault: boolean }[] }>(account, 'ec2', 'describe_vpcs');
    const vpc = Vpcs.find(({ IsDefault }) => !IsDefault)!.VpcId;
    return aws.become(account, { service: 'sagemaker.amazonaws.com', source: `arn:aws:sagemaker:${REGION}:${account}:*`, role, vpc });
  }
}

function endpointOf(stage: string): string {
  return `churn--${stage}--${ENDPOINT}`;
}
