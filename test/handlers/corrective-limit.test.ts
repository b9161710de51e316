import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { makeRecords, RECORDS, recordsOf, settle } from './fake-aws/corrective-stage';
import { EmulatedAws } from './fake-aws/emulated-aws';
import { concurrently } from '../../src/handlers/aws/concurrency';

const aws = new EmulatedAws();
const MINUTE = 60_000, NOON = Date.parse('2026-11-30T12:00:00Z');
let place: typeof import('../../src/handlers/corrective/limit').place;

beforeAll(async () => {
  await aws.start();
  await makeRecords(aws);
}, 120_000);
afterAll(() => aws.stop());
beforeEach(async () => {
  settle({ maximumActionsPerHour: 3 });
  for (const Key of Object.keys(await recordsOf(aws, 'actions/'))) await aws.s3.send(new DeleteObjectCommand({ Bucket: RECORDS, Key }));
  jest.resetModules(); // a function that has just been started
  ({ place } = jest.requireActual<typeof import('../../src/handlers/corrective/limit')>('../../src/handlers/corrective/limit'));
});

const GRANTED = { isGranted: true, isFirstBeyond: false };
const REFUSED = { isGranted: false, isFirstBeyond: false }, TOLD = { isGranted: false, isFirstBeyond: true };

test('three actions in any sixty minutes are three, also at the turn of an hour', async () => {
  for (const [minute, id] of [[-2, 'a'], [-1, 'b'], [0, 'c']] as const) expect(await place(id, NOON + minute * MINUTE)).toEqual(GRANTED);
  expect(await place('d', NOON + MINUTE)).toEqual(TOLD);
  expect(await place('e', NOON + 2 * MINUTE)).toEqual(REFUSED);
  expect(await place('f', NOON + 59 * MINUTE)).toEqual(GRANTED); // that of two minutes to is an hour ago
});

test('people are told again where it is still so after an hour', async () => {
  for (const id of ['a', 'b', 'c']) await place(id, NOON);
  expect(await place('d', NOON)).toEqual(TOLD);
  for (const id of ['e', 'f', 'g']) expect(await place(id, NOON + 60 * MINUTE)).toEqual(GRANTED);
  expect(await place('h', NOON + 61 * MINUTE)).toEqual(TOLD);
});

test('a decision that is tried again keeps its place', async () => {
  for (const id of ['a', 'b', 'c', 'a', 'b']) expect(await place(id, NOON)).toEqual(GRANTED);
});

test('of many that ask at once, as many get a place as there are', async () => {
  const places = await concurrently(Array.from({ length: 20 }, (_, index) => `at-once-${index}`), 5, (id) => place(id, NOON));
  expect(places.filter(({ isGranted }) => isGranted)).toHaveLength(3);
  expect(places.filter(({ isFirstBeyond }) => isFirstBeyond)).toHaveLength(1);
}, 60_000);
