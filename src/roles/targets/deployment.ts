import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TargetRoleCard } from './card';
import { TargetContext } from './context';
import { VOLUMES } from './key-use';
import {
  BE_A_STACK, CHANGE_ALARMS, CHANGE_DASHBOARDS, CHANGE_ENDPOINTS, CHANGE_RULES, CHANGE_SCALING, CHANGE_SCHEDULES, CREATE_ENDPOINT_PARTS,
  DELETE_ENDPOINT_PARTS, SEE_ENDPOINTS, SEE_SCALING,
} from './perms';
import { becomesOurs, changeTags, isOurs, IS_NOBODYS } from './tag-statements';
import { EnvironmentRole, TargetRole } from '../../names';
import { arnIn } from '../../private/arn';

/**
 * What deploys endpoint stacks in a target. Trusted by exactly one role, the administration role of the environment's
 * stack sets; may make what an endpoint stack is made of, within the guardrails, and nothing besides.
 */
export const DEPLOYMENT: TargetRoleCard = {
  role: TargetRole.DEPLOYMENT,
  id: 'Deployment',
  description: 'What deploys model endpoints',
  hasNoPath: true,
  assumedBy: [EnvironmentRole.STACK_SET_ADMINISTRATOR],
  may: (context) => [
    ...beStacks(context), ...makeEndpoints(context), ...makeEndpointParts(context), ...scale(context), ...watch(context), readParameters(context),
    ...context.stage.monitoring ? setUpMonitors(context) : [],
  ],
  buckets: [],
  keys: [VOLUMES],
  passes: { sagemaker: [TargetRole.MODEL_EXECUTION], scheduler: [TargetRole.MONITORING_SCHEDULE], events: [TargetRole.MONITORING_ALARMS] },
  isGuarded: true,
  never: ['sagemaker:InvokeEndpoint', 'sagemaker:Create*Job', 's3:*', 'ssm:PutParameter', 'kms:PutKeyPolicy', 'iam:CreateRole', 'iam:AttachRolePolicy', 'sts:*'],
};

const prefixOf = ({ names, stage }: TargetContext) => names.endpointPrefix(stage.stageName);

/** StackSets names the stacks that it makes after their stack set. */
function beStacks(context: TargetContext): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: BE_A_STACK, resources: context.arns.here('cloudformation', `stack/StackSet-${prefixOf(context)}*`) }),
    new PolicyStatement({ actions: ['cloudformation:ValidateTemplate', 'cloudformation:GetTemplateSummary'], resources: ['*'] }), // of a template, which has no ARN
  ];
}

function makeEndpoints(context: TargetContext): PolicyStatement[] {
  const { arns } = context;
  return [
    new PolicyStatement({ actions: [...CHANGE_ENDPOINTS, 'sagemaker:AddTags', 'sagemaker:DeleteTags'], resources: arns.here('sagemaker', `endpoint/${prefixOf(context)}*`) }),
    // Creating and updating an endpoint names its configuration as well.
    new PolicyStatement({ actions: ['sagemaker:CreateEndpoint', 'sagemaker:UpdateEndpoint'], resources: arns.sageMaker('endpoint-config') }),
    new PolicyStatement({ actions: SEE_ENDPOINTS, resources: arns.sageMaker('endpoint', 'endpoint-config', 'model') }),
  ];
}

/** Models, configurations and targets of scaling have names that are made up; their tag says that they are this environment's. */
function makeEndpointParts({ arns, names: { environmentName } }: TargetContext): PolicyStatement[] {
  const parts = arns.sageMaker('model', 'endpoint-config');
  const scalable = arns.here('application-autoscaling', 'scalable-target/*');
  const becomes = { StringEquals: becomesOurs(environmentName) };
  return [
    new PolicyStatement({ actions: CREATE_ENDPOINT_PARTS, resources: parts, conditions: becomes }),
    new PolicyStatement({ actions: DELETE_ENDPOINT_PARTS, resources: parts, conditions: { StringEquals: isOurs(environmentName) } }),
    new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: parts, conditions: { ...becomes, Null: { 'sagemaker:TaggingAction': 'false' } } }),
    new PolicyStatement({ actions: ['application-autoscaling:TagResource'], resources: scalable, conditions: { ...becomes, ...IS_NOBODYS } }),
    ...changeTags({
      add: ['sagemaker:AddTags', 'application-autoscaling:TagResource'],
      remove: ['sagemaker:DeleteTags', 'application-autoscaling:UntagResource'],
      resources: [...parts, ...scalable],
      environmentName,
    }),
  ];
}

/** @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
function scale({ scope }: TargetContext): PolicyStatement[] {
  const serviceRole = arnIn(scope, 'iam', 'role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint');
  return [
    // Targets of scaling have ids that the service makes up; what narrows them is of which service they are.
    new PolicyStatement({ actions: CHANGE_SCALING, resources: ['*'], conditions: { StringEquals: { 'application-autoscaling:service-namespace': 'sagemaker' } } }),
    new PolicyStatement({ actions: SEE_SCALING, resources: ['*'] }), // descriptions take no resource
    new PolicyStatement({
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [serviceRole],
      conditions: { StringEquals: { 'iam:AWSServiceName': 'sagemaker.application-autoscaling.amazonaws.com' } },
    }),
  ];
}

/** Alarms and dashboards are called like the stack or like the endpoint, or as auto scaling calls those by which it follows the load. */
function watch(context: TargetContext): PolicyStatement[] {
  const { arns } = context, prefix = prefixOf(context), names = [`${prefix}*`, `StackSet-${prefix}*`];
  return [
    new PolicyStatement({ actions: CHANGE_ALARMS, resources: arns.here('cloudwatch', ...[...names, `TargetTracking-endpoint/${prefix}*`].map((name) => `alarm:${name}`)) }),
    new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }), // CloudWatch lists alarms of an account only as a whole
    new PolicyStatement({ actions: CHANGE_DASHBOARDS, resources: arns.here('cloudwatch', ...names.map((name) => `dashboard/${name}`)) }),
  ];
}

/** Endpoint stacks read where they are from SSM parameters. */
function readParameters({ arns, names, stage }: TargetContext): PolicyStatement {
  return new PolicyStatement({
    actions: ['ssm:GetParameter', 'ssm:GetParameters'], resources: arns.here('ssm', `parameter${names.targetParameterPrefix(stage.stageName)}*`),
  });
}

/** Monitors come in stacks of their own beside those of endpoints: their schedules, and the rule that reports alarms. */
function setUpMonitors(context: TargetContext): PolicyStatement[] {
  const { arns, names, stage } = context;
  return [
    new PolicyStatement({ actions: CHANGE_SCHEDULES, resources: arns.here('scheduler', `schedule/${names.monitoringScheduleGroupName(stage.stageName)}/*`) }),
    new PolicyStatement({ actions: CHANGE_RULES, resources: arns.here('events', `rule/${prefixOf(context)}*`) }),
  ];
}
