import { itemsOf } from '../aws/account';
import { Check, each } from '../check';
import { problem } from '../finding';

/** AWS has what the stack's endpoints lead to, in their zones. */
export const ENDPOINT_SERVICES: Check = {
  name: 'endpoint-services',
  title: 'Each service of an endpoint is in the region, and in each zone of the endpoint\'s subnets.',
  actions: ['ec2:DescribeAvailabilityZones', 'ec2:DescribeSubnets', 'ec2:DescribeVpcEndpointServices'],
  look: async (stack, account) => {
    const needed = stack.of('AWS::EC2::VPCEndpoint');
    if (needed.length === 0) return [];
    const question = { action: 'ec2:DescribeVpcEndpointServices', subject: 'the endpoint services of the region' };
    const services = new Map((await account.all('ec2', question, 'serviceDetailSet')).map((one) => [String(one.serviceName), itemsOf(one.availabilityZoneSet).map(String)]));
    const all = await account.all('ec2', { action: 'ec2:DescribeSubnets', subject: 'the subnets' }, 'subnetSet');
    const given = new Map(all.map(({ subnetId, availabilityZone }) => [String(subnetId), String(availabilityZone)]));
    const own = stack.of('AWS::EC2::Subnet').map(({ properties }) => properties.AvailabilityZone).filter((zone) => typeof zone === 'string');
    return each(needed, async ({ properties: { ServiceName: name, VpcEndpointType: type, SubnetIds: subnets } }) => {
      if (typeof name !== 'string') return [];
      const zones = services.get(name);
      if (zones === undefined) return [problem(`The region ${account.region} has no endpoint service ${name}.`, 'Switch the endpoint off in the network\'s options, or choose another region.')];
      if (type !== 'Interface') return [];
      const wanted = (subnets as unknown[] | undefined ?? []).flatMap((id) => typeof id === 'string' ? given.get(id) ?? [] : own);
      return [...new Set(wanted)].filter((zone) => !zones.includes(zone)).map((zone) => (
        problem(`The endpoint service ${name} is not in the zone ${zone}, only in ${zones.join(', ')}.`, 'Choose other zones, or switch the endpoint off in the network\'s options.')
      ));
    });
  },
};
