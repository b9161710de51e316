import { createRequire } from 'module';
import { join } from 'path';

/** The policy simulator, which is not ours and does not come with us: people install it, under its own licence. */
export const SIMULATOR = '@cloud-copilot/iam-simulate';

/** A policy with a name, as the simulator takes it. */
export interface NamedDocument {
  readonly name: string;
  readonly policy: unknown;
}

/** A request, and every policy that has a say in it. */
export interface Simulation {
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: { readonly resource: string; readonly accountId: string };
    readonly contextVariables: Record<string, string | string[]>;
  };
  readonly identityPolicies: NamedDocument[];
  readonly permissionBoundaryPolicies?: NamedDocument[];
  readonly resourcePolicy?: unknown;
  readonly vpcEndpointPolicies?: NamedDocument[];
  readonly serviceControlPolicies: never[];
  readonly resourceControlPolicies: never[];
}

export interface Statement {
  readonly policyId: string;
  readonly statement: { index(): number };
  readonly ignoredConditions?: { conditionKey(): string }[];
}

/** How the policies of one kind were weighed. */
export interface Weighed {
  readonly result: string;
  readonly denyStatements: Statement[];
  readonly allowStatements: Statement[];
}

interface IgnoredConditions {
  readonly allow?: { readonly key: string }[];
  readonly deny?: { readonly key: string }[];
}

export interface Analysis {
  readonly result: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied';
  readonly identityAnalysis?: Weighed;
  readonly resourceAnalysis?: Weighed;
  readonly permissionBoundaryAnalysis?: Weighed;
  readonly endpointAnalysis?: Weighed;
  readonly ignoredConditions?: Record<string, IgnoredConditions | undefined>;
}

/** What of the simulator is used. */
export interface Simulator {
  runSimulation(simulation: Simulation, options: {
    simulationMode?: 'Strict' | 'Discovery';
    discoveryContextKeyConstraints?: { keyName: string; presenceIsKnown: true; valueIsKnown: true }[];
  }): Promise<{
    resultType: 'error'; errors: { message: string };
  } | { resultType: 'single'; result: { analysis: Analysis } } | { resultType: 'wildcard'; results: { analysis: Analysis }[] }>;
  allowedContextKeysForRequest(service: string, action: string, resource: string, isBucketAbacEnabled: boolean): Promise<string[]>;
  isWildcardOnlyAction(service: string, action: string): Promise<boolean>;
}

/** The simulator of the project in a folder, if it is installed there. It is found at run time, and never bundled. */
export function simulatorIn(folder: string): Simulator | undefined {
  const find = createRequire(join(folder, 'package.json'));
  try {
    find.resolve(SIMULATOR);
  } catch {
    return undefined;
  }
  return find(SIMULATOR) as Simulator;
}
