import { ADMINISTRATOR, call, DEPLOYMENT, Event, ROOT } from './events';

/** Events that must raise an alarm, and those near to them that must not. */
export interface AlarmCases {
  readonly raise: Record<string, Event>;
  readonly pass: Record<string, Event>;
}

const KEY = { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' };

export const ALARM_CASES: Record<string, AlarmCases> = {
  RootUse: {
    raise: {
      'root creates an access key': call('iam', 'CreateAccessKey', ROOT),
      'root signs in': call('signin', 'ConsoleLogin', ROOT, null, { eventType: 'AwsConsoleSignIn', additionalEventData: { MFAUsed: 'Yes' } }),
    },
    pass: {
      'an administrator creates an access key': call('iam', 'CreateAccessKey', ADMINISTRATOR),
      'a service works for root': call('s3', 'GetBucketAcl', { ...ROOT, invokedBy: 'support.amazonaws.com' }),
      'AWS tells of an event of its own': call('kms', 'RotateKey', ROOT, null, { eventType: 'AwsServiceEvent' }),
    },
  },
  Logging: {
    raise: {
      'somebody stops the trail': call('cloudtrail', 'StopLogging', ADMINISTRATOR, { name: 'trail' }),
      'a deployment stops the trail': call('cloudtrail', 'StopLogging', DEPLOYMENT, { name: 'trail' }),
      'somebody deletes flow logs': call('ec2', 'DeleteFlowLogs', ADMINISTRATOR),
      'somebody stops the recorder': call('config', 'StopConfigurationRecorder', ADMINISTRATOR),
      'somebody deletes the detector': call('guardduty', 'DeleteDetector', ADMINISTRATOR),
      'somebody makes the trail record less': call('cloudtrail', 'PutEventSelectors', ADMINISTRATOR),
      'somebody deletes a metric filter': call('logs', 'DeleteMetricFilter', ADMINISTRATOR),
      'somebody tries to': call('cloudtrail', 'StopLogging', ADMINISTRATOR, { name: 'trail' }, { errorCode: 'AccessDenied' }),
      'somebody is signed in by a service that works for people': call('logs', 'DeleteLogGroup', { ...ADMINISTRATOR, invokedBy: 'cloud9.amazonaws.com' }),
    },
    pass: {
      'a deployment changes what the trail records': call('cloudtrail', 'PutEventSelectors', DEPLOYMENT),
      'a deployment deletes a log group': call('logs', 'DeleteLogGroup', DEPLOYMENT),
      'somebody starts the trail': call('cloudtrail', 'StartLogging', ADMINISTRATOR),
      'somebody looks at the trail': call('cloudtrail', 'GetTrailStatus', ADMINISTRATOR),
    },
  },
  KeyChange: {
    raise: {
      'somebody changes a key policy': call('kms', 'PutKeyPolicy', ADMINISTRATOR, { ...KEY, policyName: 'default' }),
      'somebody schedules the deletion of a key': call('kms', 'ScheduleKeyDeletion', ADMINISTRATOR, { ...KEY, pendingWindowInDays: 7 }),
      'root disables a key': call('kms', 'DisableKey', ROOT, KEY),
      'somebody points an alias elsewhere': call('kms', 'UpdateAlias', ADMINISTRATOR),
    },
    pass: {
      'a deployment changes a key policy': call('kms', 'PutKeyPolicy', DEPLOYMENT, { ...KEY, policyName: 'default' }),
      'somebody decrypts': call('kms', 'Decrypt', ADMINISTRATOR),
      'another service has an operation of that name': call('example', 'DisableKey', ADMINISTRATOR, KEY),
    },
  },
};
