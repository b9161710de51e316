import { Token } from 'aws-cdk-lib';
import { Effect, IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
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
    case CorrectiveAction.STOP_NOTEBOOK:
      return [on(['DescribeNotebookInstance', ...acting('StopNotebookInstance')], 'notebook-instance')];
    case CorrectiveAction.DELETE_APPLICATION:
      return [on(['DescribeApp', ...acting('DeleteApp')], 'app')];
    case CorrectiveAction.BLOCK_PUBLIC_ACCESS:
      return [new PolicyStatement({
        actions: ['s3:GetBucketPublicAccessBlock', ...acting('s3:PutBucketPublicAccessBlock')], resources: props.buckets!.map(({ bucketArn }) => bucketArn),
      })];
    case CorrectiveAction.REVOKE_SECURITY_GROUP_RULE:
      return [
        new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'], resources: ['*'] }), // EC2 takes no resource for what it describes
        ...isEnforced ? [new PolicyStatement({
          actions: ['ec2:RevokeSecurityGroupIngress'],
          resources: [arnIn(scope, 'ec2', 'security-group/*')],
          conditions: { ArnEquals: { 'ec2:Vpc': props.vpcs!.map(({ vpcId }) => arnIn(scope, 'ec2', `vpc/${vpcId}`)) } },
        })] : [],
      ];
  }
}

/** What acts on resources, by service and type in their ARNs. Buckets have no type there. */
const ACTING: Record<string, Record<string, string>> = {
  sagemaker: {
    ...Object.fromEntries(Object.entries(JOBS).map(([type, [, stopped]]) => [type, `sagemaker:Stop${stopped}`])),
    'endpoint': 'sagemaker:DeleteEndpoint',
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

/** What the allow-list has, the function cannot touch, whatever it decides: in policies by themselves, each as large as IAM takes one. */
export function leaveAlone(scope: Construct, role: IRole, description: string, allowList: readonly string[]): ManagedPolicy[] {
  const policies = new PackedPolicies(scope, 'LeaveAlone', role, description, undefined, { property: 'policies of the allow-list', remedy: 'Use patterns' });
  policies.countAlso(1); // what the function may do
  return [...new Set(allowList.map((arn) => policies.add(new PolicyStatement({ effect: Effect.DENY, actions: actingOn(arn), resources: [arn] }))))];
}
