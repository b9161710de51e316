import { execFileSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DeploymentStage, MonitoringCheck, StageMonitoringOptions } from '../../src';
import { ModelMonitorTemplate } from '../../src/monitoring/model-monitor-template';
import { knownByName, target } from '../targets/fixture';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown> & { readonly Target?: { readonly Input: unknown }; readonly Name?: unknown };
}

interface Content {
  readonly Parameters: Record<string, Record<string, unknown>>;
  readonly Resources: Record<string, Resource>;
}

const ALL = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality(), MonitoringCheck.bias({ facet: 'age', facetThreshold: 40 })];

function monitor(checks: MonitoringCheck[] = ALL, monitoring: StageMonitoringOptions | undefined = {}) {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Parent');
  const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring });
  const template = new ModelMonitorTemplate(stack, 'Monitor', { names: knownByName(app).names, stage, checks });
  return JSON.parse(stack.resolve(template.templateBody) as string) as Content;
}

function resourcesOf(type: string, checks?: MonitoringCheck[]): Resource[] {
  return Object.values(monitor(checks).Resources).filter(({ Type }) => Type === type);
}

/** The request that a schedule makes, with the names of parameters where their values are. */
function jobOf(check: MonitoringCheck, monitoring?: StageMonitoringOptions) {
  const [schedule] = Object.values(monitor([check], monitoring).Resources).filter(({ Type }) => Type === 'AWS::Scheduler::Schedule');
  const { 'Fn::Sub': [text] } = schedule.Properties.Target!.Input as { 'Fn::Sub': [string] };
  return JSON.parse(text) as Record<string, never>;
}

describe('a monitor', () => {
  test('has a schedule for each check, in the group that its role is trusted for', () => {
    expect(resourcesOf('AWS::Scheduler::Schedule').map(({ Properties: { GroupName, ScheduleExpression } }) => [GroupName, ScheduleExpression])).toEqual([
      ['churn--staging', 'rate(1 hour)'], ['churn--staging', 'rate(24 hours)'], ['churn--staging', 'rate(24 hours)'],
    ]);
  });

  test('looks as often as it is told, each time at what came since', () => {
    const check = MonitoringCheck.dataQuality({ interval: Duration.hours(6) });
    expect(resourcesOf('AWS::Scheduler::Schedule', [check])[0].Properties.ScheduleExpression).toBe('rate(6 hours)');
    expect(jobOf(check).AppSpecification).toMatchObject({ ContainerArguments: expect.arrayContaining(['--hours', '6']) });
  });

  test('starts the library\'s program from the releases, and no other', () => {
    const { AppSpecification } = jobOf(MonitoringCheck.dataQuality());
    const { ContainerEntrypoint: entrypoint, ContainerArguments } = AppSpecification as Record<'ContainerEntrypoint' | 'ContainerArguments', string[]>;
    expect(AppSpecification).toMatchObject({ ImageUri: '${Image}', ContainerEntrypoint: ['python3', '-c', expect.any(String)] });
    expect(ContainerArguments[0]).toBe('${ProgramUrl}');
    expect(Math.max(...[...entrypoint, ...ContainerArguments].map(({ length }) => length))).toBeLessThanOrEqual(256); // SageMaker takes no longer ones
    expect(monitor().Parameters.ProgramUrl.AllowedPattern).toBe('s3://churn--releases-111111111111-eu-west-1/.+/monitor[.]zip');
  });

  test('fetches that program by its address, and becomes it with the rest of the arguments', () => {
    const { ContainerEntrypoint: [, ...start] } = jobOf(MonitoringCheck.dataQuality()).AppSpecification as { ContainerEntrypoint: string[] };
    const folder = mkdtempSync(join(tmpdir(), 'container-'));
    // In the place of AWS's SDK, one that has the program in a folder, and says what it was asked for.
    writeFileSync(join(folder, 'boto3.py'), [
      'import zipfile',
      'class Client:',
      '    def download_file(self, bucket, key, path):',
      '        with zipfile.ZipFile(path, "w") as program:',
      '            program.writestr("__main__.py", f"import sys; print({[bucket, key]!r}, sys.argv[1:])")',
      'def client(service):',
      '    return Client()',
    ].join('\n'));
    try {
      const output = execFileSync('python3', [...start, 's3://releases/p-1/monitor-0123/monitor.zip', '--check', 'bias'], { encoding: 'utf8', env: { PATH: process.env.PATH, PYTHONPATH: folder } });
      expect(output.trim()).toBe("['releases', 'p-1/monitor-0123/monitor.zip'] ['--check', 'bias']");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('runs in the target\'s network, with its keys, encrypted, on the stage\'s instances, for an hour at most', () => {
    expect(jobOf(MonitoringCheck.dataQuality(), { instanceType: 'ml.c5.xlarge' })).toMatchObject({
      RoleArn: '${MonitoringRoleArn}',
      ProcessingOutputConfig: { KmsKeyId: '${CaptureKeyArn}' },
      ProcessingResources: { ClusterConfig: { InstanceType: 'ml.c5.xlarge', VolumeKmsKeyId: '${VolumesKeyArn}' } },
      NetworkConfig: { EnableInterContainerTrafficEncryption: true, VpcConfig: { Subnets: ['${Subnets}'], SecurityGroupIds: ['${SecurityGroups}'] } },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    });
  });

  test('names no volume key for instances with local storage, for which SageMaker takes none', () => {
    expect(jobOf(MonitoringCheck.dataQuality(), { instanceType: 'ml.m5d.large' }).ProcessingResources).toEqual({
      ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.m5d.large', VolumeSizeInGB: 30 },
    });
  });

  test('writes lists of subnets as JSON has them', () => {
    const [schedule] = resourcesOf('AWS::Scheduler::Schedule', [MonitoringCheck.dataQuality()]);
    const { 'Fn::Sub': [, around] } = schedule.Properties.Target!.Input as { 'Fn::Sub': [string, Record<string, unknown>] };
    expect(around.Subnets).toEqual({ 'Fn::Join': ['","', { Ref: 'SubnetIds' }] });
  });

  test('has names of jobs that SageMaker takes, for the longest environment name and an id as long as there is', () => {
    expect('customer-churn-model'.length + '--'.length + 36).toBeLessThanOrEqual(63);
    expect(jobOf(MonitoringCheck.dataQuality()).ProcessingJobName).toBe('churn--<aws.scheduler.execution-id>');
  });

  test('finds the captures of a version under the name of its release, where endpoints put them', () => {
    expect(jobOf(MonitoringCheck.dataQuality()).AppSpecification).toMatchObject({
      ContainerArguments: expect.arrayContaining(['--captures', 's3://${CaptureBucket}/captures/${ReleasesBucket}', '--releases', 's3://${ReleasesBucket}']),
    });
  });

  test('takes thresholds as parameters between 0 and 1', () => {
    const { DriftThreshold } = monitor().Parameters;
    expect(DriftThreshold).toMatchObject({ Default: '0.2' });
    const pattern = new RegExp(`^(${DriftThreshold.AllowedPattern as string})$`);
    for (const value of ['0', '1', '0.25', '.5']) expect(value).toMatch(pattern);
    for (const value of ['-1', '2', '1.5', '1e-3', '', '0.2"']) expect(value).not.toMatch(pattern);
  });

  test('raises one alarm when it finds something and another when it says nothing', () => {
    const alarms = resourcesOf('AWS::CloudWatch::Alarm', [MonitoringCheck.dataQuality()]).map(({ Properties }) => Properties);
    expect(alarms).toEqual([
      expect.objectContaining({ MetricName: 'Violations', ComparisonOperator: 'GreaterThanThreshold', Threshold: 0, Period: 3600, TreatMissingData: 'ignore' }),
      expect.objectContaining({ MetricName: 'Rows', Statistic: 'SampleCount', ComparisonOperator: 'LessThanThreshold', Threshold: 1, EvaluationPeriods: 2, TreatMissingData: 'breaching' }),
    ]);
  });

  test('reports all of its alarms to the environment', () => {
    const [rule] = resourcesOf('AWS::Events::Rule');
    expect(rule.Properties.Name).toEqual({ Ref: 'MonitorName' });
    expect((rule.Properties.EventPattern as { resources: unknown[] }).resources).toHaveLength(6);
    expect(rule.Properties.Targets).toEqual([{
      Id: 'Environment', Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:eu-west-1:111111111111:event-bus/churn--monitoring']] }, RoleArn: { Ref: 'AlarmsRoleArn' }, DeadLetterConfig: expect.anything(),
    }]);
  });

  test('keeps reports that do not arrive in the queue of the target, by its name', () => {
    const { stack } = target({ stage: DeploymentStage.accounts('staging', { accounts: ['222222222222'], monitoring: {} }) });
    const [queue] = Object.values(Template.fromStack(stack).findResources('AWS::SQS::Queue'));
    const [rule] = resourcesOf('AWS::Events::Rule');
    expect((rule.Properties.Targets as { DeadLetterConfig: unknown }[]).map(({ DeadLetterConfig }) => DeadLetterConfig)).toEqual([{
      Arn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${queue.Properties.QueueName}`]] },
    }]);
  });
});

describe('a monitor is refused', () => {
  test('in a stage that is not monitored', () => {
    const app = new App();
    expect(() => new ModelMonitorTemplate(new Stack(app, 'Parent'), 'Monitor', {
      names: knownByName(app).names, stage: DeploymentStage.accounts('staging', { accounts: ['222222222222'] }), checks: ALL,
    })).toThrow('[Parent/Monitor] stage must be one whose models are monitored, got "staging". Set its `monitoring`');
  });

  test('without a check', () => {
    expect(() => monitor([])).toThrow('[Parent/Monitor] checks must have at least one element');
  });

  test('with the same check twice', () => {
    expect(() => monitor([MonitoringCheck.dataQuality(), MonitoringCheck.dataQuality()])).toThrow('checks must have no element twice');
  });
});

describe('a check is refused', () => {
  test.each([
    ['every half hour', () => MonitoringCheck.dataQuality({ interval: Duration.minutes(30) }), 'interval must be between 1 and 24 whole hours, got "30 minutes"'],
    ['once in two days', () => MonitoringCheck.dataQuality({ interval: Duration.days(2) }), 'interval must be between 1 and 24 whole hours'],
    ['with a threshold above 1', () => MonitoringCheck.dataQuality({ driftThreshold: 20 }), '[MonitoringCheck data-quality] driftThreshold must be between 0 and 1, got 20'],
    ['with a threshold that is no number', () => MonitoringCheck.modelQuality({ tolerance: NaN }), 'qualityTolerance must be between 0 and 1'],
    ['that waits more than a week for the right answers', () => MonitoringCheck.modelQuality({ groundTruthDelay: Duration.days(8) }), 'groundTruthDelay must be between 0 and 168 whole hours'],
    ['of no rows', () => MonitoringCheck.dataQuality({ minimumRows: 0 }), 'minimumRows must be a whole number between 1 and 50000'],
    ['of bias by nothing', () => MonitoringCheck.bias({ facet: '', facetThreshold: 1 }), '[MonitoringCheck.bias] facet must be the name or number of a feature'],
    ['of bias above infinity', () => MonitoringCheck.bias({ facet: 'age', facetThreshold: Infinity }), 'facetThreshold must be a number'],
  ])('%s', (_, make, reason) => {
    expect(make).toThrow(reason);
  });
});

test('every setting that a check is given is one of the program that runs it', () => {
  const program = readFileSync(join(__dirname, '..', '..', 'src', 'mlops', 'monitor', 'settings.py'), 'utf8');
  const known = [...program.slice(0, program.indexOf('class SettingsError')).matchAll(/"([a-z_]+)"/g)].map(([, name]) => `--${name.replace(/_/g, '-')}`);
  const given = ALL.flatMap((check) => (JSON.stringify(jobOf(check)).match(/--[a-z-]+(?==)/g) ?? []));
  expect(given).toEqual(expect.arrayContaining(['--facet', '--positive-label-threshold']));
  expect(given.filter((name) => !known.includes(name))).toEqual([]);
});
