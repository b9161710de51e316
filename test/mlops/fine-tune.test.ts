import { readFileSync } from 'fs';
import { join } from 'path';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { only, resources, templateOf, variablesOf } from './fixture';
import { ProjectBlueprint, SeedCode } from '../../src';
import { LOCAL_STORAGE } from '../../src/identity/instance-families';

const made = templateOf(ProjectBlueprint.fineTune()), trains = templateOf(ProjectBlueprint.buildTrain());
const typesOf = (template: typeof made) => Object.values(template.Resources as Record<string, { Type: string }>).map(({ Type }) => Type).sort();

describe('a project that fine-tunes', () => {
  test('holds what a project that trains holds, and nothing else', () => {
    expect(typesOf(made)).toEqual(typesOf(trains));
  });

  test('tells its build what a build that trains is told', () => {
    const of = (template: typeof made) => Object.keys(variablesOf(only(template, 'AWS::CodeBuild::Project'), template));
    expect(of(made)).toEqual(of(trains));
  });

  test.each([['this one', ProjectBlueprint.fineTune()], ['one that trains', ProjectBlueprint.buildTrain()]])('tells its build where runs are logged in an environment that has MLflow, and in no other: %s', (_, blueprint) => {
    const toldBy = (template: typeof made) => variablesOf(only(template, 'AWS::CodeBuild::Project'), template);
    expect(toldBy(templateOf(blueprint, { tracksRuns: true }))).toHaveProperty('MLFLOW_TRACKING_SERVER_ARN', '/secure-mlops/churn/studio/mlflow-tracking-server-arn');
    expect(toldBy(templateOf(blueprint))).not.toHaveProperty('MLFLOW_TRACKING_SERVER_ARN');
  });

  test('keeps its versions when it goes', () => {
    const [group] = Object.values(resources(made, 'AWS::SageMaker::ModelPackageGroup'));
    expect(group).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('says in its list what it does', () => {
    expect(made.Description).toContain('Fine-tunes, evaluates and registers a language model whenever its code changes');
  });

  test('runs again and again where that is asked for', () => {
    const repeated = templateOf(ProjectBlueprint.fineTune({ schedule: Schedule.cron({ minute: '0', hour: '4', day: '1' }) }));
    expect(only(repeated, 'AWS::Events::Rule', '-schedule')).toMatchObject({ ScheduleExpression: 'cron(0 4 1 * ? *)' });
  });
});

describe('its repository', () => {
  const { files } = SeedCode.fineTune();

  test('holds no model and no examples', () => {
    expect(Object.keys(files).filter((name) => /\.(jsonl|csv|safetensors|bin|pt)$/.test(name))).toEqual([]);
  });

  test.each([
    ...['config_file', 'gate', 'hyper_parameters', 'manifest', 'monitored', 'program', 'quality_gate', 'schema', 'serve', 'tracking'].map((name) => `training/${name}.py`),
    ...['comparison', 'metric', 'page'].map((name) => `training/report/${name}.py`),
    ...['outline', 'parameters', 'previous', 'steps', 'tuning', 'values'].map((name) => `pipeline/${name}.py`),
    'tuned.py',
  ])('has %s as projects that train have it', (name) => {
    expect(files[name]).toBe(SeedCode.train().files[name]);
  });

  test('knows the instance types with disks of their own that the environment\'s guardrails know', () => {
    const [, said] = /LOCAL_STORAGE = \(([\s\S]*?)\)/.exec(readFileSync(join(__dirname, '..', '..', 'src', 'mlops', 'seed-code', 'shared', 'pipeline', 'instances.py'), 'utf8'))!;
    expect([...said.matchAll(/"([\w-]+)"/g)].map(([, family]) => `ml.${family}.*`)).toEqual(LOCAL_STORAGE);
  });
});
