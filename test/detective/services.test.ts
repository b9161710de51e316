import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import { controls } from './fixture';

const SERVICES = {
  'AWS::GuardDuty::Detector': { guardDuty: true },
  'AWS::SecurityHub::Hub': { securityHub: true },
  'AWS::Macie::Session': { macie: true },
};

test('what an account has once is left to whoever has it, until it is asked for', () => {
  const { template } = controls();
  for (const type of [...Object.keys(SERVICES), 'AWS::AccessAnalyzer::Analyzer', 'AWS::Config::ConfigRule']) template.resourceCountIs(type, 0);
});

test.each(Object.entries(SERVICES))('%s is made where it is asked for', (type, props) => {
  controls(props).template.resourceCountIs(type, 1);
});

test('what looks into objects for Macie is no resource of CloudFormation, so that people run it', async () => {
  const database = await loadAwsServiceSpec();
  const ofMacie = database.all('resource').filter(({ cloudFormationType }) => cloudFormationType.startsWith('AWS::Macie::'));
  expect(ofMacie.map(({ cloudFormationType }) => cloudFormationType.split('::')[2]).sort()).toEqual(['AllowList', 'CustomDataIdentifier', 'FindingsFilter', 'Session']);
  const { properties, attributes } = ofMacie.find(({ cloudFormationType }) => cloudFormationType === 'AWS::Macie::Session')!;
  expect([Object.keys(properties).sort(), 'AutomatedDiscoveryStatus' in attributes]).toEqual([['FindingPublishingFrequency', 'Status'], true]);
});

test('GuardDuty looks at objects as well', () => {
  controls({ guardDuty: true }).template.hasResourceProperties('AWS::GuardDuty::Detector', { Enable: true, Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }] });
});

test('analyzers look for access from outside, and for what nobody uses', () => {
  const { template } = controls({ externalAccessAnalyzer: true, unusedAccessAnalyzer: true });
  template.hasResourceProperties('AWS::AccessAnalyzer::Analyzer', { Type: 'ACCOUNT' });
  template.hasResourceProperties('AWS::AccessAnalyzer::Analyzer', {
    Type: 'ACCOUNT_UNUSED_ACCESS', AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: 90 } },
  });
});
