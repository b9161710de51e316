import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentRegistry } from '../../registry';
import { ImageSources, imagesOf } from '../../roles/statements/container-statements';

/** Whose images a target deploys, besides its own account's. */
export interface DeployedImages {
  readonly registry: EnvironmentRegistry;
  /** Accounts whose images stay where they are. */
  readonly imageAccounts?: string[];
}

/**
 * Images of the target's account, of the environment's, of AWS and of accounts that are named. By account alone, because a template
 * that stack sets carry has little room: which repositories let the target in, their own policies say.
 */
export function deployedImages(scope: Construct, { registry, imageAccounts = [] }: DeployedImages): ImageSources {
  const accounts = [...new Set([Stack.of(scope).account, registry.account, ...imageAccounts])];
  const { awsAccounts, anywhere } = imagesOf(scope, [], [], registry.region);
  // Where the template looks AWS's accounts up, their list takes no others.
  return Array.isArray(awsAccounts)
    ? { resources: [], awsAccounts: [...accounts, ...awsAccounts], anywhere }
    : imagesOf(scope, [], accounts, registry.region);
}
