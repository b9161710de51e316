import { Rule } from '../../core/rule';
import { Unknown } from '../../core/value';
import { isAtLeast, where } from '../../core/verdicts';

export const ENDPOINT_INSTANCE_COUNT: Rule = {
  id: 'EndpointInstanceCount',
  title: 'Variants of endpoints have more than one instance, in more than one zone.',
  remedy: 'Set InitialInstanceCount to 2 or more.',
  severity: 'medium',
  types: ['AWS::SageMaker::EndpointConfig'],
  controls: ['SageMaker.4'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html',
  look: (config) => config.each('ProductionVariants').flatMap(({ path, value }) => {
    if (value instanceof Unknown) return isAtLeast({ path, value }, 2);
    // Without servers there is nothing to count, and inference components count by themselves.
    const { value: serverless } = config.at(`${path}.ServerlessConfig`);
    const isCounted = serverless === undefined ? true : serverless instanceof Unknown ? undefined : false;
    return where(isCounted, () => isAtLeast(config.at(`${path}.InitialInstanceCount`), 2));
  }),
};
