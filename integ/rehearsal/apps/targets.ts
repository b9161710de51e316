import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DeploymentStage, DeploymentTargetProduct } from '../../../src';

/** The product of targets, in the account that makes itself one. */
export class TargetsStack extends Stack {
  constructor(scope: Construct, id: string, { environmentAccount, ...props }: StackProps & { readonly environmentAccount: string }) {
    super(scope, id, props);
    const administrators = new Role(this, 'Administrators', { assumedBy: new AccountRootPrincipal(), description: 'Launches targets, and may do nothing else' });
    new DeploymentTargetProduct(this, 'Targets', {
      productName: 'Deployment target',
      owner: 'Platform team',
      environmentAccounts: [environmentAccount],
      stages: [
        DeploymentStage.accounts('production', { accounts: [this.account] }),
        DeploymentStage.accounts('staging', { accounts: ['333333333333'] }),
      ],
      removalPolicy: RemovalPolicy.DESTROY,
    }).grantLaunch(administrators);
  }
}
