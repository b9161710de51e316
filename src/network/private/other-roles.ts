import { Annotations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { requiredOf } from '../../private/required-role';
import { ServiceRole } from '../../private/service-role';

const REMEDY = 'Give it EnvironmentNetwork.managed(…), which has them from the environment, or give roleOptions to the network as well.';

/** A network that was made apart from its environment knows nothing of what a company asks of the environment's roles. */
export function warnOfOtherRoles(network: Construct, names: EnvironmentNames): void {
  const roles = [EnvironmentRole.FLOW_LOGS, EnvironmentRole.DEFAULT_SECURITY_GROUP].flatMap((role) => {
    const has = requiredOf([network], role), made = has instanceof ServiceRole ? has.role.node.defaultChild : undefined;
    return made instanceof CfnRole ? [{ asked: names._roleSettings(role), made }] : [];
  });
  const lacking = [
    ...roles.some(({ asked, made }) => asked.permissionsBoundary && made.permissionsBoundary === undefined) ? ['permissions boundary'] : [],
    ...roles.some(({ asked, made }) => asked.path && made.path === undefined) ? ['path'] : [],
  ];
  const warn = (message: string) => Annotations.of(network).addWarningV2('cdk-secure-mlops:networkRolesWithoutOptions', `${message}. ${REMEDY}`);
  if (lacking.length > 0) warn(`Roles of the network have no ${lacking.join(' and no ')}, and roleOptions of the environment ask for it`);
  if (roles.some(({ asked }) => asked.existingRole)) warn('Roles of the network are new ones, and roleOptions of the environment give existing ones');
}
