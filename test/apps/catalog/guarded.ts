import { Stack } from 'aws-cdk-lib';
import { OrganizationGuardrails } from '../../../src';

const key = (account: string, id: string) => `arn:aws:kms:eu-west-1:${account}:key/${id}-1111-4222-8333-444444444444`;

/** The policies of an organization with an environment and a target in it. */
export function guarded(stack: Stack): void {
  new OrganizationGuardrails(stack, 'Guardrails', {
    organizationId: 'o-exampleorg',
    targetIds: ['ou-ab12-data1111', 'ou-ab12-prod1111'],
    deployingRoles: ['arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*', 'arn:aws:iam::*:role/cdk-hnb659fds-deploy-role-*', 'arn:aws:iam::*:role/stacksets-exec-*'],
    exemptRoles: ['arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Emergency_*', 'arn:aws:iam::*:role/AWSControlTowerExecution'],
    trustedAccounts: ['888888888888'],
    corporateCidrs: ['203.0.113.0/24'],
    permissionsBoundaryArn: 'arn:aws:iam::*:policy/data-science-boundary',
    deniedActions: ['sagemaker:CreateHub'],
    workloads: [
      {
        subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
        vpcIds: ['vpc-0123456789abcdef0'],
        securityGroupIds: ['sg-0123456789abcdef0'],
        studioSecurityGroupIds: ['sg-0123456789abcdef1'],
        volumeKeyArns: [key('111111111111', '00000001')],
        outputKeyArns: [key('111111111111', '00000002'), key('111111111111', '00000003')],
        featureStoreKeyArns: [key('111111111111', '00000004')],
        offlineStoreBucketNames: ['features-of-churn'],
        dataBucketNames: ['data-of-churn'],
      },
      {
        subnetIds: ['subnet-0123456789abcdef2'],
        securityGroupIds: ['sg-0123456789abcdef2'],
        volumeKeyArns: [key('222222222222', '00000005')],
        outputKeyArns: [key('222222222222', '00000006')],
      },
    ],
  });
}
