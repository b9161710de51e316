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
