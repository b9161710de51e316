import { App, Fn, Stack } from 'aws-cdk-lib';
import { GatewayVpcEndpoint, IVpc, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkStack } from './fixture';
import { DataScienceEnvironment, EndpointService, EnvironmentNetwork } from '../../src';

const env = { account: '111111111111', region: 'eu-west-1' };
const isolated = (stack: Stack) => new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });

describe('two environments in one given VPC', () => {
  const imported = (stack: Stack, id = 'Vpc'): IVpc => Vpc.fromVpcAttributes(stack, id, {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'], isolatedSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const s3Endpoint = (stack: Stack) => GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'S3', 'vpce-1');

  test('do not make the same S3 endpoint', () => {
    const stack = new NetworkStack(), vpc = imported(stack);
    EnvironmentNetwork.fromVpc(stack, 'One', { vpc });
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Two', { vpc })).toThrow(
      '[Stack/Two/Endpoints] endpoints must not make an endpoint that Stack/One/Endpoints has made in this VPC already, got "S3". '
      + 'Give it as endpoints.s3Endpoint, or give both environments the same EnvironmentNetwork');
  });

  test('do not make the same interface endpoints, however the VPC is known', () => {
    const app = new App(), [one, two] = ['One', 'Two'].map((id) => new Stack(app, id, { env }));
    EnvironmentNetwork.fromVpc(one, 'Network', { vpc: imported(one) });
    expect(() => EnvironmentNetwork.fromVpc(two, 'Network', { vpc: imported(two), endpoints: { s3Endpoint: s3Endpoint(two) } })).toThrow(
      '[Two/Network/Endpoints] endpoints must not make an endpoint that One/Network/Endpoints has made in this VPC already, got "SageMakerApi". '
      + 'Name it in endpoints.existingServices, or give both environments the same EnvironmentNetwork');
  });

  test('the second takes the endpoints of the first', () => {
    const stack = new NetworkStack(), vpc = imported(stack);
    const one = EnvironmentNetwork.fromVpc(stack, 'One', { vpc });
    const existing = one.endpoints._interfaceEndpoints.map(({ service }) => service);
    const two = EnvironmentNetwork.fromVpc(stack, 'Two', { vpc, endpoints: { existingServices: existing, s3Endpoint: one.endpoints.s3Gateway } });
    expect(two.endpoints._interfaceEndpoints).toEqual([]);
    expect(() => two.requireEndpoint(EndpointService.GLUE, 'a catalogue')).not.toThrow();
    expect(() => one.requireEndpoint(EndpointService.GLUE, 'a catalogue')).toThrow('has made in this VPC already, got "Glue"');
  });

  test('have endpoints of their own in VPCs of their own', () => {
    const stack = new NetworkStack();
    for (const number of ['1', '2']) {
      EnvironmentNetwork.fromVpc(stack, `Network${number}`, {
        vpc: Vpc.fromVpcAttributes(stack, `Vpc${number}`, { vpcId: `vpc-${number}`, availabilityZones: ['a'], isolatedSubnetIds: [`subnet-${number}`], isolatedSubnetRouteTableIds: [`rtb-${number}`] }),
      });
    }
    expect(stack.all('AWS::EC2::VPCEndpoint').filter((endpoint) => endpoint.VpcEndpointType === 'Gateway')).toHaveLength(2);
  });
});

describe('a network in another stack than its environment', () => {
  test('is refused, with what works', () => {
    const app = new App(), network = new EnvironmentNetwork(new Stack(app, 'Net', { env }), 'Network');
    expect(() => new DataScienceEnvironment(new Stack(app, 'Churn', { env }), 'Churn', { environmentName: 'churn', network })).toThrow(
      '[Churn/Churn] network must be in the same stack, Churn: its S3 endpoint and the buckets here name each other, got Net/Network. '
      + 'Make the EnvironmentNetwork in this stack; or make only the VPC in the other stack, and here EnvironmentNetwork.fromVpc');
  });

  test('works where only the VPC is in the other stack', () => {
    const app = new App(), vpc = isolated(new Stack(app, 'Net', { env })), stack = new Stack(app, 'Churn', { env });
    new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', network: EnvironmentNetwork.fromVpc(stack, 'Network', { vpc }) });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('subnets of a given VPC', () => {
  test('are as many as are known at synthesis', () => {
    const stack = new NetworkStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: Fn.getAzs(), isolatedSubnetIds: Fn.split(',', Fn.importValue('subnets')) });
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Network', { vpc })).toThrow(
      '[Stack/Network] subnets must be as many as are known at synthesis, with their route tables, got ["Stack/Vpc/IsolatedSubnet1"]. '
      + 'Their ids come from a list whose length only the deployment knows: give Fn.split its third argument, or Fn.select each id');
  });

  test('have route tables, which the S3 endpoint needs', () => {
    const stack = new NetworkStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], isolatedSubnetIds: ['subnet-1'] });
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Network', { vpc })).toThrow(
      '[Stack/Network] subnets must name their route tables, which lead to a new S3 endpoint, got ["Stack/Vpc/IsolatedSubnet1"]. '
      + 'Use Subnet.fromSubnetAttributes with routeTableId or Vpc.fromVpcAttributes with route table ids, or give the VPC\'s own endpoint as endpoints.s3Endpoint');
  });

  test('need none where the VPC has an S3 endpoint', () => {
    const stack = new NetworkStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
    const subnets = [Subnet.fromSubnetAttributes(stack, 'Subnet', { subnetId: 'subnet-1', availabilityZone: 'a' })];
    const s3Endpoint = GatewayVpcEndpoint.fromGatewayVpcEndpointId(stack, 'S3', 'vpce-1');
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, subnets, endpoints: { s3Endpoint } })).not.toThrow();
  });
});
