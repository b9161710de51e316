import { Acknowledgement, checks, rules } from '../../private/acknowledgements';

/** Of an endpoint's alarms. */
export const ENDPOINT_ALARMS: Acknowledgement[] = [
  rules(['CloudWatchAlarmAction'], /^\/\w+\/Resource$/, 'SageMaker watches the alarms during an update and rolls it back; people are told by the topic that alarms.notificationTopic names.'),
];

/** Of an endpoint. */
export const ENDPOINT: Acknowledgement[] = [
  rules(['SageMakerEndpointConfigurationKMSKeyConfigured'], /^\/Configuration$/, 'Instances of the family g5 have local NVMe storage, which hardware encrypts; SageMaker refuses a volume key for them.'),
  checks(['ModelRegistryInVpc'], /^\/(Shadow)?Model\d*$/, 'Images are in Amazon ECR, a private registry that the VPC reaches by its endpoints; SageMaker takes Vpc for registries outside of Amazon ECR only.'),
];

/** Of an endpoint in an account of a stage, whose template reads what the target has. */
export const ENDPOINT_IN_TARGET: Acknowledgement[] = [
  checks(['EndpointEncryption', 'EndpointCaptureEncryption'], /^\/\w+\/Configuration$/, 'The key is one of the target, which always writes its parameters.'),
  checks(['ModelInVpc'], /^\/\w+\/Model$/, 'The subnets are those of the target, which always writes their parameter.'),
  checks(['ModelImageRegistry'], /^\/\w+\/Model$/, 'The delivery gives the image of an approved version, which the model\'s role may pull from the registries of the environment alone.'),
];
