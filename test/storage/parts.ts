import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { DataScienceEnvironment, EnvironmentStorage, StorageOptions } from '../../src';
import { testApp } from '../test-app';

export const ENV = { account: '111111111111', region: 'eu-west-1' };
export const BOTH_KEYS = { '@cdk-secure-mlops/destroy-data': true };

/** An environment with these buckets; what is given is made in its stack. */
export function storageOf(
  options: (stack: Stack) => StorageOptions = () => ({}), removalPolicy?: RemovalPolicy, context: Record<string, unknown> = {},
) {
  const stack = new Stack(testApp({ context }), 'Stack', { env: ENV });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', storage: options(stack), removalPolicy });
  return { stack, environment, storage: environment.storage };
}

export interface Resource {
  readonly Properties: Record<string, never>;
  readonly DependsOn?: string[];
  readonly DeletionPolicy?: string;
}

/** The buckets of the storage by their names in it, such as `Data`. */
export function bucketsOf(stack: Stack, storage: EnvironmentStorage): Record<string, Resource> {
  const all = Template.fromStack(stack).findResources('AWS::S3::Bucket') as unknown as Record<string, Resource>;
  const found: Record<string, Resource> = {};
  for (const name of ['Data', 'Models', 'Releases', 'Reports', 'AccessLogs']) {
    const bucket = storage.node.tryFindChild(name);
    if (bucket) found[name] = all[stack.getLogicalId(bucket.node.defaultChild as never)];
  }
  return found;
}

/** A role, and what the grants of a test put into its own policies. */
export function granted(stack: Stack, grant: (role: Role) => void): { Action: string | string[]; Resource: unknown; Condition?: unknown }[] {
  const role = new Role(stack, 'Grantee', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  grant(role);
  const policies = Template.fromStack(stack).findResources('AWS::IAM::Policy');
  return Object.entries(policies).filter(([id]) => id.startsWith('Grantee')).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

