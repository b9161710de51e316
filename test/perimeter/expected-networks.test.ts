import { Template } from 'aws-cdk-lib/assertions';
import { PerimeterApp } from './perimeter-app';

const s3EndpointIds = ['vpce-0123456789abcdef0'];

interface Statement {
  readonly Sid: string;
  readonly Condition: Record<string, Record<string, unknown>>;
}

/** The deny of reading the data bucket from outside. */
function readingFromOutside(app: PerimeterApp): Statement {
  const policies = Template.fromStack(app.stack).findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: { Ref: app.stack.getLogicalId(app.stack.node.findChild('Bucket-data').node.defaultChild as never) } } });
  const [policy] = Object.values(policies);
  return (policy.Properties as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument.Statement.find(({ Sid }) => Sid === 'DenyReadingFromOutside')!;
}

test('objects are reached through the endpoints alone', () => {
  const { Condition } = readingFromOutside(new PerimeterApp({ expectedNetworks: { s3EndpointIds } }));
  expect(Condition.StringNotEquals['aws:SourceVpce']).toEqual(s3EndpointIds);
  expect(Condition).not.toHaveProperty('NotIpAddress');
});

test('and from the address ranges of a company that names them', () => {
  const { Condition } = readingFromOutside(new PerimeterApp({ expectedNetworks: { s3EndpointIds, corporateCidrs: ['203.0.113.0/24'] } }));
  expect(Condition.NotIpAddress).toEqual({ 'aws:SourceIp': ['203.0.113.0/24'] });
});

test.each([
  ['no endpoint', { s3EndpointIds: [] }, 'expectedNetworks.s3EndpointIds must have at least one element, got []. Without an endpoint nobody reaches the buckets'],
  ['half the internet', { s3EndpointIds, corporateCidrs: ['0.0.0.0/1'] }, 'expectedNetworks.corporateCidrs must be IPv4 ranges of /8 or smaller, such as 203.0.113.0/24, got ["0.0.0.0/1"]'],
])('%s is refused', (_what, expectedNetworks, message) => {
  expect(() => new PerimeterApp({ expectedNetworks })).toThrow(`[Perimeter/Boundary] ${message}`);
});
