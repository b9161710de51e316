import { Addresses, addressesOf, tooWide } from './address-union';

/** What a rule of a security group is about, as EC2 describes it. */
interface Ports {
  readonly IpProtocol?: string;
  readonly FromPort?: number;
  readonly ToPort?: number;
}

/** A rule, and from where it admits somebody. */
export interface Admission<Rule extends Ports> {
  readonly rule: Rule;
  readonly ranges: readonly string[];
}

const EVERY_PROTOCOL = '-1';
/** Protocols whose rules have ports, or types in their place. */
const WITH_PORTS = /^(tcp|udp|icmp|icmpv6|6|17|1|58)$/;
const NUMBERS: Record<string, string> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmpv6' };

const protocolOf = ({ IpProtocol = EVERY_PROTOCOL }: Ports) => NUMBERS[IpProtocol] ?? IpProtocol;

/**
 * Rules of a group that open a port to the internet, alone or together with others: all that admit somebody to the same port are
 * looked at together, since two halves of all addresses are all addresses.
 */
export function openRules<Rule extends Ports>(admissions: readonly Admission<Rule>[]): Rule[] {
  const all = admissions.map(({ rule, ranges }) => ({ rule, ranges: ranges.map(addressesOf).filter((one): one is Addresses => one !== undefined) }));
  // Where most are admitted, some rule begins: no other ports need to be looked at.
  const open = all.flatMap(({ rule }) => {
    const together = all.filter((other) => covers(other.rule, rule));
    return tooWide(together.map(({ ranges }) => ranges)).map((index) => together[index].rule);
  });
  return admissions.map(({ rule }) => rule).filter((rule) => open.includes(rule));
}

/** Whether a rule is about the first port of another. */
function covers(rule: Ports, other: Ports): boolean {
  const protocol = protocolOf(rule);
  if (protocol === EVERY_PROTOCOL) return true;
  if (protocol !== protocolOf(other)) return false;
  if (!WITH_PORTS.test(protocol) || isEvery(rule)) return true;
  const { FromPort: first = 0, ToPort: last = first } = rule, { FromPort: port = 0 } = other;
  if (isEvery(other)) return false; // all of a protocol, which only another such rule covers
  return protocol.startsWith('icmp') ? first === port && (last === -1 || last === other.ToPort) : first <= port && port <= last;
}

function isEvery({ FromPort = -1 }: Ports): boolean {
  return FromPort === -1;
}
