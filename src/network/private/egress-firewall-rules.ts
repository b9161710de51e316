import { InputCheck } from '../../private/input-check';
import { EgressFirewallOptions } from '../egress-firewall-props';

/** Fixed when a rule group is made, and what it may hold for good; a name costs one for TLS and one for HTTP. */
export const DOMAIN_CAPACITY = 1_000;
/** AWS counts one more for each of the two protocols. */
const MOST_DOMAINS = (DOMAIN_CAPACITY - 2) / 2;

/** Two labels or more: a whole top-level domain is no list. The last begins with a letter, so that no address passes. */
const DOMAIN = /^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What a firewall may be asked for. */
export function checkEgressFirewall(check: InputCheck, { allowedDomains, logRetention, ...given }: EgressFirewallOptions): InputCheck {
  return check
    .notBoth('logRetention', logRetention, 'alertLogGroup and flowLogGroup', given.alertLogGroup && given.flowLogGroup,
      'The retention of log groups that exist already is their owner\'s')
    .notEmpty('allowedDomains', allowedDomains, 'Without any, InternetAccess.none() does the same at no cost')
    .atMost('allowedDomains', allowedDomains, MOST_DOMAINS, 'The capacity of a rule group is fixed for good')
    .unique('allowedDomains', allowedDomains)
    .every('allowedDomains', allowedDomains, isDomain, 'be lower-case names such as pypi.org, or .pypi.org for all names below as well',
      'A scheme, a path, a port, a wildcard or an address is none');
}

function isDomain(name: string): boolean {
  return name.length <= 254 && DOMAIN.test(name);
}

/** Whether a firewall lets a name pass: a dot before a name is for all names below as well. */
export function passes(host: string, allowedDomains: string[]): boolean {
  return allowedDomains.some((name) => (name.startsWith('.') ? `.${host}`.endsWith(name) : host === name));
}
