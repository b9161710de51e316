import { Stack, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { actingOn } from './statements';
import { checkWork } from './work';
import { isLike } from '../../checks/core/pattern';
import { InputCheck } from '../../private/input-check';
import { checkKey } from '../../private/key-rules';
import { BUCKET, checkRequired, like, VPC } from '../../private/required-input';
import { checkRoleSettings } from '../../private/role-settings';
import { IDataScienceEnvironment } from '../../stages';
import { CorrectiveAction } from '../corrective-action';
import { CorrectiveControlsProps } from '../corrective-controls-props';

const ENVIRONMENT = like<IDataScienceEnvironment>('names', 'an environment, such as DataScienceEnvironment.fromEnvironmentAttributes(…)');
const ALL = Object.values(CorrectiveAction);

/** What an action needs before it can look at anything. */
const NEEDS: Partial<Record<CorrectiveAction, 'guardrailStatements' | 'buckets' | 'vpcs'>> = {
  [CorrectiveAction.STOP_JOB]: 'guardrailStatements',
  [CorrectiveAction.BLOCK_PUBLIC_ACCESS]: 'buckets',
  [CorrectiveAction.REVOKE_SECURITY_GROUP_RULE]: 'vpcs',
};

/** ARNs of what actions are about, whose names nobody would choose: a pattern that has both has everything. */
const KINDS = [
  'sagemaker:r:a:training-job', 'sagemaker:r:a:processing-job', 'sagemaker:r:a:transform-job', 'sagemaker:r:a:hyper-parameter-tuning-job', 'sagemaker:r:a:automl-job',
  'sagemaker:r:a:endpoint', 'sagemaker:r:a:inference-component', 'sagemaker:r:a:notebook-instance', 'sagemaker:r:a:app', 's3::', 'ec2:r:a:security-group',
];

// eslint-disable-next-line no-restricted-syntax -- an example for people
const ARNS = 'be ARNs of SageMaker, S3 or EC2, such as arn:aws:sagemaker:*:*:endpoint/demo-*';
const ARN = /^arn:[\w*?-]+:(sagemaker|s3|ec2):[^:]*:[^:]*:.+$/;

const CORRECTED = 'jobs, endpoints, inference components, notebook instances, applications, buckets or security groups';

/** Operators that the function knows; others of IAM need what only a request has. */
const OPERATORS = /^(Null|((ForAnyValue|ForAllValues):)?(String(Not)?(Equals|Like)|Arn(Not)?(Equals|Like)|Bool|Numeric(Greater|Less)Than(Equals)?)(IfExists)?)$/;
/** Condition keys of which the function knows the values from a description. */
const KNOWN_KEYS = [
  'VpcSubnets', 'VpcSecurityGroupIds', 'VolumeKmsKeyArn', 'OutputKmsKeyArn', 'InstanceTypes', 'MaxRuntimeInSeconds', 'NetworkIsolation',
  'InterContainerTrafficEncryption', 'ServerlessMemorySize', 'DirectInternetAccess', 'RootAccess',
].map((key) => `sagemaker:${key}`);
/** Calls of which the function compares the results. */
const COMPARED = [
  'CreateTrainingJob', 'CreateProcessingJob', 'CreateTransformJob', 'CreateHyperParameterTuningJob', 'CreateAutoMLJobV2', 'CreateEndpointConfig', 'CreateModel',
  'CreateNotebookInstance', 'CreateApp',
].map((call) => `sagemaker:${call}`);

/** Actions that are looked for: those that are asked for, or all that have what they need. */
export function actionsOf({ correctiveActions, ...props }: CorrectiveControlsProps): CorrectiveAction[] {
  return correctiveActions ?? ALL.filter((action) => NEEDS[action] === undefined || (props[NEEDS[action]]?.length ?? 0) > 0);
}

/** Refuses what cannot be meant. */
export function checkInput(scope: Construct, props: CorrectiveControlsProps): void {
  checkRequired(scope, props, { topic: like<ITopic>('topicArn', 'a topic, such as Topic.fromTopicArn(…)') });
  const { correctiveActions, enforcedActions, allowList, guardrailStatements, maximumActionsPerHour } = props;
  const isAction = (action: string) => ALL.includes(action as CorrectiveAction), are = `be ${ALL.join(', ')}`, remedy = 'Nothing else is corrected';
  const check = checkKey(new InputCheck(scope), 'encryptionKey', props.encryptionKey)
    .notEmpty('correctiveActions', correctiveActions)
    .every('correctiveActions', correctiveActions, isAction, are, remedy)
    .unique('correctiveActions', correctiveActions)
    .every('enforcedActions', enforcedActions, isAction, are, remedy)
    .unique('enforcedActions', enforcedActions)
    .every('enforcedActions', enforcedActions, (action) => !isAction(action) || actionsOf(props).includes(action), 'be among the actions to look for', 'Add them to correctiveActions, or give what they need')
    .every('allowList', allowList, (one) => typeof one === 'string' && ARN.test(one), ARNS, 'Name the resources that are left alone')
    .every('allowList', allowList, (one) => typeof one !== 'string' || !hasEverything(one), 'not have everything of a kind', 'Leave out its action instead, or name resources')
    .every('allowList', allowList, (one) => typeof one !== 'string' || !ARN.test(one) || actingOn(one).length > 0, `be about ${CORRECTED}`, 'Nothing else is touched')
    .unique('allowList', allowList)
    .atMost('allowList', allowList, 100, 'Use patterns')
    .integerBetween('maximumActionsPerHour', maximumActionsPerHour, 1, 100, 'More is an outage: people should look first')
    .notEmpty('guardrailStatements', guardrailStatements)
    .notEmpty('buckets', props.buckets)
    .notEmpty('vpcs', props.vpcs);
  checkWork(check, props, Stack.of(scope));
  checkRoleSettings(scope, props.roleOptions);
  for (const action of correctiveActions ?? []) {
    const needed = NEEDS[action];
    if (needed !== undefined && props[needed] === undefined) check.report('correctiveActions', action, `be given together with ${needed}`, 'Without them there is nothing to look at');
  }
  for (const statement of guardrailStatements ?? []) checkGuardrail(check, statement);
  const lacking = [
    ...[props.environment].filter((one) => one !== undefined).flatMap((one) => ENVIRONMENT('environment', one)),
    ...(props.otherEnvironments ?? []).flatMap((one, index) => ENVIRONMENT(`otherEnvironments.${index}`, one)),
    ...(props.buckets ?? []).flatMap((bucket, index) => BUCKET(`buckets.${index}`, bucket)), ...(props.vpcs ?? []).flatMap((vpc, index) => VPC(`vpcs.${index}`, vpc)),
  ];
  for (const { property, value, rule, remedy: instead } of lacking) check.report(property, value, rule, instead);
  check.throwIfInvalid();
}

interface StatementJson {
  readonly Effect: string;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** A statement that the function would read differently from IAM is refused. */
function checkGuardrail(check: InputCheck, statement: PolicyStatement): void {
  const { Effect, Condition = {} } = statement.toStatementJson() as StatementJson;
  const name = `guardrailStatements (${statement.sid ?? 'without a Sid'})`, compared = comparedBy(statement);
  check
    .that(name, Effect, (effect) => effect === 'Deny', 'be denials', 'Guardrails are what an environment denies')
    .every(name, [...statement.actions, ...statement.notActions.map((action) => `all but ${action}`)], (action) => /^[\w*?]+:[\w*?]+$/.test(action), 'name their actions', 'Write them out: only some of them have a result that can be described');
  if (compared.length === 0) return;
  const keys = Object.values(Condition).flatMap(Object.keys);
  check
    .every(name, [...statement.resources, ...statement.notResources.map((resource) => `all but ${resource}`)], (resource) => resource === '*', 'be about every resource', 'Name exceptions in the allow-list')
    .every(name, Object.keys(Condition), (operator) => OPERATORS.test(operator), 'have only operators for texts, ARNs, numbers, booleans and Null', 'Leave the statement out: what depends on a request is not in a description')
    .every(name, keys, (key) => KNOWN_KEYS.includes(key), 'have only condition keys that a description answers', `These are ${KNOWN_KEYS.join(', ')}`);
}

/** Actions of a statement whose results are compared with it. */
export function comparedBy(statement: PolicyStatement): string[] {
  return COMPARED.filter((action) => statement.actions.some((pattern) => isLike(pattern, action)));
}

function hasEverything(pattern: string): boolean {
  if (Token.isUnresolved(pattern)) return false;
  const [, partition, service, region, account, ...rest] = pattern.split(':');
  const name = rest.join(':');
  if (partition === undefined || region === undefined || account === undefined) return false;
  return KINDS.map((kind) => kind.split(':')).filter(([of]) => of === service).some(([of, , , resource]) => (
    ['q', '0-z.9'.repeat(5)].every((one) => isLike(name, of === 's3' ? one : `${resource}/${one}`))
  ));
}
