import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { SecureStudioDomain, SecureStudioDomainProps } from '../../src/studio';
import { testApp } from '../test-app';

/** The second key to destroying; by itself it destroys nothing. */
export const FLAGGED = { context: { '@cdk-secure-mlops/destroy-data': true } };

/** Somebody's own VPC, key and role: no environment in sight. */
export class OwnParts {
  readonly app: App;
  readonly stack: Stack;
  readonly vpc: Vpc;
  readonly key: Key;
  readonly role: Role;

  constructor(props: StackProps & { context?: Record<string, unknown> } = {}) {
    this.app = testApp({ context: props.context });
    this.stack = new Stack(this.app, 'Stack', props);
    this.vpc = new Vpc(this.stack, 'Vpc', {
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED }, { name: 'public', subnetType: SubnetType.PUBLIC }],
    });
    this.key = new Key(this.stack, 'Key');
    this.role = this.executionRole('Role');
  }

  /** A role as Studio needs it. */
  executionRole(id: string): Role {
    const role = new Role(this.stack, id, { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [new ServicePrincipal('sagemaker.amazonaws.com')] }));
    return role;
  }

  domain(props: Partial<SecureStudioDomainProps> = {}, id = 'Studio'): SecureStudioDomain {
    return new SecureStudioDomain(this.stack, id, { vpc: this.vpc, encryptionKey: this.key, executionRole: this.role, ...props });
  }

  get template(): Template {
    return Template.fromStack(this.stack);
  }
}
