import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const notebook = (properties: Record<string, unknown>) => one('AWS::SageMaker::NotebookInstance', properties);
const METADATA = 'InstanceMetadataServiceConfiguration.MinimumInstanceMetadataServiceVersion';
const answering = (version: unknown) => notebook({ InstanceMetadataServiceConfiguration: { MinimumInstanceMetadataServiceVersion: version } });

export const NOTEBOOKS: RuleCases[] = [
  {
    rule: 'NotebookDirectInternet',
    complies: [notebook({ DirectInternetAccess: 'Disabled' })],
    breaks: [
      [notebook({}), 'DirectInternetAccess is not given, and is then Enabled.'],
      [notebook({ DirectInternetAccess: 'Enabled' }), 'DirectInternetAccess is Enabled.'],
    ],
    unknown: [[notebook({ DirectInternetAccess: GIVEN }), `DirectInternetAccess ${IS_GIVEN}.`]],
  },
  {
    rule: 'NotebookEncryption',
    complies: [notebook({ KmsKeyId: 'alias/ml' })],
    breaks: [[notebook({}), 'KmsKeyId is not given.'], [notebook({ KmsKeyId: { Ref: 'AWS::NoValue' } }), 'KmsKeyId is not given.']],
    unknown: [[notebook({ KmsKeyId: GIVEN }), `KmsKeyId ${IS_GIVEN}.`]],
  },
  {
    rule: 'NotebookInVpc',
    complies: [notebook({ SubnetId: 'subnet-1' })],
    breaks: [[notebook({}), 'SubnetId is not given.']],
    unknown: [[notebook({ SubnetId: { 'Fn::ImportValue': 'subnet' } }), 'SubnetId is made by Fn::ImportValue.']],
  },
  {
    rule: 'NotebookMetadataService',
    complies: [answering('2'), answering(2)],
    breaks: [[notebook({}), `${METADATA} is not given, and is then 1.`], [answering('1'), `${METADATA} is 1.`]],
    unknown: [[answering(GIVEN), `${METADATA} ${IS_GIVEN}.`]],
  },
  {
    rule: 'NotebookPlatform',
    complies: [notebook({ PlatformIdentifier: 'notebook-al2023-v1' })],
    breaks: [[notebook({ PlatformIdentifier: 'notebook-al2-v2' }), 'PlatformIdentifier is notebook-al2-v2.']],
    unknown: [[notebook({}), 'PlatformIdentifier is not given, and SageMaker chooses.'], [notebook({ PlatformIdentifier: GIVEN }), `PlatformIdentifier ${IS_GIVEN}.`]],
  },
  {
    rule: 'NotebookRootAccess',
    complies: [notebook({ RootAccess: 'Disabled' })],
    breaks: [[notebook({}), 'RootAccess is not given, and is then Enabled.']],
    unknown: [[notebook({ RootAccess: GIVEN }), `RootAccess ${IS_GIVEN}.`]],
  },
];
