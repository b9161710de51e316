import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ImageSources, imagesOf } from '../../roles/statements/container-statements';
import { TargetContext } from '../../roles/targets/context';

/** Whose images a target deploys, besides its own account's: copies of its own are there, and others stay where they are. */
export type DeployedImages = Pick<TargetContext, 'names' | 'promotedModels'> & { readonly imageAccounts?: string[] };

/**
 * Images of the target's account, of AWS, of accounts that are named, and of the environment's account unless the stage has
 * copies. By account alone, because a template that stack sets carry has little room: which repositories let the target in, their
 * own policies say.
 */
export function deployedImages(scope: Construct, { names, imageAccounts = [], promotedModels }: DeployedImages): ImageSources {
  const accounts = [...new Set([Stack.of(scope).account, ...promotedModels ? [] : [names.account], ...imageAccounts])];
  const { awsAccounts, anywhere } = imagesOf(scope, [], [], names.region);
  // Where the template looks AWS's accounts up, their list takes no others.
  return Array.isArray(awsAccounts)
    ? { resources: [], awsAccounts: [...accounts, ...awsAccounts], anywhere }
    : imagesOf(scope, [], accounts, names.region);
}
