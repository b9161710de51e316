import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DELETE_SECURITY_GROUPS, KEEP_RECORD, LIST_CONTENTS, LIST_REMAINS } from './perms';
import { arnIn } from '../../private/arn';

/** How SageMaker marks the file system that it makes for a domain. */
const MANAGED_BY = 'aws:ResourceTag/ManagedByAmazonSageMakerResource';

/** What taking away a domain's remains needs. Nothing here knows the domain: it does not exist yet, and will not any more. */
export function remainsStatements(scope: Construct, vpcId: string, recordName: string, deleteFileSystem: boolean): PolicyStatement[] {
  // The VPC may be shared by another account, which then is in its ARN.
  const inVpc = { ArnLike: { 'ec2:Vpc': arnIn(scope, 'ec2', `vpc/${vpcId}`, { account: '*' }) } };
  const madeForDomain = { StringLike: { [MANAGED_BY]: arnIn(scope, 'sagemaker', 'domain/*') } };
  const fileSystems = [arnIn(scope, 'elasticfilesystem', 'file-system/*')];
  return [
    new PolicyStatement({ actions: LIST_REMAINS, resources: ['*'] }),
    new PolicyStatement({
      actions: ['sagemaker:DescribeDomain'],
      resources: [arnIn(scope, 'sagemaker', 'domain/*')],
    }),
    new PolicyStatement({
      actions: KEEP_RECORD,
      resources: [arnIn(scope, 'ssm', `parameter${recordName}`)],
    }),
    new PolicyStatement({ actions: ['elasticfilesystem:DescribeMountTargets'], resources: fileSystems }),
    new PolicyStatement({
      actions: ['elasticfilesystem:DeleteMountTarget', ...(deleteFileSystem ? ['elasticfilesystem:DeleteFileSystem'] : [])],
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
      actions: DELETE_SECURITY_GROUPS,
      resources: [arnIn(scope, 'ec2', 'security-group/*')],
      conditions: inVpc,
    }),
  ];
}

/** What emptying this one domain needs: seeing what is in it always, deleting it only by choice. */
export function contentsStatements(scope: Construct, domainId: string, deleteContents: boolean): PolicyStatement[] {
  const inDomain = (resource: string) => arnIn(scope, 'sagemaker', `${resource}/${domainId}/*`);
  return [
    new PolicyStatement({ actions: LIST_CONTENTS, resources: ['*'] }),
    ...(deleteContents ? [
      new PolicyStatement({ actions: ['sagemaker:DeleteApp'], resources: [inDomain('app')] }),
      new PolicyStatement({ actions: ['sagemaker:DeleteSpace'], resources: [inDomain('space')] }),
      new PolicyStatement({ actions: ['sagemaker:DeleteUserProfile'], resources: [inDomain('user-profile')] }),
    ] : []),
  ];
}
