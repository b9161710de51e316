import { Token } from 'aws-cdk-lib';
import { EnvironmentNames } from '../../names';

/**
 * Keys in the artifacts bucket that only some builds write. CodePipeline names objects `<pipeline>/<artifact>/<random>`, the
 * pipeline's name cut to 20 characters and the artifact's to 10.
 */

/** Where the code of jobs is. */
export const CODE_PREFIX = 'code/';

/** How artifacts are called that builds hand on which run code of a repository. */
export const BUILT = 'Build';

/** How lists of accounts are called. */
export const ACCOUNTS = 'Accounts';

/** How much CodePipeline leaves of a pipeline's name: the name of any environment, which is no longer. */
const LEFT_OF_PIPELINE = 20;

/**
 * Prefix of the keys of artifacts whose name begins so, in every pipeline of the environment: a role cannot tell whose build it is.
 * `*` stands for slashes as well, and what pipelines of the environment are called keeps it out of the code of jobs. Of a name that
 * is known at deployment only, nothing can be cut off.
 */
export function keysOf({ environmentName, projectPrefix }: Pick<EnvironmentNames, 'environmentName' | 'projectPrefix'>, artifact: string): string {
  const pipelines = Token.isUnresolved(environmentName) ? environmentName : projectPrefix.slice(0, LEFT_OF_PIPELINE);
  return `${pipelines}*/${artifact}`;
}
