import { EventPattern } from 'aws-cdk-lib/aws-events';
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
  [CorrectiveAction.STOP_NOTEBOOK]: { states: ['Notebook Instance'], service: 'sagemaker' },
  [CorrectiveAction.DELETE_APPLICATION]: { service: 'sagemaker', calls: ['CreateApp'] },
  [CorrectiveAction.BLOCK_PUBLIC_ACCESS]: {
    service: 's3', calls: ['CreateBucket', 'PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutBucketPolicy', 'PutBucketAcl'],
  },
  [CorrectiveAction.REVOKE_SECURITY_GROUP_RULE]: { service: 'ec2', calls: ['AuthorizeSecurityGroupIngress', 'ModifySecurityGroupRules'] },
};

/** SageMaker tells of these without a trail; nothing where no action is about them. */
export function statesOf(actions: readonly CorrectiveAction[]): EventPattern | undefined {
  const kinds = actions.flatMap((action) => EVENTS[action].states ?? []);
  return kinds.length === 0 ? undefined : { source: ['aws.sagemaker'], detailType: kinds.map((kind) => `SageMaker ${kind} State Change`) };
}

/** Calls that succeeded. CloudTrail tells of those of an account that has a trail. */
export function callsOf(actions: readonly CorrectiveAction[]): EventPattern | undefined {
  const events = actions.map((action) => EVENTS[action]).filter(({ calls }) => calls !== undefined);
  const services = [...new Set(events.map(({ service }) => service))];
  return events.length === 0 ? undefined : {
    source: services.map((service) => `aws.${service}`),
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: services.map((service) => `${service}.amazonaws.com`),
      eventName: events.flatMap(({ calls = [] }) => calls),
      errorCode: [{ exists: false }],
    },
  };
}
