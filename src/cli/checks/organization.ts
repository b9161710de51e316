import { Check } from '../check';
import { problem } from '../finding';

const TRUSTED = 'member.org.stacksets.cloudformation.amazonaws.com';

/** Stack sets may place stacks in the organization. */
export const ORGANIZATION: Check = {
  name: 'organization',
  title: 'The organization trusts StackSets, if a stack set places stacks in its units.',
  actions: ['organizations:DescribeOrganization', 'organizations:ListAWSServiceAccessForOrganization'],
  look: async (stack, account) => {
    if (stack.of('AWS::CloudFormation::StackSet').every(({ properties }) => properties.PermissionModel !== 'SERVICE_MANAGED')) return [];
    const absent = ['AWSOrganizationsNotInUseException'];
    const organization = await account.json<{ Organization: { FeatureSet: string } }>('organizations', 'AWSOrganizationsV20161128', { action: 'organizations:DescribeOrganization', subject: 'the organization', absent });
    if (organization === undefined) {
      return [problem(`The stack set is service-managed, and the account ${stack.known.account} is in no organization.`, 'Deploy it in the organization\'s management account, or in one that is delegated administrator of StackSets.')];
    }
    if (organization.Organization.FeatureSet !== 'ALL') return [problem('The organization has consolidated billing only, and service-managed stack sets need all features.', 'Enable all features of the organization.')];
    const services = await account.json<{ EnabledServicePrincipals: { ServicePrincipal: string }[] }>(
      'organizations', 'AWSOrganizationsV20161128', { action: 'organizations:ListAWSServiceAccessForOrganization', subject: 'the services that the organization trusts' });
    return services?.EnabledServicePrincipals.some(({ ServicePrincipal }) => ServicePrincipal === TRUSTED) ? []
      : [problem(`The organization does not trust StackSets (${TRUSTED}).`, 'Activate trusted access for AWS CloudFormation StackSets in the management account.')];
  },
};
