import { unzipSync } from 'fflate';
import { contentOf, Offer, only, resources, variablesOf, written } from './fixture';
import { DeploymentStage, MonitoringCheck, ProjectBlueprint } from '../../src';
import { Json } from '../templates/carried';

const staging = DeploymentStage.accounts('staging', { accounts: ['222222222222'] });
const production = DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], monitoring: {},
});

const offer = new Offer({ deploymentStages: [staging, production] });
const made = contentOf(offer, offer.add({ blueprint: ProjectBlueprint.monitoring({ retraining: true }) }));
const published = offer.published();
const stages = only(made, 'AWS::CodePipeline::Pipeline').Stages as Json[];

describe('the way of a monitor', () => {
  test('is one monitored stage after the other; where nothing is monitored it does not go', () => {
    expect(stages.map(({ Name, Actions }) => [Name as string, ...(Actions as Json[]).map((action) => action.Name as string)])).toEqual([
      ['Source', 'Code'], ['Release', 'Release'], ['Production', 'Accounts', 'Deploy'],
    ]);
  });

  test('is a stack set beside the endpoint\'s, through the same chain of roles', () => {
    const { Configuration } = (stages[2].Actions as Json[])[1];
    expect(written(Configuration.StackSetName as Json, made)).toBe('churn--production--p-1-monitor');
    expect(written(Configuration.AdministrationRoleArn as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--stack-set-administrator-eu-west-1');
    expect(Configuration.ExecutionRoleName).toBe('churn--production--deployment-eu-west-1');
    expect(Configuration.TemplatePath).toBe('Release::monitor-production.json');
  });

  test('begins when the repository changes', () => {
    expect(only(made, 'AWS::Events::Rule', '-push').EventPattern.detail.referenceName).toEqual(['main']);
  });
});

describe('what monitors run', () => {
  const build = only(made, 'AWS::CodeBuild::Project', '-release');
  const { phases, env, artifacts } = JSON.parse(build.Source.BuildSpec as string) as Json;
  const commands = phases.build.commands as string[];

  test('is put where targets read it by the role that writes releases, which runs nothing of the repository', () => {
    expect(written(build.ServiceRole as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--release-eu-west-1');
    const usual = [/^rm -rf release && mkdir release$/, /^aws s3 cp --only-show-errors "s3:\/\/\$TEMPLATES_BUCKET/, /^echo "[0-9a-f]{64} {2}(\/tmp\/monitor(-values\.js|\.zip)|release\/[a-z-]+\.json)" \| sha256sum --check/, /^OUTPUT_DIRECTORY=release node \/tmp\/monitor-values\.js$/];
    expect(commands.filter((command) => !usual.some((one) => one.test(command)))).toEqual([
      'export PROGRAM_URL="s3://$RELEASES_BUCKET/$RELEASE_PREFIX/$(basename "$MONITOR_KEY" .zip)/monitor.zip"',
      'aws s3 cp --only-show-errors --sse aws:kms --sse-kms-key-id "$RELEASES_KEY_ARN" /tmp/monitor.zip "$PROGRAM_URL"',
    ]);
    expect(artifacts).toEqual({ 'base-directory': 'release', 'files': ['**/*'] });
  });

  test('is the library\'s program, under a name that says which content it has', () => {
    const { Key } = published['programs/monitor.zip'];
    const files = Object.keys(unzipSync(offer.bytesOf('programs/monitor.zip')));
    expect(env.variables.MONITOR_KEY).toBe(Key);
    expect(Key).toMatch(/^programs\/monitor-[0-9a-f]{12}\.zip$/);
    expect(files).toContain('__main__.py');
    expect(files.filter((file) => /test/.test(file))).toEqual([]);
  });

  test('watches the endpoints of the project that people name', () => {
    expect(variablesOf(build, made)).toMatchObject({ ENDPOINT_PROJECT: '<EndpointProjectName>', MONITOR: 'p-1-monitor', STAGES: 'production', RELEASE_PREFIX: 'p-1' });
    expect(made.Parameters.EndpointProjectName.AllowedPattern).toBe('[a-z0-9]+(-[a-z0-9]+)*');
  });

  test('is told which thresholds may be chosen, and who is in the stage', () => {
    expect(JSON.parse(published['parts/stage-production.json'].Content as string)).toEqual({
      stage: 'production',
      endpointPrefix: 'churn--production--',
      thresholds: {
        DriftThreshold: { name: 'driftThreshold', value: 0.2 }, MissingThreshold: { name: 'missingThreshold', value: 0.05 }, QualityTolerance: { name: 'qualityTolerance', value: 0.1 },
      },
      accounts: expect.objectContaining({ stage: 'production', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'] }),
    });
  });

  test('looks at data and answers unless told otherwise', () => {
    const template = JSON.parse(published['parts/monitor-production.json'].Content as string) as Json;
    expect(Object.keys(resources(template, 'AWS::Scheduler::Schedule'))).toEqual(['DataQualitySchedule', 'ModelQualitySchedule']);
  });
});

describe('training', () => {
  test('starts when a monitor of this endpoint has found something, not when it was silent', () => {
    const { EventBusName, EventPattern, Targets } = only(made, 'AWS::Events::Rule', '-retrain');
    expect(EventBusName).toBe('churn--monitoring');
    const { metric } = EventPattern.detail.configuration.metrics.metricStat as Json;
    expect([EventPattern.detail.state, metric.namespace, metric.name]).toEqual([{ value: ['ALARM'] }, ['secure-mlops/churn/production/monitoring'], ['Violations']]);
    expect((metric.dimensions.Endpoint as Json[]).map((name) => written(name, made))).toEqual(['churn--production--<EndpointProjectName>']);
    expect(written(Targets[0].RoleArn as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--events-eu-west-1');
  });

  test.each([['churn--train-p-1-build', true], ['churn-2--train-p-1-build', false], ['churn--forecast-p-1-deploy', false]])('is the pipeline %s: %s', (name, taken) => {
    expect(new RegExp(`^(${made.Parameters.TrainingPipelineName.AllowedPattern})$`).test(name)).toBe(taken);
  });

  test('does not start unless it was asked for', () => {
    const quiet = new Offer({ deploymentStages: [production] });
    const template = contentOf(quiet, quiet.add({ blueprint: ProjectBlueprint.monitoring({ checks: [MonitoringCheck.dataQuality()] }) }));
    expect(template.Parameters).not.toHaveProperty('TrainingPipelineName');
    expect(Object.keys(resources(template, 'AWS::Events::Rule'))).toHaveLength(1);
  });
});

test('an environment without a monitored stage has nothing to monitor, and says so', () => {
  const none = new Offer({ deploymentStages: [staging] });
  expect(() => none.add({ blueprint: ProjectBlueprint.monitoring() })).toThrow(
    '[Stack/Offered/Content] deploymentStages with monitoring must have at least one element, got []. Set `monitoring` of the stages');
});
