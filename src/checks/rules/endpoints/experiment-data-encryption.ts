import { Rule } from '../../core/rule';
import { COMPLIANT, isOwnKey } from '../../core/verdicts';

export const EXPERIMENT_DATA_ENCRYPTION: Rule = {
  id: 'ExperimentDataEncryption',
  title: 'What inference experiments capture is encrypted with a key of one\'s own.',
  remedy: 'Give DataStorageConfig a KmsKey.',
  severity: 'medium',
  types: ['AWS::SageMaker::InferenceExperiment'],
  controls: ['SageMaker.24'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_InferenceExperimentDataStorageConfig.html',
  look: (experiment) => (
    experiment.at('DataStorageConfig').value === undefined ? COMPLIANT : isOwnKey(experiment.at('DataStorageConfig.KmsKey'))
  ),
};
