import { Acknowledgement, rules } from '../../private/acknowledgements';

/** Of an endpoint's alarms. */
export const ENDPOINT_ALARMS: Acknowledgement[] = [
  rules(['CloudWatchAlarmAction'], /^\/\w+\/Resource$/, 'SageMaker watches the alarms during an update and rolls it back; people are told by the topic that alarms.notificationTopic names.'),
];

/** Of an endpoint. */
export const ENDPOINT: Acknowledgement[] = [
  rules(['SageMakerEndpointConfigurationKMSKeyConfigured'], /^\/Configuration$/, 'Instances of the family g5 have local NVMe storage, which hardware encrypts; SageMaker refuses a volume key for them.'),
];
