import { Environment, Who } from './environment';
import { Context, NoWay, Way } from './places';
import { Policy, PolicyDocument, Role } from './policies';
import { Question } from './questions';
import { Analysis, NamedDocument, SIMULATOR, Simulation, Simulator, Statement } from './simulator';

/** The reason of most denials: nobody wrote that it is allowed. */
export const NOTHING = 'nothing in the policies of the role allows it';

/** Whether somebody may: `if` is with such particulars of the request as the reason names. */
export type Answer = 'yes' | 'if' | 'no' | 'unknown';

export interface Decision {
  readonly answer: Answer;
  /** Statements that decide, each as the logical id of its policy and its Sid or what it says first. */
  readonly statements: string[];
  /** Keys of the request that it depends on. */
  readonly keys?: string[];
  readonly reason?: string;
}

/** Keys that are known of every request here, whether they come or not: all others are particulars of a request. */
const KNOWN = [
  ...[
    'SourceVpce', 'SourceVpc', 'VpcSourceIp', 'SourceIp', 'VpceAccount', 'ViaAWSService', 'PrincipalArn', 'PrincipalAccount', 'PrincipalType',
    'PrincipalIsAWSService', 'PrincipalServiceName', 'PrincipalServiceNamesList', 'SecureTransport', 'RequestedRegion', 'ResourceAccount',
    'SourceArn', 'SourceAccount', 'userid', 'username', 'SourceIdentity',
  ].map((key) => `aws:${key}`),
  '/^aws:PrincipalTag\\/(?!encryption-context-).*$/',
  'kms:ViaService', 'kms:CallerAccount', 's3:TlsVersion', 's3:ResourceAccount', 'sagemaker:DomainId', 'sagemaker:UserProfileName',
];

/** Says whether somebody may do something, on the way that a request for it comes. */
export async function weigh(
  simulator: Simulator | undefined, environment: Environment, who: Who, question: Question, way: Way | NoWay,
): Promise<Decision> {
  const unknown = (reason: string): Decision => ({ answer: 'unknown', statements: [], reason });
  if (!simulator) return unknown(`${SIMULATOR} is not installed`);
  const { role } = who;
  if (!role) return unknown('the role is in no template: it exists already, or IAM Identity Center makes it');
  if (question.on === undefined) return unknown('what it is done to is known after a deployment only');
  if ('unknown' in way) return unknown(way.unknown);
  if ('unreachable' in way) return { answer: 'no', statements: [], reason: way.unreachable };

  const policies = [...role.policies, ...[role.boundary, question.policy, way.endpointPolicy].flatMap((one) => one ?? [])];
  const unread = policies.filter(({ document }) => !document).map(({ name }) => `the policy ${name}`)
    .concat(question.isGiven ? [`the policy of the ${question.asset}`] : []);
  const simulation = await simulationOf(simulator, environment, { who, role }, question, way);
  const strictly = await run(simulator, simulation, {});
  if (typeof strictly === 'string') return unknown(`the simulator has no answer: ${strictly}`);
  // What is denied by what can be read is denied, whatever the rest says. Without the rest, nothing else is certain.
  const named = (statements: Statement[]) => namesOf(statements, policies, question, way);
  const found = await withAnyParticulars(simulator, simulation, question);
  const isDenied = typeof found !== 'string' && found.result === 'ExplicitlyDenied';
  if (unread.length > 0 && !isDenied) return unknown(`${unread.join(' and ')} cannot be read before a deployment`);
  if (strictly.result === 'Allowed') return { answer: 'yes', statements: named(allowing(strictly)) };
  if (typeof found === 'string') return unknown(`the simulator has no answer: ${found}`);
  if (found.result === 'Allowed') {
    const keys = Object.values(found.ignoredConditions ?? {}).flatMap((kind) => [...kind?.allow ?? [], ...kind?.deny ?? []])
      .map(({ key }) => key.replace(AS_TAG, 'kms:EncryptionContext:'));
    return { answer: 'if', statements: named(allowing(found)), keys: [...new Set(keys)].sort() };
  }
  const statements = named(denying(found));
  return { answer: 'no', statements, ...(statements.length === 0 && { reason: missing(found) }) };
}

/** The request with whatever particulars would let it through. */
async function withAnyParticulars(simulator: Simulator, simulation: Simulation, { action }: Question): Promise<Analysis | string> {
  const [service, name] = action.split(':'), { resource } = simulation.request.resource;
  const sent = (await simulator.allowedContextKeysForRequest(service, name, resource, false)).map((key) => key.toLowerCase());
  const isSent = (key: string) => sent.some((one) => one === key || one.includes('${') && key.startsWith(one.split('${')[0]));
  const mentioned = [...new Set([...JSON.stringify(simulation).matchAll(/"([A-Za-z0-9-]+:[A-Za-z][^"\s]*)":/g)].map(([, key]) => key))];
  // What a condition names, and AWS does not send with the action, is known to be absent.
  const neverSent = mentioned.filter((key) => !key.startsWith('aws:') && !isSent(key.toLowerCase()));
  const known = [...new Set([...KNOWN, ...neverSent, ...Object.keys(simulation.request.contextVariables)])];
  return run(simulator, simulation, {
    simulationMode: 'Discovery', discoveryContextKeyConstraints: known.map((keyName) => ({ keyName, presenceIsKnown: true, valueIsKnown: true })),
  });
}

async function run(simulator: Simulator, simulation: Simulation, options: Parameters<Simulator['runSimulation']>[1]): Promise<Analysis | string> {
  const result = await simulator.runSimulation(simulation, options);
  if (result.resultType === 'error') return result.errors.message;
  return result.resultType === 'single' ? result.result.analysis : result.results[0]?.analysis ?? 'nothing was weighed';
}

async function simulationOf(
  simulator: Simulator, environment: Environment, { who, role }: { who: Who; role: Role }, { action, on, policy, context }: Question, way: Way,
): Promise<Simulation> {
  const variables = variablesOf(environment, who), [service, name] = action.split(':');
  const prepared = (one: Policy): NamedDocument[] => (one.document ? [{ name: one.name, policy: adapted(one.document, variables) }] : []);
  return {
    request: {
      principal: `arn:${environment.partition}:sts::${environment.account}:assumed-role/${role.name}/alice`,
      action,
      resource: { resource: await simulator.isWildcardOnlyAction(service, name) ? '*' : on!, accountId: environment.account },
      contextVariables: { ...identity(environment, role, who.isPerson), ...variables, 'aws:ViaAWSService': 'false', ...way.context, ...context },
    },
    identityPolicies: role.policies.flatMap(prepared),
    permissionBoundaryPolicies: role.boundary && prepared(role.boundary),
    resourcePolicy: policy && prepared(policy)[0]?.policy,
    vpcEndpointPolicies: way.endpointPolicy && prepared(way.endpointPolicy),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  };
}

function identity({ account, region }: Environment, role: Role, isPerson: boolean): Context {
  return {
    'aws:PrincipalArn': role.arn,
    'aws:PrincipalAccount': account,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': 'AROAEXAMPLE:alice',
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
    'aws:ResourceAccount': account,
    's3:TlsVersion': '1.3',
    'kms:CallerAccount': account,
    ...Object.fromEntries(Object.entries(isPerson ? { ...role.tags, StudioUser: 'alice' } : role.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}

/** SageMaker says for whom a notebook works. */
function variablesOf(environment: Environment, { isNotebook }: Who): Record<string, string> {
  const domain = environment.parameter('studio/domain-id');
  return isNotebook && domain !== undefined ? { 'sagemaker:DomainId': domain, 'sagemaker:UserProfileName': 'alice', 'aws:SourceIdentity': 'alice' } : {};
}

/** The simulator drops condition keys whose variable part follows a colon. A tag's follows a slash, and is allowed with every action. */
const AS_TAG = 'aws:PrincipalTag/encryption-context-';

/** The document as the simulator understands it as AWS does. */
function adapted(document: PolicyDocument, variables: Record<string, string>): unknown {
  return JSON.parse(JSON.stringify(document)
    .replace(/kms:EncryptionContext:/g, AS_TAG)
    .replace(/(arn:[a-z-]+:(?:ssm|cloudformation):[^:"]*)::(parameter|type)/g, '$1:000000000000:$2')
    .replace(/(arn:[a-z-]+:cloudformation)::(\d+:stackset-target)/g, '$1:no-region:$2')
    .replace(/\$\{(sagemaker:(?:DomainId|UserProfileName))\}/g, (variable, name: string) => variables[name] ?? variable)
    .replace(/arn:[a-z-]+:codepipeline:[^"]*/g, (arn) => (/\*.*\//.test(arn) ? arn.replace(/\//g, '?') : arn)));
}

const analysesOf = ({ identityAnalysis, resourceAnalysis, permissionBoundaryAnalysis, endpointAnalysis }: Analysis) =>
  [identityAnalysis, resourceAnalysis, permissionBoundaryAnalysis, endpointAnalysis].flatMap((one) => one ?? []);

/** What lets a request through: a statement for the identity, or the resource's own. */
function allowing({ identityAnalysis, resourceAnalysis }: Analysis): Statement[] {
  const ofIdentity = identityAnalysis?.allowStatements ?? [];
  return ofIdentity.length > 0 ? ofIdentity : resourceAnalysis?.allowStatements ?? [];
}

const denying = (analysis: Analysis) => analysesOf(analysis).flatMap(({ denyStatements }) => denyStatements);

/** Why nothing lets a request through that nothing denies. */
function missing({ identityAnalysis, resourceAnalysis, permissionBoundaryAnalysis, endpointAnalysis }: Analysis): string {
  if (permissionBoundaryAnalysis && permissionBoundaryAnalysis.result !== 'Allowed') return 'nothing in the permissions boundary allows it';
  if (identityAnalysis?.result === 'Allowed' && endpointAnalysis && endpointAnalysis.result !== 'Allowed') return 'nothing in the policy of the endpoint allows it';
  if (identityAnalysis?.result === 'Allowed' && resourceAnalysis) return 'nothing in the policy of the resource allows it';
  return NOTHING;
}

/** Statements by the logical ids of their policies: the simulator knows resource policies by no name. */
function namesOf(statements: Statement[], policies: Policy[], { policy }: Question, { endpointPolicy }: Way): string[] {
  return [...new Set(statements.map(({ policyId, statement }) => {
    const found = policies.find(({ name }) => name === policyId) ?? policy ?? endpointPolicy;
    const text = found?.document?.Statement[statement.index() - 1];
    return text ? `${found.name}: ${nameOf(text)}` : policyId;
  }))];
}

function nameOf({ Sid, Effect, Action, NotAction }: Record<string, unknown>): string {
  if (typeof Sid === 'string') return Sid;
  const [first, ...more] = [Action ?? NotAction ?? []].flat() as string[];
  return `${String(Effect).toLowerCase()} ${Action === undefined ? 'all but ' : ''}${first}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}
