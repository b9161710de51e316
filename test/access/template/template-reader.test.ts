import { App, Aws, CfnCondition, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { AccountRootPrincipal, AnyPrincipal, Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { stacksOf } from './synthesized-stack';
import { TemplateReader } from './template-reader';

const FALLBACK = { account: '111111111111', region: 'us-east-1' };

function stackOf(app: App, id = 'Stack'): Stack {
  return new Stack(app, id, { env: FALLBACK });
}

function read(app: App): TemplateReader {
  return new TemplateReader(stacksOf(app, FALLBACK));
}

describe('roles', () => {
  test('have the policies that name them, those that they name, and inline ones', () => {
    const app = new App();
    const stack = stackOf(app);
    const allow = (action: string) => new PolicyStatement({ actions: [action], resources: ['*'] });
    const named = new ManagedPolicy(stack, 'Named', { statements: [allow('s3:GetObject')] });
    const role = new Role(stack, 'Role', { roleName: 'churn', path: '/team/', assumedBy: new AccountRootPrincipal(), managedPolicies: [named] });
    new ManagedPolicy(stack, 'Naming', { statements: [allow('s3:PutObject')], roles: [role] });
    role.addToPolicy(allow('s3:DeleteObject'));

    const [found] = read(app).roles();
    expect(found.arn).toBe('arn:aws:iam::111111111111:role/team/churn');
    expect(found.identityPolicies.map(({ document }) => document.Statement[0].Action).sort()).toEqual(['s3:DeleteObject', 's3:GetObject', 's3:PutObject']);
    expect(found.trust.document.Statement[0].Principal).toEqual({ AWS: 'arn:aws:iam::111111111111:root' });
  });

  test('share the object of a policy that several of them have', () => {
    const app = new App();
    const stack = stackOf(app);
    const roles = ['A', 'B'].map((id) => new Role(stack, id, { assumedBy: new AccountRootPrincipal() }));
    new ManagedPolicy(stack, 'Guardrails', { statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['iam:*'], resources: ['*'] })], roles });

    const [a, b] = read(app).roles();
    expect(a.identityPolicies[0]).toBe(b.identityPolicies[0]);
  });

  test('have their permissions boundary', () => {
    const app = new App();
    const stack = stackOf(app);
    const boundary = new ManagedPolicy(stack, 'Boundary', { statements: [new PolicyStatement({ actions: ['s3:*'], resources: ['*'] })] });
    new Role(stack, 'Role', { assumedBy: new AccountRootPrincipal(), permissionsBoundary: boundary });

    expect(read(app).roles()[0].boundary?.document.Statement[0].Action).toBe('s3:*');
  });

  test('with a policy whose document is in no template are an error', () => {
    const app = new App();
    new Role(stackOf(app), 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess')],
    });

    expect(() => read(app).roles()).toThrow('the document of arn:aws:iam::aws:policy/ReadOnlyAccess is in no template');
  });
});

test('bucket, key and endpoint policies are found by what they protect', () => {
  const app = new App();
  const stack = stackOf(app);
  const bucket = new Bucket(stack, 'Bucket', { bucketName: 'churn-data' });
  bucket.addToResourcePolicy(new PolicyStatement({ actions: ['s3:GetObject'], principals: [new AnyPrincipal()], resources: [bucket.arnForObjects('*')] }));
  const key = new Key(stack, 'Key', { alias: 'alias/churn' });
  const vpc = new Vpc(stack, 'Vpc', { availabilityZones: ['us-east-1a'], natGateways: 0, subnetConfiguration: [{ name: 'Workload', subnetType: SubnetType.PRIVATE_ISOLATED }] });
  const endpoint = vpc.addInterfaceEndpoint('Sts', { service: InterfaceVpcEndpointAwsService.STS });
  endpoint.addToPolicy(new PolicyStatement({ actions: ['sts:*'], principals: [new AnyPrincipal()], resources: ['*'] }));

  const reader = read(app);
  expect(reader.bucketPolicies().get('arn:aws:s3:::churn-data')?.document.Statement[0].Resource).toBe('arn:aws:s3:::churn-data/*');
  const keyArn = reader.value('Stack', stack.resolve(key.keyArn)) as string;
  expect(keyArn).toMatch(/^arn:aws:kms:us-east-1:111111111111:key\/[0-9a-f]{8}-/);
  expect(reader.keyPolicies().get(keyArn)?.kind).toBe('key');
  expect(reader.keyAliases().get(keyArn)).toEqual(['alias/churn']);
  expect(reader.endpoints()).toMatchObject([{ service: 'sts', vpcId: reader.value('Stack', stack.resolve(vpc.vpcId)), policy: { kind: 'endpoint' } }]);
});

describe('values', () => {
  function valueOf(value: unknown, build: (stack: Stack) => void = () => {}): unknown {
    const app = new App();
    const stack = stackOf(app);
    build(stack);
    return read(app).value('Stack', stack.resolve(value));
  }

  test.each([
    [Fn.join('-', ['a', Aws.REGION]), 'a-us-east-1'],
    [Fn.sub('${AWS::AccountId}/${!aws:username}/${x}', { x: 'y' }), '111111111111/${aws:username}/y'],
    [Fn.select(1, Fn.split('/', 'a/b')), 'b'],
    [Fn.select(0, Fn.getAzs()), 'us-east-1a'],
  ])('%s is resolved', (value, expected) => {
    expect(valueOf(value)).toBe(expected);
  });

  test('parameters have their default, and conditions choose by it', () => {
    expect(valueOf(Fn.conditionIf('IsChurn', 'yes', 'no'), (stack) => {
      const name = new CfnParameter(stack, 'Name', { default: 'churn' });
      new CfnCondition(stack, 'IsChurn', { expression: Fn.conditionEquals(name.valueAsString, 'churn') });
    })).toBe('yes');
  });

  test('a parameter without a value is an error', () => {
    expect(() => valueOf(Fn.ref('Name'), (stack) => new CfnParameter(stack, 'Name'))).toThrow('Stack: the parameter Name has no value');
  });

  test('an unknown intrinsic is an error', () => {
    expect(() => valueOf({ 'Fn::Transform': {} })).toThrow('the intrinsic Fn::Transform is not known here');
  });

  test('an unknown attribute is an error', () => {
    expect(() => valueOf(Fn.getAtt('Thing', 'Color'), (stack) => new CfnResource(stack, 'Thing', { type: 'AWS::Some::Thing' })))
      .toThrow('attribute Color of AWS::Some::Thing is not known here');
  });

  test('what another stack exports is found', () => {
    const app = new App();
    const owner = stackOf(app, 'Owner');
    const user = stackOf(app, 'User');
    const bucket = new Bucket(owner, 'Bucket', { bucketName: 'churn-data' });
    const role = new Role(user, 'Role', { assumedBy: new AccountRootPrincipal() });
    new ManagedPolicy(user, 'Policy', { statements: [new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] })], roles: [role] });

    expect(read(app).roles()[0].identityPolicies[0].document.Statement[0].Resource).toBe('arn:aws:s3:::churn-data');
  });
});
