import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DELETE_SECURITY_GROUPS, KEEP_RECORD, LIST_CONTENTS, LIST_REMAINS } from './perms';

/** How SageMaker marks the file system that it makes for a domain. */
const MANAGED_BY = 'aws:ResourceTag/ManagedByAmazonSageMakerResource';

/** What taking away a domain's remains needs. Nothing here knows the domain: it does not exist yet, and will not any more. */
export function remainsStatements(scope: Construct, vpcId: string, recordName: string, deleteFileSystem: boolean): PolicyStatement[] {
  const stack = Stack.of(scope);
  // The VPC may be shared by another account, which then is in its ARN.
  const inVpc = { ArnLike: { 'ec2:Vpc': stack.formatArn({ service: 'ec2', account: '*', resource: 'vpc', resourceName: vpcId }) } };
  const madeForDomain = { StringLike: { [MANAGED_BY]: stack.formatArn({ service: 'sagemaker', resource: 'domain', resourceName: '*' }) } };
  const fileSystems = [stack.formatArn({ service: 'elasticfilesystem', resource: 'file-system', resourceName: '*' })];
  return [
    new PolicyStatement({ actions: LIST_REMAINS, resources: ['*'] }),
    new PolicyStatement({
      actions: ['sagemaker:DescribeDomain'],
      resources: [stack.formatArn({ service: 'sagemaker', resource: 'domain', resourceName: '*' })],
    }),
    new PolicyStatement({
      actions: KEEP_RECORD,
      resources: [stack.formatArn({ service: 'ssm', resource: 'parameter', resourceName: recordName.replace(/^\//, '') })],
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
      resources: [stack.formatArn({ service: 'ec2', resource: 'network-interface', resourceName: '*' })],
      conditions: inVpc,
    }),
    new PolicyStatement({
      actions: DELETE_SECURITY_GROUPS,
      resources: [stack.formatArn({ service: 'ec2', resource: 'security-group', resourceName: '*' })],
      conditions: inVpc,
    }),
  ];
}

/** What emptying this one domain needs: seeing what is in it always, deleting it only by choice. */
export function contentsStatements(scope: Construct, domainId: string, deleteContents: boolean): PolicyStatement[] {
  const stack = Stack.of(scope);
  const inDomain = (resource: string) => stack.formatArn({ service: 'sagemaker', resource, resourceName: `${domainId}/*` });
  return [
    new PolicyStatement({ actions: LIST_CONTENTS, resources: ['*'] }),
    ...(deleteContents ? [
      new PolicyStatement({ actions: ['sagemaker:DeleteApp'], resources: [inDomain('app')] }),
      new PolicyStatement({ actions: ['sagemaker:DeleteSpace'], resources: [inDomain('space')] }),
      new PolicyStatement({ actions: ['sagemaker:DeleteUserProfile'], resources: [inDomain('user-profile')] }),
    ] : []),
  ];
}
