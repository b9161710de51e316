import { AccessSystem } from './access-system';
import { isOurs } from './policy-document';
import { requestContext } from './request/request-context';
import { Scenario } from './scenario';
import { AccessRequest, Decision, Replacements, Simulator } from './simulator';

/** What a scenario asks of the simulator, or why it cannot be asked yet. */
export interface Trial {
  readonly scenario: Scenario;
  /** The role of a later room that the scenario waits for. */
  readonly waitsFor?: string;
  /** The VPC has no endpoint for the service, so that the request reaches nobody. */
  readonly unreachable?: boolean;
  readonly request?: AccessRequest;
}

/** Turns a scenario into a request. */
export function trialOf(scenario: Scenario, system: AccessSystem): Trial {
  const who = system.who(scenario);
  const thing = system.on(scenario);
  if (!who) throw new Error(`${scenario.id}: nobody is ${scenario.who}`);
  if (!thing) throw new Error(`${scenario.id}: nothing is ${scenario.on}`);
  // A service that uses a key for the caller shows up as itself: no endpoint, but ViaService and ViaAWSService.
  const from = scenario.given?.viaService
    ? { viaService: true, context: {} }
    : system.placeOf(scenario);
  const waitsFor = laterRole(scenario, system, { thing: isOurs(thing.policy), endpoint: isOurs(from.endpointPolicy) });
  if (waitsFor) return { scenario, waitsFor };
  // An action without a resource happens in the caller's account.
  const on = scenario.on === 'anything' && who.account ? { ...thing, account: who.account } : thing;
  return {
    scenario,
    unreachable: from.unreachable,
    request: {
      action: scenario.does,
      who,
      on,
      context: requestContext({ scenario, who, on, from, values: system.guardrailsOf(scenario), arnOf: (name) => system.arnOf(name, scenario) }),
      endpointPolicy: from.endpointPolicy,
    },
  };
}

/**
 * The role of a later room that a scenario waits for. Such a role may do everything by identity until it exists: then
 * only resource and endpoint policies of ours have something to say, and let in only those that they know already.
 */
function laterRole(scenario: Scenario, system: AccessSystem, decidedByOur: { thing: boolean; endpoint: boolean }): string | undefined {
  const { who, on, does, expect } = scenario;
  if (system.isLater(who)) {
    const known = system.isAwaited(scenario);
    return (decidedByOur.thing && (known || expect === 'deny')) || (decidedByOur.endpoint && known) ? undefined : who;
  }
  // Roles to be assumed are decided by their trust policy, which comes with them.
  const decidedByTrust = does.startsWith('sts:') && !decidedByOur.thing && !decidedByOur.endpoint && !system.isOurs(who);
  return decidedByTrust ? [on, on.replace(/Role$/, '')].find((role) => system.isLater(role)) : undefined;
}

/** Decides a trial. */
export async function tryOut(trial: Trial, simulator: Simulator, replacements?: Replacements): Promise<Decision> {
  if (!trial.request) throw new Error(`${trial.scenario.id} waits for ${trial.waitsFor}`);
  if (trial.unreachable && trial.scenario.expect === 'allow') {
    return { outcome: 'deny', detail: `the VPC has no endpoint for ${trial.scenario.does}`, analyses: [] };
  }
  return simulator.decide(trial.request, replacements);
}
