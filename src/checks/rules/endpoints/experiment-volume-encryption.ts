import { Rule } from '../../core/rule';
import { isOwnKey } from '../../core/verdicts';

export const EXPERIMENT_VOLUME_ENCRYPTION: Rule = {
  id: 'ExperimentVolumeEncryption',
  title: 'Volumes of inference experiments are encrypted with a key of one\'s own.',
  remedy: 'Give the experiment a KmsKey.',
  severity: 'medium',
  types: ['AWS::SageMaker::InferenceExperiment'],
  controls: ['SageMaker.23'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html',
  look: (experiment) => isOwnKey(experiment.at('KmsKey')),
};
