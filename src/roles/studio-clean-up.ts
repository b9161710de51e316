import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RoleCard } from './card';
import { LAMBDA } from './service-trust';
import { EnvironmentRole } from '../names';
import { arnIn } from '../private/arn';

/** Of which domain what is left behind is taken away. */
interface CleanUpContext {
  readonly scope: Construct;
  readonly vpcId: string;
  /** Name of the parameter that keeps in mind what must be known after the domain is gone. */
  readonly recordName: string;
  /** Whether the home file system goes with the domain. */
  readonly deletesFileSystem: boolean;
}

/** How SageMaker marks the file system that it makes for a domain. */
const MANAGED_BY = 'aws:ResourceTag/ManagedByAmazonSageMakerResource';

/**
 * What makes a Studio domain deletable, and takes away what is left of it: a handler of the library's. Nothing on the card knows the
 * domain: it does not exist yet, and will not any more.
 */
export const STUDIO_CLEAN_UP: RoleCard<CleanUpContext> = {
  role: EnvironmentRole.STUDIO_CLEAN_UP,
  id: 'StudioCleanUp',
  description: 'Makes a SageMaker Studio domain deletable',
  assumedBy: [LAMBDA],
  may: ({ scope, vpcId, recordName, deletesFileSystem }) => {
    // The VPC may be shared by another account, which then is in its ARN.
    const inVpc = { ArnLike: { 'ec2:Vpc': arnIn(scope, 'ec2', `vpc/${vpcId}`, { account: '*' }) } };
    const madeForDomain = { StringLike: { [MANAGED_BY]: arnIn(scope, 'sagemaker', 'domain/*') } };
    const fileSystems = [arnIn(scope, 'elasticfilesystem', 'file-system/*')];
    return [
      // EC2 and EFS take no resource for their lists.
      new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeNetworkInterfaces', 'elasticfilesystem:DescribeFileSystems'], resources: ['*'] }),
      new PolicyStatement({ actions: ['sagemaker:DescribeDomain'], resources: [arnIn(scope, 'sagemaker', 'domain/*')] }),
      new PolicyStatement({ actions: ['ssm:PutParameter', 'ssm:GetParameter', 'ssm:DeleteParameter'], resources: [arnIn(scope, 'ssm', `parameter${recordName}`)] }),
      new PolicyStatement({ actions: ['elasticfilesystem:DescribeMountTargets'], resources: fileSystems }),
      new PolicyStatement({
        actions: ['elasticfilesystem:DeleteMountTarget', ...(deletesFileSystem ? ['elasticfilesystem:DeleteFileSystem'] : [])],
        resources: fileSystems,
        conditions: madeForDomain,
      }),
      new PolicyStatement({
        // EFS deletes the network interface of a mount target with the caller's permissions.
        actions: ['ec2:DeleteNetworkInterface'],
        resources: [arnIn(scope, 'ec2', 'network-interface/*')],
        conditions: inVpc,
      }),
      new PolicyStatement({
        actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:DeleteSecurityGroup'],
        resources: [arnIn(scope, 'ec2', 'security-group/*')],
        conditions: inVpc,
      }),
    ];
  },
  buckets: [],
  never: ['sagemaker:Create*', 'sagemaker:Update*', 'sagemaker:DeleteDomain', 'ec2:AuthorizeSecurityGroup*', 's3:*', 'kms:*', 'iam:*', 'sts:*'],
};

/** Emptying one domain, whose id the role's own policy cannot name: seeing what is in it always, deleting it only by choice. */
export function emptiesDomain(scope: Construct, domainId: string, deletesContents: boolean): PolicyStatement[] {
  const inDomain = (resource: string) => arnIn(scope, 'sagemaker', `${resource}/${domainId}/*`);
  return [
    new PolicyStatement({ actions: ['sagemaker:ListApps', 'sagemaker:ListSpaces', 'sagemaker:ListUserProfiles'], resources: ['*'] }), // SageMaker takes no resource for its lists
    ...(deletesContents ? [
      ...deletesWork(scope, domainId),
      new PolicyStatement({ actions: ['sagemaker:DeleteUserProfile'], resources: [inDomain('user-profile')] }),
    ] : []),
  ];
}

/** Deleting what users have in a domain, who are none of the domain's stack. */
export function deletesWork(scope: Construct, domainId: string): PolicyStatement[] {
  return ['App', 'Space'].map((kind) => new PolicyStatement({
    actions: [`sagemaker:Delete${kind}`], resources: [arnIn(scope, 'sagemaker', `${kind.toLowerCase()}/${domainId}/*`)],
  }));
}
