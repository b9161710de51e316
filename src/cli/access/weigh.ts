import { Environment } from './environment';
import { Controls, controlsOf, possibleControlsOf } from './organization';
import { NoWay, Way } from './places';
import { Policy } from './policies';
import { Question } from './questions';
import { AS_TAG, Known, simulationOf } from './request';
import { Analysis, Judge, SIMULATOR, Simulation, Simulator, Statement, Weighed } from './simulator';
import { Who } from './who';

/** The reason of most denials: nobody wrote that it is allowed. */
export const NOTHING = 'no policy of the role allows it';

/** Whether somebody may: `if` is with such particulars of the request as the reason names. */
export type Answer = 'yes' | 'if' | 'no' | 'unknown';

/** A statement that decides. */
export interface Deciding {
  readonly effect: 'allow' | 'deny';
  readonly kind: 'identity policy' | 'permissions boundary' | 'resource policy' | 'VPC endpoint policy' | 'service control policy' | 'resource control policy';
  /** Path of the construct whose policy it is in. */
  readonly policy: string;
  /** Its Sid, or what it says first. */
  readonly statement: string;
}

export interface Decision {
  readonly answer: Answer;
  readonly statements: readonly Deciding[];
  /** Keys of the request that it depends on. */
  readonly keys?: readonly string[];
  readonly reason?: string;
}

/** Keys that are known of every request here, whether they come or not: all others are particulars of a request. */
const KNOWN = [
  ...[
    'SourceVpce', 'SourceVpc', 'VpcSourceIp', 'SourceIp', 'VpceAccount', 'ViaAWSService', 'PrincipalArn', 'PrincipalAccount', 'PrincipalType',
    'PrincipalIsAWSService', 'PrincipalServiceName', 'PrincipalServiceNamesList', 'SecureTransport', 'RequestedRegion', 'ResourceAccount',
    'SourceArn', 'SourceAccount', 'userid', 'username', 'SourceIdentity', 'AssumedRoot',
  ].map((key) => `aws:${key}`),
  '/^aws:PrincipalTag\\/(?!encryption-context-).*$/',
  'kms:ViaService', 'kms:CallerAccount', 's3:TlsVersion', 's3:ResourceAccount', 'sagemaker:DomainId', 'sagemaker:UserProfileName',
];

/** Says whether somebody may do something, on the way that a request for it comes, in an account that is in such units of the organization. */
export async function weigh(
  judge: Judge | undefined, environment: Environment, who: Who, question: Question, way: Way | NoWay, units: readonly string[],
): Promise<Decision> {
  const unknown = (reason: string): Decision => ({ answer: 'unknown', statements: [], reason });
  if (!judge) return unknown(`${SIMULATOR} is not installed`);
  if (!who.role) return unknown('the role is in no template: it exists already');
  if (question.on === undefined) return unknown('only the deployment knows what it is done to');
  if ('unknown' in way) return unknown(way.unknown);
  if ('unreachable' in way) return { answer: 'no', statements: [], reason: way.unreachable };

  const { organization, account } = environment, asked = new Request(judge, environment, who as Known, question, way);
  const certain = controlsOf(organization, account, units), decision = await asked.decide(certain);
  if (decision.answer !== 'yes' && decision.answer !== 'if') return decision;
  const possible = possibleControlsOf(organization, account);
  if (sizeOf(possible) === sizeOf(certain)) return decision;
  // What holds if the account is wherever a policy is attached: more only ever takes away.
  const held = await asked.decide(possible);
  if (held.answer === decision.answer && held.keys?.join() === decision.keys?.join()) return decision;
  const by = held.statements.filter(({ kind }) => kind.endsWith('control policy')).map(({ statement }) => statement).slice(0, 2).join(' and ');
  const does = held.answer === 'if' ? 'limits' : 'denies', where = possible.units.join(' or ');
  return unknown(`${by || 'a policy of the organization'} ${does} it if the account is in ${where}, which --organizational-unit says`);
}

const sizeOf = ({ serviceControl, resourceControl }: Controls) => serviceControl.length + resourceControl.length;

/** A request with everything that has a say in it. */
class Request {
  private readonly policies: Policy[];

  public constructor(
    private readonly judge: Judge, private readonly environment: Environment, private readonly who: Known,
    private readonly question: Question, private readonly way: Way,
  ) {
    const { role } = who;
    this.policies = [...role.policies, ...[role.boundary, question.policy, way.endpointPolicy].flatMap((one) => one ?? [])];
  }

  public async decide(controls: Controls): Promise<Decision> {
    const { judge, question } = this, unknown = (reason: string): Decision => ({ answer: 'unknown', statements: [], reason });
    const policies = [...this.policies, ...controls.serviceControl, ...controls.resourceControl];
    const unread = policies.filter(({ document }) => !document).map(({ path }) => path).concat(question.isGiven ? [`the policy of the ${question.asset}`] : []);
    const simulation = await simulationOf(judge, this.environment, this.who, question, this.way, controls);
    const found = await withAnyParticulars(judge, simulation, question);
    if (typeof found === 'string') return unknown(`the simulator has no answer: ${found}`);
    // What is denied by what can be read is denied, whatever the rest says. Without the rest, nothing else is certain.
    if (unread.length > 0 && !isDeniedAnyway(found)) return unknown(`${[...new Set(unread)].join(' and ')} cannot be read before a deployment`);
    if (found.result !== 'Allowed') {
      const statements = this.named(found, 'denyStatements', controls);
      return { answer: 'no', statements, ...(statements.length === 0 && { reason: missing(found) }) };
    }
    const ignored = Object.values(found.ignoredConditions ?? {}).flatMap((kind) => [...kind?.allow ?? [], ...kind?.deny ?? []]);
    const keys = ignored.map(({ key }) => key.replace(AS_TAG, 'kms:EncryptionContext:'));
    const strictly = keys.length === 0 ? found : await run(judge, simulation, {});
    if (typeof strictly === 'string') return unknown(`the simulator has no answer: ${strictly}`);
    if (strictly.result === 'Allowed') return { answer: 'yes', statements: this.named(strictly, 'allowStatements', controls) };
    return { answer: 'if', statements: this.named(found, 'allowStatements', controls), keys: [...new Set(keys)].sort() };
  }

  /** What denies a request, wherever it says so; or what lets it through: a statement for the identity, or else the resource's own. */
  private named(analysis: Analysis, which: 'allowStatements' | 'denyStatements', controls: Controls): Deciding[] {
    const { identityAnalysis, resourceAnalysis, permissionBoundaryAnalysis, endpointAnalysis, scpAnalysis, rcpAnalysis } = analysis;
    const { who: { role: { policies, boundary } }, question: { policy }, way: { endpointPolicy } } = this;
    const some = (one?: Policy) => (one ? [one] : []);
    const name = (kind: Deciding['kind'], weighed: readonly (Weighed | undefined)[], among: readonly Policy[]) =>
      weighed.flatMap((one) => one?.[which] ?? []).map((one) => decidingOf(kind, one, among));
    const ofIdentity = name('identity policy', [identityAnalysis], policies), ofResource = name('resource policy', [resourceAnalysis], some(policy));
    const all = which === 'allowStatements' ? ofIdentity.length > 0 ? ofIdentity : ofResource : [
      ...name('service control policy', scpAnalysis?.ouAnalysis ?? [], controls.serviceControl),
      ...name('resource control policy', rcpAnalysis?.ouAnalysis ?? [], controls.resourceControl),
      ...ofResource,
      ...name('VPC endpoint policy', [endpointAnalysis], some(endpointPolicy)),
      ...name('permissions boundary', [permissionBoundaryAnalysis], some(boundary)),
      ...ofIdentity,
    ];
    return all.filter((one, index) => all.findIndex((other) => other.policy === one.policy && other.statement === one.statement) === index);
  }
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

const refuses = (one: Weighed | undefined) => one !== undefined && one.result !== 'Allowed';

/** Whether what could be read is enough for a denial: a statement that denies it, or a boundary or endpoint that does not allow it. */
function isDeniedAnyway({ result, permissionBoundaryAnalysis, endpointAnalysis }: Analysis): boolean {
  const isRead = (one: Weighed | undefined) => refuses(one) && one!.allowStatements.length + one!.denyStatements.length > 0;
  return result === 'ExplicitlyDenied' || result !== 'Allowed' && (isRead(permissionBoundaryAnalysis) || isRead(endpointAnalysis));
}

/** Why nothing lets a request through that nothing denies. */
function missing({ sameAccount, identityAnalysis, resourceAnalysis, permissionBoundaryAnalysis, endpointAnalysis }: Analysis): string {
  if (identityAnalysis?.result !== 'Allowed') return NOTHING;
  if (refuses(permissionBoundaryAnalysis)) return 'the permissions boundary does not allow it';
  if (refuses(endpointAnalysis)) return 'the VPC endpoint policy does not allow it';
  if (!sameAccount) return 'no policy of the resource allows it to another account';
  return resourceAnalysis ? 'the policy of the resource does not allow it' : NOTHING;
}

/** The simulator knows resource policies by no name: there is one. */
function decidingOf(kind: Deciding['kind'], { policyId, statement }: Statement, among: readonly Policy[]): Deciding {
  const policy = among.length === 1 ? among[0] : among.find(({ name }) => name === policyId);
  const text = policy?.document?.Statement[statement.index() - 1];
  return { effect: text?.Effect === 'Deny' ? 'deny' : 'allow', kind, policy: policy?.path ?? policyId, statement: text ? nameOf(text) : `statement ${statement.index()}` };
}

function nameOf({ Sid, Effect, Action, NotAction }: Record<string, unknown>): string {
  if (typeof Sid === 'string') return Sid;
  const [first, ...more] = [Action ?? NotAction ?? []].flat() as string[];
  return `${String(Effect).toLowerCase()} ${Action === undefined ? 'all but ' : ''}${first}${more.length > 0 ? ` and ${more.length} more` : ''}`;
}
