import { ISubnet } from 'aws-cdk-lib/aws-ec2';

/**
 * The first subnet of each zone: AWS refuses an interface endpoint with two subnets of one zone. A subnet of which the
 * zone is not known stays, because only its owner can tell.
 */
export function firstSubnetOfEachZone(subnets: ISubnet[]): ISubnet[] {
  const zones = subnets.map(zoneOf);
  return subnets.filter((_, index) => zones[index] === undefined || zones.indexOf(zones[index]) === index);
}

function zoneOf(subnet: ISubnet): string | undefined {
  try {
    return subnet.availabilityZone;
  } catch {
    return undefined; // imported by its id alone
  }
}
