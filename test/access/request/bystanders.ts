import { ACCOUNTS, IMAGE_ACCOUNT, PARTNER, REGION } from './organization';
import { Requester, service, session, user } from './requester';

/** What the bystanders of a system are named after. */
export interface BystanderNames {
  readonly environmentName: string;
  /** Name of the model role of a target account. */
  readonly targetModelRoleName: string;
  /** Path and name of the role that brings what the right answers were. */
  readonly groundTruthWriter: string;
  /** Tags of our execution roles, which an impostor copies. */
  readonly executionRoleTags: Record<string, string>;
}

/** Those who stand outside our roles: everything is allowed to them by identity, so only our resource policies stop them. */
export function bystander(who: string, names: BystanderNames): Requester | undefined {
  if (who.startsWith('service:')) return service(who.slice('service:'.length));
  const { data, target, production, sibling, foreign } = ACCOUNTS;
  const serviceLinked = (principal: string, name: string) =>
    session(data, name, { arn: `arn:aws:iam::${data.id}:role/aws-service-role/${principal}/${name}` });
  const people: Record<string, () => Requester> = {
    memberAlice: () => user(data, 'alice'),
    outsiderAlice: () => user(foreign, 'alice'),
    memberBob: () => user(data, 'bob'),
    accountAdministrator: () => session(data, 'Admin'),
    accountRoot: () => ({ ...user(data, 'root'), arn: `arn:aws:iam::${data.id}:root` }),
    breakGlass: () => session(data, 'break-glass'),
    partner: () => session({ id: PARTNER, organization: { id: 'o-partner0001', paths: [] } }, 'Admin'),
    awsRegistry: () => session({ id: IMAGE_ACCOUNT, organization: { id: 'o-amazonaws01', paths: [] } }, 'layers'),
    taggedImpostor: () => session(data, 'Impostor', { tags: names.executionRoleTags }),
    targetOtherRole: () => session(target, 'Anybody'),
    groundTruthWriter: () => session(target, 'writer', { arn: `arn:aws:iam::${target.id}:role/${names.groundTruthWriter}` }),
    groundTruthNamesake: () => session(production, 'writer', { arn: `arn:aws:iam::${production.id}:role/${names.groundTruthWriter}` }),
    productionOtherRole: () => session(production, 'Anybody'),
    organizationSibling: () => session(sibling, 'Admin'),
    siblingSameName: () => session(sibling, names.targetModelRoleName),
    outsider: () => session(foreign, 'Admin'),
    outsiderSameName: () => session(foreign, names.targetModelRoleName),
    prefixSibling: () => session(target, names.targetModelRoleName.replace(names.environmentName, `${names.environmentName}-2`)),
    serviceLinkedMacie: () => serviceLinked('macie.amazonaws.com', 'AWSServiceRoleForAmazonMacie'),
    serviceLinkedConfig: () => serviceLinked('config.amazonaws.com', 'AWSServiceRoleForConfig'),
    serviceLinkedAccessAnalyzer: () => serviceLinked('access-analyzer.amazonaws.com', 'AWSServiceRoleForAccessAnalyzer'),
    accessAnalyzerImpostor: () => session(data, 'AWSServiceRoleForAccessAnalyzer'),
    serviceLinkedImpostor: () => session(data, 'AWSServiceRoleForAmazonMacie'),
    cloudFormationExecution: () => session(data, `cdk-hnb659fds-cfn-exec-role-${data.id}-${REGION}`),
    serviceConfused: () => service('delivery.logs'),
    anonymous: () => ({ kind: 'anonymous', arn: '*', name: 'anonymous' }),
  };
  return people[who]?.();
}
