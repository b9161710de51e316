import { Annotations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole } from '../../names';

/** A network that was made apart from its environment knows nothing of what a company asks of the environment's roles. */
export function warnOfOtherRoles(network: Construct, names: EnvironmentNames): void {
  const { path, permissionsBoundary } = names._roleSettings(EnvironmentRole.FLOW_LOGS);
  const roles = network.node.findAll().filter((node): node is CfnRole => node instanceof CfnRole);
  const lacking = [
    ...permissionsBoundary && roles.some((role) => role.permissionsBoundary === undefined) ? ['permissions boundary'] : [],
    ...path && roles.some((role) => role.path === undefined) ? ['path'] : [],
  ];
  if (lacking.length === 0) return;
  Annotations.of(network).addWarningV2('cdk-secure-mlops:networkRolesWithoutOptions',
    `Roles of the network have no ${lacking.join(' and no ')}, and roleOptions of the environment ask for it. Give it EnvironmentNetwork.managed(…), which has them from the environment, or give roleOptions to the network as well.`);
}
