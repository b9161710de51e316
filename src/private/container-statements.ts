import { Stack } from 'aws-cdk-lib';
import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** Pulling images. */
const PULL_IMAGES = ['BatchGetImage', 'GetDownloadUrlForLayer', 'BatchCheckLayerAvailability'].map((name) => `ecr:${name}`);

/** Writing logs. */
const WRITE_LOGS = ['CreateLogGroup', 'CreateLogStream', 'PutLogEvents', 'DescribeLogStreams'].map((name) => `logs:${name}`);

/** Seeing the network. */
const SEE_NETWORK = ['DescribeNetworkInterfaces', 'DescribeSubnets', 'DescribeSecurityGroups', 'DescribeDhcpOptions', 'DescribeVpcs', 'DescribeVpcEndpoints', 'DescribeRouteTables'].map((name) => `ec2:${name}`);

/** What every container of SageMaker does in these subnets: logs, metrics, images, its network interface. */
export function containerStatements(scope: Construct, subnets: ISubnet[]): PolicyStatement[] {
  const { partition, region, account } = Stack.of(scope);
  const here = (service: string, resource: string) => `arn:${partition}:${service}:${region}:${account}:${resource}`;
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
    // Images of this account, of the data-science account and of AWS's own registry accounts, which differ by region.
    new PolicyStatement({ actions: PULL_IMAGES, resources: [`arn:${partition}:ecr:${region}:*:repository/*`] }),
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
