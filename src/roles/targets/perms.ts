/** IAM actions of a deployment target by what they are for. */

const sagemaker = (...names: string[]) => names.map((name) => `sagemaker:${name}`);
const scaling = (...names: string[]) => names.map((name) => `application-autoscaling:${name}`);

/** What StackSets does with a stack of ours. */
export const BE_A_STACK = [
  'CreateStack', 'UpdateStack', 'DeleteStack', 'CancelUpdateStack', 'ContinueUpdateRollback', 'RollbackStack', 'CreateChangeSet', 'ExecuteChangeSet', 'DeleteChangeSet',
  'DescribeChangeSet', 'DescribeStacks', 'DescribeStackEvents', 'DescribeStackResource', 'DescribeStackResources', 'ListStackResources', 'GetTemplate', 'GetStackPolicy',
  'SetStackPolicy', 'TagResource', 'UntagResource',
].map((name) => `cloudformation:${name}`);

/** An endpoint comes, changes and goes. */
export const CHANGE_ENDPOINTS = sagemaker('CreateEndpoint', 'UpdateEndpoint', 'UpdateEndpointWeightsAndCapacities', 'DeleteEndpoint');

/** What an endpoint is made of. */
export const CREATE_ENDPOINT_PARTS = sagemaker('CreateModel', 'CreateEndpointConfig');
/** What is left of an endpoint. */
export const DELETE_ENDPOINT_PARTS = sagemaker('DeleteModel', 'DeleteEndpointConfig');

/** Seeing endpoints and what they are made of. */
export const SEE_ENDPOINTS = sagemaker('DescribeEndpoint', 'DescribeEndpointConfig', 'DescribeModel', 'ListTags');

/** Auto scaling comes, changes and goes. */
export const CHANGE_SCALING = scaling('RegisterScalableTarget', 'DeregisterScalableTarget', 'PutScalingPolicy', 'DeleteScalingPolicy');
/** Seeing auto scaling. */
export const SEE_SCALING = scaling('DescribeScalableTargets', 'DescribeScalingPolicies', 'DescribeScalingActivities', 'DescribeScheduledActions', 'ListTagsForResource');

/** Alarms come, change and go. */
export const CHANGE_ALARMS = ['PutMetricAlarm', 'DeleteAlarms', 'TagResource', 'UntagResource', 'ListTagsForResource'].map((name) => `cloudwatch:${name}`);

/** Dashboards come, change and go. */
export const CHANGE_DASHBOARDS = [
  'PutDashboard', 'DeleteDashboards', 'GetDashboard', 'TagResource', 'UntagResource', 'ListTagsForResource',
].map((name) => `cloudwatch:${name}`);

/** A monitor starts. */
export const START_MONITORS = sagemaker('CreateProcessingJob');

/** Schedules come, change and go. */
export const CHANGE_SCHEDULES = ['CreateSchedule', 'UpdateSchedule', 'DeleteSchedule', 'GetSchedule'].map((name) => `scheduler:${name}`);

/** Event rules come, change and go. */
export const CHANGE_RULES = [
  'PutRule', 'DeleteRule', 'DescribeRule', 'PutTargets', 'RemoveTargets', 'ListTargetsByRule', 'TagResource', 'UntagResource', 'ListTagsForResource',
].map((name) => `events:${name}`);
