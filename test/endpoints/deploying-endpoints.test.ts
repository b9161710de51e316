import { App, Stack } from 'aws-cdk-lib';
import { DeploymentStage, MonitoringCheck, SelfContainedTemplate } from '../../src';
import { ModelEndpointTemplate } from '../../src/endpoints/model-endpoint-template';
import { ModelMonitorTemplate } from '../../src/monitoring/model-monitor-template';
import { churn } from '../access/churn-app';
import { Given, Scenario } from '../access/scenario';
import { Simulator } from '../access/simulator';
import { trialOf, tryOut } from '../access/trial';
import { AskedPermission, Registry } from '../oracles/registry/registry';
import { knownByName } from '../targets/fixture';

/** Something that a permission is asked for, and what the request says about it. */
interface Use { readonly on: string; readonly given?: Given }

const OURS = { 'aws:RequestTag/environment': 'churn', 'aws:RequestTag/stage': 'staging', 'aws:TagKeys': ['environment', 'stage'] };
const MADE: Given = { guardrails: 'met' };

/** What handlers ask for on behalf of properties that no template of ours has, and why. */
const NOT_TAKEN: [RegExp, string][] = [
  [/^AWS::ApplicationAutoScaling::ScalableTarget application-autoscaling:(Put|Delete)ScheduledAction$/, 'scaling by the clock'],
  [/^AWS::ApplicationAutoScaling::ScalableTarget lambda:/, 'provisioned concurrency of functions'],
  [/^AWS::ApplicationAutoScaling::ScalableTarget iam:PassRole$/, 'a role of one\'s own: the service has one, linked to it'],
  [/^AWS::ApplicationAutoScaling::ScalingPolicy cloudwatch:GetMetricData$/, 'predictive scaling, which forecasts from past metrics'],
  [/^AWS::SageMaker::EndpointConfig iam:PassRole$/, 'a role of the configuration, for inference components: models have theirs'],
];

/** What each type is in a target's account. */
const THINGS: Record<string, string> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': 'scalableTarget',
  'AWS::ApplicationAutoScaling::ScalingPolicy': 'scalableTarget',
  'AWS::CloudWatch::Alarm': 'stackAlarm',
  'AWS::CloudWatch::Dashboard': 'stackDashboard',
  'AWS::Events::Rule': 'monitorRule',
  'AWS::SageMaker::Endpoint': 'endpoint',
  'AWS::SageMaker::EndpointConfig': 'endpointConfig',
  'AWS::SageMaker::Model': 'model',
  'AWS::Scheduler::Schedule': 'schedule',
};

/** Permissions that are asked for something else than the resource itself. */
const ELSEWHERE: Record<string, Use[]> = {
  'AWS::Events::Rule iam:PassRole': [{ on: 'alarmsRole', given: { passedTo: 'events.amazonaws.com' } }],
  'AWS::SageMaker::Endpoint sagemaker:CreateEndpoint': [{ on: 'endpoint' }, { on: 'endpointConfig' }],
  'AWS::SageMaker::Endpoint sagemaker:UpdateEndpoint': [{ on: 'endpoint' }, { on: 'endpointConfig' }],
  'AWS::SageMaker::EndpointConfig kms:DescribeKey': [{ on: 'volumeKey' }, { on: 'captureKey' }],
  'AWS::SageMaker::EndpointConfig sagemaker:CreateEndpointConfig': [{ on: 'endpointConfig', given: MADE }],
  'AWS::SageMaker::EndpointConfig sagemaker:DeleteTags': [{ on: 'endpointConfig', given: { context: { 'aws:TagKeys': ['owner'] } } }],
  'AWS::SageMaker::Model iam:PassRole': [{ on: 'modelExecutionRole', given: { passedTo: 'sagemaker.amazonaws.com' } }],
  'AWS::SageMaker::Model sagemaker:CreateModel': [{ on: 'model', given: MADE }],
  'AWS::SageMaker::Model sagemaker:DeleteTags': [{ on: 'model', given: { context: { 'aws:TagKeys': ['owner'] } } }],
  'AWS::Scheduler::Schedule iam:PassRole': [{ on: 'scheduleRole', given: { passedTo: 'scheduler.amazonaws.com' } }],
  // Tags of a template come as it is made, those of a stack later as well.
  'AWS::ApplicationAutoScaling::ScalableTarget application-autoscaling:RegisterScalableTarget': [{ on: 'scalableTarget' }, { on: 'scalableTarget', given: { context: OURS } }],
  'AWS::ApplicationAutoScaling::ScalableTarget application-autoscaling:TagResource': [
    { on: 'untaggedScalableTarget', given: { context: OURS } },
    { on: 'scalableTarget', given: { context: { 'aws:RequestTag/owner': 'bob', 'aws:TagKeys': ['owner'] } } },
  ],
  'AWS::ApplicationAutoScaling::ScalableTarget application-autoscaling:UntagResource': [{ on: 'scalableTarget', given: { context: { 'aws:TagKeys': ['owner'] } } }],
  'AWS::ApplicationAutoScaling::ScalableTarget iam:CreateServiceLinkedRole': [
    { on: 'scalingRole', given: { context: { 'iam:AWSServiceName': 'sagemaker.application-autoscaling.amazonaws.com' } } },
  ],
  'AWS::ApplicationAutoScaling::ScalableTarget cloudwatch:PutMetricAlarm': [{ on: 'scalingAlarm' }],
  'AWS::ApplicationAutoScaling::ScalableTarget cloudwatch:DeleteAlarms': [{ on: 'scalingAlarm' }],
  'AWS::ApplicationAutoScaling::ScalableTarget cloudwatch:DescribeAlarms': [{ on: 'scalingAlarm' }],
};

const system = churn();
const simulator = new Simulator();
let registry: Registry;
beforeAll(async () => { registry = await Registry.of(); }, 300_000);

/** What is deployed as the deployment role: endpoints, which follow their load, and monitors. */
function deployed(): SelfContainedTemplate[] {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Parent');
  const stage = DeploymentStage.accounts('staging', {
    accounts: ['222222222222'], monitoring: {}, endpointCapacity: { instanceTypes: ['ml.m5.xlarge'], minInstanceCount: 2, maxInstanceCount: 4 },
  });
  const props = { names: knownByName(app).names, stage };
  return [new ModelEndpointTemplate(stack, 'Endpoint', props), new ModelMonitorTemplate(stack, 'Monitor', { ...props, checks: [MonitoringCheck.dataQuality()] })];
}

function asked(): AskedPermission[] {
  const textOf = (template: SelfContainedTemplate) => Stack.of(template.node.scope!).resolve(template.templateBody) as string;
  return deployed().flatMap((template) => registry.askedBy(JSON.parse(textOf(template)) as object));
}

const words = ({ type, action }: AskedPermission) => `${type} ${action}`;
const permissions = () => [...new Map(asked().map((permission) => [words(permission), permission])).values()];
const isTaken = (permission: AskedPermission) => !NOT_TAKEN.some(([pattern]) => pattern.test(words(permission)));

/** What the deployment role of a target's account is refused of it. */
async function refused(who: string, account: string): Promise<string[]> {
  const failures: string[] = [];
  for (const permission of permissions().filter(isTaken)) {
    for (const { on, given } of ELSEWHERE[words(permission)] ?? [{ on: THINGS[permission.type] }]) {
      const scenario: Scenario = {
        id: words(permission), expect: 'allow', who, does: permission.action, on: `${account}:${on}`, from: 'serviceNetwork', given, why: 'a handler asks for it',
      };
      const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
      if (outcome !== 'allow') failures.push(`${scenario.id} on ${on}: ${detail}`);
    }
  }
  return failures;
}

test('handlers of endpoint and monitor stacks get every permission that they ask for', async () => {
  expect(permissions().length).toBeGreaterThan(50);
  expect(await refused('targetDeployment', 'staging')).toEqual([]);
}, 60_000);

test('every reason not to give a permission is still one', () => {
  const left = permissions().map(words);
  expect(NOT_TAKEN.filter(([pattern]) => !left.some((permission) => pattern.test(permission)))).toEqual([]);
});

test('every permission that is asked for something else is still asked for', () => {
  const left = permissions().map(words);
  expect(Object.keys(ELSEWHERE).filter((permission) => !left.includes(permission))).toEqual([]);
});
