import { Target } from './seen';

/** An event as EventBridge delivers it; members are looked at before they are believed. */
export interface AwsEvent {
  readonly 'id'?: string;
  readonly 'detail-type'?: string;
  readonly 'detail'?: Readonly<Record<string, unknown>>;
}

/** What CloudTrail tells of a call. */
interface Call {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly errorCode?: string;
  readonly userIdentity?: { readonly arn?: string; readonly sessionContext?: { readonly sessionIssuer?: { readonly arn?: string } } };
  readonly requestParameters?: Readonly<Record<string, unknown>> | null;
  readonly responseElements?: { readonly securityGroupRuleSet?: { readonly items?: readonly { readonly groupId?: string }[] } } | null;
}

/** Members of the names of kinds, as SageMaker's API has them. */
const NAMES: Record<string, readonly string[]> = {
  TrainingJob: ['TrainingJobName'],
  ProcessingJob: ['ProcessingJobName'],
  TransformJob: ['TransformJobName'],
  HyperParameterTuningJob: ['HyperParameterTuningJobName'],
  AutoMLJob: ['AutoMLJobName'],
  Endpoint: ['EndpointName'],
  InferenceComponent: ['InferenceComponentName'],
  NotebookInstance: ['NotebookInstanceName'],
  App: ['DomainId', 'UserProfileName', 'SpaceName', 'AppType', 'AppName'],
};

/** Kinds by the events in which SageMaker tells of their state. */
const STATES: Record<string, string> = {
  'SageMaker Training Job State Change': 'TrainingJob',
  'SageMaker Processing Job State Change': 'ProcessingJob',
  'SageMaker Transform Job State Change': 'TransformJob',
  'SageMaker HyperParameter Tuning Job State Change': 'HyperParameterTuningJob',
  'SageMaker Endpoint State Change': 'Endpoint',
  'SageMaker Notebook Instance State Change': 'NotebookInstance',
};

/** Kinds by the calls that make or change them. */
const CALLS: Record<string, string> = {
  CreateTrainingJob: 'TrainingJob',
  CreateProcessingJob: 'ProcessingJob',
  CreateTransformJob: 'TransformJob',
  CreateHyperParameterTuningJob: 'HyperParameterTuningJob',
  CreateAutoMLJob: 'AutoMLJob',
  CreateAutoMLJobV2: 'AutoMLJob',
  CreateInferenceComponent: 'InferenceComponent',
  UpdateInferenceComponent: 'InferenceComponent',
  CreateApp: 'App',
  CreateBucket: 'Bucket',
  PutBucketPublicAccessBlock: 'Bucket',
  DeleteBucketPublicAccessBlock: 'Bucket',
  PutBucketPolicy: 'Bucket',
  PutBucketAcl: 'Bucket',
  AuthorizeSecurityGroupIngress: 'SecurityGroup',
  ModifySecurityGroupRules: 'SecurityGroup',
};

/** Letters of names and ids: whatever else an event says is no name. */
const NAME = /^[\w.-]{1,255}$/;

/**
 * What an event is about: undefined where it names nothing that is corrected, tells of a call that failed, or of one that the
 * function itself has made.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function targetOf(event: AwsEvent, ownRole: string): Target | undefined {
  const type = event['detail-type'] ?? '', detail = event.detail ?? {};
  if (Object.hasOwn(STATES, type)) return named(STATES[type], detail, (member) => member);
  if (type !== 'AWS API Call via CloudTrail') return undefined;
  const { eventID, eventName = '', errorCode, userIdentity, requestParameters, responseElements } = detail as Call;
  const kind = Object.hasOwn(CALLS, eventName) ? CALLS[eventName] : undefined;
  if (kind === undefined || errorCode !== undefined || userIdentity?.sessionContext?.sessionIssuer?.arn === ownRole) return undefined;
  const call = { eventId: eventID ?? event.id ?? '', eventName, by: userIdentity?.arn };
  const given = requestParameters ?? {};
  if (kind === 'Bucket') return of(kind, { bucketName: given.bucketName }, call);
  if (kind === 'SecurityGroup') {
    const { GroupId: changed } = (given.ModifySecurityGroupRulesRequest ?? {}) as { readonly GroupId?: string };
    // A group may be named by its name; the answer has its id.
    return of(kind, { groupId: given.groupId ?? changed ?? responseElements?.securityGroupRuleSet?.items?.[0]?.groupId }, call);
  }
  return named(kind, given, lowered, call);
}

/** CloudTrail begins names of members with small letters: `autoMLJobName`, `trainingJobName`. */
function lowered(member: string): string {
  return `${member[0].toLowerCase()}${member.slice(1)}`;
}

function named(kind: string, from: Readonly<Record<string, unknown>>, as: (member: string) => string, call?: Target['call']): Target | undefined {
  return of(kind, Object.fromEntries(NAMES[kind].map((member) => [member, from[as(member)]])), call);
}

/** Members that are not there are left out: an application is a user profile's or a space's. */
function of(kind: string, members: Readonly<Record<string, unknown>>, call?: Target['call']): Target | undefined {
  const name = Object.fromEntries(Object.entries(members).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && NAME.test(pair[1])));
  return Object.keys(name).length === 0 ? undefined : { kind, name, call };
}
