import { Check } from '../check';
import { problem } from '../finding';

/** There are as many zones as the network takes. */
export const ZONES: Check = {
  name: 'zones',
  title: 'The account has the availability zones that subnets are made in.',
  actions: ['ec2:DescribeAvailabilityZones'],
  look: async ({ stack, known }, _account) => {
    const wanted = Object.values(stack.template.Resources ?? {}).filter(({ Type }) => Type === 'AWS::EC2::Subnet').map(({ Properties }) => Properties?.AvailabilityZone);
    return [...new Set(wanted.map((zone) => JSON.stringify(zone)))].flatMap((text) => {
      const zone = JSON.parse(text ?? 'null') as string | { readonly 'Fn::Select'?: [number, { readonly 'Fn::GetAZs'?: unknown }] } | null;
      if (typeof zone === 'string') {
        return known.zones.includes(zone) ? [] : [problem(`There is no zone ${zone} for this account, only ${known.zones.join(', ')}.`, 'Name zones that there are.')];
      }
      const [index, list] = zone?.['Fn::Select'] ?? [0, {}];
      return list['Fn::GetAZs'] === undefined || index < known.zones.length ? []
        : [problem(`The network takes ${index + 1} zones, and the account has ${known.zones.length} (${known.zones.join(', ')}).`, 'Set zoneCount to no more than these.')];
    });
  },
};
