import { App } from 'aws-cdk-lib';
import { creationTimeOf, SECONDS } from './creation-time';
import { Template } from './template';
import { build } from '../../../integ/apps/multi-account/app';

/**
 * What the templates take that this library replaces, by the same table: 849 seconds for the environment; VPC, security group
 * and interface endpoint for a target.
 */
const REPLACED = { environment: 849, target: 150 };

const app = new App({ analyticsReporting: false });
build(app);
const assembly = app.synth();
const template = (stack: string) => assembly.getStackByName(stack).template as Template;

const typesOf = (of: Template) => creationTimeOf(of).resources.map((id) => of.Resources[id].Type);

test('an environment takes at most half of the time', () => {
  expect(creationTimeOf(template('SecureMlopsDataScience')).seconds).toBeLessThanOrEqual(REPLACED.environment / 2);
});

test('a Studio domain waits for what takes its remains away, which must outlive it, and not for more than a minute', () => {
  const environment = template('SecureMlopsDataScience');
  const [domain] = Object.keys(environment.Resources).filter((id) => environment.Resources[id].Type === 'AWS::SageMaker::Domain');
  const { seconds, resources } = creationTimeOf(environment, domain);
  expect(seconds - SECONDS['AWS::SageMaker::Domain']).toBeLessThanOrEqual(60);
  expect(resources.slice(1).map((id) => environment.Resources[id].Type)).toEqual([
    'AWS::IAM::ManagedPolicy', 'AWS::Lambda::Function', 'Custom::StudioDomainRemains', 'AWS::SageMaker::Domain',
  ]);
});

test('a target takes no longer: network, group, endpoint', () => {
  const target = template('SecureMlopsStaging');
  expect(creationTimeOf(target).seconds).toBeLessThanOrEqual(REPLACED.target);
  expect(typesOf(target)).toEqual(['AWS::EC2::VPC', 'AWS::EC2::SecurityGroup', 'AWS::EC2::VPCEndpoint']);
});
