import { createServer } from 'http';
import { AddressInfo } from 'net';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { handler } from '../../src/handlers/default-security-group';

/** One security group of EC2 over HTTP, with its rules, and CloudFormation's answer box. */
const group = { exists: true, ingress: true, egress: true, throttled: 0, stale: 0, reopened: false };
/** Somebody closes the group, too, after we have looked. */
let closedBySomebody = false;
const calls: string[] = [];
const answers: Record<string, string>[] = [];

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    if (request.url === '/answer-box') {
      answers.push(JSON.parse(body) as Record<string, string>);
      return response.writeHead(200).end();
    }
    const action = new URLSearchParams(body).get('Action') ?? '';
    calls.push(action);
    const [status, xml] = ec2(action);
    return response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });
});

function ec2(action: string): [number, string] {
  const refusal = (code: string, status = 400): [number, string] => [status, `<Response><Errors><Error><Code>${code}</Code><Message>${code}</Message></Error></Errors></Response>`];
  if (group.throttled-- > 0) return refusal('RequestLimitExceeded', 503);
  if (!group.exists) return refusal('InvalidGroup.NotFound');
  const rule = '<item><ipProtocol>-1</ipProtocol></item>';
  if (action === 'DescribeSecurityGroups') {
    const seen = group.stale-- > 0 ? { ingress: true, egress: true } : { ...group };
    if (closedBySomebody) Object.assign(group, { ingress: false, egress: false });
    return [200, '<DescribeSecurityGroupsResponse><securityGroupInfo><item><groupId>sg-1</groupId>'
      + `<ipPermissions>${seen.ingress ? rule : ''}</ipPermissions><ipPermissionsEgress>${seen.egress ? rule : ''}</ipPermissionsEgress>`
      + '</item></securityGroupInfo></DescribeSecurityGroupsResponse>'];
  }
  const side = action === 'RevokeSecurityGroupIngress' ? 'ingress' : 'egress';
  if (!group[side]) return refusal('InvalidPermission.NotFound');
  group[side] = group.reopened;
  return [200, `<${action}Response><return>true</return></${action}Response>`];
}

const send = async (event: object) => {
  const ResponseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/answer-box`;
  await handler({
    ResponseURL, StackId: 'stack', RequestId: 'request', LogicalResourceId: 'Resource', ResourceProperties: { GroupId: 'sg-1' }, ...event,
  } as unknown as CloudFormationCustomResourceEvent, { getRemainingTimeInMillis: () => 110_000, logStreamName: 'log-stream' } as Context);
  return answers[answers.length - 1];
};

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    POLL_MILLISECONDS: '1',
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  Object.assign(group, { exists: true, ingress: true, egress: true, throttled: 0, stale: 0, reopened: false });
  closedBySomebody = false;
  calls.length = 0;
  jest.spyOn(console, 'error').mockImplementation();
});

test('takes the rules of both directions out', async () => {
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'sg-1' });
  expect(group).toMatchObject({ ingress: false, egress: false });
});

test('closes again what was opened in the meantime, on update', async () => {
  await send({ RequestType: 'Create' });
  group.egress = true;
  expect(await send({ RequestType: 'Update', PhysicalResourceId: 'sg-1' })).toMatchObject({ Status: 'SUCCESS' });
  expect(group.egress).toBe(false);
});

test('is safe when called twice', async () => {
  await send({ RequestType: 'Create' });
  calls.length = 0;
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS' });
  expect(calls).toEqual(['DescribeSecurityGroups']);
});

test('goes on where an earlier call stopped half-way', async () => {
  group.ingress = false;
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS' });
  expect(calls).toEqual(['DescribeSecurityGroups', 'RevokeSecurityGroupEgress', 'DescribeSecurityGroups']);
});

test('is content with a group that somebody else closes at the same time', async () => {
  closedBySomebody = true;
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS' });
});

test('is content with rules that EC2 still shows although they are gone', async () => {
  Object.assign(group, { ingress: false, egress: false, stale: 2 });
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS' });
});

test('says that somebody opens the group again and again', async () => {
  group.reopened = true;
  expect(await send({ RequestType: 'Create' })).toMatchObject({
    Status: 'FAILED',
    Reason: 'the security group sg-1 still has rules although they were revoked 9 times: somebody opens it again (log stream log-stream)',
  });
});

test('tries again when it is throttled', async () => {
  group.throttled = 2;
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'SUCCESS' });
  expect(group).toMatchObject({ ingress: false, egress: false });
});

test('leaves the group as it is on deletion', async () => {
  expect(await send({ RequestType: 'Delete', PhysicalResourceId: 'sg-1' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'sg-1' });
  expect(calls).toEqual([]);
});

test('says that a group is not there', async () => {
  group.exists = false;
  expect(await send({ RequestType: 'Create' })).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('InvalidGroup.NotFound') as unknown });
});
