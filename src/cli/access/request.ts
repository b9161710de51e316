import { Environment } from './environment';
import { Controls } from './organization';
import { Way } from './places';
import { Policy, PolicyDocument, Role } from './policies';
import { Question } from './questions';
import { Context, Judge, NamedDocument, OfOrganization, Simulation, ValidatedKind } from './simulator';
import { Who } from './who';

/** Whoever asks as a role that is known. */
export type Known = Who & { readonly role: Role };

/** AWS's own service control policy, which AWS Organizations attaches to everything. */
const FULL_ACCESS: Policy = { name: 'FullAWSAccess', path: 'FullAWSAccess', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } };

/** What the simulator is asked. */
export async function simulationOf(
  judge: Judge, environment: Environment, who: Known, { action, on, policy, context }: Question, way: Way, controls: Controls,
): Promise<Simulation> {
  const { role } = who, isOurs = role.account === environment.account, variables = variablesOf(environment, who), [service, name] = action.split(':');
  const prepared = (kind: ValidatedKind) => (one: Policy): NamedDocument[] => (
    one.document ? [{ name: one.name, policy: documentOf(judge, kind, one.document, variables) }] : []);
  const ofOrganization = (kind: ValidatedKind, all: readonly Policy[]): OfOrganization[] => (
    all.length === 0 ? [] : [{ orgIdentifier: 'ou-0000-00000000', policies: all.flatMap(prepared(kind)) }]);
  return {
    request: {
      principal: `arn:${environment.partition}:sts::${role.account}:assumed-role/${role.name}/alice`,
      action,
      resource: { resource: await judge.isWildcardOnlyAction(service, name) ? '*' : on!, accountId: environment.account },
      contextVariables: { ...identityOf(environment, who), ...variables, 'aws:ViaAWSService': 'false', ...ofEndpoint(environment, way), ...context },
    },
    identityPolicies: role.policies.flatMap(prepared('Identity')),
    permissionBoundaryPolicies: role.boundary && prepared('Identity')(role.boundary),
    resourcePolicy: policy && prepared('Resource')(policy)[0]?.policy,
    vpcEndpointPolicies: way.endpointPolicy && prepared('Endpoint')(way.endpointPolicy),
    serviceControlPolicies: ofOrganization('ServiceControl', isOurs && controls.serviceControl.length > 0 ? [FULL_ACCESS, ...controls.serviceControl] : []),
    resourceControlPolicies: ofOrganization('ResourceControl', controls.resourceControl),
  };
}

function ofEndpoint({ organization }: Environment, { context }: Way): Context {
  return 'aws:VpceAccount' in context && organization.id !== undefined ? { ...context, 'aws:VpceOrgID': organization.id } : context;
}

function identityOf({ account, region, organization }: Environment, { role, session }: Known): Context {
  const isOurs = role.account === account;
  return {
    'aws:PrincipalArn': role.arn,
    'aws:PrincipalAccount': role.account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': 'AROAEXAMPLE:alice',
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': account,
    's3:TlsVersion': '1.3',
    'kms:CallerAccount': role.account,
    ...(organization.id !== undefined && { 'aws:ResourceOrgID': organization.id, ...(isOurs && { 'aws:PrincipalOrgID': organization.id }) }),
    ...(!isOurs && { 'aws:PrincipalOrgID': 'o-0000000000' }),
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...session,
  };
}

/** SageMaker says for whom a notebook works. */
function variablesOf(environment: Environment, { isNotebook }: Who): Record<string, string> {
  const domain = environment.parameter('studio/domain-id');
  return isNotebook && domain !== undefined ? { 'sagemaker:DomainId': domain, 'sagemaker:UserProfileName': 'alice', 'aws:SourceIdentity': 'alice' } : {};
}

/** The simulator drops condition keys whose variable part follows a colon. A tag's follows a slash, and is allowed with every action. */
export const AS_TAG = 'aws:PrincipalTag/encryption-context-';

const documents = new WeakMap<PolicyDocument, Map<string, unknown>>();

function documentOf(judge: Judge, kind: ValidatedKind, document: PolicyDocument, variables: Record<string, string>): unknown {
  const known = documents.get(document) ?? new Map<string, unknown>(), key = `${kind} ${variables['sagemaker:DomainId']}`;
  documents.set(document, known);
  if (!known.has(key)) known.set(key, judge.validated(kind, adapted(document, variables)));
  return known.get(key);
}

/** The document as the simulator understands it as AWS does. */
function adapted(document: PolicyDocument, variables: Record<string, string>): unknown {
  return JSON.parse(JSON.stringify(document)
    .replace(/kms:EncryptionContext:/g, AS_TAG)
    .replace(/(arn:[a-z-]+:(?:ssm|cloudformation):[^:"]*)::(parameter|type)/g, '$1:000000000000:$2')
    .replace(/(arn:[a-z-]+:cloudformation)::(\d+:stackset-target)/g, '$1:no-region:$2')
    .replace(/\$\{(sagemaker:(?:DomainId|UserProfileName))\}/g, (variable, name: string) => variables[name] ?? variable)
    .replace(/arn:[a-z-]+:codepipeline:[^"]*/g, (arn) => (/\*.*\//.test(arn) ? arn.replace(/\//g, '?') : arn)));
}
