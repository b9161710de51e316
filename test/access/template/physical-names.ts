import { MadeUpNames } from './made-up-names';
import { TemplateResource, TemplateValue } from './synthesized-stack';

/** What the physical names of a stack's resources depend on. */
export interface NamingContext {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  /** A property of the resource, intrinsics resolved. */
  property(resource: TemplateResource, name: string): TemplateValue | undefined;
}

type Namer = (context: NamingContext, logicalId: string, resource: TemplateResource) => string;

const madeUp = (context: NamingContext) => new MadeUpNames(context.stackName);
const ec2Id = (prefix: string): Namer => (context, logicalId) => madeUp(context).ec2Id(prefix, logicalId);
const named = (property: string, longest = 64): Namer => (context, logicalId, resource) =>
  (context.property(resource, property) as string | undefined) ?? madeUp(context).generated(logicalId, longest);
const arn = (context: NamingContext, service: string, rest: string) =>
  `arn:aws:${service}:${context.region}:${context.account}:${rest}`;
const iamArn = (context: NamingContext, kind: string, path: TemplateValue | undefined, name: string) =>
  `arn:aws:iam::${context.account}:${kind}${(path as string | undefined) ?? '/'}${name}`;

const managedPolicyArn: Namer = (context, logicalId, resource) =>
  iamArn(context, 'policy', context.property(resource, 'Path'), named('ManagedPolicyName', 128)(context, logicalId, resource));
const domainId: Namer = (context, logicalId) => madeUp(context).shortId('d', logicalId);
const keyId: Namer = (context, logicalId) => madeUp(context).uuid(logicalId);
const bucketName: Namer = (context, logicalId, resource) => named('BucketName', 63)(context, logicalId, resource).toLowerCase();

/** What `Ref` returns, by resource type. */
const REFS: Record<string, Namer> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': (context, _logicalId, resource) =>
    [context.property(resource, 'ResourceId'), context.property(resource, 'ScalableDimension'), context.property(resource, 'ServiceNamespace')].join('|'),
  'AWS::CloudTrail::Trail': named('TrailName', 128),
  'AWS::CloudWatch::Alarm': named('AlarmName', 255),
  'AWS::CloudWatch::Dashboard': named('DashboardName', 255),
  'AWS::CodeBuild::Project': named('Name', 255),
  'AWS::CodeCommit::Repository': (context, logicalId) => madeUp(context).uuid(logicalId),
  'AWS::CodePipeline::Pipeline': named('Name', 100),
  'AWS::Events::Rule': named('Name'),
  'AWS::SageMaker::Endpoint': (context, logicalId, resource) => arn(context, 'sagemaker', `endpoint/${named('EndpointName', 63)(context, logicalId, resource)}`),
  'AWS::SageMaker::EndpointConfig': (context, logicalId, resource) => arn(context, 'sagemaker', `endpoint-config/${named('EndpointConfigName', 63)(context, logicalId, resource)}`),
  'AWS::SageMaker::Model': (context, logicalId, resource) => arn(context, 'sagemaker', `model/${named('ModelName', 63)(context, logicalId, resource)}`),
  'AWS::Scheduler::Schedule': named('Name'),
  'AWS::Scheduler::ScheduleGroup': named('Name'),
  'AWS::CodeArtifact::Domain': (context, logicalId, resource) => arn(context, 'codeartifact', `domain/${named('DomainName')(context, logicalId, resource)}`),
  'AWS::ECR::Repository': named('RepositoryName', 256),
  'AWS::EC2::DHCPOptions': ec2Id('dopt'),
  'AWS::EC2::InternetGateway': ec2Id('igw'),
  'AWS::EC2::NatGateway': ec2Id('nat'),
  'AWS::EC2::RouteTable': ec2Id('rtb'),
  'AWS::EC2::SecurityGroup': ec2Id('sg'),
  'AWS::EC2::Subnet': ec2Id('subnet'),
  'AWS::EC2::VPC': ec2Id('vpc'),
  'AWS::EC2::VPCEndpoint': ec2Id('vpce'),
  'AWS::Events::EventBus': named('Name'),
  'AWS::Glue::Database': (context, _logicalId, resource) => (context.property(resource, 'DatabaseInput') as { Name: string }).Name,
  'AWS::IAM::ManagedPolicy': managedPolicyArn,
  'AWS::IAM::Role': named('RoleName'),
  'AWS::KMS::Alias': named('AliasName'),
  'AWS::KMS::Key': keyId,
  'AWS::Lambda::Function': named('FunctionName'),
  'AWS::Logs::LogGroup': named('LogGroupName', 128),
  'AWS::S3::Bucket': bucketName,
  'AWS::SageMaker::Domain': domainId,
  'AWS::SageMaker::UserProfile': named('UserProfileName'),
  'AWS::ServiceCatalog::CloudFormationProduct': (context, logicalId) => madeUp(context).shortId('prod', logicalId),
  'AWS::SNS::Topic': (context, logicalId, resource) => arn(context, 'sns', named('TopicName', 128)(context, logicalId, resource)),
  'AWS::SQS::Queue': (context, logicalId, resource) => `https://sqs.${context.region}.amazonaws.com/${context.account}/${named('QueueName', 80)(context, logicalId, resource)}`,
  'AWS::SSM::Parameter': named('Name', 128),
};

/** What `Fn::GetAtt` returns, by resource type and attribute. */
const ATTRIBUTES: Record<string, Namer> = {
  'AWS::CloudWatch::Alarm.Arn': (context, logicalId, resource) => arn(context, 'cloudwatch', `alarm:${named('AlarmName', 255)(context, logicalId, resource)}`),
  'AWS::CodeBuild::Project.Arn': (context, logicalId, resource) => arn(context, 'codebuild', `project/${named('Name', 255)(context, logicalId, resource)}`),
  'AWS::CodeCommit::Repository.Arn': (context, logicalId, resource) => arn(context, 'codecommit', named('RepositoryName', 100)(context, logicalId, resource)),
  'AWS::CodeCommit::Repository.Name': named('RepositoryName', 100),
  'AWS::Events::Rule.Arn': (context, logicalId, resource) =>
    arn(context, 'events', `rule/${[context.property(resource, 'EventBusName'), named('Name')(context, logicalId, resource)].filter(Boolean).join('/')}`),
  'AWS::SageMaker::Endpoint.EndpointName': named('EndpointName', 63),
  'AWS::SageMaker::EndpointConfig.EndpointConfigName': named('EndpointConfigName', 63),
  'AWS::SageMaker::Model.ModelName': named('ModelName', 63),
  'AWS::SageMaker::MlflowTrackingServer.TrackingServerArn': (context, logicalId, resource) =>
    arn(context, 'sagemaker', `mlflow-tracking-server/${named('TrackingServerName')(context, logicalId, resource)}`),
  'AWS::CodeArtifact::Domain.Arn': REFS['AWS::CodeArtifact::Domain'],
  'AWS::CodeArtifact::Domain.Name': named('DomainName'),
  'AWS::CodeArtifact::Domain.Owner': (context) => context.account,
  'AWS::CodeArtifact::Repository.Arn': (context, logicalId, resource) =>
    arn(context, 'codeartifact', `repository/${context.property(resource, 'DomainName') as string}/${named('RepositoryName')(context, logicalId, resource)}`),
  'AWS::CodeArtifact::Repository.Name': named('RepositoryName'),
  'AWS::ECR::Repository.Arn': (context, logicalId, resource) => arn(context, 'ecr', `repository/${REFS['AWS::ECR::Repository'](context, logicalId, resource)}`),
  'AWS::EC2::EIP.AllocationId': ec2Id('eipalloc'),
  'AWS::EC2::SecurityGroup.GroupId': REFS['AWS::EC2::SecurityGroup'],
  'AWS::EC2::Subnet.SubnetId': REFS['AWS::EC2::Subnet'],
  'AWS::EC2::VPC.DefaultSecurityGroup': (context, logicalId) => madeUp(context).ec2Id('sg', `${logicalId}.default`),
  'AWS::EC2::VPC.VpcId': REFS['AWS::EC2::VPC'],
  'AWS::EC2::VPCEndpoint.Id': REFS['AWS::EC2::VPCEndpoint'],
  'AWS::Events::EventBus.Arn': (context, logicalId, resource) => arn(context, 'events', `event-bus/${named('Name')(context, logicalId, resource)}`),
  'AWS::SQS::Queue.Arn': (context, logicalId, resource) => arn(context, 'sqs', named('QueueName', 80)(context, logicalId, resource)),
  'AWS::SQS::Queue.QueueName': named('QueueName', 80),
  'AWS::IAM::Role.Arn': (context, logicalId, resource) =>
    iamArn(context, 'role', context.property(resource, 'Path'), REFS['AWS::IAM::Role'](context, logicalId, resource)),
  'AWS::KMS::Key.Arn': (context, logicalId) => arn(context, 'kms', `key/${madeUp(context).uuid(logicalId)}`),
  'AWS::KMS::Key.KeyId': keyId,
  'AWS::Lambda::Function.Arn': (context, logicalId, resource) =>
    arn(context, 'lambda', `function:${REFS['AWS::Lambda::Function'](context, logicalId, resource)}`),
  'AWS::Logs::LogGroup.Arn': (context, logicalId, resource) =>
    arn(context, 'logs', `log-group:${REFS['AWS::Logs::LogGroup'](context, logicalId, resource)}:*`),
  'AWS::S3::Bucket.RegionalDomainName': (context, logicalId, resource) => `${bucketName(context, logicalId, resource)}.s3.${context.region}.amazonaws.com`,
  'AWS::S3::Bucket.Arn': (context, logicalId, resource) => `arn:aws:s3:::${bucketName(context, logicalId, resource)}`,
  'AWS::SSO::PermissionSet.PermissionSetArn': (context, logicalId) => `arn:aws:sso:::permissionSet/ssoins-1234567890123456/${madeUp(context).shortId('ps', logicalId)}`,
  'AWS::SageMaker::Domain.DomainArn': (context, logicalId) => arn(context, 'sagemaker', `domain/${madeUp(context).shortId('d', logicalId)}`),
  'AWS::SageMaker::Domain.DomainId': domainId,
  'AWS::SageMaker::Domain.SingleSignOnApplicationArn': (context, logicalId) => `arn:aws:sso::${context.account}:application/ssoins-1234567890123456/${madeUp(context).shortId('apl', logicalId)}`,
  'AWS::SageMaker::Domain.Url': (context, logicalId) => `https://${madeUp(context).shortId('d', logicalId)}.studio.sagemaker.aws`,
  'Custom::PublishedObjects.Address': (context, _logicalId, resource) => context.property(resource, 'Address') as string,
  'Custom::PublishedObject.Key': (context, _logicalId, resource) => context.property(resource, 'Key') as string,
  'AWS::SageMaker::UserProfile.UserProfileArn': (context, logicalId, resource) =>
    arn(context, 'sagemaker', `user-profile/${context.property(resource, 'DomainId') as string}/${REFS['AWS::SageMaker::UserProfile'](context, logicalId, resource)}`),
};

/** The physical name of a resource, or an error where this reader does not know how AWS forms it. */
export function physicalName(context: NamingContext, logicalId: string, resource: TemplateResource): string {
  const namer = REFS[resource.Type];
  if (!namer) throw new Error(`${context.stackName}/${logicalId}: what Ref returns for ${resource.Type} is not known here (physical-names.ts)`);
  return namer(context, logicalId, resource);
}

/** An attribute of a resource, or an error where this reader does not know how AWS forms it. */
export function attribute(context: NamingContext, logicalId: string, resource: TemplateResource, name: string): string {
  const namer = ATTRIBUTES[`${resource.Type}.${name}`];
  if (!namer) throw new Error(`${context.stackName}/${logicalId}: attribute ${name} of ${resource.Type} is not known here (physical-names.ts)`);
  return namer(context, logicalId, resource);
}
