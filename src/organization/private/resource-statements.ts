import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { roleArns } from './statements';
import { EnvironmentRole } from '../../names';
import { Conditions } from '../../perimeter/conditions';

/** Whom and which networks resources are open to. */
export interface ResourceLimits {
  readonly organizationId: string;
  readonly trustedAccounts: string[];
  readonly exempt: string[];
  readonly dataBucketNames: string[];
  readonly corporateCidrs: string[];
}

/**
 * Services that take resource control policies and hold, or open, what environments keep. SageMaker is not among those that do.
 * Roles are assumed in other ways by people who sign in elsewhere: they are of no account before, so of no organization.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
const HOLDING = ['s3:*', 'kms:*', 'sqs:*', 'secretsmanager:*', 'ecr:*', 'logs:*', 'dynamodb:*', 'codeartifact:*', 'codecommit:*'];
const ASSUMING = ['sts:AssumeRole', 'sts:SetContext'];

/**
 * Denials for everybody who asks for resources of the accounts, whatever the resources' own policies say.
 *
 * @see https://github.com/aws-samples/data-perimeter-policy-examples/tree/main/resource_control_policies
 */
export function resourceStatements({ organizationId, trustedAccounts, exempt, dataBucketNames, corporateCidrs }: ResourceLimits): PolicyStatement[] {
  const account: Record<string, string[]> = trustedAccounts.length > 0 ? { 'aws:PrincipalAccount': trustedAccounts } : {};
  const source: Record<string, string[]> = trustedAccounts.length > 0 ? { 'aws:SourceAccount': trustedAccounts } : {};
  const byNobodyElse = { 'aws:PrincipalIsAWSService': 'false' };
  return [
    denyAll('DenyOtherOrganizations', [...HOLDING, ...ASSUMING], {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId, ...account }, BoolIfExists: byNobodyElse,
    }),
    // A service acts for somebody: only for accounts of the organization.
    denyAll('DenyConfusedDeputies', [...HOLDING, ...ASSUMING], {
      StringNotEqualsIfExists: { 'aws:SourceOrgID': organizationId, ...source }, Null: { 'aws:SourceAccount': 'false' }, Bool: { 'aws:PrincipalIsAWSService': 'true' },
    }),
    denyAll('DenyPlainText', HOLDING, { BoolIfExists: { 'aws:SecureTransport': 'false' } }),
    ...(dataBucketNames.length === 0 ? [] : [
      denyAll('DenyObjectsFromOtherNetworks', ['s3:*'], {
        StringNotEqualsIfExists: { 'aws:VpceOrgID': organizationId },
        BoolIfExists: { ...byNobodyElse, 'aws:ViaAWSService': 'false' },
        ...(corporateCidrs.length > 0 ? { NotIpAddressIfExists: { 'aws:SourceIp': corporateCidrs } } : {}),
        // What empties buckets that are to be destroyed runs outside of the network.
        ArnNotLikeIfExists: { 'aws:PrincipalArn': [...exempt, ...roleArns(`*--${EnvironmentRole.BUCKET_EMPTYING}-*`)] },
      }, dataBucketNames.map((bucket) => `arn:*:s3:::${bucket}/*`)), // eslint-disable-line no-restricted-syntax -- no partition
    ]),
  ];
}

function denyAll(sid: string, actions: string[], conditions: Conditions, resources = ['*']): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, principals: [new StarPrincipal()], actions, resources, conditions });
}
