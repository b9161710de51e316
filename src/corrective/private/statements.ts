import { Token } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';
import { PackedPolicies } from '../../private/packed-policies';
import { CorrectiveAction } from '../corrective-action';
import { CorrectiveControlsProps } from '../corrective-controls-props';

/** Jobs by their resources: how they are called in the actions on them. */
const JOBS: Record<string, [described: string, stopped: string]> = {
  'training-job': ['TrainingJob', 'TrainingJob'],
  'processing-job': ['ProcessingJob', 'ProcessingJob'],
  'transform-job': ['TransformJob', 'TransformJob'],
  'hyper-parameter-tuning-job': ['HyperParameterTuningJob', 'HyperParameterTuningJob'],
  'automl-job': ['AutoMLJobV2', 'AutoMLJob'],
};

/** Names of resources and values of a condition in one statement, which has to fit into a policy. */
const MOST_IN_STATEMENT = 40;

/** What tells with which roles work runs, where that is asked. */
const TELLING_ROLES: Partial<Record<CorrectiveAction, [described: string, kind: string][]>> = {
  [CorrectiveAction.STOP_JOB]: [['Model', 'model']],
  [CorrectiveAction.DELETE_INFERENCE_COMPONENT]: [['Endpoint', 'endpoint'], ['EndpointConfig', 'endpoint-config']],
  [CorrectiveAction.DELETE_APPLICATION]: [['Domain', 'domain'], ['UserProfile', 'user-profile'], ['Space', 'space']],
};

/** What the function may look at to learn whose work it is. */
export function statementsForRoles(scope: Construct, actions: readonly CorrectiveAction[]): PolicyStatement[] {
  return actions.flatMap((action) => TELLING_ROLES[action] ?? []).map(([described, kind]) => (
    new PolicyStatement({ actions: [`sagemaker:Describe${described}`], resources: [arnIn(scope, 'sagemaker', `${kind}/*`)] })
  ));
}

function inParts(values: readonly string[]): string[][] {
  return values.flatMap((_, index) => (index % MOST_IN_STATEMENT === 0 ? [values.slice(index, index + MOST_IN_STATEMENT)] : []));
}

/** What the function may do for an action: to look always, to act only where it is enforced. */
export function statementsFor(scope: Construct, action: CorrectiveAction, isEnforced: boolean, props: CorrectiveControlsProps): PolicyStatement[] {
  const sagemaker = (kind: string) => arnIn(scope, 'sagemaker', `${kind}/*`);
  const on = (actions: string[], kind: string) => new PolicyStatement({ actions: actions.map((name) => `sagemaker:${name}`), resources: [sagemaker(kind)] });
  const acting = (...names: string[]) => isEnforced ? names : [];
  switch (action) {
    case CorrectiveAction.STOP_JOB:
      return Object.entries(JOBS).map(([kind, [described, stopped]]) => on([`Describe${described}`, ...acting(`Stop${stopped}`)], kind));
    case CorrectiveAction.DELETE_ENDPOINT:
      return [on(['DescribeEndpoint', ...acting('DeleteEndpoint')], 'endpoint'), on(['DescribeEndpointConfig'], 'endpoint-config'), on(['DescribeModel'], 'model')];
    case CorrectiveAction.DELETE_INFERENCE_COMPONENT:
      return [on(['DescribeInferenceComponent', ...acting('DeleteInferenceComponent')], 'inference-component'), on(['DescribeModel'], 'model')];
    case CorrectiveAction.STOP_NOTEBOOK:
      return [on(['DescribeNotebookInstance', ...acting('StopNotebookInstance')], 'notebook-instance')];
    case CorrectiveAction.DELETE_APPLICATION:
      return [on(['DescribeApp', ...acting('DeleteApp')], 'app')];
    case CorrectiveAction.BLOCK_PUBLIC_ACCESS:
      return inParts(props.buckets!.map(({ bucketArn }) => bucketArn)).map((resources) => (
        new PolicyStatement({ actions: ['s3:GetBucketPublicAccessBlock', ...acting('s3:PutBucketPublicAccessBlock')], resources })
      ));
    case CorrectiveAction.REVOKE_SECURITY_GROUP_RULE:
      return [
        new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'], resources: ['*'] }), // EC2 takes no resource for what it describes
        // Lists of AWS itself, and those that other accounts share, have other accounts in their ARNs.
        new PolicyStatement({ actions: ['ec2:GetManagedPrefixListEntries'], resources: [arnIn(scope, 'ec2', 'prefix-list/*', { account: '*' })] }),
        ...isEnforced ? inParts(props.vpcs!.map(({ vpcId }) => arnIn(scope, 'ec2', `vpc/${vpcId}`))).map((vpcs) => new PolicyStatement({
          actions: ['ec2:RevokeSecurityGroupIngress'],
          resources: [arnIn(scope, 'ec2', 'security-group/*')],
          conditions: { ArnEquals: { 'ec2:Vpc': vpcs } },
        })) : [],
      ];
  }
}

/** What acts on resources, by service and type in their ARNs. Buckets have no type there. */
const ACTING: Record<string, Record<string, string>> = {
  sagemaker: {
    ...Object.fromEntries(Object.entries(JOBS).map(([type, [, stopped]]) => [type, `sagemaker:Stop${stopped}`])),
    'endpoint': 'sagemaker:DeleteEndpoint',
    'inference-component': 'sagemaker:DeleteInferenceComponent',
    'notebook-instance': 'sagemaker:StopNotebookInstance',
    'app': 'sagemaker:DeleteApp',
  },
  s3: { '': 's3:PutBucketPublicAccessBlock' },
  ec2: { 'security-group': 'ec2:RevokeSecurityGroupIngress' },
};

/** What acts on the resources of an ARN, which may be a pattern. Of one that is known at the deployment, everything. */
export function actingOn(arn: string): string[] {
  const [, , service = arn, , , ...rest] = arn.split(':');
  if (Token.isUnresolved(service)) return Object.values(ACTING).flatMap((types) => Object.values(types));
  const types = ACTING[service] ?? {};
  const [type] = rest.join(':').split('/');
  if (service === 's3' || /[*?]/.test(type) || Token.isUnresolved(type)) return Object.values(types);
  return types[type] === undefined ? [] : [types[type]];
}

/** What the allow-list has, the function cannot touch, whatever it decides. */
export function leftAlone(allowList: readonly string[]): PolicyStatement[] {
  return allowList.map((arn) => new PolicyStatement({ effect: Effect.DENY, actions: actingOn(arn), resources: [arn] }));
}

/** Nobody else writes records: an exception or a full hour that somebody wrote would keep the function from correcting. */
export function writtenBy(role: IRole, records: IBucket): PolicyStatement {
  return new PolicyStatement({
    sid: 'DenyWritingToOthers',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    resources: [records.arnForObjects('*')],
    conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } },
  });
}

/** Policies of the function, each as large as IAM takes one, and no more than it attaches to a role. */
export function attached(scope: Construct, role: IRole, description: string, path: string | undefined, all: PolicyStatement[]): PackedPolicies {
  const policies = new PackedPolicies(scope, 'Policy', role, description, path, {
    property: 'policies of the function', remedy: 'Use patterns in allowList, or give buckets and vpcs to several CorrectiveControls',
  });
  for (const statement of all) policies.add(statement);
  return policies;
}
