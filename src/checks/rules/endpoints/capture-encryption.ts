import { Rule } from '../../core/rule';
import { isOwnKey, isOn, where } from '../../core/verdicts';

export const ENDPOINT_CAPTURE_ENCRYPTION: Rule = {
  id: 'EndpointCaptureEncryption',
  title: 'Requests and answers that endpoints capture are encrypted with a key of one\'s own.',
  remedy: 'Give DataCaptureConfig a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::EndpointConfig'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataCaptureConfig.html',
  look: (config) => {
    const isCapturing = config.at('DataCaptureConfig').value === undefined ? false : isOn(config.at('DataCaptureConfig.EnableCapture'), true, true);
    return where(isCapturing, () => isOwnKey(config.at('DataCaptureConfig.KmsKeyId')));
  },
};
