import { App, Stack } from 'aws-cdk-lib';
import { AccessSystem } from './access-system';
import { NamedPolicy, PolicyDocument } from './policy-document';
import { ACCOUNTS, ORGANIZATION_ID, PARTNER } from './request/organization';
import { Requester } from './request/requester';
import { Scenario } from './scenario';
import { OrganizationGuardrails, OrganizationGuardrailsProps, OrganizationWorkloads } from '../../src';

/** Policies that an organization attaches to some of its accounts. */
export interface OrganizationPolicies {
  readonly accounts: ReadonlySet<string>;
  readonly serviceControl: NamedPolicy[];
  readonly resourceControl: NamedPolicy[];
}

const asked = (who: string): Scenario => ({ id: 'organization', expect: 'allow', who, does: 'sagemaker:CreateModel', on: 'anything', from: 'environmentVpc', why: 'its values are asked for' });

/** The guardrails of the organization in which the environment and its targets are, as its owner would write them. */
export function organizationAround(system: AccessSystem, props: Partial<OrganizationGuardrailsProps> = {}): OrganizationPolicies {
  const { documents } = new OrganizationGuardrails(new Stack(new App(), 'Organization'), 'Guardrails', {
    organizationId: ORGANIZATION_ID,
    deployingRoles: ['arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'],
    exemptRoles: ['arn:aws:iam::*:role/break-glass'],
    trustedAccounts: [PARTNER],
    corporateCidrs: ['198.51.100.0/24'],
    workloads: [environment(system), target(system, 'targetDeployment'), target(system, 'productionDeployment')],
    ...props,
  });
  const named = (prefix: string, kind: NamedPolicy['kind']) => Object.entries(documents).filter(([name]) => name.startsWith(prefix))
    .map(([name, text]): NamedPolicy => ({ name, kind, document: JSON.parse(text) as PolicyDocument }));
  return {
    accounts: new Set([ACCOUNTS.data.id, ACCOUNTS.target.id, ACCOUNTS.production.id]),
    serviceControl: named('service-control-policy', 'control'),
    resourceControl: named('resource-control-policy', 'control'),
  };
}

/** Somebody to whom every identity policy allows everything. */
export function asAdministrator(who: Requester): Requester {
  return { ...who, identityPolicies: undefined, boundary: undefined };
}

function environment(system: AccessSystem): OrganizationWorkloads {
  const row = asked('studioExecution'), { subnets, securityGroups, studioSecurityGroups, volumeKey, keys } = system.guardrailsOf(row);
  const bucket = (name: string) => system.arnOf(name, row).split(':').pop()!;
  return {
    subnetIds: subnets,
    vpcIds: [system.arnOf('vpc', row).split('/').pop()!],
    securityGroupIds: securityGroups,
    studioSecurityGroupIds: studioSecurityGroups,
    volumeKeyArns: [volumeKey],
    outputKeyArns: [keys.dataKey, keys.modelKey, keys.artifactKey],
    featureStoreKeyArns: [system.arnOf('featureStoreKey', row)],
    offlineStoreBucketNames: [bucket('offlineStoreBucket')],
    dataBucketNames: [bucket('dataBucket')],
  };
}

function target(system: AccessSystem, who: string): OrganizationWorkloads {
  const { subnets, securityGroups, volumeKey, outputKey } = system.guardrailsOf(asked(who));
  return { subnetIds: subnets, securityGroupIds: securityGroups, volumeKeyArns: [volumeKey], outputKeyArns: [outputKey] };
}
