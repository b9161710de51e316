import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, IOpenIdConnectProvider, IPrincipal, ISamlProvider, PolicyStatement, SamlConsolePrincipal, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { UserBinding } from './user-binding';
import { InputCheck } from '../private/input-check';

/** What is asked of tokens of an OpenID Connect provider. */
export interface OpenIdConnectTrustOptions {
  /** Host and path of the provider, without `https://`, such as `login.example.com/tenant`. */
  readonly issuer: string;
  /** Client ids (audiences) of the applications by which people sign in. */
  readonly clientIds: string[];
}

/** Who may become a persona. */
export class PersonaTrust {
  /**
   * Users of the environment's account, each under their own user name, which the binding holds. Whether a user may
   * assume a persona's role at all is said in the user's own permissions.
   */
  public static accountUsers(): PersonaTrust {
    return new PersonaTrust(new AccountPrincipal(Aws.ACCOUNT_ID), 'sts:AssumeRole', '${aws:username}');
  }

  /**
   * People whom a SAML identity provider signs in. Session tag or source identity come with the provider's signed
   * assertion, which nobody else can write.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
   */
  public static saml(provider: ISamlProvider): PersonaTrust {
    return new PersonaTrust(new SamlConsolePrincipal(provider), 'sts:AssumeRoleWithSAML');
  }

  /**
   * People whom an OpenID Connect provider signs in, for the named applications only. Session tag or source identity come
   * with the provider's signed token.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
   */
  public static openIdConnect(provider: IOpenIdConnectProvider, options: OpenIdConnectTrustOptions): PersonaTrust {
    const { issuer, clientIds } = options;
    new InputCheck('PersonaTrust.openIdConnect')
      // It is part of a condition key, which CloudFormation cannot put together.
      .matches('issuer', issuer, /^[a-z0-9.-]+(:\d+)?(\/[\w./-]*)?$/i, 'be a host and path without https://, such as login.example.com/tenant')
      .notEmpty('clientIds', clientIds, 'Without one, every application of the provider would do')
      .unique('clientIds', clientIds)
      .done();
    const principal = new WebIdentityPrincipal(provider.openIdConnectProviderArn, { StringEquals: { [`${issuer}:aud`]: clientIds } });
    return new PersonaTrust(principal, 'sts:AssumeRoleWithWebIdentity');
  }

  private constructor(
    /** The principal that may assume a persona's role. */
    public readonly principal: IPrincipal,
    private readonly action: string,
    private readonly ownName?: string,
  ) {}

  /** Whether it is users of the account who are trusted, and no identity provider. @internal */
  public get _isOfAccount(): boolean {
    return this.ownName !== undefined;
  }

  /** @internal */
  public _statement(binding?: UserBinding): PolicyStatement {
    return new PolicyStatement({
      principals: [this.principal],
      actions: binding ? [this.action, binding.sessionAction] : [this.action],
      conditions: binding ? this.bound(binding) : this.unbound(),
    });
  }

  private bound(binding: UserBinding) {
    return this.ownName === undefined ? binding._isClosed() : binding._mustBe(this.ownName);
  }

  /** Only users have a user name: roles of the account, what runs in Studio among them, do not become people. */
  private unbound() {
    return this.ownName === undefined ? undefined : { Null: { 'aws:username': 'false' } };
  }
}
