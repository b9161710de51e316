import * as fc from 'fast-check';
import { NetworkStack } from './fixture';
import { InternetAccess } from '../../src/network';

type Properties = Record<string, unknown>;
interface Route { readonly table: string; readonly destination: string; readonly firewall?: string; readonly nat?: string; readonly gateway?: string }

/** The routes of a network, with logical ids in place of references. */
class Routes {
  readonly all: Route[];
  private readonly resources: Record<string, { Type: string; Properties: Properties }>;

  constructor(stack: NetworkStack) {
    this.resources = (stack.template.toJSON() as { Resources: Record<string, { Type: string; Properties: Properties }> }).Resources;
    this.all = this.of('AWS::EC2::Route').map(([, route]) => ({
      table: ref(route.RouteTableId),
      destination: String(route.DestinationCidrBlock),
      firewall: route.VpcEndpointId === undefined ? undefined : firewallOf(route.VpcEndpointId),
      nat: route.NatGatewayId === undefined ? undefined : ref(route.NatGatewayId),
      gateway: route.GatewayId === undefined ? undefined : ref(route.GatewayId),
    }));
  }

  of(type: string): [string, Properties][] {
    return Object.entries(this.resources).filter(([, { Type }]) => Type === type).map(([id, { Properties: properties }]) => [id, properties]);
  }

  from(subnet: string): Route[] {
    const association = this.of('AWS::EC2::SubnetRouteTableAssociation').find(([, { SubnetId }]) => ref(SubnetId) === subnet)!;
    return this.all.filter(({ table }) => table === ref(association[1].RouteTableId));
  }

  zoneOf(subnet: string): string {
    return JSON.stringify(this.resources[subnet].Properties.AvailabilityZone);
  }

  subnetOf(resource: string): string {
    const { SubnetId, SubnetMappings } = this.resources[resource].Properties as { SubnetId?: unknown; SubnetMappings?: { SubnetId: unknown }[] };
    return ref(SubnetId ?? SubnetMappings![0].SubnetId);
  }

  range(subnet: string): string {
    return String(this.resources[subnet].Properties.CidrBlock);
  }
}

const ref = (value: unknown) => (value as { Ref: string }).Ref;

/** Endpoint ids come as a list of `zone:id`, with one element for the one subnet of each firewall. */
function firewallOf(endpointId: unknown): string {
  const [index, { 'Fn::Split': [separator, element] }] = (endpointId as { 'Fn::Select': [number, { 'Fn::Split': [string, unknown] }] })['Fn::Select'];
  const [first, { 'Fn::GetAtt': [firewall, attribute] }] = (element as { 'Fn::Select': [number, { 'Fn::GetAtt': [string, string] }] })['Fn::Select'];
  expect([index, separator, first, attribute]).toEqual([1, ':', 0, 'EndpointIds']);
  return firewall;
}

test('out and back, traffic of a zone passes the firewall of that zone, over all zones and NAT gateways', () => {
  const networks = fc.record({
    zones: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.uniqueArray(fc.constantFrom('eu-west-1a', 'eu-west-1b', 'eu-west-1c', 'eu-west-1d'), { minLength: 1, maxLength: 4 })),
    natGateways: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  }).map(({ zones, natGateways }) => ({ zones, natGateways: natGateways && Math.min(natGateways, typeof zones === 'number' ? zones : zones.length) }));

  fc.assert(fc.property(networks, ({ zones, natGateways }) => {
    const count = typeof zones === 'number' ? zones : zones.length;
    const stack = new NetworkStack();
    const network = stack.network({
      ...typeof zones === 'number' ? { zoneCount: zones } : { availabilityZones: zones },
      enableFlowLogs: false,
      internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'], natGateways }),
    });
    const routes = new Routes(stack);
    const nats = routes.of('AWS::EC2::NatGateway').map(([id]) => id);
    expect(routes.of('AWS::NetworkFirewall::Firewall')).toHaveLength(count);
    expect(nats).toHaveLength(natGateways ?? count);

    for (const workload of network.subnets.map((subnet) => ref(stack.resolve(subnet.subnetId)))) {
      const out = routes.from(workload);
      expect(out).toEqual([expect.objectContaining({ destination: '0.0.0.0/0', firewall: expect.any(String) as string })]);
      const firewall = out[0].firewall!;
      const firewallSubnet = routes.subnetOf(firewall);
      expect(routes.zoneOf(firewallSubnet)).toBe(routes.zoneOf(workload));

      const on = routes.from(firewallSubnet);
      expect(on).toEqual([expect.objectContaining({ destination: '0.0.0.0/0', nat: expect.any(String) as string })]);
      const publicSubnet = routes.subnetOf(on[0].nat!);
      const near = nats.filter((nat) => routes.zoneOf(routes.subnetOf(nat)) === routes.zoneOf(workload));
      if (near.length > 0) expect(near).toEqual([on[0].nat]);

      expect(routes.from(publicSubnet)).toContainEqual(expect.objectContaining({ destination: '0.0.0.0/0', gateway: expect.any(String) as string }));
      const back = routes.from(publicSubnet).filter(({ destination }) => destination === routes.range(workload));
      expect(back.map((route) => route.firewall)).toEqual([firewall]);
    }
    expect(routes.all.filter(({ firewall }) => firewall)).toHaveLength(2 * count);
  }), { numRuns: 40, seed: 7 });
});

test('the VPC offers nobody the subnets of the firewalls', () => {
  const stack = new NetworkStack();
  const { vpc, subnets } = stack.network({ internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) });
  expect(vpc.privateSubnets.map((subnet) => subnet.subnetId)).toEqual(subnets.map((subnet) => subnet.subnetId));
  expect(vpc.isolatedSubnets).toEqual([]);
  expect(vpc.publicSubnets).toHaveLength(2);
  expect(stack.all('AWS::EC2::Subnet')).toHaveLength(6);
});

test('endpoints stay with workloads: neither they nor S3 take the way through the firewall', () => {
  const stack = new NetworkStack();
  const network = stack.network({ internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) });
  const tables = network.subnets.map((subnet) => stack.resolve(subnet.routeTable.routeTableId) as unknown);
  stack.template.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway', RouteTableIds: tables });
  const workloads: unknown = stack.resolve(network.subnets.map((subnet) => subnet.subnetId));
  const interfaces = stack.all('AWS::EC2::VPCEndpoint').filter((one) => one.VpcEndpointType === 'Interface');
  expect(interfaces.map((one) => one.SubnetIds)).toEqual(interfaces.map(() => workloads));
});
