import { Asked, DeployedResource } from './deployed-resource';
import { Operation, Registry } from './registry';
import { NamedPolicy } from '../../access/policy-document';
import { guardrailContext, GuardrailValues } from '../../access/request/guardrail-context';
import { ACCOUNTS, REGION } from '../../access/request/organization';
import { Context, Requester } from '../../access/request/requester';
import { Simulator } from '../../access/simulator';
import { Found } from '../../access/template/template-reader';
import { actionsOf, referencedAction } from '../authorization/reference';

const OPERATIONS: Operation[] = ['create', 'read', 'update', 'delete', 'list'];

/** Templates and the role that deploys them. */
export interface Deployment {
  /** What the role is called in differences. */
  readonly who: string;
  readonly role: Requester;
  readonly resources: Found[];
  readonly values?: GuardrailValues;
  /** Tags of the stack, which CloudFormation gives to what is in it. */
  readonly stackTags?: Record<string, string>;
  /** Tags of what is there already, by its ARN; those of the resource itself where nobody knows it. */
  readonly tagsOf?: (arn: string) => Record<string, string> | undefined;
  /** ARN of the VPC that security groups are in, which EC2 sends with them. */
  readonly vpcArn?: string;
  /** The policy of a bucket, key or bus, by its ARN. */
  readonly policyOf: (arn: string) => NamedPolicy | undefined;
  readonly aliasesOf: (keyArn: string) => string[];
  /** Permissions boundary of the roles that policies are attached to. */
  readonly boundary?: string;
  /** Asks about what has a resource policy only: where the role itself may do anything. */
  readonly resourcePoliciesOnly?: boolean;
}

/** A call of a handler. */
interface Call extends Asked {
  readonly action: string;
}

/** What came of a deployment. */
export interface Outcome {
  readonly asked: number;
  /** What is refused, each once. */
  readonly refused: string[];
}

/** Asks the simulator for what the handlers of every resource ask for. */
export async function deploy(deployment: Deployment, registry: Registry, simulator = new Simulator()): Promise<Outcome> {
  const refused = new Set<string>();
  let asked = 0;
  for (const found of deployment.resources.filter(({ resource }) => resource.Type.startsWith('AWS::'))) {
    const resource = new DeployedResource(found, registry);
    for (const operation of OPERATIONS) {
      for (const permission of registry.permissions(resource.type, [operation])) {
        for (const name of await actionsOf(permission)) {
          const action = await referencedAction(name);
          for (const { arn, type } of resource.authorizedOn(action)) {
            const policy = deployment.policyOf(arn.startsWith('arn:aws:s3:') ? arn.split('/')[0] : arn); // of an object, its bucket's
            if (deployment.resourcePoliciesOnly && !policy) continue;
            asked++;
            const { outcome } = await simulator.decide({
              action: name,
              who: deployment.role,
              on: { arn, account: { id: arn.split(':')[4] || found.values.account, organization: deployment.role.account?.organization }, policy },
              context: contextOf(deployment, resource, operation, { action: name, arn, type }),
            });
            if (outcome !== 'allow') refused.add(`${deployment.who}: ${resource.type} ${operation} ${name}${type ? ` on ${name === 'iam:PassRole' ? arn : type}` : ''}`);
          }
        }
      }
    }
  }
  return { asked, refused: [...refused].sort() };
}

/** Service principals of the roles that types are given, where they are not called like the type's service. */
const PASSED_TO: Record<string, string> = {
  'AWS::EC2::FlowLog': 'vpc-flow-logs.amazonaws.com',
  'AWS::CloudWatch::Alarm': 'cloudwatch.amazonaws.com',
};

/** Creating actions of EC2 that are not called like the type. */
const EC2_CREATES: Record<string, string> = {
  'AWS::EC2::DHCPOptions': 'CreateDhcpOptions',
  'AWS::EC2::EIP': 'AllocateAddress',
  'AWS::EC2::FlowLog': 'CreateFlowLogs',
  'AWS::EC2::VPC': 'CreateVpc',
  'AWS::EC2::VPCEndpoint': 'CreateVpcEndpoint',
};

const SCALING: Context = {
  'application-autoscaling:service-namespace': 'sagemaker',
  'application-autoscaling:scalable-dimension': 'sagemaker:variant:DesiredInstanceCount',
};

/** What CloudFormation's call looks like: the role that it has assumed, no endpoint and no flag, and what the template says. */
function contextOf(deployment: Deployment, resource: DeployedResource, operation: Operation, { action, arn, type }: Call): Context {
  const { role, values, aliasesOf, stackTags, vpcArn } = deployment;
  const account = role.account ?? ACCOUNTS.data;
  const [, prefix, kind] = resource.type.split('::');
  const service = prefix.toLowerCase();
  const creates = operation === 'create' && /:(Create|Put|Register|Tag|AddTags)/.test(action);
  const given = { ...stackTags, ...resource.tags };
  const tags = (prefixOfTags: string, of = given) => Object.fromEntries(Object.entries(of).map(([key, value]) => [`aws:${prefixOfTags}Tag/${key}`, value]));
  // What the resource is put into is there already.
  const there = deployment.tagsOf?.(arn), isNew = operation === 'create' && /:(Create|Register)/.test(action) && !(there && !resource.isItself({ type, arn }));
  const bounded = resource.text('PermissionsBoundary') ?? (/^iam:(Attach|Detach)Role/.test(action) ? deployment.boundary : undefined);
  const tagged = creates || /:(Tag|AddTags|CreateTags)/.test(action);
  return {
    ...(values ? guardrailContext({ guardrails: 'met' }, values) : {}),
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': REGION,
    'aws:ResourceAccount': arn.split(':')[4] || account.id,
    'aws:PrincipalArn': role.arn,
    'aws:PrincipalAccount': account.id,
    'aws:PrincipalOrgID': account.organization.id,
    'aws:PrincipalOrgPaths': account.organization.paths,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    ...(tagged ? { ...tags('Request'), 'aws:TagKeys': Object.keys(given) } : {}),
    ...(isNew ? {} : tags('Resource', there)),
    ...(action === 'iam:PassRole' ? { 'iam:PassedToService': PASSED_TO[resource.type] ?? `${service}.amazonaws.com` } : {}),
    ...(action === 'sagemaker:AddTags' && operation === 'create' ? { 'sagemaker:TaggingAction': `Create${kind}` } : {}),
    ...(action.startsWith('kms:') ? { 'kms:CallerAccount': account.id, 'kms:ResourceAliases': aliasesOf(arn) } : {}),
    ...(action.startsWith('kms:') && service !== 'kms' ? { 'kms:ViaService': `${service}.${REGION}.amazonaws.com` } : {}),
    ...(action === 'kms:CreateGrant' && service !== 'kms' ? { 'kms:GrantIsForAWSResource': 'true' } : {}),
    ...(action === 'events:PutTargets' ? { 'events:TargetArn': resource.targetArns } : {}),
    ...(/^sso:\w+ApplicationAssignment$/.test(action) ? { 'sso:ApplicationAccount': account.id } : {}),
    ...(action === 'iam:CreateServiceLinkedRole' ? { 'iam:AWSServiceName': arn.split('/')[2] ?? '' } : {}),
    ...(/^iam:(Attach|Detach)/.test(action) ? { 'iam:PolicyARN': resource.policyArn } : {}),
    ...(action.startsWith('iam:') && bounded ? { 'iam:PermissionsBoundary': bounded } : {}),
    ...(action === 'ec2:CreateTags' && operation === 'create' ? { 'ec2:CreateAction': EC2_CREATES[resource.type] ?? `Create${kind}` } : {}),
    ...(vpcArn && type === 'security-group' ? { 'ec2:Vpc': vpcArn } : {}),
    ...(service === 'applicationautoscaling' ? SCALING : {}),
    ...(resource.type === 'AWS::SageMaker::Domain' ? { 'sagemaker:AppNetworkAccessType': resource.text('AppNetworkAccessType') ?? '' } : {}),
  };
}
