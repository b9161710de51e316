import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, DataScienceEnvironmentProps, HomeFileSystem } from '../../../src';
import { testApp } from '../../test-app';

function churn(props: Partial<DataScienceEnvironmentProps>): Stack {
  const stack = new Stack(testApp(), 'Stack');
  new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props });
  return stack;
}

const settings = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::Domain'))[0].Properties.DefaultUserSettings as Record<string, Record<string, unknown>>;

test('Studio offers, and starts on, what guardrails allow', () => {
  const { StudioWebPortalSettings, JupyterLabAppSettings, CodeEditorAppSettings } = settings(churn({ executionRoles: { guardrails: { instanceTypes: ['ml.m5.*', 'ml.g5.xlarge'] } } }));
  expect(StudioWebPortalSettings.HiddenInstanceTypes).toContain('ml.t3.medium');
  expect(StudioWebPortalSettings.HiddenInstanceTypes).not.toContain('ml.m5.2xlarge');
  for (const { DefaultResourceSpec } of [JupyterLabAppSettings, CodeEditorAppSettings]) expect(DefaultResourceSpec).toMatchObject({ InstanceType: 'ml.m5.large' });
});

test('Studio offers nothing that guardrails deny', () => {
  const rule = 'must be allowed by executionRoles.guardrails.instanceTypes, got ["ml.p4d.24xlarge"]. Nobody could start what Studio offers: allow it there, or leave it out here';
  expect(() => churn({ studio: { instanceTypes: ['ml.t3.medium', 'ml.p4d.24xlarge'] } })).toThrow(`[Stack/Churn] studio.instanceTypes ${rule}`);
  expect(() => churn({ studio: { instanceTypes: ['ml.t3.medium'] }, executionRoles: { guardrails: { instanceTypes: ['ml.t3.*'] } } })).not.toThrow();
});

test('a home file system that was to be destroyed is retained, with a warning, where the second key is missing', () => {
  const stack = churn({ removalPolicy: RemovalPolicy.DESTROY, studio: { homeFileSystem: HomeFileSystem.destroy() } });
  Template.fromStack(stack).hasResourceProperties('Custom::StudioDomainRemains', { HomeFileSystem: 'retain' });
  Annotations.fromStack(stack).hasWarning('/Stack/Churn',
    'removalPolicy is DESTROY, but the context flag @cdk-secure-mlops/destroy-data is not true: data, keys and people\'s work are retained. [ack: cdk-secure-mlops:destroyTakesTwoKeys]');
});

test('it is still refused where nothing was to be destroyed', () => {
  expect(() => churn({ studio: { homeFileSystem: HomeFileSystem.destroy() } })).toThrow('homeFileSystem must be none() or retain() unless removalPolicy is DESTROY');
});
