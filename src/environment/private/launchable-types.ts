/** Types of what the launch role of environments can make, of which a test asks the registry what each takes. */
const TYPES = [
  'Athena::WorkGroup',
  'CloudWatch::Alarm',
  'CodeArtifact::Domain CodeArtifact::Repository',
  'EC2::DHCPOptions EC2::EIP EC2::FlowLog EC2::InternetGateway EC2::NatGateway EC2::Route EC2::RouteTable EC2::SecurityGroup EC2::SecurityGroupEgress',
  'EC2::SecurityGroupIngress EC2::Subnet EC2::SubnetRouteTableAssociation EC2::VPC EC2::VPCDHCPOptionsAssociation EC2::VPCEndpoint EC2::VPCGatewayAttachment',
  'ECR::Repository',
  'Events::EventBus',
  'Glue::Database Glue::SecurityConfiguration',
  'IAM::ManagedPolicy IAM::Role',
  'KMS::Alias KMS::Key',
  'Lambda::Function',
  'Logs::LogGroup',
  'S3::Bucket S3::BucketPolicy',
  'SQS::Queue SQS::QueuePolicy',
  'SSO::ApplicationAssignment',
  'SSM::Parameter',
  'SageMaker::Domain SageMaker::MlflowTrackingServer SageMaker::StudioLifecycleConfig SageMaker::UserProfile',
  'ServiceCatalog::CloudFormationProduct ServiceCatalog::LaunchRoleConstraint ServiceCatalog::Portfolio ServiceCatalog::PortfolioPrincipalAssociation',
  'ServiceCatalog::PortfolioProductAssociation',
];

/** The same as CloudFormation names them. */
export const LAUNCHABLE_TYPES: ReadonlySet<string> = new Set(TYPES.flatMap((names) => names.split(' ')).map((name) => `AWS::${name}`));
