import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { NetworkStack } from './fixture';
import { EnvironmentNames } from '../../src/names';
import { EndpointService, EnvironmentNetwork, PackageIndex } from '../../src/network';

test('fetches public packages, brings its endpoints, and lets a role read', () => {
  const stack = new NetworkStack();
  const network = stack.network();
  const index = new PackageIndex(stack, 'Index', { network });
  index.grantRead(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }));
  stack.template.hasResourceProperties('AWS::CodeArtifact::Repository', { ExternalConnections: ['public:pypi'] });
  expect(network.endpoints.interfaceEndpoint(EndpointService.CODEARTIFACT_REPOSITORIES)).toBeDefined();
  stack.template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: 'sts:GetServiceBearerToken', Condition: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } },
      })]),
    },
  });
});

test('stops the synthesis where its endpoint was left out', () => {
  const stack = new NetworkStack();
  const network = stack.network({ endpoints: { excludedServices: [EndpointService.CODEARTIFACT_API] } });
  new PackageIndex(stack, 'Index', { network });
  expect(() => (stack.node.root as App).synth()).toThrow('endpoints.excludedServices must leave the endpoint CodeArtifactApi in, which a package index needs');
});

test('has no resource policy: CodeArtifact opens domain and repository to no other account by itself', () => {
  const stack = new NetworkStack();
  new PackageIndex(stack, 'Index', { network: stack.network() });
  expect([...stack.all('AWS::CodeArtifact::Domain'), ...stack.all('AWS::CodeArtifact::Repository')].filter((one) => one.PermissionsPolicyDocument)).toEqual([]);
});

describe('the name of the domain', () => {
  test('is the environment\'s where there is one', () => {
    const stack = new NetworkStack();
    const index = new PackageIndex(stack, 'Index', { network: stack.network(), names: EnvironmentNames.forStack(stack, 'churn') });
    expect(index.domainName).toBe('churn--packages');
  });

  test('is the given one, whatever else there is', () => {
    const stack = new NetworkStack();
    const index = new PackageIndex(stack, 'Index', { network: stack.network(), names: EnvironmentNames.forStack(stack, 'churn'), domainName: 'company' });
    expect(index.domainName).toBe('company');
  });

  test('differs between two indexes of a stack, between stacks, and not between two syntheses', () => {
    const names = () => {
      const app = new App();
      return ['One', 'Two'].flatMap((id) => {
        const stack = new Stack(app, id);
        const network = new EnvironmentNetwork(stack, 'Network');
        return ['A', 'B'].map((index) => new PackageIndex(stack, index, { network }).domainName);
      });
    };
    expect(new Set(names()).size).toBe(4);
    expect(names()).toEqual(names());
  });

  test('is one that AWS takes, however stack and construct are called', () => {
    const ids = fc.string({ unit: fc.constantFrom(...'aZ09-_.'), minLength: 1, maxLength: 60 });
    fc.assert(fc.property(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,100}$/), ids, (stackName, id) => {
      const stack = new Stack(new App(), 'Stack', { stackName });
      const network = new EnvironmentNetwork(stack, 'N', { enableFlowLogs: false });
      expect(new PackageIndex(stack, `I${id}`, { network }).domainName).toMatch(/^[a-z][a-z0-9-]{0,48}[a-z0-9]$/);
    }), { numRuns: 40, seed: 5 });
  });

  test('is on the template', () => {
    const stack = new Stack(new App(), 'Churn');
    new PackageIndex(stack, 'Index', { network: new EnvironmentNetwork(stack, 'Network') });
    Template.fromStack(stack).hasResourceProperties('AWS::CodeArtifact::Domain', { DomainName: 'packages-churn-index-2557b9f8' });
  });
});
