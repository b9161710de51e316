import { AccessSystem } from './access-system';
import { ACCOUNTS } from './request/organization';
import { requestContext } from './request/request-context';
import { Scenario } from './scenario';
import { AccessRequest, Decision, Replacements, Simulator } from './simulator';

/** What knows who and what scenarios speak of, and from where. */
export type TrialSystem = Pick<AccessSystem, 'who' | 'on' | 'placeOf' | 'guardrailsOf' | 'arnOf'>;

/** What a scenario asks of the simulator. */
export interface Trial {
  readonly scenario: Scenario;
  /** The VPC has no endpoint for the service, so that the request reaches nobody. */
  readonly unreachable?: boolean;
  readonly request: AccessRequest;
}

/** Turns a scenario into a request. */
export function trialOf(scenario: Scenario, system: TrialSystem): Trial {
  const who = system.who(scenario);
  const thing = system.on(scenario);
  if (!who) throw new Error(`${scenario.id}: nobody is ${scenario.who}`);
  if (!thing) throw new Error(`${scenario.id}: nothing is ${scenario.on}`);
  // A service that uses a key for the caller shows up as itself: no endpoint, but ViaService and ViaAWSService.
  const from = scenario.given?.viaService
    ? { viaService: true, context: {} }
    : system.placeOf(scenario);
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

/** Decides a trial. */
export async function tryOut(trial: Trial, simulator: Simulator, replacements?: Replacements): Promise<Decision> {
  // What must be denied to our own roles is weighed all the same, as if from the internet: credentials travel. A stranger's way
  // through our VPC is no way where there is no endpoint.
  const { scenario: { expect, from }, request: { who } } = trial;
  const isStranger = from === 'environmentVpc' && who.kind !== 'service' && who.account?.id !== ACCOUNTS.data.id;
  if (trial.unreachable && (expect === 'allow' || isStranger)) {
    return { outcome: 'deny', detail: `the VPC has no endpoint for ${trial.scenario.does}`, analyses: [] };
  }
  return simulator.decide(trial.request, replacements);
}
