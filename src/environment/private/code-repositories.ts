import { Annotations, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ExecutionRoles } from '../../identity';
import { EnvironmentNames } from '../../names';
import { EndpointService, EnvironmentNetwork } from '../../network';
import { arnIn } from '../../private/arn';
import { isKnown } from '../../private/input-check';
import { cardOf } from '../../roles/cards';
import { CLONE_REPOSITORIES } from '../../roles/statements/perms';

/** @see https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html */
const OF_CODECOMMIT = /^https:\/\/git-codecommit\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/v1\/repos\/([\w.-]+)$/;

/** What cloning takes of an environment. */
interface Cloning extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly executionRoles: ExecutionRoles;
}

/**
 * Lets Studio clone the repositories of CodeCommit that it offers, by their endpoint, and says which of all the network does not
 * lead to. No more than cloning: what is pushed may be built and run with permissions that nobody here knows.
 */
export function openCodeRepositories(environment: Cloning, urls: string[] = []): void {
  const { names: { region, projectPrefix }, network, executionRoles } = environment;
  const repositories = urls.flatMap((url) => ofCodeCommit(url, region) ?? []);
  if (repositories.length > 0) network.requireEndpoint(EndpointService.CODECOMMIT_GIT, 'cloning what studio.codeRepositories offers');
  // Repositories of projects are used for more than that already.
  const resources = repositories.filter((name) => !name.startsWith(projectPrefix)).map((name) => arnIn(environment, 'codecommit', name));
  for (const [role, grantee] of resources.length > 0 ? executionRoles._all : []) {
    if (cardOf(role).clonesRepositories) grantee.addToPolicy(new PolicyStatement({ actions: CLONE_REPOSITORIES, resources }));
  }
  for (const url of urls.filter((one) => isKnown(one) && ofCodeCommit(one, region) === undefined)) warn(environment, url);
}

/** Name of a repository of this region; of a region that is not known yet it is taken for one. */
function ofCodeCommit(url: string, region: string): string | undefined {
  const [, theirs, name] = OF_CODECOMMIT.exec(url) ?? [];
  return Token.isUnresolved(region) || theirs === region ? name : undefined;
}

/** A warning and no error: a peering, a transit gateway or a private zone that nobody here knows may lead there. */
function warn(environment: Cloning, url: string): void {
  const { network, names } = environment, { hostname } = new URL(url);
  if (network._leadsTo(hostname) !== false) return;
  const remedy = network.egressFirewall ? 'Add it to allowedDomains' : `Give the network InternetAccess.inspected({ allowedDomains: ['${hostname}'] })`;
  const region = Token.isUnresolved(names.region) ? 'the environment\'s region' : names.region;
  Annotations.of(environment).addWarningV2('cdk-secure-mlops:codeRepositoryOutOfReach',
    `studio.codeRepositories has ${url}, and the network does not lead to ${hostname}: cloning it ends in a time-out. ${remedy}, or mirror it in a CodeCommit repository of ${region}. If a private connection leads there, acknowledge this.`);
}
