import { Token } from 'aws-cdk-lib';
import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { imageAccountsIn } from './image-account-list';
import { imageAccounts } from './image-accounts';
import { arnIn } from '../../private/arn';

/** Pulling images. */
export const PULL_IMAGES = ['BatchGetImage', 'GetDownloadUrlForLayer', 'BatchCheckLayerAvailability'].map((name) => `ecr:${name}`);

/** Where images come from. */
export interface ImageSources {
  /** ARNs of repositories. */
  readonly resources: string[];
  /** Accounts of AWS, whose repositories are named by AWS. */
  readonly awsAccounts?: string | string[];
  /** Any repository of the region. */
  readonly anywhere?: string;
}

/** Images of this account, of the data-science account and of AWS's own registry accounts, which differ by region. */
export function anyImage(scope: Construct): string {
  return arnIn(scope, 'ecr', 'repository/*', { account: '*' });
}

/** Images of repositories, of accounts that are named, and of AWS's own registry accounts of a region. */
export function imagesOf(scope: Construct, repositories: string[], accounts: string[], knownRegion: string): ImageSources {
  return {
    resources: [...repositories, ...accounts.map((account) => arnIn(scope, 'ecr', 'repository/*', { account }))],
    // A template for any region would carry the accounts of all: the region is often known from elsewhere.
    awsAccounts: Token.isUnresolved(knownRegion) ? imageAccounts(scope) : imageAccountsIn(knownRegion),
    anywhere: anyImage(scope),
  };
}

/** Reading images from where they may come from. */
export function pulling(actions: string[], { resources, awsAccounts, anywhere }: ImageSources): PolicyStatement[] {
  return [
    ...resources.length > 0 ? [new PolicyStatement({ actions, resources })] : [],
    // AWS names its repositories anew with each framework: whose they are is what can be said.
    ...anywhere !== undefined && awsAccounts?.length ? [
      new PolicyStatement({ actions, resources: [anywhere], conditions: { StringEquals: { 'aws:ResourceAccount': awsAccounts } } }),
    ] : [],
  ];
}

/** Writing logs. */
const WRITE_LOGS = ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents', 'DescribeLogStreams'].map((name) => `logs:${name}`);

/** Seeing the network. */
const SEE_NETWORK = ['DescribeNetworkInterfaces', 'DescribeSubnets', 'DescribeSecurityGroups', 'DescribeDhcpOptions', 'DescribeVpcs', 'DescribeVpcEndpoints', 'DescribeRouteTables'].map((name) => `ec2:${name}`);

/** What every container of SageMaker does in these subnets: logs, metrics, images, its network interface. */
export function containerStatements(scope: Construct, subnets: ISubnet[], images: ImageSources): PolicyStatement[] {
  const here = (service: string, resource: string) => arnIn(scope, service, resource);
  const subnetArns = subnets.map(({ subnetId }) => here('ec2', `subnet/${subnetId}`));
  const interfaces = here('ec2', 'network-interface/*');
  return [
    new PolicyStatement({ actions: WRITE_LOGS, resources: [here('logs', 'log-group:/aws/sagemaker/*')] }),
    new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'], // CloudWatch takes no resource, but the namespace
      conditions: { StringLike: { 'cloudwatch:namespace': ['/aws/sagemaker/*', 'aws/sagemaker/*', 'AWS/SageMaker*'] } },
    }),
    new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }), // a token is for the whole registry
    ...pulling(PULL_IMAGES, images),
    new PolicyStatement({ actions: SEE_NETWORK, resources: ['*'] }), // EC2 takes no narrower resource for descriptions
    new PolicyStatement({ actions: ['ec2:CreateNetworkInterface'], resources: [...subnetArns, interfaces, here('ec2', 'security-group/*')] }),
    new PolicyStatement({
      actions: ['ec2:CreateNetworkInterfacePermission'],
      resources: [interfaces],
      conditions: { StringEquals: { 'ec2:AuthorizedService': 'sagemaker.amazonaws.com' }, ArnEquals: { 'ec2:Subnet': subnetArns } },
    }),
    // A deletion does not say for which service the permission was.
    new PolicyStatement({ actions: ['ec2:DeleteNetworkInterface', 'ec2:DeleteNetworkInterfacePermission'], resources: [interfaces], conditions: { ArnEquals: { 'ec2:Subnet': subnetArns } } }),
  ];
}
