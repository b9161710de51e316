import fc from 'fast-check';
import { isAllowed } from './encoding/decision';
import { RequestSymbols } from './encoding/request-symbols';
import { literal, Term } from './encoding/terms';
import { Vocabulary } from './encoding/vocabulary';
import { EVERYTHING_POLICY, listOf, PolicyDocument } from '../access/policy-document';
import { Context } from '../access/request/requester';
import { AccessRequest } from '../access/simulator';
import { sentContext } from '../oracles/authorization/sent-context';

/** Elements that a set of a drawn request has at most. */
const LARGEST_SET = 4;
/** Values that no policy names. */
const STRANGE = ['arn:aws:iam::999999999999:role/other', 'other', '999999999999', 'o-foreignorg/r-zz99/ou-zz99-aaaa1111/', 'arn:aws:s3:::other/x'];
const NUMBERS = ['0', '3600', '432000', '432001', '99999999'];

/** Requests by one caller on one kind of thing, and the encoding of all that has a say in them. */
export class Situation {
  /** The situation of a request. */
  public static async of(request: AccessRequest): Promise<Situation> {
    return new Situation(request, await Vocabulary.of(request.action.split(':')[0], [request.on.arn]));
  }

  private readonly symbols: RequestSymbols;
  private readonly documents: PolicyDocument[];
  private readonly decision: Term;

  private constructor(private readonly first: AccessRequest, private readonly vocabulary: Vocabulary) {
    const { who, on, endpointPolicy } = first;
    const identity = (who.identityPolicies ?? [EVERYTHING_POLICY]).map(({ document }) => document);
    this.documents = [...identity, ...[who.boundary, on.policy, endpointPolicy].flatMap((policy) => policy?.document ?? [])];
    const known = Object.fromEntries(Object.entries(who.context ?? {}).filter(([key]) => /^sagemaker:/.test(key))) as Record<string, string>;
    this.symbols = new RequestSymbols(this.documents, { known, least: LARGEST_SET });
    const [service] = first.action.split(':');
    const policies = { identity, boundary: who.boundary?.document, resource: on.policy?.document, endpoints: endpointPolicy && [{ passes: 'true', document: endpointPolicy.document }] };
    const trustsNobody = (service === 'kms' && /:key\//.test(on.arn)) || (service === 'sts' && on.policy !== undefined);
    this.decision = isAllowed(policies, { account: on.account.id, trustsNobody }, this.symbols, vocabulary);
  }

  /** Whether a request is about one resource, of a type that the service authorization reference knows. */
  public covers({ action, on }: AccessRequest): boolean {
    return on.arn !== '*' && this.vocabulary.numberOf(action, on.arn) >= 0;
  }

  /** A function of the unknowns that says whether a request is allowed. */
  public definition(name: string): string {
    const meanings = this.symbols.atoms.map((atom) => `(${atom.name} ${this.symbols.meaning(atom)})`);
    return `(define-fun ${name} (${this.unknowns().map(({ name: unknown, sort }) => `(${unknown} ${sort})`).join(' ')}) Bool (let (${meanings.join(' ')}) ${this.decision}))`;
  }

  /** The function's value for a request. */
  public async call(name: string, request: AccessRequest): Promise<string> {
    const values = await this.valuesOf(request);
    return `(simplify (${name} ${this.unknowns().map(({ name: unknown, sort }) => values.get(unknown) ?? (sort === 'Bool' ? 'false' : '""')).join(' ')}))`;
  }

  /** Requests like this one: with other actions, on things beside, with context keys that are missing or have other values. */
  public near(request: AccessRequest): fc.Arbitrary<AccessRequest> {
    const keys = [...new Set([...this.symbols.keys, ...Object.keys(request.context).map((key) => key.toLowerCase())])];
    const change = fc.oneof(
      fc.constantFrom(...this.vocabulary.names()).map((action) => (to: AccessRequest) => ({ ...to, action })),
      fc.constantFrom('x', '/x', '-2').map((end) => (to: AccessRequest) => {
        const arn = to.on.arn + end;
        return this.isSameKind(arn) ? { ...to, on: { ...to.on, arn } } : to;
      }),
      ...(keys.length === 0 ? [] : [
        fc.constantFrom(...keys).map((key) => (to: AccessRequest) => ({ ...to, context: without(to.context, key) })),
        fc.constantFrom(...keys).chain((key) => this.value(key).map((value) => (to: AccessRequest) => (
          { ...to, context: { ...without(to.context, key), [key]: value } }))),
      ]),
    );
    return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => changes.reduce((changed, make) => make(changed), request));
  }

  private isSameKind(arn: string): boolean {
    return this.vocabulary.numberOf(this.first.action, arn) >= 0;
  }

  private value(key: string): fc.Arbitrary<string | string[]> {
    const conditions = this.documents.flatMap(({ Statement }) => Statement).flatMap(({ Condition = {} }) => Object.entries(Condition));
    const uses = conditions.flatMap(([operator, keys]) => (
      Object.entries(keys).filter(([used]) => used.toLowerCase() === key).map(([, values]) => ({ operator, values: listOf(values) }))));
    if (uses.some(({ operator }) => /^Bool/.test(operator))) return fc.constantFrom('true', 'false');
    if (uses.some(({ operator }) => /^Numeric/.test(operator))) return fc.constantFrom(...NUMBERS);
    const patterns = uses.filter(({ operator }) => operator !== 'Null').flatMap(({ values }) => values);
    const named = patterns.flatMap((value) => [value.replace(/\*/g, ''), value.replace(/\*/g, 'x/1')]);
    const arns = uses.some(({ operator }) => /Arn/.test(operator));
    const one = fc.constantFrom(...[...named, ...STRANGE].filter((value) => value !== '' && (!arns || value.startsWith('arn:'))));
    return this.symbols.isSet(key) ? fc.array(one, { minLength: 1, maxLength: LARGEST_SET }) : one;
  }

  private unknowns(): { name: Term; sort: string }[] {
    return this.symbols.declarations().map((line) => ({ name: /\|[^|]*\||[\w-]+(?= \w+\)$)/.exec(line)![0], sort: /(\w+)\)$/.exec(line)![1] }));
  }

  private async valuesOf({ action, who, on, context }: AccessRequest): Promise<Map<Term, Term>> {
    const sent = await sentContext(action, on.arn, context);
    const values = new Map<Term, Term>([
      [this.symbols.action, String(this.vocabulary.numberOf(action, on.arn))],
      [this.symbols.resource, literal(on.arn)],
      [this.symbols.isService, String(who.kind === 'service')],
      [this.symbols.isAnonymous, String(who.kind === 'anonymous')],
      [this.symbols.principalAccount, literal(who.account?.id ?? '')],
      [this.symbols.principalArn, literal(who.kind === 'service' ? '' : who.arn)],
      [this.symbols.serviceName, literal(who.kind === 'service' ? who.arn : '')],
    ]);
    for (const [key, value] of Object.entries(sent)) {
      if (!this.symbols.keys.includes(key.toLowerCase())) continue;
      const elements = this.symbols.elements(key);
      const given = [value].flat();
      if (given.length > elements.length) throw new Error(`${key} has more values than there is room for`);
      given.forEach((text, at) => values.set(elements[at].present, 'true').set(elements[at].value, literal(text)));
    }
    return values;
  }
}

function without(context: Context, key: string): Context {
  return Object.fromEntries(Object.entries(context).filter(([name]) => name.toLowerCase() !== key.toLowerCase()));
}
