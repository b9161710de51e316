import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { contentOf, Offer, only, resources, templateOf, variablesOf, written } from './fixture';
import { ProjectBlueprint, SeedCode } from '../../src';
import { Json } from '../templates/carried';

const offer = new Offer();
const made = contentOf(offer, offer.add({ blueprint: ProjectBlueprint.batchInference({ schedule: Schedule.rate(Duration.days(1)) }) }));
const stages = only(made, 'AWS::CodePipeline::Pipeline').Stages as Json[];

describe('the way of a version over data', () => {
  test('is a copy of what was approved, and then a run of the copy', () => {
    expect(stages.map(({ Name, Actions }) => [Name as string, ...(Actions as Json[]).map((action) => action.Name as string)])).toEqual([
      ['Source', 'Code'], ['Release', 'Release'], ['Infer', 'Infer'],
    ]);
    expect((stages[2].Actions as Json[])[0].InputArtifacts).toEqual([{ Name: 'Code' }, { Name: 'Release' }]);
  });

  test('begins when a version of this group is approved, when code changes, and on a schedule', () => {
    expect(only(made, 'AWS::Events::Rule', '-approved').EventPattern.detail).toEqual({ ModelPackageGroupName: [{ Ref: 'ModelPackageGroupName' }], ModelApprovalStatus: ['Approved'] });
    expect(only(made, 'AWS::Events::Rule', '-push').EventPattern.detail.referenceName).toEqual(['main']);
    expect(only(made, 'AWS::Events::Rule', '-schedule').ScheduleExpression).toBe('rate(1 day)');
  });

  test('has no schedule unless it was asked for', () => {
    expect(Object.keys(resources(templateOf(ProjectBlueprint.batchInference()), 'AWS::Events::Rule'))).toHaveLength(2);
  });

  test('starts one run for each time that the pipeline runs, however often the build is tried', () => {
    const [{ Configuration }] = stages[2].Actions as Json[];
    expect(JSON.parse(Configuration.EnvironmentVariables as string)).toEqual([{ name: 'DELIVERY_ID', type: 'PLAINTEXT', value: '#{codepipeline.PipelineExecutionId}' }]);
  });
});

describe('the copy', () => {
  test('is made by the role of releases, which runs nothing of the repository', () => {
    const build = only(made, 'AWS::CodeBuild::Project', '-release');
    expect(written(build.ServiceRole as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--release-eu-west-1');
    expect(build.Source.BuildSpec).not.toContain('buildspec.yml');
    expect(variablesOf(build, made)).toMatchObject({ MODEL_PACKAGE_GROUP_NAME: '<ModelPackageGroupName>', STAGES: '' });
  });

  test('is run by the repository\'s build, which is told with which role and where data is', () => {
    const build = only(made, 'AWS::CodeBuild::Project', '-build');
    expect(build.Source.BuildSpec).toBe('buildspec.yml');
    expect(written(build.ServiceRole as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--code-build-eu-west-1');
    expect(variablesOf(build, made)).toMatchObject({
      BATCH_ROLE_ARN: '/secure-mlops/churn/identity/batch-inference-role-arn', DATA_BUCKET: '/secure-mlops/churn/storage/data-bucket', PIPELINE_NAME: 'churn--forecast-p-1',
    });
  });
});

test('its repository holds what it shares with training, and needs nothing else', () => {
  const { files } = SeedCode.batchInference();
  for (const file of ['pipeline/__main__.py', 'pipeline/environment.py', 'pipeline/definition.py', 'batch/check.py', 'config.json', 'buildspec.yml']) expect(files).toHaveProperty([file]);
  expect(files['pipeline/__main__.py']).toBe(SeedCode.train().files['pipeline/__main__.py']);
});
