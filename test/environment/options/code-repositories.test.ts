import { App, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { DataScienceEnvironment, EndpointService, EnvironmentNetwork, EnvironmentNetworkProps, InternetAccess } from '../../../src';
import { testApp } from '../../test-app';

const GITHUB = 'https://github.com/example/churn.git';
const CODECOMMIT = 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/notebooks';
const OTHER_REGION = 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/notebooks';

interface Asked { readonly network?: EnvironmentNetworkProps; readonly env?: object }

function offering(codeRepositories: string[], { network, env = { account: '111111111111', region: 'eu-west-1' } }: Asked = {}): Stack {
  const stack = new Stack(testApp(), 'Stack', { env });
  new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', studio: { codeRepositories }, network: network && new EnvironmentNetwork(stack, 'Network', network),
  });
  return stack;
}

const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('codeRepositories')).map(({ entry }) => entry.data);
const pulled = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[])
  .filter(({ Action }) => Action === 'codecommit:GitPull').map(({ Resource }) => Resource);

test('a repository of CodeCommit may be cloned in Studio, and nothing else of it is allowed', () => {
  const arn = 'arn:aws:codecommit:eu-west-1:111111111111:notebooks';
  const stack = offering([CODECOMMIT]);
  expect(pulled(stack)).toEqual([arn]); // once for data scientists' Studio and ML engineers'
  expect(warnings(stack)).toEqual([]);
});

test('a repository of a project may be used as ever: nothing is added', () => {
  expect(pulled(offering(['https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/churn--train-p-1']))).toEqual([]);
});

test('one of a stack without a region is taken for one of the region', () => {
  const stack = offering([CODECOMMIT], { env: {} });
  expect(pulled(stack)).toHaveLength(1);
  expect(warnings(stack)).toEqual([]);
});

test('a repository of CodeCommit is refused where its endpoint was left out', () => {
  const stack = offering([CODECOMMIT], { network: { endpoints: { excludedServices: [EndpointService.CODECOMMIT_GIT] } } });
  expect(() => (stack.node.root as App).synth()).toThrow(
    'endpoints.excludedServices must leave the endpoint CodeCommitGit in, which cloning what studio.codeRepositories offers needs, got "CodeCommitGit"');
});

describe('no way out', () => {
  const told = (host: string, url: string, remedy: string) => `studio.codeRepositories has ${url}, and the network does not lead to ${host}: cloning it ends in a time-out. ${remedy}`
    + ', or mirror it in a CodeCommit repository of eu-west-1. If a private connection leads there, acknowledge this. [ack: cdk-secure-mlops:codeRepositoryOutOfReach]';
  const INSPECTED = (host: string) => `Give the network InternetAccess.inspected({ allowedDomains: ['${host}'] })`;

  test('is said of what is in the internet', () => {
    expect(warnings(offering([GITHUB]))).toEqual([told('github.com', GITHUB, INSPECTED('github.com'))]);
    expect(warnings(offering([GITHUB], { network: {} }))).toHaveLength(1);
  });

  test('is said of CodeCommit elsewhere, for which nothing is granted: the endpoint leads to its own region', () => {
    const stack = offering([OTHER_REGION]);
    expect(warnings(stack)).toEqual([told('git-codecommit.us-east-1.amazonaws.com', OTHER_REGION, INSPECTED('git-codecommit.us-east-1.amazonaws.com'))]);
    expect(pulled(stack)).toEqual([]);
  });

  test('is said where the firewall lets other names pass', () => {
    const internetAccess = InternetAccess.inspected({ allowedDomains: ['pypi.org', 'hub.com'] });
    expect(warnings(offering([GITHUB], { network: { internetAccess } }))).toEqual([told('github.com', GITHUB, 'Add it to allowedDomains')]);
  });

  test.each([
    ['NAT gateways lead there', InternetAccess.natGateways()],
    ['the firewall lets the name pass', InternetAccess.inspected({ allowedDomains: ['github.com'] })],
    ['the firewall lets all names below pass', InternetAccess.inspected({ allowedDomains: ['.com.example', '.github.com'] })],
  ])('is not said where %s', (_, internetAccess) => expect(warnings(offering([GITHUB], { network: { internetAccess } }))).toEqual([]));

  test('is not said of a given VPC, whose routes are not known, nor of an address that is not known yet', () => {
    const stack = new Stack(testApp(), 'Stack');
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'] });
    new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', studio: { codeRepositories: [GITHUB] }, network: EnvironmentNetwork.fromVpc(stack, 'Network', { vpc }) });
    expect(warnings(stack)).toEqual([]);
    expect(warnings(offering([Fn.importValue('CloneUrl')]))).toEqual([]);
  });
});
