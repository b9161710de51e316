import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { GatewayVpcEndpoint, InterfaceVpcEndpointAwsService, SecurityGroup, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { NetworkStack } from './fixture';
import { EndpointService, EnvironmentNetwork } from '../../src/network';

const interfaces = (stack: NetworkStack) => stack.all('AWS::EC2::VPCEndpoint').filter((one) => one.VpcEndpointType === 'Interface');

test('an environment has S3 by a gateway and what is on by default by interfaces, with private names', () => {
  const stack = new NetworkStack();
  stack.network();
  expect(interfaces(stack)).toHaveLength(EndpointService.all().filter((service) => service.onByDefault).length);
  expect(interfaces(stack).filter((one) => one.PrivateDnsEnabled !== true)).toEqual([]);
  stack.template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: [Match.anyValue(), Match.anyValue()] });
});

test('every service is listed once, with a reason', () => {
  const names = EndpointService.all().map((service) => service.endpointName);
  expect(new Set(names).size).toBe(names.length);
  expect(EndpointService.all().filter((service) => service.reason === '')).toEqual([]);
});

test.each(EndpointService.all().filter((service) => service.onByDefault).map((service) => [service.endpointName, service] as const))('%s can be left out', (_, service) => {
  const stack = new NetworkStack();
  const network = stack.network({ endpoints: { excludedServices: [service] } });
  expect(network.endpoints.interfaceEndpoint(service)).toBeUndefined();
});

test('further endpoints can be had, each once', () => {
  const stack = new NetworkStack();
  const network = stack.network({ endpoints: { additionalServices: [EndpointService.GLUE, EndpointService.STS] } });
  expect(network.endpoints.interfaceEndpoint(EndpointService.GLUE)).toBeDefined();
  expect(network.endpoints._interfaceEndpoints.filter(({ service }) => service === EndpointService.STS)).toHaveLength(1);
});

test('an endpoint takes a policy of your own', () => {
  const stack = new NetworkStack();
  const network = stack.network({ endpoints: { endpointPolicies: [{ service: EndpointService.KMS, policy: new PolicyDocument() }] } });
  expect(network.endpoints._interfaceEndpoints.filter((one) => one.hasOwnPolicy).map((one) => one.service)).toEqual([EndpointService.KMS]);
});

test('a policy where AWS supports none is refused', () => {
  const endpointPolicies = [{ service: EndpointService.SERVICE_CATALOG, policy: new PolicyDocument() }];
  expect(() => new NetworkStack().network({ endpoints: { endpointPolicies } }))
    .toThrow('[Stack/Network/Endpoints] endpoints.endpointPolicies must be for endpoints on which AWS supports a policy, got ["ServiceCatalog"]');
});

test('an endpoint is not asked for and left out at once', () => {
  expect(() => new NetworkStack().network({ endpoints: { excludedServices: [EndpointService.STS], additionalServices: [EndpointService.STS] } }))
    .toThrow('endpoints.additionalServices must not name an endpoint that endpoints.excludedServices leaves out, got ["Sts"]');
});

test('an endpoint that is needed is made', () => {
  const stack = new NetworkStack();
  const network = stack.network();
  network.requireEndpoint(EndpointService.GLUE, 'a catalogue');
  expect(network.endpoints.interfaceEndpoint(EndpointService.GLUE)).toBeDefined();
});

test('an endpoint that is needed and was left out stops the synthesis with a sentence', () => {
  const stack = new NetworkStack();
  stack.network({ endpoints: { excludedServices: [EndpointService.STS] } }).requireEndpoint(EndpointService.STS, 'a test');
  expect(() => (stack.node.root as App).synth()).toThrow('endpoints.excludedServices must leave the endpoint Sts in, which a test needs, got "Sts". '
    + 'Leave it in, or, where the VPC has this endpoint already, name it in endpoints.existingServices');
});

describe('a service that is not in the list', () => {
  const secrets = (options = {}) => EndpointService.of('SecretsManager', InterfaceVpcEndpointAwsService.SECRETS_MANAGER, options);

  test('has an endpoint, once, with private names', () => {
    const stack = new NetworkStack();
    const network = stack.network({ endpoints: { additionalServices: [secrets(), secrets()] } });
    network.requireEndpoint(secrets(), 'a test');
    expect(network.endpoints.reaches(secrets())).toBe(true);
    const made = interfaces(stack).filter((one) => JSON.stringify(one.ServiceName).includes('secretsmanager'));
    expect(made.map((one) => one.PrivateDnsEnabled)).toEqual([true]);
  });

  test('may be in the VPC already, or be left out', () => {
    const stack = new NetworkStack();
    expect(stack.network({ endpoints: { existingServices: [secrets()] } }, 'One').endpoints.reaches(secrets())).toBe(true);
    expect(() => stack.network({ endpoints: { additionalServices: [secrets()], excludedServices: [secrets()] } }, 'Two'))
      .toThrow('endpoints.additionalServices must not name an endpoint that endpoints.excludedServices leaves out, got ["SecretsManager"]');
  });

  test('takes no policy where AWS supports none', () => {
    const policies = [{ service: secrets({ policySupported: false }), policy: new PolicyDocument() }];
    expect(() => new NetworkStack().network({ endpoints: { endpointPolicies: policies } }))
      .toThrow('endpoints.endpointPolicies must be for endpoints on which AWS supports a policy, got ["SecretsManager"]');
  });

  test('is not one of the list by another name', () => {
    expect(() => EndpointService.of('Tokens', InterfaceVpcEndpointAwsService.STS)).toThrow('[EndpointService.of] endpointName must not name a service of the list, Sts, got "Tokens". Take the constant of EndpointService');
    expect(() => EndpointService.of('my-service', InterfaceVpcEndpointAwsService.SECRETS_MANAGER)).toThrow('endpointName must be 1–40 letters and digits, and begin with a letter, got "my-service"');
  });
});

describe('an endpoint that the VPC has already', () => {
  test('is not made again, and serves whatever needs it', () => {
    const stack = new NetworkStack();
    const network = stack.network({ endpoints: { existingServices: [EndpointService.STS] } });
    network.requireEndpoint(EndpointService.STS, 'a test');
    expect(network.endpoints.interfaceEndpoint(EndpointService.STS)).toBeUndefined();
    expect(network.endpoints.reaches(EndpointService.STS)).toBe(true);
    expect(() => (stack.node.root as App).synth()).not.toThrow();
  });

  test.each(['excludedServices', 'additionalServices'])('is not named in endpoints.%s as well', (option) => {
    expect(() => new NetworkStack().network({ endpoints: { existingServices: [EndpointService.STS], [option]: [EndpointService.STS] } }))
      .toThrow('endpoints.existingServices must not name an endpoint that is made by endpoints.additionalServices, or left out by endpoints.excludedServices, got ["Sts"]');
  });
});

describe('a given VPC', () => {
  const given = () => {
    const stack = new NetworkStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], vpcCidrBlock: '10.0.0.0/16' });
    const subnet = (id: string, availabilityZone: string) => Subnet.fromSubnetAttributes(stack, id, { subnetId: id, availabilityZone, routeTableId: `rtb-${id}` });
    return { stack, vpc, subnets: [subnet('one', 'a'), subnet('two', 'a'), subnet('three', 'b')] };
  };

  test('gets endpoints in one subnet a zone, and S3 for all', () => {
    const { stack, vpc, subnets } = given();
    EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, subnets });
    expect(interfaces(stack).map((one) => one.SubnetIds)).toEqual(interfaces(stack).map(() => ['one', 'three']));
    stack.template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-one', 'rtb-two', 'rtb-three'] });
  });

  test('keeps its own S3 endpoint, its default group and its flow logs', () => {
    const { stack, vpc, subnets } = given();
    const s3Endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'S3', 'vpce-1');
    const network = EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, subnets, endpoints: { s3Endpoint } });
    expect(network.endpoints.s3EndpointIds).toEqual(['vpce-1']);
    expect(network.endpoints.s3Gateway).toBeUndefined();
    stack.template.resourceCountIs('Custom::ClosedDefaultSecurityGroup', 0);
    stack.template.resourceCountIs('AWS::EC2::FlowLog', 0);
  });

  test('keeps the rules of a given group and admits it to the endpoints', () => {
    const { stack, vpc, subnets } = given();
    const workloadSecurityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1', { mutable: true });
    EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, subnets, workloadSecurityGroup });
    stack.template.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    stack.template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 443, ToPort: 443, SourceSecurityGroupId: 'sg-1' });
  });
});

test('the subnets of a stack without account and region are known by index, without a warning', () => {
  const stack = new NetworkStack();
  stack.network();
  expect(Annotations.fromStack(stack as Stack).findWarning('*', Match.anyValue())).toEqual([]);
});

test.each<[EndpointService, string]>([
  [EndpointService.SAGEMAKER_MLFLOW, 'aws.sagemaker.eu-west-1.experiments'],
  [EndpointService.EVENTS, 'com.amazonaws.eu-west-1.events'],
])('the name of an optional service is AWS\'s own', (service, name) => {
  const stack = new NetworkStack({ env: { account: '111111111111', region: 'eu-west-1' } });
  stack.network({ endpoints: { additionalServices: [service] } });
  stack.template.hasResourceProperties('AWS::EC2::VPCEndpoint', { ServiceName: name });
});

test('the table of the README says of every endpoint what the code says', () => {
  const readme = readFileSync(join(__dirname, '../../src/network/README.md'), 'utf8');
  const rows = readme.split('\n').filter((line) => /^\| `[A-Z0-9_]+` /.test(line));
  const constants = Object.entries(EndpointService).filter((entry): entry is [string, EndpointService] => entry[1] instanceof EndpointService);
  expect(rows).toEqual(EndpointService.all().map((service) => {
    const [constant] = constants.find(([, one]) => one === service)!;
    return `| \`${constant}\` | \`${(service.service as InterfaceVpcEndpointAwsService).shortName}\` | ${service.onByDefault ? 'yes' : ''} | ${service.policySupported ? 'yes' : ''} | ${service.reason} |`;
  }));
});
