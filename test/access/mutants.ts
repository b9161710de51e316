import { RequestAnalysis } from '@cloud-copilot/iam-simulate';
import { Conditions, listOf, NamedPolicy, PolicyDocument, PolicyStatement } from './policy-document';

/** The element of a statement that a mutant changes. */
type Element = 'statement' | 'condition' | 'resource' | 'action' | 'principal';

/** A policy with one statement dropped or weakened. */
export interface Mutant {
  readonly policy: NamedPolicy;
  /** Number of the statement in its policy. */
  readonly index: number;
  readonly element: Element;
  /** Policy, statement and what was done to it: the same in every run. */
  readonly name: string;
  readonly document: PolicyDocument;
}

type Change = [element: Element, what: string, statement: PolicyStatement | undefined];

/** Every mutant of a policy. */
export function mutantsOf(policy: NamedPolicy): Mutant[] {
  const names = statementNames(policy.document.Statement);
  return policy.document.Statement.flatMap((statement, index) => changesOf(policy, statement).map(([element, what, changed]) => ({
    policy,
    index,
    element,
    name: `${policy.name} ${names[index]} ${what}`,
    document: { ...policy.document, Statement: policy.document.Statement.flatMap((other, at) => (at === index ? changed ?? [] : other)) },
  })));
}

/** What statements are called: their id, or what they do; numbered where several do the same. */
function statementNames(statements: PolicyStatement[]): string[] {
  const seen = new Map<string, number>();
  return statements.map((statement) => {
    const [first, ...more] = listOf(statement.Action ?? statement.NotAction);
    const name = statement.Sid ?? `${statement.Effect.toLowerCase()} ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count > 1 ? `${name} (${count})` : name;
  });
}

function changesOf(policy: NamedPolicy, statement: PolicyStatement): Change[] {
  return [
    ['statement', 'dropped', undefined],
    ...withoutConditions(statement),
    ...(statement.Effect === 'Allow' ? [...wideResource(policy, statement), ...wideAction(statement), ...widePrincipal(policy, statement)] : narrowDeny(statement)),
  ];
}

function withoutConditions(statement: PolicyStatement): Change[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => Object.keys(keys).map((key): Change =>
    ['condition', `without ${operator} ${key}`, { ...statement, Condition: without(statement.Condition!, operator, key) }]));
}

function without(conditions: Conditions, operator: string, key: string): Conditions | undefined {
  const { [key]: _, ...others } = conditions[operator];
  const { [operator]: __, ...rest } = conditions;
  const left = Object.keys(others).length > 0 ? { ...rest, [operator]: others } : rest;
  return Object.keys(left).length > 0 ? left : undefined;
}

function wideResource(policy: NamedPolicy, statement: PolicyStatement): Change[] {
  const resources = listOf(statement.Resource);
  if (resources.length === 0 || resources.includes('*') || policy.kind === 'bus' || policy.kind === 'queue') return []; // about that bus or queue only
  if (policy.kind !== 'bucket') return [['resource', 'on every resource', { ...statement, Resource: '*' }]];
  // A bucket's policy is about that bucket and its objects only.
  const bucket = resources[0].split('/')[0];
  const all = [bucket, `${bucket}/*`];
  return all.every((resource) => resources.includes(resource)) ? [] : [['resource', 'on the whole bucket', { ...statement, Resource: all }]];
}

function wideAction(statement: PolicyStatement): Change[] {
  const actions = listOf(statement.Action);
  const wide = [...new Set(actions.map((action) => `${action.split(':')[0]}:*`))];
  if (actions.length === 0 || actions.includes('*') || wide.every((action) => actions.includes(action))) return [];
  return [['action', `with ${wide.join(', ')}`, { ...statement, Action: wide }]];
}

function widePrincipal(policy: NamedPolicy, statement: PolicyStatement): Change[] {
  const open = statement.Principal === undefined || JSON.stringify(statement.Principal).includes('"*"');
  // The simulator reads no principals in endpoint policies: see the test that ours name nobody.
  if (open || policy.kind === 'endpoint') return [];
  return [['principal', 'for everybody', { ...statement, Principal: '*' }]];
}

/** A deny that forgets one of its actions. */
function narrowDeny(statement: PolicyStatement): Change[] {
  const actions = listOf(statement.Action);
  if (actions.length < 2) return [];
  return actions.map((action): Change => ['statement', `but for ${action}`, { ...statement, Action: actions.filter((other) => other !== action) }]);
}

/**
 * Whether a mutant can change what came of a request, seen from how its statement was weighed: all elements but the
 * changed one must match, the changed one must not. A dropped statement mattered only if it matched.
 */
export function canMatter(mutant: Mutant, analyses: RequestAnalysis[]): boolean {
  if (analyses.length === 0) return true;
  return analyses.some((analysis) => {
    const weighed = statementsOf(mutant, analysis).find(({ statement }) => statement.index() === mutant.index + 1);
    if (!weighed) return false;
    const matches: Record<Exclude<Element, 'statement'>, boolean> = {
      action: weighed.actionMatch,
      resource: weighed.resourceMatch,
      // The account as a whole is not yet the caller: their identity policies decide.
      principal: weighed.principalMatch !== 'NoMatch' && !(mutant.element === 'principal' && weighed.principalMatch === 'AccountLevelMatch'),
      condition: weighed.conditionMatch === 'Match',
    };
    return Object.entries(matches).every(([element, match]) => match === (element !== mutant.element));
  });
}

type Weighed = RequestAnalysis['identityAnalysis'] extends infer A | undefined
  ? A extends { unmatchedStatements: (infer S)[] } ? S : never
  : never;

function statementsOf(mutant: Mutant, analysis: RequestAnalysis): Weighed[] {
  const parts = {
    identity: analysis.identityAnalysis,
    boundary: analysis.permissionBoundaryAnalysis,
    endpoint: analysis.endpointAnalysis,
    trust: analysis.resourceAnalysis,
    bucket: analysis.resourceAnalysis,
    key: analysis.resourceAnalysis,
    bus: analysis.resourceAnalysis,
    queue: analysis.resourceAnalysis,
    control: undefined, // of an organization: no template of an environment has any
  };
  const part = parts[mutant.policy.kind];
  if (!part) return [];
  const all = [...part.allowStatements, ...part.denyStatements, ...part.unmatchedStatements];
  // Resource policies come one at a time, and the simulator forgets their names.
  return part === analysis.resourceAnalysis ? all : all.filter(({ policyId }) => policyId === mutant.policy.name);
}
