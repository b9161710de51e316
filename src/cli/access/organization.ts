import { Policies, Policy, policyOf } from './policies';

/** A policy of AWS Organizations. */
export interface Control {
  readonly policy: Policy;
  /** Ids of roots, organizational units and accounts to which it is attached. */
  readonly targets: readonly string[];
}

/** What of an organization is in an app. */
export interface Organization {
  /** Its id, where its policies name one. */
  readonly id?: string;
  readonly serviceControl: readonly Control[];
  readonly resourceControl: readonly Control[];
}

/** Policies that hold for an account, and those of which only the organization knows whether they do. */
export interface Controls {
  readonly serviceControl: readonly Policy[];
  readonly resourceControl: readonly Policy[];
}

export function organizationOf(policies: Policies): Organization {
  const ofType = (type: string) => policies.of('AWS::Organizations::Policy').filter(({ properties: { Type } }) => Type === type).map((one): Control => ({
    policy: ofOrganization(policyOf(one, one.properties.Content)), targets: ((one.properties.TargetIds ?? []) as (string | undefined)[]).map((id) => id ?? 'a target that only the deployment knows'),
  }));
  const serviceControl = ofType('SERVICE_CONTROL_POLICY'), resourceControl = ofType('RESOURCE_CONTROL_POLICY');
  const ids = new Set(JSON.stringify([serviceControl, resourceControl]).match(/\bo-[a-z0-9]{10,32}\b/g));
  return { serviceControl, resourceControl, ...(ids.size === 1 && { id: [...ids][0] }) };
}

/** A policy that allows but a part takes away the rest, if AWS's own that allows everything is not attached beside it: nobody knows that here. */
function ofOrganization(policy: Policy): Policy {
  const isOfDenials = policy.document?.Statement.every(({ Effect, Action, Resource }) => Effect === 'Deny' || [Action].flat().includes('*') && [Resource].flat().includes('*'));
  return isOfDenials ? policy : { ...policy, document: undefined };
}

/** What is attached to the account, to the root of the organization, or to a unit that the account is known to be in. */
export function controlsOf({ serviceControl, resourceControl }: Organization, account: string, units: readonly string[]): Controls {
  const isCertain = ({ targets }: Control) => targets.some((id) => id === account || id.startsWith('r-') || units.includes(id));
  const policies = (all: readonly Control[]) => all.filter(isCertain).map(({ policy }) => policy);
  return { serviceControl: policies(serviceControl), resourceControl: policies(resourceControl) };
}

/** All policies, with where they are attached: what holds if the account is there. Those of other accounts alone never do. */
export function possibleControlsOf({ serviceControl, resourceControl }: Organization, account: string): Controls & { readonly units: string[] } {
  const isPossible = ({ targets }: Control) => targets.some((id) => id === account || !/^\d{12}$/.test(id));
  const possible = [...serviceControl, ...resourceControl].filter(isPossible);
  return {
    serviceControl: serviceControl.filter(isPossible).map(({ policy }) => policy),
    resourceControl: resourceControl.filter(isPossible).map(({ policy }) => policy),
    units: [...new Set(possible.flatMap(({ targets }) => targets.filter((id) => id !== account && !id.startsWith('r-') && !/^\d{12}$/.test(id))))].sort(),
  };
}
