import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentNames, KeyPurpose } from '../../src/names';
import { BucketKind, DataPerimeter } from '../../src/perimeter';

const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'cn-north-1' } });
const perimeter = new DataPerimeter(stack, 'Boundary', {
  names: EnvironmentNames.forStack(stack, 'churn'),
  cloudFormationExecutionRoles: ['arn:aws-cn:iam::111111111111:role/deployer'],
  expectedNetworks: { s3EndpointIds: ['vpce-0123456789abcdef0'] },
});
const partition = { Ref: 'AWS::Partition' };
const resolved = <T>(value: unknown) => stack.resolve(value) as T;

test('roles are named in the partition that the stack is deployed to', () => {
  const statements = resolved<object[]>(perimeter.requiredBucketStatements(Bucket.fromBucketName(stack, 'Bucket', 'churn'), BucketKind.REPORTS).map((one) => one.toStatementJson()));
  expect(JSON.stringify(statements)).toContain(JSON.stringify(['arn:', partition, ':iam::111111111111:role/churn--pipeline-execution-cn-north-1']));
  expect(JSON.stringify(statements)).not.toMatch(/arn:aws:/);
});

test('services use keys under the domain name of the partition', () => {
  const [use] = perimeter.requiredKeyStatements(KeyPurpose.DATA).map((one) => resolved<{ Sid: string; Condition: object }>(one.toStatementJson())).filter(({ Sid }) => Sid === 'Data');
  expect(use.Condition).toMatchObject({ StringEquals: { 'kms:ViaService': [{ 'Fn::Join': ['', ['s3.cn-north-1.', { Ref: 'AWS::URLSuffix' }]] }] } });
});

test('AWS\'s own buckets are those of the region, and of no other', () => {
  const statements = perimeter.requiredS3EndpointStatements().map((one) => resolved<{ Sid: string; Resource: object }>(one.toStatementJson()));
  expect(statements.find(({ Sid }) => Sid === 'ImageLayers')!.Resource).toEqual({ 'Fn::Join': ['', ['arn:', partition, ':s3:::prod-cn-north-1-starport-layer-bucket/*']] });
});
