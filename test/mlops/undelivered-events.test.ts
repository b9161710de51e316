import { Schedule } from 'aws-cdk-lib/aws-events';
import { resources, templateOf } from './fixture';
import { DeploymentStage, ProjectBlueprint, SourceRepository } from '../../src';
import { Json } from '../templates/carried';

const live = DeploymentStage.accounts('live', { accounts: ['222222222222'], monitoring: {} });
const weekly = Schedule.cron({ weekDay: 'MON' });

/** Each blueprint with all its rules, and how many these are. */
const BLUEPRINTS: [string, Json, number][] = [
  ['train', templateOf(ProjectBlueprint.buildTrain({ schedule: weekly })), 2],
  ['train from a bucket', templateOf(ProjectBlueprint.buildTrain(), {}, { source: SourceRepository.s3('code-of-the-team') }), 1],
  ['fine-tune', templateOf(ProjectBlueprint.fineTune({ schedule: weekly })), 2],
  ['build images', templateOf(ProjectBlueprint.imageBuild(weekly)), 2],
  ['deploy', templateOf(ProjectBlueprint.deploy(), { deploymentStages: [live] }), 2],
  ['infer in batches', templateOf(ProjectBlueprint.batchInference({ schedule: weekly })), 3],
  ['monitor', templateOf(ProjectBlueprint.monitoring({ retraining: true }), { deploymentStages: [live] }), 2],
];

describe.each(BLUEPRINTS)('projects that %s', (_, template, count) => {
  test('keep what their rules could not deliver in the environment\'s queue', () => {
    const targets = Object.values(resources(template, 'AWS::Events::Rule')).flatMap(({ Properties }) => Properties.Targets as Json[]);
    expect(targets).toHaveLength(count);
    for (const target of targets) expect(target.DeadLetterConfig).toEqual({ Arn: { Ref: 'ProjectsUndeliveredEventsQueueArn' } });
  });

  test('know the queue by the environment\'s parameter, and no other', () => {
    const name = '/secure-mlops/churn/projects/undelivered-events-queue-arn';
    expect(template.Parameters.ProjectsUndeliveredEventsQueueArn).toMatchObject({
      Type: 'AWS::SSM::Parameter::Value<String>', Default: name, AllowedValues: [name],
    });
  });
});
