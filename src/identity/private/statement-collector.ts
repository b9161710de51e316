import { AddToPrincipalPolicyResult, IPrincipal, IRole, PolicyStatement, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';

/** What grants speak to: identity policies only, so that nothing of ours is named in a resource policy by reference. */
export class StatementCollector implements IPrincipal {
  public readonly grantPrincipal: IPrincipal = this;
  public readonly assumeRoleAction: string;
  public readonly policyFragment: PrincipalPolicyFragment;
  public readonly principalAccount?: string;

  constructor(role: IRole, private readonly collect: (statement: PolicyStatement) => AddToPrincipalPolicyResult) {
    this.assumeRoleAction = role.assumeRoleAction;
    this.policyFragment = role.policyFragment;
    this.principalAccount = role.principalAccount;
  }

  public addToPrincipalPolicy(statement: PolicyStatement): AddToPrincipalPolicyResult {
    return this.collect(statement);
  }
}
