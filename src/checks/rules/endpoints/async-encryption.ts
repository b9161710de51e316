import { Rule } from '../../core/rule';
import { COMPLIANT, isOwnKey } from '../../core/verdicts';

export const ENDPOINT_ASYNC_ENCRYPTION: Rule = {
  id: 'EndpointAsyncEncryption',
  title: 'Answers of asynchronous endpoints are encrypted with a key of one\'s own.',
  remedy: 'Give AsyncInferenceConfig.OutputConfig a KmsKeyId.',
  severity: 'medium',
  types: ['AWS::SageMaker::EndpointConfig'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AsyncInferenceOutputConfig.html',
  look: (config) => (
    config.at('AsyncInferenceConfig').value === undefined ? COMPLIANT : isOwnKey(config.at('AsyncInferenceConfig.OutputConfig.KmsKeyId'))
  ),
};
