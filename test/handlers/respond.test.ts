import { createServer, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { setTimeout as sleep } from 'timers/promises';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { untilEndOfEvent } from '../../src/handlers/cloudformation/event';
import { answering, Work } from '../../src/handlers/cloudformation/respond';

/** CloudFormation's answer box, which may say no at first. */
class AnswerBox {
  readonly received: Record<string, unknown>[] = [];
  statuses: number[] = [];
  /** What the box does with its first calls instead of an answer. */
  instead: ((response: ServerResponse) => unknown)[] = [];
  private readonly server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const instead = this.instead.shift();
      if (instead) return instead(response);
      const status = this.statuses.shift() ?? 200;
      if (status < 300) this.received.push(JSON.parse(body) as Record<string, unknown>);
      return response.writeHead(status).end();
    });
  });

  open = () => new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/box?signature=1`;
  }
}

const box = new AnswerBox();
beforeAll(() => box.open());
afterAll(() => box.close());
beforeEach(() => {
  box.received.length = 0;
  box.statuses = [];
  box.instead = [];
  jest.spyOn(console, 'error').mockImplementation();
});

const event = (changed: Record<string, unknown> = {}) => ({
  RequestType: 'Create', ResponseURL: box.url, StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Resource', ResourceProperties: {}, ...changed,
} as unknown as CloudFormationCustomResourceEvent);
const run = (work: Work, changed: Record<string, unknown> = {}, remaining = 60_000) => (
  answering(work)(event(changed), { getRemainingTimeInMillis: () => remaining, logStreamName: 'log-stream' } as Context)
);

test('tells the outcome', async () => {
  await run(() => Promise.resolve({ physicalResourceId: 'id', data: { Answer: '42' } }));
  expect(box.received).toEqual([{
    Status: 'SUCCESS', Reason: 'SUCCESS', PhysicalResourceId: 'id', Data: { Answer: '42' }, StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Resource',
  }]);
});

test('tells an error, with the name of its kind and of the log stream', async () => {
  await run(() => Promise.reject(new RangeError('too far')));
  expect(box.received).toMatchObject([{ Status: 'FAILED', Reason: 'RangeError: too far (log stream log-stream)', PhysicalResourceId: 'never-created' }]);
});

test('keeps the physical id when an update fails, or CloudFormation would replace the resource', async () => {
  await run(() => Promise.reject(new Error('no')), { RequestType: 'Update', PhysicalResourceId: 'id' });
  expect(box.received).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: 'id' }]);
});

test('has nothing to delete where the creation failed', async () => {
  const work = jest.fn();
  await run(work, { RequestType: 'Delete', PhysicalResourceId: 'never-created' });
  expect(work).not.toHaveBeenCalled();
  expect(box.received).toMatchObject([{ Status: 'SUCCESS' }]);
});

test('answers before the time of the function is over', async () => {
  await run(() => new Promise(() => undefined), {}, 10_020);
  expect(box.received).toMatchObject([{ Status: 'FAILED', Reason: 'the time of the function is over (log stream log-stream)' }]);
});

test('shortens a reason that CloudFormation would not take', async () => {
  await run(() => Promise.reject(new Error('x'.repeat(9_000))));
  expect(String(box.received[0].Reason)).toHaveLength(900 + ' (log stream log-stream)'.length);
});

test('delivers again when the answer box fails', async () => {
  box.statuses = [500, 503];
  await run(() => Promise.resolve({ physicalResourceId: 'id' }));
  expect(box.received).toMatchObject([{ Status: 'SUCCESS' }]);
});

test('does not turn an outcome into a failure because its delivery failed', async () => {
  box.statuses = [500, 500, 500];
  await expect(run(() => Promise.resolve({ physicalResourceId: 'id' }))).rejects.toThrow('CloudFormation\'s answer box said 500');
  expect(box.received).toEqual([]);
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ['whose refusal is cut off', (response) => {
    response.writeHead(503, { 'content-length': 1_000 }).write('<Error>');
    setTimeout(() => response.destroy(), 20);
  }],
  ['whose refusal never ends', (response) => response.writeHead(503, { 'content-length': 1_000 }).write('<Error>')],
  ['that breaks the connection', (response) => response.destroy()],
  ['that says nothing', () => undefined],
])('delivers again to an answer box %s', async (_, happens) => {
  box.instead = [happens, happens];
  await run(() => Promise.resolve({ physicalResourceId: 'id' }));
  expect(box.received).toMatchObject([{ Status: 'SUCCESS' }]);
}, 8_000);

test('takes an answer for delivered whose receipt is cut off', async () => {
  box.instead = [(response) => response.writeHead(200, { 'content-length': 1_000 }).write('O')];
  await run(() => Promise.resolve({ physicalResourceId: 'id' }));
  expect(box.received).toEqual([]);
});

test('the answer ends the work, whatever part of it has failed', async () => {
  let steps = 0;
  const goesOn = async () => {
    const step = () => {
      steps++;
      return sleep(5);
    };
    for (;;) await untilEndOfEvent(step);
  };
  await run(() => Promise.all([goesOn(), sleep(30).then(() => { throw new Error('no'); })]) as never);
  const atTheAnswer = steps;
  await sleep(100);
  expect([atTheAnswer > 0, steps]).toEqual([true, atTheAnswer]);
});
