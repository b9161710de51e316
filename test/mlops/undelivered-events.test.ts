import { Schedule } from 'aws-cdk-lib/aws-events';
import { BlueprintName, ofEveryBlueprint } from './blueprints';
import { resources, templateOf } from './fixture';
import { DeploymentStage, ProjectBlueprint, SourceRepository } from '../../src';
import { Json } from '../templates/carried';

const live = DeploymentStage.accounts('live', { accounts: ['222222222222'], monitoring: {} });
const weekly = Schedule.cron({ weekDay: 'MON' });

/** Each blueprint with all its rules, and how many these are. */
/** How many rules with a target each of them has, where it begins on a schedule as well. */
const COUNTS: Record<BlueprintName, number> = { Train: 2, FineTune: 2, Deploy: 2, Batch: 3, Monitor: 2, Image: 2 };
const BLUEPRINTS: [string, Json, number][] = [
  ...Object.entries(ofEveryBlueprint((blueprint) => templateOf(blueprint, { deploymentStages: [live] }), { schedule: weekly, retraining: true }))
    .map(([name, template]): [string, Json, number] => [name, template, COUNTS[name as BlueprintName]]),
  ['Train, from a bucket', templateOf(ProjectBlueprint.buildTrain(), {}, { source: SourceRepository.s3('code-of-the-team') }), 1],
];

describe.each(BLUEPRINTS)('projects of the template %s', (_, template, count) => {
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
