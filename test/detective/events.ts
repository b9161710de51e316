/** Events as CloudTrail writes them: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
export type Event = Record<string, unknown>;

const ACCOUNT = '111111111111';

/** The session of a role. */
export function roleSession(role: string, invokedBy?: string): Event {
  return {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:alice',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/alice`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', principalId: 'AROAEXAMPLE', arn: `arn:aws:iam::${ACCOUNT}:role/${role}`, accountId: ACCOUNT, userName: role },
      attributes: { creationDate: '2026-11-30T08:00:00Z', mfaAuthenticated: 'false' },
    },
    ...invokedBy === undefined ? {} : { invokedBy },
  };
}

export const ADMINISTRATOR = roleSession('Admin');
/** What CloudFormation does for whoever deploys. */
export const DEPLOYMENT = roleSession('cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1', 'cloudformation.amazonaws.com');
export const ROOT: Event = { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT, accessKeyId: 'ASIAEXAMPLE' };
/** Of another account, of whose session AWS does not tell. */
export const STRANGER: Event = { type: 'AWSAccount', principalId: 'AROAEXAMPLE:eve', accountId: '777788889999' };

/** A call of an API. */
export function call(service: string, eventName: string, userIdentity: Event, requestParameters: Event | null = null, more: Event = {}): Event {
  return {
    eventVersion: '1.09',
    userIdentity,
    eventTime: '2026-11-30T08:00:00Z',
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: 'eu-west-1',
    sourceIPAddress: '192.0.2.0',
    userAgent: 'aws-cli/2.13.5',
    requestParameters,
    responseElements: null,
    requestID: '899003b8-abc4-42bb-ad95-EXAMPLE0c374',
    eventID: '7c6e3d04-0c3b-42f2-8589-EXAMPLE826c0',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    eventCategory: 'Management',
    ...more,
  };
}
