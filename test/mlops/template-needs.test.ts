import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import {
  DataScienceEnvironment, DeploymentStage, EndpointService, EnvironmentNetwork, EnvironmentNetworkProps, InternetAccess, ProjectBlueprint,
  ProjectTemplate, ProjectTemplateOptions, SourceRepository,
} from '../../src';
import { testApp } from '../test-app';

const { CODEBUILD, CODECOMMIT, CODECOMMIT_GIT, CODECONNECTIONS, ECR_API, LOGS, SAGEMAKER_API, SAGEMAKER_RUNTIME, STS } = EndpointService;
const train = ProjectBlueprint.buildTrain(), deploy = ProjectBlueprint.deploy();
const connection = SourceRepository.codeConnection({ connectionArn: 'arn:aws:codeconnections:eu-west-1:111111111111:connection/1' });
const s3 = SourceRepository.s3('company-code');

type Options = ProjectTemplateOptions | ((environment: DataScienceEnvironment) => ProjectTemplateOptions);

/** An environment in a network, with a project template. */
function offered(options: Options, network: EnvironmentNetworkProps | ((stack: Stack) => EnvironmentNetwork)) {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'] })],
    network: typeof network === 'function' ? network(stack) : new EnvironmentNetwork(stack, 'Network', network),
  });
  environment.addProjectTemplate('Offered', typeof options === 'function' ? options(environment) : options);
  return { app, environment };
}

const without = (...services: EndpointService[]): EnvironmentNetworkProps => ({ endpoints: { excludedServices: services } });

describe('a project template is refused without an endpoint that', () => {
  test.each<[string, ProjectTemplateOptions, EndpointService]>([
    ['builds need', { blueprint: train, source: s3 }, CODEBUILD],
    ['logs of builds need', { blueprint: train, source: s3 }, LOGS],
    ['training needs', { blueprint: train, source: s3 }, SAGEMAKER_API],
    ['builds of a deployment need', { blueprint: deploy, source: s3 }, CODEBUILD],
    ['images need', { blueprint: deploy, source: s3 }, ECR_API],
    ['roles of targets need', { blueprint: deploy, source: s3 }, STS],
    ['tests of endpoints need', { blueprint: deploy, source: s3 }, SAGEMAKER_RUNTIME],
    ['repositories need', { blueprint: train }, CODECOMMIT],
    ['Git needs', { blueprint: train }, CODECOMMIT_GIT],
    ['connections need', { blueprint: train, source: connection }, CODECONNECTIONS],
  ])('%s', (_, options, service) => {
    expect(() => offered(options, without(service)).app.synth()).toThrow(
      `[Stack/Network/Endpoints] endpoints.excludedServices must leave the endpoint ${service.endpointName} in, which the project template 'Offered' needs, got "${service.endpointName}". `
      + 'Leave it in, or, where the VPC has this endpoint already, name it in endpoints.existingServices');
  });
});

describe('nothing is asked', () => {
  test.each<[string, ProjectTemplateOptions, EndpointService[]]>([
    ['of sources that are not used', { blueprint: train, source: s3 }, [CODECOMMIT, CODECOMMIT_GIT]],
    ['of deployments by training', { blueprint: train }, [SAGEMAKER_RUNTIME]],
  ])('%s', (_, options, services) => {
    expect(() => offered(options, without(...services)).app.synth()).not.toThrow();
  });

  test('of networks that lead to the internet', () => {
    const network = { ...without(CODEBUILD, CODECONNECTIONS), internetAccess: InternetAccess.natGateways() };
    const { app, environment } = offered({ blueprint: train, source: connection }, network);
    expect(() => app.synth()).not.toThrow();
    expect(environment.network.endpoints.interfaceEndpoint(CODECONNECTIONS)).toBeUndefined();
  });

  test('of a VPC that has the endpoints already', () => {
    expect(() => offered({ blueprint: train }, (stack) => {
      const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
        vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'],
      });
      return EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, endpoints: { existingServices: [CODECOMMIT, CODECOMMIT_GIT, CODEBUILD] } });
    }).app.synth()).not.toThrow();
  });

  test('by a template of one\'s own', () => {
    expect(() => offered(
      ({ node, names }) => ({ blueprint: ProjectBlueprint.custom(new ProjectTemplate(node.scope!, 'Own', { names })) }), without(CODEBUILD, CODECOMMIT),
    ).app.synth()).not.toThrow();
  });
});

test('projects from a connection bring the endpoint by which people reach it', () => {
  const { environment } = offered({ blueprint: train, source: connection }, {});
  expect(environment.network.endpoints.interfaceEndpoint(CODECONNECTIONS)).toBeDefined();
});
