import * as fc from 'fast-check';
import { Refusal } from './fake-aws/answer';
import { FakeAws } from './fake-aws/fake-aws';
import { FakeStack, Handler } from './fake-aws/stack-event';
import { handler } from '../../src/handlers/network-range';
import { overlap } from '../../src/handlers/network-range/ranges';

const aws = new FakeAws();
const OWN = 'arn:aws:cloudformation:eu-west-1:111111111111:stack/SC-111111111111-pp-churn/1';
const stack = new FakeStack(aws, handler as Handler, { StackId: OWN });
const launch = (Range: string) => stack.create('NetworkRange', { Range });
const update = (from: string, to: string) => stack.update('NetworkRange', from, { Range: to }, { Range: from });
const vpc = (id: string, cidr: string, tags: Record<string, string> = { environment: id }) => aws.ec2.vpcs.push({ id: `vpc-${id}`, ranges: [{ cidr }], tags });

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  aws.reset();
  jest.spyOn(console, 'error').mockImplementation();
});

describe('a launch', () => {
  test('is refused where another environment has some of its addresses, with its range', async () => {
    vpc('forecast', '10.2.0.0/16');
    vpc('fraud', '10.0.16.0/20');
    expect(await launch('10.0.0.0/16')).toMatchObject({
      Status: 'FAILED',
      Reason: 'Network range must be free: 10.0.0.0/16 overlaps 10.0.16.0/20 of the environment fraud (vpc-fraud) in this account and region (log stream log-stream)',
    });
  });

  test('goes on where no other environment has any', async () => {
    vpc('fraud', '10.0.16.0/20');
    vpc('forecast', '10.2.0.0/16');
    expect(await launch('10.1.0.0/16')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '10.1.0.0/16' });
  });

  test('goes on beside VPCs of no environment, such as the default one', async () => {
    vpc('default', '172.31.0.0/16', {});
    expect(await launch('172.31.0.0/16')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('is refused where another environment was given a second range', async () => {
    aws.ec2.vpcs.push({ id: 'vpc-fraud', ranges: [{ cidr: '10.0.0.0/16' }, { cidr: '10.4.0.0/20' }], tags: { environment: 'fraud' } });
    expect(await launch('10.4.0.0/16')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('overlaps 10.4.0.0/20 of the environment fraud') as unknown });
  });

  test('goes on where a second range was taken away', async () => {
    aws.ec2.vpcs.push({ id: 'vpc-fraud', ranges: [{ cidr: '10.0.0.0/16' }, { cidr: '10.4.0.0/20', state: 'disassociated' }], tags: { environment: 'fraud' } });
    expect(await launch('10.4.0.0/16')).toMatchObject({ Status: 'SUCCESS' });
  });

  test('is refused while nobody can say which ranges there are', async () => {
    aws.fault = () => new Refusal('UnauthorizedOperation', 'no', 403);
    expect(await launch('10.0.0.0/16')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('UnauthorizedOperation') as unknown });
  });
});

describe('an update', () => {
  test('with another range is refused', async () => {
    expect(await update('10.0.0.0/16', '10.1.0.0/16')).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: '10.0.0.0/16',
      Reason: 'An environment cannot change its network range from 10.0.0.0/16 to 10.1.0.0/16: launch another one (log stream log-stream)',
    });
  });

  test('with the same range goes on, whatever other environments have', async () => {
    vpc('fraud', '10.0.0.0/16');
    expect(await update('10.0.0.0/16', '10.0.0.0/16')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '10.0.0.0/16' });
  });

  test('that is refused goes back', async () => {
    const { PhysicalResourceId } = await update('10.0.0.0/16', '10.1.0.0/16');
    const back = await stack.update('NetworkRange', PhysicalResourceId, { Range: '10.0.0.0/16' }, { Range: '10.1.0.0/16' });
    expect(back).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '10.0.0.0/16' });
  });
});

describe('an environment that was launched before ranges were compared', () => {
  beforeEach(() => vpc('churn', '10.0.0.0/16', { 'environment': 'churn', 'aws:cloudformation:stack-id': OWN }));

  test('keeps its own', async () => {
    expect(await launch('10.0.0.0/16')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '10.0.0.0/16' });
  });

  test('cannot change it', async () => {
    expect(await launch('10.1.0.0/16')).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('cannot change its network range from 10.0.0.0/16 to 10.1.0.0/16') as unknown });
  });
});

test('a termination asks nobody', async () => {
  expect(await stack.remove('NetworkRange', '10.0.0.0/16', { Range: '10.0.0.0/16' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '10.0.0.0/16' });
  expect(aws.calls).toEqual([]);
});

describe('two ranges', () => {
  const rangeOf = (block: number, mask: number) => {
    const size = 2 ** (32 - mask), first = block * size;
    return { text: `${[24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256).join('.')}/${mask}`, first, last: first + size - 1 };
  };
  const anywhere = fc.integer({ min: 0, max: 32 }).chain((mask) => fc.nat(2 ** mask - 1).map((block) => rangeOf(block, mask)));
  /** In 10.0.0.0/24, where about as many overlap as do not. */
  const nearby = fc.integer({ min: 25, max: 29 })
    .chain((mask) => fc.nat(2 ** (mask - 24) - 1).map((block) => rangeOf(10 * 2 ** (mask - 8) + block, mask)));

  test.each([['anywhere', anywhere], ['near each other', nearby]])('overlap when they have an address in common, %s', (_, range) => {
    fc.assert(fc.property(range, range, (one, other) => {
      const share = one.first <= other.last && other.first <= one.last;
      expect([overlap(one.text, other.text), overlap(other.text, one.text)]).toEqual([share, share]);
    }), { numRuns: 2_000 });
  });
});
