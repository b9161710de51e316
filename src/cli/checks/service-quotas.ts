import { Account } from '../aws/account';
import { Check, each } from '../check';
import { problem } from '../finding';
import { PlannedStack } from '../planned-stack';

/** A quota by its code, and how much of it is in use. */
interface Counted {
  readonly what: string;
  readonly service: string;
  readonly code: string;
  /** Whether it is of the account and not of a region, and so told in one region alone. */
  readonly isGlobal?: true;
  readonly needed: (stack: PlannedStack) => number;
  readonly used: (account: Account, stack: PlannedStack) => Promise<number>;
}

const listed = (account: Account, operation: string, list: string, input: Record<string, string> = {}) => (
  account.all('ec2', { action: `ec2:${operation}`, subject: list }, list, input).then(({ length }) => length)
);
const filter = (filters: Record<string, string>) => Object.fromEntries(Object.entries(filters).flatMap(([name, value], index) => (
  [[`Filter.${index + 1}.Name`, name], [`Filter.${index + 1}.Value.1`, value]]
)));
const endpoints = (stack: PlannedStack, type: string) => stack.added('AWS::EC2::VPCEndpoint').filter(({ properties }) => (properties.VpcEndpointType ?? 'Gateway') === type);
/** The VPC that was given, if one was: in its own, the stack's endpoints are alone. */
const vpcOf = (stack: PlannedStack) => [...stack.texts(/^VpcId$/).keys()].find((id) => id.startsWith('vpc-'));

const inSageMaker = (account: Account, question: { readonly action: string; readonly subject: string }, list: string) => (
  account.allJson('sagemaker', 'SageMaker', question, list).then(({ length }) => length)
);

/**
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * @see https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html
 */
const QUOTAS: Counted[] = [
  { what: 'VPCs of the region', service: 'vpc', code: 'L-F678F1CE', needed: (stack) => stack.added('AWS::EC2::VPC').length, used: (account) => listed(account, 'DescribeVpcs', 'vpcSet') },
  { what: 'security groups of the region', service: 'vpc', code: 'L-E79EC296', needed: (stack) => stack.added('AWS::EC2::SecurityGroup').length, used: (account) => listed(account, 'DescribeSecurityGroups', 'securityGroupInfo') },
  {
    what: 'interface endpoints of the VPC',
    service: 'vpc',
    code: 'L-29B6F2EB',
    needed: (stack) => endpoints(stack, 'Interface').length,
    used: async (account, stack) => {
      const vpc = vpcOf(stack);
      return vpc === undefined ? 0 : listed(account, 'DescribeVpcEndpoints', 'vpcEndpointSet', filter({ 'vpc-id': vpc, 'vpc-endpoint-type': 'Interface' }));
    },
  },
  { what: 'gateway endpoints of the region', service: 'vpc', code: 'L-1B52E74A', needed: (stack) => endpoints(stack, 'Gateway').length, used: (account) => listed(account, 'DescribeVpcEndpoints', 'vpcEndpointSet', filter({ 'vpc-endpoint-type': 'Gateway' })) },
  {
    what: 'Studio domains of the region',
    service: 'sagemaker',
    code: 'L-B683BCB0',
    needed: (stack) => stack.added('AWS::SageMaker::Domain').length,
    used: (account) => inSageMaker(account, { action: 'sagemaker:ListDomains', subject: 'Studio domains' }, 'Domains'),
  },
  {
    what: 'Studio user profiles of the region',
    service: 'sagemaker',
    code: 'L-AC46C40F',
    needed: (stack) => stack.added('AWS::SageMaker::UserProfile').length,
    used: (account) => inSageMaker(account, { action: 'sagemaker:ListUserProfiles', subject: 'Studio user profiles' }, 'UserProfiles'),
  },
  {
    what: 'KMS keys of the region', // with the few that AWS manages, which the quota does not count
    service: 'kms',
    code: 'L-C2F1777E',
    needed: (stack) => stack.added('AWS::KMS::Key').length,
    used: (account) => account.allJson('kms', 'TrentService', { action: 'kms:ListKeys', subject: 'Keys' }, 'Keys', { Limit: 1000 }, ['Marker', 'NextMarker']).then(({ length }) => length),
  },
  {
    what: 'general purpose buckets of the account',
    service: 's3',
    code: 'L-DC2B2D3D',
    isGlobal: true,
    needed: (stack) => stack.added('AWS::S3::Bucket').length,
    used: (account) => account.buckets(),
  },
  { what: 'Elastic IP addresses of the region', service: 'ec2', code: 'L-0263D0A3', needed: (stack) => stack.added('AWS::EC2::EIP').length, used: (account) => listed(account, 'DescribeAddresses', 'addressesSet') },
];

/** There is room in the quotas of services other than IAM. */
export const SERVICE_QUOTAS: Check = {
  name: 'service-quotas',
  title: 'The region has room for the stack\'s VPC, endpoints, security groups, Elastic IP addresses, keys, buckets, Studio domain and user profiles.',
  actions: [
    'servicequotas:GetServiceQuota', 'ec2:DescribeVpcs', 'ec2:DescribeSecurityGroups', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeAddresses', 'kms:ListKeys',
    's3:ListAllMyBuckets', 'sagemaker:ListDomains', 'sagemaker:ListUserProfiles',
  ],
  look: (stack, account) => each(QUOTAS.filter(({ needed }) => needed(stack) > 0), async ({ what, service, code, isGlobal, needed, used }) => {
    const question = { action: 'servicequotas:GetServiceQuota', subject: `the quota ${service}/${code} (${what})` };
    const answer = await (isGlobal ? account.global() : account).json<{ Quota: { Value: number } }>('servicequotas', 'ServiceQuotasV20190624', question, { ServiceCode: service, QuotaCode: code });
    const most = answer?.Quota.Value ?? Infinity;
    const has = await used(account, stack);
    return has + needed(stack) <= most ? []
      : [problem(`The stack makes ${needed(stack)} of the ${what}, there are ${has}, and the quota is ${most}.`, `Have the quota ${code} of ${service} raised in Service Quotas, or delete what nobody needs.`)];
  }),
};
