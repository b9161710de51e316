import { App, CfnResource, CustomResource, RemovalPolicy, Stack, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_logs as logs, aws_s3 as s3, aws_sagemaker as sagemaker } from 'aws-cdk-lib';
import { Stage } from '../variants';

export function studio(app: App, stage: Stage): void {
  const stack = new Stack(app, 'Studio', { env: { account: stage.account, region: stage.region } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, availabilityZones: ['eu-west-1a', 'eu-west-1b'], subnetConfiguration: [{ name: 'w', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }] });
  vpc.addInterfaceEndpoint('Api', { service: ec2.InterfaceVpcEndpointAwsService.SAGEMAKER_API });
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
  const role = new iam.Role(stack, 'Execution', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') });
  new s3.Bucket(stack, 'Data', { encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN, versioned: true });
  const domain = new sagemaker.CfnDomain(stack, 'Domain', {
    domainName: 'rehearsal', authMode: 'IAM', vpcId: vpc.vpcId, subnetIds: vpc.isolatedSubnets.map((subnet) => subnet.subnetId), appNetworkAccessType: 'VpcOnly', kmsKeyId: key.keyArn,
    defaultUserSettings: { executionRole: role.roleArn },
  });
  domain.addPropertyOverride('HomeEfsFileSystemCreation', 'Disabled');
  new sagemaker.CfnUserProfile(stack, 'Alice', { domainId: domain.attrDomainId, userProfileName: 'alice' });
  const handler = new lambda.Function(stack, 'Handler', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code: lambda.Code.fromInline(`
const { SageMakerClient, ListDomainsCommand } = require('@aws-sdk/client-sagemaker');
const https = require('https');
exports.handler = async (event) => {
  let Status = 'SUCCESS', Reason = 'ok';
  try { await new SageMakerClient({}).send(new ListDomainsCommand({})); } catch (e) { Status = 'FAILED'; Reason = String(e); }
  const body = JSON.stringify({ Status, Reason, PhysicalResourceId: 'x', StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId });
  await new Promise((done, failed) => { const r = https.request(event.ResponseURL, { method: 'PUT', headers: { 'content-length': body.length } }, (x) => { x.resume(); x.on('end', done); }); r.on('error', failed); r.end(body); });
};`), logGroup: new logs.LogGroup(stack, 'Logs', { removalPolicy: RemovalPolicy.DESTROY }) });
  handler.addToRolePolicy(new iam.PolicyStatement({ actions: ['sagemaker:ListDomains'], resources: ['*'] }));
  new CustomResource(stack, 'Custom', { serviceToken: handler.functionArn, resourceType: 'Custom::Test', properties: { step: stage.step } }).node.addDependency(handler);
  void CfnResource;
}
