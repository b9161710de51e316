import { listOf, NamedPolicy, PolicyDocument } from '../../access/policy-document';
import { Context, Requester } from '../../access/request/requester';
import { AccessRequest, Replacements } from '../../access/simulator';
import { TextClasses } from '../encoding/classes';
import { isAllowed } from '../encoding/decision';
import { RequestSymbols } from '../encoding/request-symbols';
import { and, FALSE, implies, not, or, Term, TRUE } from '../encoding/terms';
import { Vocabulary } from '../encoding/vocabulary';

/** What somebody would do, whatever else the request says and wherever it comes from. */
export interface Deed {
  /** Patterns of actions, any of which will do. */
  readonly does: string[];
  /** Patterns of ARNs, any of which will do; anything in the account unless told otherwise. */
  readonly on?: string[];
  /** Patterns of ARNs that will not do. */
  readonly but?: string[];
  /** The account of what it is done to; the caller's own unless told otherwise. */
  readonly account?: string;
  /** The policy of what it is done to. */
  readonly policy?: NamedPolicy;
  /** Values that condition keys are to have. */
  readonly given?: Record<string, string>;
  /** Patterns of values that condition keys are not to have: they are missing, or have others. */
  readonly unlike?: Record<string, string>;
  /** Condition keys that have some value that none of these patterns matches. */
  readonly foreign?: Record<string, string[]>;
  /** Condition keys that are missing, though the action sends them. */
  readonly missing?: string[];
}

function lowered(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key.toLowerCase(), value]));
}

/** A deed of somebody whose policies we know, as a formula over an unknown request. */
export class Errand {
  /** Somebody's deed, with some policies replaced. */
  public static async of(who: Requester, deed: Deed, replacements: Replacements = new Map()): Promise<Errand> {
    const vocabulary = await this.vocabularyOf(deed.does);
    if (vocabulary.size === 0) throw new Error(`There is no action ${deed.does.join(', ')}`);
    return new Errand(who, deed, vocabulary, replacements);
  }

  private static vocabularyOf(does: string[]): Promise<Vocabulary> {
    const name = does.join(' '), known = READ.get(name) ?? Vocabulary.named(does);
    READ.set(name, known);
    return known;
  }

  private readonly request!: RequestSymbols;
  private readonly terms: Term[];
  private readonly classes!: TextClasses;

  private constructor(
    private readonly who: Requester,
    private readonly deed: Deed,
    private readonly vocabulary: Vocabulary,
    private readonly replacements: Replacements,
  ) {
    const identity = (who.identityPolicies ?? []).flatMap((policy) => this.concerned(policy));
    const [resource] = deed.policy ? this.concerned(deed.policy) : [], [boundary] = who.boundary ? [this.documentOf(who.boundary)] : [];
    if (![...identity, ...resource ? [resource] : []].some(({ Statement }) => Statement.some(({ Effect }) => Effect === 'Allow'))) {
      this.terms = [FALSE];
      return;
    }
    const always = this.always(), from = lowered(sometimes(who));
    this.request = new RequestSymbols([...identity, ...[resource, boundary].flatMap((document) => document ?? [])], {
      honest: true,
      values: { ...lowered({ ...always, ...deed.given }), ...from },
      named: [...Object.keys({ ...deed.given, ...deed.unlike, ...deed.foreign }), ...deed.missing ?? []],
      texts: new Map<Term, string>([
        ['principal-arn', who.kind === 'service' ? '' : who.arn], ['principal-account', who.account?.id ?? ''], ['service-name', who.kind === 'service' ? who.arn : ''],
        ...(deed.on?.length === 1 && !/[*?]/.test(deed.on[0]) ? [['resource', deed.on[0]] as const] : []),
      ]),
    });
    const { request } = this, account = deed.account ?? who.account!.id;
    const trustsNobody = /^(kms|sts):/.test(deed.does[0]) && deed.policy !== undefined;
    const on = (pattern: string) => request.compare(request.resource, 'matchesArn', pattern);
    this.terms = [
      vocabulary.isWord(request.action),
      isAllowed({ identity, boundary, resource }, { account, trustsNobody }, request, vocabulary),
      vocabulary.isOnItsType(request.action, account, on),
      deed.on ? or(...deed.on.map(on)) : TRUE,
      not(or(...deed.but?.map(on) ?? [])),
      same(request.isService, who.kind === 'service'), same(request.isAnonymous, false),
      // What nobody chooses is sent with every request, and what the deed says with this one.
      ...Object.keys({ ...always, ...deed.given }).filter((key) => request.keys.includes(key.toLowerCase())).map((key) => (
        request.isSet(key) ? or(...request.elements(key).map(({ present, value }) => and(present, request.compare(value, 'equals', deed.given![key])))) : request.has(key))),
      ...(who.kind === 'role' && request.keys.includes('aws:username') ? [not(request.has('aws:username'))] : []),
      ...Object.entries(deed.foreign ?? {}).map(([key, patterns]) => or(...request.elements(key).map(({ present, value }) => (
        and(present, not(or(...patterns.map((pattern) => request.compare(value, 'matches', pattern))))))))),
      ...deed.missing?.flatMap((key) => [not(request.has(key)), vocabulary.sends(key, request.action)]) ?? [],
      ...Object.entries(deed.unlike ?? {}).filter(([key]) => request.keys.includes(key.toLowerCase()))
        .map(([key, pattern]) => not(and(request.has(key), request.compare(request.single(key).value, 'matches', pattern)))),
      ...request.keys.filter((key) => !(key in from)).map((key) => implies(request.has(key), vocabulary.sends(key, request.action))),
    ];
    this.classes = new TextClasses(request);
  }

  /** Whether it comes to nothing without asking a solver: no statement lets anybody do it. */
  public get isIdle(): boolean {
    return this.terms.includes(FALSE);
  }

  /** What a solver is asked. */
  public script(): string[] {
    return [...this.request.declarations(), ...this.classes.definitions(), ...this.terms.filter((term) => term !== TRUE).map((term) => `(assert ${term})`)];
  }

  /** The unknowns whose values make a request. */
  public unknowns(): Term[] {
    return [this.request.action, ...this.elements().map(({ present }) => present), ...this.classes.numbers()];
  }

  /** The request that values of the unknowns make. */
  public requestOf(values: Map<Term, string>): AccessRequest {
    const { request, who, deed } = this;
    const text = (unknown: Term) => request.textOf(unknown) ?? this.classes.exampleOf(unknown, values) ?? 'anything';
    const said = Object.entries({ ...this.always(), ...deed.given }).filter(([key]) => !request.isSet(key));
    const context: Record<string, string | string[]> = Object.fromEntries(said);
    for (const { key, present, value } of this.elements()) {
      if (values.get(present) !== 'true') continue;
      context[key] = request.isSet(key) ? [...[context[key] ?? []].flat(), text(value)] : text(value);
    }
    const replaced = (policy: NamedPolicy) => ({ ...policy, document: this.documentOf(policy) });
    return {
      action: this.vocabulary.name(Number(values.get(request.action))),
      who: { ...who, identityPolicies: who.identityPolicies?.map(replaced) },
      on: { arn: text(request.resource), account: { id: deed.account ?? who.account!.id }, policy: deed.policy && replaced(deed.policy) },
      context,
    };
  }

  private elements(): { key: string; present: Term; value: Term }[] {
    return this.request.keys.flatMap((key) => this.request.elements(key).map((element) => ({ key, ...element })));
  }

  /** What AWS says of the caller in every request. */
  private always(): Record<string, string> {
    const { who: { kind, arn, account, tags = {} } } = this;
    if (kind === 'service') return { 'aws:PrincipalIsAWSService': 'true' };
    return {
      'aws:PrincipalArn': arn,
      'aws:PrincipalAccount': account!.id,
      'aws:PrincipalOrgID': account!.organization.id,
      'aws:PrincipalIsAWSService': 'false',
      ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    };
  }

  private documentOf({ name, document }: NamedPolicy): PolicyDocument {
    return this.replacements.get(name) ?? document;
  }

  /** The statements of a policy that are about the deed, if any. */
  private concerned(policy: NamedPolicy): PolicyDocument[] {
    const document = this.documentOf(policy), known = CONCERNED.get(document) ?? new Map<Vocabulary, PolicyDocument[]>();
    CONCERNED.set(document, known);
    const found = known.get(this.vocabulary) ?? this.statementsOf(document);
    known.set(this.vocabulary, found);
    return found;
  }

  private statementsOf(document: PolicyDocument): PolicyDocument[] {
    const Statement = document.Statement.filter(({ Action }) => Action === undefined || this.vocabulary.isNamed(listOf(Action), 'action') !== FALSE);
    return Statement.length > 0 ? [{ ...document, Statement }] : [];
  }
}

/** Statements of documents about actions: finding them takes longer than anything else. */
const CONCERNED = new WeakMap<PolicyDocument, Map<Vocabulary, PolicyDocument[]>>();
const READ = new Map<string, Promise<Vocabulary>>();
const same = (flag: Term, value: boolean): Term => (value ? flag : not(flag));

/** What the requests of people's applications say of them, and of nothing else: no table of AWS lists it. */
function sometimes({ context = {} }: Requester): Record<string, string> {
  return Object.fromEntries(Object.entries(context as Context).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])));
}
