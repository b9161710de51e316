import { Template, resourcesOf } from '../../test/apps/template/template';

/** Where the prices are from, and of when. */
export const SOURCE = 'us-east-1, November 2026: keys by aws.amazon.com/kms/pricing, the rest as pages of 2026 quote AWS; traffic and use come on top';

const HOURS = 730;

/** What there is to pay for each month before anybody works. */
export interface FixedCost {
  readonly what: string;
  readonly count: number;
  /** US dollars a month, for each. */
  readonly each: number;
}

/** The fixed monthly costs of a template. */
export function fixedCosts(template: Template): FixedCost[] {
  const interfaces = resourcesOf(template, 'AWS::EC2::VPCEndpoint').filter(([, { Properties }]) => Properties?.VpcEndpointType === 'Interface');
  const inZones = interfaces.reduce((sum, [, { Properties }]) => sum + [Properties?.SubnetIds ?? []].flat().length, 0);
  const smallServers = resourcesOf(template, 'AWS::SageMaker::MlflowTrackingServer').filter(([, { Properties }]) => Properties?.TrackingServerSize === 'Small');
  const count = (type: string) => resourcesOf(template, type).length;
  return [
    { what: 'private endpoints, one in each zone', count: inZones, each: 0.01 * HOURS },
    { what: 'customer-managed keys', count: count('AWS::KMS::Key'), each: 1 },
    { what: 'MLflow tracking servers (small)', count: smallServers.length, each: 0.6 * HOURS },
    { what: 'NAT gateways', count: count('AWS::EC2::NatGateway'), each: 0.045 * HOURS },
    { what: 'firewalls, for each zone', count: count('AWS::NetworkFirewall::Firewall'), each: 0.395 * HOURS },
  ].filter((cost) => cost.count > 0);
}
