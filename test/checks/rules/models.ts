import { CaseTemplate, GIVEN, IS_GIVEN, one, RuleCases } from './case';

const model = (properties: Record<string, unknown>, others = {}) => one('AWS::SageMaker::Model', properties, others);
const primary = (image: unknown, others = {}) => model({ PrimaryContainer: { Image: image } }, others);
const access = (mode: unknown) => ({ ImageConfig: { RepositoryAccessMode: mode } });
const OTHERS = '222222222222.dkr.ecr.eu-west-1.amazonaws.com/churn:1';

export const MODELS: RuleCases[] = [
  {
    rule: 'ModelNetworkIsolation',
    complies: [model({ EnableNetworkIsolation: true }), model({ EnableNetworkIsolation: 'true' })],
    breaks: [[model({}), 'EnableNetworkIsolation is not given, and is then false.'], [model({ EnableNetworkIsolation: false }), 'EnableNetworkIsolation is false.']],
    unknown: [[model({ EnableNetworkIsolation: GIVEN }), `EnableNetworkIsolation ${IS_GIVEN}.`]],
  },
  {
    rule: 'ModelInVpc',
    complies: [model({ VpcConfig: { Subnets: ['subnet-1'], SecurityGroupIds: ['sg-1'] } })],
    breaks: [
      [model({}), 'VpcConfig.Subnets is not given.'],
      [model({ VpcConfig: { 'Fn::If': ['Somewhere', { Subnets: [] }, { Ref: 'AWS::NoValue' }] } }), 'VpcConfig.Subnets depends on the condition Somewhere, and is wrong whatever it is.'],
    ],
    unknown: [[model({ VpcConfig: { 'Fn::If': ['Somewhere', { Subnets: ['subnet-1'] }, { Ref: 'AWS::NoValue' }] } }), 'VpcConfig.Subnets depends on the condition Somewhere.']],
  },
  {
    rule: 'ModelRegistryInVpc',
    complies: [model({ PrimaryContainer: access('Vpc') }), model({ Containers: [access('Vpc'), access('Vpc')] })],
    breaks: [
      [model({ PrimaryContainer: {} }), 'PrimaryContainer.ImageConfig.RepositoryAccessMode is not given, and is then Platform.'],
      [model({ Containers: [access('Vpc'), access('Platform')] }), 'Containers.1.ImageConfig.RepositoryAccessMode is Platform.'],
    ],
    unknown: [[model({ Containers: GIVEN }), `Containers.ImageConfig.RepositoryAccessMode ${IS_GIVEN}.`]],
  },
  {
    rule: 'ModelImageRegistry',
    complies: [
      primary({ 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/churn:1' }),
      primary({ 'Fn::Sub': '${Images.RepositoryUri}:1' }, { Images: { Type: 'AWS::ECR::Repository' } }),
      primary('763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6'),
      model({ Containers: [{ ModelPackageName: 'arn' }] }),
      primary({ 'Fn::Sub': '${AWS::AccountId}.dkr-ecr.${AWS::Region}.on.aws/churn:1' }),
      { ...primary({ 'Fn::FindInMap': ['Images', { Ref: 'AWS::Region' }, 'Image'] }), Mappings: { Images: { 'eu-west-1': { Image: '763104351884.dkr.ecr.eu-west-1.amazonaws.com/pytorch-inference:2.6' } } } },
    ],
    breaks: [
      ...['evil.com', 'amazonaws.com.evil.com', 'eu-west-1.amazonaws.com.evil.com'].map((host): [CaseTemplate, string] => [
        primary({ 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.${host}/churn:1` }), `PrimaryContainer.Image is ⟨AWS::AccountId⟩.dkr.ecr.${host}/churn:1, which is no private registry of Amazon ECR.`,
      ]),
      [one('AWS::SageMaker::ModelPackage', { InferenceSpecification: { Containers: [{ Image: 'docker.io/a' }] } }), 'InferenceSpecification.Containers.0.Image is docker.io/a, which is no private registry of Amazon ECR.'],
      [one('AWS::SageMaker::InferenceComponent', { Specification: { Container: { Image: 'docker.io/a' } } }), 'Specification.Container.Image is docker.io/a, which is no private registry of Amazon ECR.'],
      [primary('docker.io/library/python:3'), 'PrimaryContainer.Image is docker.io/library/python:3, which is no private registry of Amazon ECR.'],
      [primary('public.ecr.aws/sagemaker/sagemaker-distribution:3'), 'PrimaryContainer.Image is public.ecr.aws/sagemaker/sagemaker-distribution:3, which is no private registry of Amazon ECR.'],
      [model({ Containers: [{ Image: 'ghcr.io/${{x}}' }] }), 'Containers.0.Image is ghcr.io/${{x}}, which is no private registry of Amazon ECR.'],
    ],
    unknown: [
      [primary(GIVEN), `PrimaryContainer.Image ${IS_GIVEN}.`],
      [primary(OTHERS), `PrimaryContainer.Image is ${OTHERS}, and whose account that is only you know.`],
      // Only a repository of the template is one's own for sure.
      [primary({ 'Fn::GetAtt': ['Made', 'RepositoryUri'] }, { Made: { Type: 'Custom::Repository' } }), 'PrimaryContainer.Image is ⟨Made.RepositoryUri⟩, whose registry the deployment decides.'],
      [primary({ 'Fn::Sub': '${Given}/churn:1' }), 'PrimaryContainer.Image is ⟨?⟩/churn:1, whose registry the deployment decides.'],
    ],
  },
];
