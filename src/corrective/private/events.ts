import { Stack } from 'aws-cdk-lib';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { CorrectiveAction } from '../corrective-action';

/** Events in which AWS tells of what an action is about. */
interface Events {
  /** Of SageMaker's own, by the kinds that their types name. */
  readonly states?: readonly string[];
  /** Calls that CloudTrail tells of, and the service that they are to. */
  readonly service: 'sagemaker' | 's3' | 'ec2';
  readonly calls?: readonly string[];
}

const EVENTS: Record<CorrectiveAction, Events> = {
  [CorrectiveAction.STOP_JOB]: {
    states: ['Training Job', 'Processing Job', 'Transform Job', 'HyperParameter Tuning Job'],
    service: 'sagemaker',
    calls: [
      'CreateTrainingJob', 'CreateProcessingJob', 'CreateTransformJob', 'CreateHyperParameterTuningJob', 'CreateAutoMLJob', 'CreateAutoMLJobV2',
    ],
  },
  // Both can be corrected only once they are there, of which SageMaker tells.
  [CorrectiveAction.DELETE_ENDPOINT]: { states: ['Endpoint'], service: 'sagemaker' },
  [CorrectiveAction.DELETE_INFERENCE_COMPONENT]: { service: 'sagemaker', calls: ['CreateInferenceComponent', 'UpdateInferenceComponent'] },
  [CorrectiveAction.STOP_NOTEBOOK]: { states: ['Notebook Instance'], service: 'sagemaker' },
  [CorrectiveAction.DELETE_APPLICATION]: { service: 'sagemaker', calls: ['CreateApp'] },
  [CorrectiveAction.BLOCK_PUBLIC_ACCESS]: {
    service: 's3', calls: ['CreateBucket', 'PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutBucketPolicy', 'PutBucketAcl'],
  },
  [CorrectiveAction.REVOKE_SECURITY_GROUP_RULE]: { service: 'ec2', calls: ['AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules'] },
};

/** Names in one pattern, which takes 4,096 characters: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
const MOST_NAMES = 40;

/** A bus may have events of other accounts as well, whose names mean nothing here. */
function here(scope: IConstruct): EventPattern {
  const { account, region } = Stack.of(scope);
  return { account: [account], region: [region] };
}

/** SageMaker tells of these without a trail; nothing where no action is about them. */
export function statesOf(scope: IConstruct, actions: readonly CorrectiveAction[]): EventPattern[] {
  const kinds = actions.flatMap((action) => EVENTS[action].states ?? []);
  return kinds.length === 0 ? [] : [{ ...here(scope), source: ['aws.sagemaker'], detailType: kinds.map((kind) => `SageMaker ${kind} State Change`) }];
}

/** Calls that succeeded. CloudTrail tells of those of an account that has a trail. */
export function callsOf(scope: IConstruct, actions: readonly CorrectiveAction[]): EventPattern[] {
  const events = actions.filter((action) => action !== CorrectiveAction.BLOCK_PUBLIC_ACCESS).map((action) => EVENTS[action]);
  return toldOf(scope, events.filter(({ calls }) => calls !== undefined), {});
}

/** Calls on buckets that are watched, so that calls on others, of which there may be any number, call nobody. */
export function bucketCallsOf(scope: IConstruct, actions: readonly CorrectiveAction[], buckets: readonly IBucket[]): EventPattern[] {
  if (!actions.includes(CorrectiveAction.BLOCK_PUBLIC_ACCESS)) return [];
  const names = buckets.map(({ bucketName }) => bucketName), starts = names.flatMap((_, index) => (index % MOST_NAMES === 0 ? [index] : []));
  const about = (start: number) => ({ requestParameters: { bucketName: names.slice(start, start + MOST_NAMES) } });
  return starts.flatMap((start) => toldOf(scope, [EVENTS[CorrectiveAction.BLOCK_PUBLIC_ACCESS]], about(start)));
}

function toldOf(scope: IConstruct, events: readonly Events[], about: object): EventPattern[] {
  const services = [...new Set(events.map(({ service }) => service))];
  return events.length === 0 ? [] : [{
    ...here(scope),
    source: services.map((service) => `aws.${service}`),
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: services.map((service) => `${service}.amazonaws.com`),
      eventName: events.flatMap(({ calls = [] }) => calls),
      errorCode: [{ exists: false }],
      ...about,
    },
  }];
}
