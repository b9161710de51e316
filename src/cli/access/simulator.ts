import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';
import { faultOf } from './simulator-check';
import { WrongUse } from '../wrong-use';

/** The policy simulator, which is not ours and does not come with us: people install it, under its own licence. */
export const SIMULATOR = '@cloud-copilot/iam-simulate';

/** With which the answers were compared with those of the access rows. */
export const TRIED = '0.1.173';

/** How it is installed. */
export const INSTALL = `npm install --save-dev ${SIMULATOR}@^${TRIED}`;

/** Keys of a request, with their values. */
export type Context = Record<string, string | string[]>;

/** A policy with a name, as the simulator takes it. */
export interface NamedDocument {
  readonly name: string;
  readonly policy: unknown;
}

/** Policies of a level of an organization. */
export interface OfOrganization {
  readonly orgIdentifier: string;
  readonly policies: NamedDocument[];
}

/** A request, and every policy that has a say in it. */
export interface Simulation {
  readonly request: {
    readonly principal: string;
    readonly action: string;
    readonly resource: { readonly resource: string; readonly accountId: string };
    readonly contextVariables: Context;
  };
  readonly identityPolicies: NamedDocument[];
  readonly permissionBoundaryPolicies?: NamedDocument[];
  readonly resourcePolicy?: unknown;
  readonly vpcEndpointPolicies?: NamedDocument[];
  readonly serviceControlPolicies: OfOrganization[];
  readonly resourceControlPolicies: OfOrganization[];
}

export interface Statement {
  readonly policyId: string;
  readonly statement: { index(): number };
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
  readonly sameAccount: boolean;
  readonly identityAnalysis?: Weighed;
  readonly resourceAnalysis?: Weighed;
  readonly permissionBoundaryAnalysis?: Weighed;
  readonly endpointAnalysis?: Weighed;
  readonly scpAnalysis?: { readonly ouAnalysis: Weighed[] };
  readonly rcpAnalysis?: { readonly ouAnalysis: Weighed[] };
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

/** What decides on requests: the simulator, and the validation of documents where it can be had before. */
export interface Judge extends Simulator {
  readonly version: string;
  /** The document, validated once for all requests. */
  readonly validated: (kind: ValidatedKind, document: unknown) => unknown;
}

export type ValidatedKind = 'Identity' | 'Resource' | 'Endpoint' | 'ServiceControl' | 'ResourceControl';

/** What it validates documents with. */
type Validation = Record<string, (...values: unknown[]) => unknown>;

/**
 * The simulator of the project in a folder, if it is installed there. It is found at run time, and never bundled.
 *
 * @throws WrongUse if it is one with which the command does not work
 */
export async function simulatorIn(folder: string): Promise<Judge | undefined> {
  const find = createRequire(join(folder, 'package.json'));
  let file: string;
  try {
    file = find.resolve(SIMULATOR);
  } catch {
    return undefined;
  }
  const version = versionOf(dirname(file));
  let simulator: Simulator;
  try {
    simulator = find(SIMULATOR) as Simulator;
  } catch (error) {
    throw new WrongUse(`${SIMULATOR} ${version} cannot be loaded: ${(error as Error).message.split('\n')[0]}. Install one that works: ${INSTALL}`);
  }
  const fault = await faultOf(simulator);
  if (fault !== undefined) throw new WrongUse(`${SIMULATOR} ${version} does not work with this command: ${fault}. Install one that does: ${INSTALL}`);
  return { ...remembered(simulator), version, validated: validationOf(file) };
}

/** What is said of an action is asked once, and not for each who might do it. */
function remembered({ runSimulation, allowedContextKeysForRequest, isWildcardOnlyAction }: Simulator): Simulator {
  const once = <T>(of: (...values: never[]) => Promise<T>): ((...values: unknown[]) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (...values) => {
      const key = values.join(' ');
      known.set(key, known.get(key) ?? of(...values as never[]));
      return known.get(key)!;
    };
  };
  return { runSimulation, allowedContextKeysForRequest: once(allowedContextKeysForRequest), isWildcardOnlyAction: once(isWildcardOnlyAction) };
}

function versionOf(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
    if (name === SIMULATOR && version !== undefined) return version;
  } catch {
    // Further up.
  }
  return dirname(folder) === folder ? 'of an unknown version' : versionOf(dirname(folder));
}

/** Validating takes longer than weighing, so that it is done once, if what the simulator validates with can be had. */
function validationOf(file: string): Judge['validated'] {
  let validation: Validation | undefined;
  try {
    validation = createRequire(file)('@cloud-copilot/iam-policy') as Validation;
  } catch {
    // Then the simulator validates with each request.
  }
  return (kind, document) => (validation?.createValidatedPolicy ? validation.createValidatedPolicy(document, validation[`validate${kind}Policy`]) : document);
}
