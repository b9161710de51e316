import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Arns } from './arns';
import { EnvironmentNames, TargetRole } from '../../names';
import { DeploymentStage } from '../../stages';
import { RoleContext } from '../card';

/** What several roles may do that builds of projects run as. */

/** Logs of builds. */
export function writeBuildLogs({ arns }: RoleContext): PolicyStatement {
  return new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: arns.buildLogs });
}

/** Builds in the environment's network, with their logs. */
export function buildInNetwork(context: RoleContext & { readonly subnets: ISubnet[] }): PolicyStatement[] {
  const { arns, subnets } = context;
  const subnetArns = arns.here('ec2', ...subnets.map(({ subnetId }) => `subnet/${subnetId}`));
  const interfaces = arns.here('ec2', 'network-interface/*');
  return [
    writeBuildLogs(context),
    new PolicyStatement({ actions: ['ec2:CreateNetworkInterface'], resources: [...subnetArns, ...interfaces, ...arns.here('ec2', 'security-group/*')] }),
    new PolicyStatement({
      actions: ['ec2:CreateNetworkInterfacePermission'],
      resources: interfaces,
      conditions: { StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' }, ArnEquals: { 'ec2:Subnet': subnetArns } },
    }),
    new PolicyStatement({ actions: ['ec2:DeleteNetworkInterface'], resources: interfaces, conditions: { ArnEquals: { 'ec2:Subnet': subnetArns } } }),
    new PolicyStatement({
      actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'ec2:DescribeDhcpOptions', 'ec2:DescribeVpcs'],
      resources: ['*'], // EC2 takes no narrower resource for descriptions
    }),
  ];
}

/** Looking at versions in the model registry. */
export function readVersions(arns: Arns): PolicyStatement {
  return new PolicyStatement({
    actions: ['DescribeModelPackage', 'ListModelPackages', 'DescribeModelPackageGroup'].map((name) => `sagemaker:${name}`),
    resources: arns.sageMaker('model-package', 'model-package-group'),
  });
}

/** Assuming the role of each target of the stages that can do one thing alone. */
export function becomeInTargets(names: EnvironmentNames, targetRole: TargetRole, stages: DeploymentStage[]): PolicyStatement[] {
  return stages.flatMap(({ _accounts }) => _accounts.enter(names, targetRole));
}
