import { Refusal } from './fake-aws/answer';
import { FakeWork, makeRecords, recordsOf, sent, settle, state, trainingJob } from './fake-aws/corrective-stage';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { concurrently } from '../../src/handlers/aws/concurrency';
import { Answer } from '../../src/handlers/corrective/decide';
import { Guardrail } from '../../src/handlers/corrective/settings';

const aws = new EmulatedAws(), work = new FakeWork();
const IN_SUBNETS: Guardrail = { Sid: 'DenyMissingSubnets', Action: 'sagemaker:CreateTrainingJob', Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } };
const NO_NETWORK = { VpcConfig: undefined };
const LIMIT = 100, VIOLATING = 300, VANISHED = 20, COMPLIANT = 180;

beforeAll(async () => {
  await aws.start();
  await makeRecords(aws);
  jest.spyOn(console, 'log').mockImplementation();
}, 120_000);
afterAll(() => aws.stop());

const eventOf = (name: string) => state('Training Job', { TrainingJobName: name, TrainingJobStatus: 'InProgress' });

/** A job that is stopped is being stopped from then on. */
function call(operation: string, input: Record<string, unknown>): unknown {
  const answer = work.call(operation, input), name = String(input.TrainingJobName);
  if (operation === 'StopTrainingJob') work.put('DescribeTrainingJob', name, trainingJob(name, { ...NO_NETWORK, TrainingJobStatus: 'Stopping' }));
  return answer;
}

describe('1,000 events in a burst, each twice, five at a time, while SageMaker is busy', () => {
  const names = (kind: string, count: number) => Array.from({ length: count }, (_, index) => `${kind}-${index}`);
  const violating = names('violating', VIOLATING), compliant = names('compliant', COMPLIANT), vanished = names('vanished', VANISHED);
  let answers: Answer[], seconds: number;

  beforeAll(async () => {
    settle({ guardrails: [IN_SUBNETS], maximumActionsPerHour: LIMIT });
    for (const name of violating) work.put('DescribeTrainingJob', name, trainingJob(name, NO_NETWORK));
    for (const name of compliant) work.put('DescribeTrainingJob', name, trainingJob(name));
    aws.services.SageMaker = call;
    let asked = 0;
    aws.intercept = ({ operation }) => operation.startsWith('SageMaker.') && ++asked % 50 === 0 ? new Refusal('ThrottlingException', 'Rate exceeded') : undefined;
    const once = [...violating, ...compliant, ...vanished];
    // The second of each comes with the first, or long after it.
    const events = once.flatMap((name, index) => (index % 2 === 0 ? [name, name] : [name])).concat(once.filter((_, index) => index % 2 === 1));
    expect(events).toHaveLength(1_000);
    const begin = Date.now();
    answers = await concurrently(events, 5, (name) => sent(eventOf(name)));
    seconds = (Date.now() - begin) / 1_000;
  }, 600_000);

  const having = (outcome: string) => answers.filter((one) => one.outcome === outcome);

  test('correct as many as the limit allows, and no job twice', () => {
    const stopped = work.done.map(([, { TrainingJobName }]) => String(TrainingJobName));
    expect([stopped.length, new Set(stopped).size, having('corrected').length]).toEqual([LIMIT, LIMIT, LIMIT]);
  });

  test('leave no violation without a record, and make none of anything else', async () => {
    const records = Object.values(await recordsOf(aws));
    const count = (outcome: string) => records.filter((one) => one.outcome === outcome).length;
    expect([records.length, count('corrected'), count('limited'), count('open')]).toEqual([VIOLATING, LIMIT, VIOLATING - LIMIT, 0]);
  }, 60_000);

  test('tell people of each correction, and once that the limit is reached', () => {
    expect(answers.filter(({ tell }) => tell)).toHaveLength(LIMIT + 1);
  });

  test('are answered, all of them', () => {
    expect([having('compliant').length, having('gone').length]).toEqual([2 * COMPLIANT, 2 * VANISHED]);
    expect(answers).toHaveLength(1_000);
    process.stderr.write(`1,000 events: ${seconds.toFixed(1)} s, ${aws.calls.length} calls of AWS, ${['corrected', 'limited', 'repeated', 'ended', 'compliant', 'gone'].map((one) => `${having(one).length} ${one}`).join(', ')}\n`);
  });

  test('in the next hour, what was beyond the limit is corrected when AWS tells of it again', async () => {
    const beyond = violating.find((name) => !work.done.some(([, { TrainingJobName }]) => TrainingJobName === name))!;
    jest.useFakeTimers({ now: Date.now() + 3_600_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'setInterval', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask', 'performance'] });
    try {
      expect(await sent(eventOf(beyond))).toMatchObject({ outcome: 'corrected', tell: true });
    } finally {
      jest.useRealTimers();
    }
  });
});
