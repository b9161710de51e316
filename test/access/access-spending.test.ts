import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { churn } from './churn-app';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { Trial, trialOf, tryOut } from './trial';
import { SpendingControls, SpendingLimit } from '../../src';

const simulator = new Simulator();
const system = churn({
  finish: (environment) => {
    const stack = Stack.of(environment);
    new SpendingControls(stack, 'Spending', { environment, topic: new Topic(stack, 'Finance'), limit: SpendingLimit.usdPerMonth(500) });
  },
});

/** What an environment's own roles may do, row by row. */
const rows = readScenarios('contract', 'own').filter(({ who, expect: outcome }) => outcome === 'allow' && /^(studioExecution|dataPreparation|pipelineExecution|jobExecution)$/.test(who));
/** What starts something that is paid for by the hour, in words of its own. */
const starts = ({ does }: Scenario) => /^sagemaker:(Create(TrainingJob|ProcessingJob|TransformJob|HyperParameterTuningJob|App)|(Start|Retry)PipelineExecution)$/.test(does);
const working = rows.filter(starts);

type Context = Trial['request']['context'];

/** Rows that come out otherwise than they should, with roles that bear tags and requests that say something more. */
async function surprises(of: Scenario[], expected: (row: Scenario) => 'allow' | 'deny', said: Context): Promise<string[]> {
  const found: string[] = [];
  for (const row of of) {
    const trial = trialOf(row, system), { request } = trial;
    const { outcome, detail } = await tryOut({ ...trial, request: { ...request, context: { ...request.context, ...said } } }, simulator);
    if (outcome !== expected(row)) found.push(`${row.id} ${row.who} ${row.does}: ${detail}`);
  }
  return found;
}

const tagged = (tag: string, value: string) => ({ [`aws:PrincipalTag/SpendingDenied${tag}`]: value });

test('there is something to deny', () => {
  expect(working.length).toBeGreaterThan(50);
  expect(rows.length - working.length).toBeGreaterThan(200);
});

test('below a limit every role may do what it may', async () => {
  expect(await surprises(rows, () => 'allow', { 'aws:SourceIdentity': 'alice' })).toEqual([]);
}, 300_000);

test('at the limit of the environment new work is refused, and stopping, reading and all else stays', async () => {
  expect(await surprises(rows, (row) => starts(row) ? 'deny' : 'allow', tagged('', 'until 2026-12-01'))).toEqual([]);
}, 300_000);

describe('at the limit of persons', () => {
  const denied = tagged('Persons2', '/alice/carol/');

  test('new work of theirs is refused, and stopping, reading and all else stays', async () => {
    expect(await surprises(rows, (row) => starts(row) ? 'deny' : 'allow', { ...denied, 'aws:SourceIdentity': 'alice' })).toEqual([]);
  }, 300_000);

  test.each(['bob', 'alic', 'lice', 'alice-2', 'ALICE', '*'])('that of %s is not', async (person) => {
    expect(await surprises(working, () => 'allow', { ...denied, 'aws:SourceIdentity': person })).toEqual([]);
  }, 120_000);

  test('that of nobody is not: pipelines go on', async () => {
    expect(await surprises(working.filter(({ who }) => who === 'pipelineExecution'), () => 'allow', denied)).toEqual([]);
  }, 120_000);
});

describe('at the limit of a project', () => {
  const denied = tagged('Projects1', '/fraud/');
  const creates = working.filter(({ does }) => does.includes('Create')), pipelines = working.filter(({ does }) => does.includes('Pipeline'));

  test('new work that bears its tag is refused', async () => {
    expect(await surprises(creates, () => 'deny', { ...denied, 'aws:RequestTag/sagemaker:project-name': 'fraud' })).toEqual([]);
    expect(await surprises(pipelines, () => 'deny', { ...denied, 'aws:ResourceTag/sagemaker:project-name': 'fraud' })).toEqual([]);
  }, 120_000);

  test('that of another, or of none, is not', async () => {
    expect(await surprises(creates, () => 'allow', { ...denied, 'aws:RequestTag/sagemaker:project-name': 'fraud-2' })).toEqual([]);
    expect(await surprises(pipelines, () => 'allow', { ...denied, 'aws:ResourceTag/sagemaker:project-name': 'fraud-2' })).toEqual([]);
    expect(await surprises(working, () => 'allow', denied)).toEqual([]);
  }, 120_000);
});
