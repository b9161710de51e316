import { readdirSync, readFileSync } from 'fs';
import { createServer, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { endingWithEvent, patient } from '../../src/handlers/aws/sdk';
import { within } from '../../src/handlers/cloudformation/event';

const HANDLERS = join(__dirname, '..', '..', 'src', 'handlers');
const ANSWER = '<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId></item></securityGroupInfo></DescribeSecurityGroupsResponse>';
const answered = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/xml' }).end(ANSWER);

let calls = 0;
/** What becomes of the first calls, one after the other; then EC2 answers. */
let first: ((response: ServerResponse) => unknown)[] = [];
const server: Server = createServer((request, response) => {
  request.resume().on('end', () => {
    calls++;
    (first.shift() ?? answered)(response);
  });
});
let ec2: EC2Client;
const ask = async () => (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map(({ GroupId }) => GroupId);

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ec2 = endingWithEvent(new EC2Client({
    ...patient(300),
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  }));
});
afterAll(async () => {
  ec2.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  calls = 0;
  first = [];
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ['never answers', () => undefined],
  ['stops in the middle of its answer', (response) => response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 1_000 }).write('<Desc')],
  ['breaks in the middle of its answer', (response) => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': 1_000 }).write('<Desc');
    setTimeout(() => response.destroy(), 20);
  }],
  ['breaks', (response) => response.destroy()],
  ['answers with a failure', (response) => response.writeHead(503).end('<html>')],
])('a call is made again when the connection %s', async (_, happens) => {
  first = [happens, happens];
  expect(await ask()).toEqual(['sg-1']);
  expect(calls).toBe(3);
});

test('a service that never answers is given up', async () => {
  first = Array.from({ length: 20 }, () => () => undefined);
  await expect(ask()).rejects.toThrow(/300 ms/);
  expect(calls).toBe(8);
}, 40_000);

describe('the end of an event', () => {
  const event = async (until: (end: AbortController) => unknown) => {
    const end = new AbortController();
    const asked = within(end.signal, ask);
    await Promise.all([expect(asked).rejects.toThrow('over'), until(end)]);
  };

  test('ends a call that waits for its answer', async () => {
    first = [() => undefined];
    await event((end) => setTimeout(() => end.abort(new Error('over')), 50));
    await sleep(500);
    expect(calls).toBe(1);
  });

  test('ends the attempts of a call that was refused for a moment', async () => {
    first = Array.from({ length: 8 }, () => (response: ServerResponse) => response.writeHead(503).end());
    await event((end) => setTimeout(() => end.abort(new Error('over')), 30));
    await sleep(300); // one may be on its way when the event ends
    const made = calls;
    await sleep(1_500);
    expect(calls).toBe(made);
  });

  test('lets no call begin', async () => {
    await event((end) => end.abort(new Error('over')));
    const end = AbortSignal.abort(new Error('over'));
    const before = calls;
    await expect(within(end, ask)).rejects.toThrow('over');
    expect(calls).toBe(before);
  });
});

/** Handlers that answer no custom resource, so that nobody waits for the end of their event. */
const ANSWERS_NOBODY = /^(corrective|spending|idle)\/|^aws\/records\.ts$/;

test('every client of the SDK is patient, and ends with its event', () => {
  const sources = (readdirSync(HANDLERS, { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
  const made = sources.flatMap((file) => (readFileSync(join(HANDLERS, file), 'utf8').match(/^.*new \w+Client\(.*$/gm) ?? []).map((line) => ({ file, line })));
  const careless = made.filter(({ file, line }) => !(ANSWERS_NOBODY.test(file) ? /new \w+Client\(patient\([\d_]*\)\)/ : /endingWithEvent\(new \w+Client\(patient\([\d_]*\)\)\)/).test(line));
  expect([made.length > 5, careless]).toEqual([true, []]);
});
