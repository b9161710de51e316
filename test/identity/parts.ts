import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ISecurityGroup, ISubnet, SecurityGroup, Subnet } from 'aws-cdk-lib/aws-ec2';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { ExecutionRoles, ExecutionRolesProps, Personas, PersonasProps } from '../../src/identity';
import { EnvironmentNames, EnvironmentRoleOptions } from '../../src/names';
import { DeploymentStage } from '../../src/stages';

export const ACCOUNT = '111111111111';
export const REGION = 'us-east-1';
export const DOMAIN = 'd-abcdefghijkl';

/** A stack with what identities are about: a network and keys of somebody else. */
export class Parts {
  readonly app = new App();
  readonly stack: Stack;

  constructor(props: StackProps = { env: { account: ACCOUNT, region: REGION } }) {
    this.stack = new Stack(this.app, 'Stack', props);
  }

  names(environmentName = 'churn', roleOptions?: EnvironmentRoleOptions): EnvironmentNames {
    return EnvironmentNames.forStack(this.stack, environmentName, roleOptions);
  }

  subnets(count = 2): ISubnet[] {
    return Array.from({ length: count }, (_, index) => this.once(`Subnet${index}`, (id) => Subnet.fromSubnetId(this.stack, id, `subnet-0123456789abcde${index.toString(16)}`)));
  }

  groups(count = 1): ISecurityGroup[] {
    return Array.from({ length: count }, (_, index) => this.once(`Group${index}`, (id) => SecurityGroup.fromSecurityGroupId(this.stack, id, `sg-0123456789abcdef${index}`)));
  }

  key(name: string): IKey {
    return this.once(name, (id) => Key.fromKeyArn(this.stack, id, keyArn(name)));
  }

  roles(props: Partial<ExecutionRolesProps> = {}, id = 'Roles'): ExecutionRoles {
    return new ExecutionRoles(this.stack, id, {
      names: this.names(),
      subnets: this.subnets(),
      securityGroups: this.groups(),
      volumeKey: this.key('volumes'),
      studioStorageKey: this.key('studio'),
      outputKeys: [this.key('data'), this.key('models')],
      ...props,
    });
  }

  personas(props: Partial<PersonasProps> = {}, id = 'Personas'): Personas {
    return Personas._create(this.stack, id, {
      names: this.names(),
      domainId: DOMAIN,
      studioRoleArns: [`arn:aws:iam::${ACCOUNT}:role/churn--studio-execution-${REGION}`],
      securityGroups: this.groups(),
      deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'] }), DeploymentStage.accounts('production', { accounts: ['333333333333'] })],
      ...props,
    });
  }

  get template(): Template {
    return Template.fromStack(this.stack);
  }

  private once<T>(id: string, make: (id: string) => T & IConstruct): T & IConstruct {
    return this.stack.node.tryFindChild(id) as (T & IConstruct) | undefined ?? make(id);
  }
}

/** ARN of a key of these parts. */
export function keyArn(name: string): string {
  return `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`;
}
