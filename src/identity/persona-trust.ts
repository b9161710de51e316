import { Aws } from 'aws-cdk-lib';
import { AccountPrincipal, IPrincipal, ISamlProvider, PolicyStatement, SamlConsolePrincipal } from 'aws-cdk-lib/aws-iam';
import { UserBinding } from './user-binding';

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

  private constructor(
    /** The principal that may assume a persona's role. */
    public readonly principal: IPrincipal,
    private readonly action: string,
    private readonly ownName?: string,
  ) {}

  /** @internal */
  public _statement(binding: UserBinding): PolicyStatement {
    return new PolicyStatement({
      principals: [this.principal],
      actions: [this.action, binding.sessionAction],
      conditions: this.ownName === undefined ? binding._isClosed() : binding._mustBe(this.ownName),
    });
  }
}
