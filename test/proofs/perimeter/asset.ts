import { accountsOfCallers, whatAwsSends } from './sent';
import { AccessSystem } from '../../access/access-system';
import { NamedPolicy, PolicyDocument } from '../../access/policy-document';
import { Scenario } from '../../access/scenario';
import { Replacements } from '../../access/simulator';
import { VpcEndpoint } from '../../access/template/template-reader';
import { TextClasses } from '../encoding/classes';
import { isAllowed } from '../encoding/decision';
import { RequestSymbols } from '../encoding/request-symbols';
import { isIdentity } from '../encoding/statements';
import { and, or, Term } from '../encoding/terms';
import { Vocabulary } from '../encoding/vocabulary';

/** A bucket with its objects, a key or a role. */
export interface AssetParts {
  readonly arn: string;
  readonly account: string;
  readonly policy: NamedPolicy;
  /** The endpoints of the app through which requests may come; others are somebody else's, and let everything through. */
  readonly endpoints: VpcEndpoint[];
}

/**
 * A bucket, key or role, and every request to it: by anybody whose own policies allow everything, from anywhere. What no allowed request
 * fulfils is a theorem.
 */
export class Asset {
  /** A thing of the access rows. */
  public static async of(on: string, system: AccessSystem): Promise<Asset> {
    const found = system.on({ on, does: '' } as Scenario);
    if (!found?.policy) throw new Error(`${on} has no policy`);
    const { arn, account, policy } = found;
    const service = arn.split(':')[2];
    const endpoints = system.reader.endpoints().filter((endpoint) => endpoint.service === service);
    const vocabulary = await Vocabulary.of(service, service === 's3' ? [arn, `${arn}/x`] : [arn]);
    return new Asset({ arn, account: account.id, policy, endpoints }, vocabulary);
  }

  /** A role: whoever comes to work as it. */
  public static async ofRole(arn: string, system: AccessSystem): Promise<Asset> {
    const { account, trust } = system.reader.roles().find((role) => role.arn === arn)!;
    const endpoints = system.reader.endpoints().filter((endpoint) => endpoint.service === 'sts');
    return new Asset({ arn, account, policy: trust, endpoints }, await Vocabulary.of('sts', [arn]));
  }

  public readonly request: RequestSymbols;

  private constructor(public readonly parts: AssetParts, public readonly vocabulary: Vocabulary) {
    this.request = new RequestSymbols(this.policies.map(({ document }) => document), { honest: true });
  }

  /** The policies that have a say. */
  public get policies(): NamedPolicy[] {
    return [this.parts.policy, ...this.parts.endpoints.flatMap(({ policy }) => policy ?? [])];
  }

  /** Whether the action is one that a pattern names. */
  public does(...patterns: string[]): Term {
    return this.vocabulary.isNamed(patterns, this.request.action);
  }

  /** Whether a condition key is there and has one of these values. */
  public has(key: string, ...values: string[]): Term {
    return or(...this.request.elements(key).map(({ present, value }) => and(present, or(...values.map((each) => this.request.compare(value, 'matches', each))))));
  }

  /** Whether the caller is a role or user with an ARN that one of these patterns matches. */
  public isBy(...patterns: string[]): Term {
    return and(isIdentity(this.request), or(...patterns.map((pattern) => this.request.compare(this.request.principalArn, 'matchesArn', pattern))));
  }

  /** Whether the request comes through an endpoint in a VPC of an account. */
  public isThrough(account: string): Term {
    return this.has('aws:SourceVpce', ...this.parts.endpoints.filter((endpoint) => endpoint.account === account).map(({ id }) => id));
  }

  /** What is declared, defined and assumed: an allowed request. To be asked for when every question has been written. */
  public script(replacements: Replacements = new Map()): { lines: string[]; classes: TextClasses } {
    const { request, vocabulary } = this;
    const documentOf = ({ name, document }: NamedPolicy): PolicyDocument => replacements.get(name) ?? document;
    const { policy, account, arn, endpoints } = this.parts;
    const isOn = (pattern: string) => request.compare(request.resource, 'matchesArn', pattern);
    const terms = [
      isAllowed({
        resource: documentOf(policy),
        endpoints: endpoints.flatMap(({ id, policy: own }) => (own ? [{ passes: this.has('aws:SourceVpce', id), document: documentOf(own) }] : [])),
      }, { account, trustsNobody: /^arn:aws:(kms|iam):/.test(arn) }, request, vocabulary),
      ...whatAwsSends(request, vocabulary, this.parts.account, this.parts.endpoints),
      arn.startsWith('arn:aws:s3:')
        ? or(and(vocabulary.isOn('bucket', request.action), isOn(arn)), and(vocabulary.isOn('object', request.action), isOn(`${arn}/?*`)))
        : isOn(arn),
      ...accountsOfCallers(request),
    ];
    const classes = new TextClasses(request);
    return { lines: [...request.declarations(), ...classes.definitions(), ...terms.map((term) => `(assert ${term})`)], classes };
  }
}
