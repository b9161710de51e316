import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, IOpenIdConnectProvider, IPrincipal, ISamlProvider, PolicyStatement, SamlConsolePrincipal, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Persona } from './persona';
import { PersonaClaim } from './persona-claim';
import { SessionIdentity } from './session-identity';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired, like } from '../private/required-input';

/** Requirements on tokens of an OpenID Connect provider. */
export interface OpenIdConnectTrustOptions {
  /** Host and path of the provider, without `https://`, such as `login.example.com/tenant`. */
  readonly issuer: string;
  /**
   * The part of the signed token that says which persona a person may be.
   *
   * Whoever calls `AssumeRoleWithWebIdentity` chooses the role, so a token without it would open every persona's.
   */
  readonly personaClaim: PersonaClaim;
}

/** Identities that may assume the role of a persona. */
export class PersonaTrust {
  /**
   * Users of the environment's account, each under their own user name, which the session identity holds.
   *
   * Whether a user may assume a persona's role at all is said in the user's own permissions.
   */
  public static accountUsers(): PersonaTrust {
    return new PersonaTrust(() => new AccountPrincipal(Aws.ACCOUNT_ID), 'sts:AssumeRole', '${aws:username}');
  }

  /**
   * People whom a SAML identity provider signs in.
   *
   * Session tag or source identity come with the provider's signed assertion, which nobody else can write; so does the list of
   * roles among which a person may choose.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
   */
  public static saml(provider: ISamlProvider): PersonaTrust {
    checkRequired('PersonaTrust.saml', { provider }, { provider: like<ISamlProvider>('samlProviderArn', 'a provider, such as SamlProvider.fromSamlProviderArn(…)') });
    return new PersonaTrust(() => new SamlConsolePrincipal(provider), 'sts:AssumeRoleWithSAML');
  }

  /**
   * People whom an OpenID Connect provider signs in, for the named applications only.
   *
   * Session tag or source identity come with the provider's signed token, and so does the persona.
   *
   * @throws when the issuer is no host and path, or no claim tells the personas apart
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
   */
  public static openIdConnect(provider: IOpenIdConnectProvider, options: OpenIdConnectTrustOptions): PersonaTrust {
    // Python, Java and JavaScript do not ask for the claim, and without it the caller chooses the persona.
    checkRequired('PersonaTrust.openIdConnect', { provider, ...options }, {
      provider: like<IOpenIdConnectProvider>('openIdConnectProviderArn', 'a provider, such as OpenIdConnectProvider.fromOpenIdConnectProviderArn(…)'),
      issuer: ANYTHING,
      personaClaim: like<PersonaClaim>('_clientIds', 'PersonaClaim.sessionTag({ clientIds }) or PersonaClaim.clientIds({ dataScientist, … }): '
        + 'the caller chooses the role, so the token must say which persona the person may be'),
    });
    const { issuer, personaClaim } = options;
    new InputCheck('PersonaTrust.openIdConnect')
      // It is part of a condition key, which CloudFormation cannot put together.
      .matches('issuer', issuer, /^[a-z0-9.-]+(:\d+)?(\/[\w./-]*)?$/i, 'be a host and path without https://, such as login.example.com/tenant')
      .throwIfInvalid();
    return new PersonaTrust(
      (persona) => new WebIdentityPrincipal(provider.openIdConnectProviderArn, { StringEquals: { [`${issuer}:aud`]: personaClaim._clientIds(persona) } }),
      'sts:AssumeRoleWithWebIdentity', undefined, personaClaim._tagName);
  }

  private constructor(
    private readonly principalOf: (persona: Persona) => IPrincipal,
    private readonly action: string,
    private readonly ownName?: string,
    /** The session tag that names the persona, if one does. @internal */
    public readonly _personaTag?: string,
  ) {}

  /** Whether it is users of the account who are trusted, and no identity provider. @internal */
  public get _isOfAccount(): boolean {
    return this.ownName !== undefined;
  }

  /** The principal that may assume a persona's role. @internal */
  public _principal(persona: Persona): IPrincipal {
    return this.principalOf(persona);
  }

  /** The trust policy of a persona's role. @internal */
  public _statement(persona: Persona, sessionIdentity?: SessionIdentity): PolicyStatement {
    const personaTag = this._personaTag;
    const statement = new PolicyStatement({
      principals: [this.principalOf(persona)],
      actions: [...new Set([this.action, ...sessionIdentity ? [sessionIdentity.sessionAction] : [], ...personaTag === undefined ? [] : ['sts:TagSession']])],
      conditions: sessionIdentity ? this.bound(sessionIdentity) : this.unbound(),
    });
    if (personaTag !== undefined) statement.addConditions(signed(personaTag, persona, sessionIdentity));
    return statement;
  }

  private bound(sessionIdentity: SessionIdentity) {
    return this.ownName === undefined ? sessionIdentity._isPresent() : sessionIdentity._equals(this.ownName);
  }

  /** Only users have a user name: roles of the account, what runs in Studio among them, do not become people. */
  private unbound() {
    return this.ownName === undefined ? undefined : { Null: { 'aws:username': 'false' } };
  }
}

/** The token says which persona somebody is; the list of tags stays closed. */
function signed(tagName: string, persona: Persona, sessionIdentity?: SessionIdentity) {
  return {
    'StringEquals': { [`aws:RequestTag/${tagName}`]: persona },
    'ForAllValues:StringEquals': { 'aws:TagKeys': [...sessionIdentity?._tagNames ?? [], tagName] },
  };
}
