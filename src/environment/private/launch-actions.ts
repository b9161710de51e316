/**
 * IAM actions that launching an environment takes beside those of every template, by what they are for: those that CloudFormation's
 * handlers of the resource types of environments ask for, without what they would need for properties that no environment has.
 */

const actions = (service: string, names: string) => names.split(' ').map((name) => `${service}:${name}`);

/** Descriptions, none of which takes a resource. */
export const SEE_MORE = [
  ...actions('ec2', 'DescribeAddresses DescribeDhcpOptions DescribeInternetGateways DescribeNatGateways DescribeNetworkInterfaces DescribeVpnGateways'),
  ...actions('cloudwatch', 'DescribeAlarms'),
  ...actions('lakeformation', 'ListResources DescribeResource DescribeLakeFormationIdentityCenterConfiguration'),
];

/** Ways out of a network come. */
export const CREATE_WAYS_OUT = actions('ec2', 'CreateInternetGateway CreateNatGateway AllocateAddress CreateDhcpOptions');
/** Ways out of a network change and go. */
export const CHANGE_WAYS_OUT = actions('ec2', 'AttachInternetGateway DetachInternetGateway DeleteInternetGateway DeleteNatGateway ReleaseAddress DisassociateAddress '
  + 'AssociateDhcpOptions DeleteDhcpOptions CreateRoute ReplaceRoute DeleteRoute');

/** A function comes, changes, does its work and goes. */
export const CHANGE_FUNCTION = actions('lambda', 'CreateFunction GetFunction UpdateFunctionCode UpdateFunctionConfiguration DeleteFunction TagResource UntagResource '
  + 'GetFunctionCodeSigningConfig GetFunctionRecursionConfig GetFunctionScalingConfig GetRuntimeManagementConfig PutFunctionConcurrency DeleteFunctionConcurrency');

/** A bucket has what those of targets do not have. */
export const CHANGE_BUCKET_MORE = actions('s3', 'PutBucketCORS PutBucketLogging PutBucketNotification PutBucketObjectLockConfiguration');

/** Studio comes, changes and goes. */
export const CHANGE_STUDIO = actions('sagemaker', 'CreateDomain DescribeDomain UpdateDomain DeleteDomain CreateUserProfile DescribeUserProfile UpdateUserProfile DeleteUserProfile '
  + 'CreateStudioLifecycleConfig DescribeStudioLifecycleConfig DeleteStudioLifecycleConfig '
  + 'CreateMlflowTrackingServer DescribeMlflowTrackingServer UpdateMlflowTrackingServer DeleteMlflowTrackingServer AddTags DeleteTags ListTags');

/** Images that notebooks may run are looked at. */
export const SEE_IMAGES = actions('sagemaker', 'DescribeImage DescribeImageVersion');

/** Groups that sign in come and go. */
export const CHANGE_SIGN_IN = actions('sso', 'CreateApplicationAssignment DescribeApplicationAssignment DeleteApplicationAssignment');

/** An alarm comes, changes and goes. */
export const CHANGE_ALARM = actions('cloudwatch', 'PutMetricAlarm DeleteAlarms ListTagsForResource TagResource UntagResource');

/** A bus of events comes, changes and goes. */
export const CHANGE_BUS = actions('events', 'CreateEventBus DescribeEventBus UpdateEventBus DeleteEventBus ListTagsForResource TagResource UntagResource');

/** Data preparation comes, changes and goes. */
export const CHANGE_WORK_GROUP = actions('athena', 'CreateWorkGroup GetWorkGroup UpdateWorkGroup DeleteWorkGroup ListTagsForResource TagResource UntagResource');
/** The same in the catalog. */
export const CHANGE_DATABASE = actions('glue', 'CreateDatabase GetDatabase UpdateDatabase DeleteDatabase');
/** The same of what encrypts jobs. */
export const CHANGE_SECURITY_CONFIGURATION = actions('glue', 'CreateSecurityConfiguration GetSecurityConfiguration DeleteSecurityConfiguration');

/** A package index comes, changes and goes. */
export const CHANGE_PACKAGE_INDEX = actions('codeartifact', 'DescribeDomain DeleteDomain GetDomainPermissionsPolicy PutDomainPermissionsPolicy DeleteDomainPermissionsPolicy '
  + 'DescribeRepository UpdateRepository DeleteRepository AssociateExternalConnection DisassociateExternalConnection AssociateWithDownstreamRepository '
  + 'GetRepositoryPermissionsPolicy PutRepositoryPermissionsPolicy DeleteRepositoryPermissionsPolicy ListTagsForResource TagResource UntagResource');

/** Products of projects come, change and go. */
export const CHANGE_PRODUCTS = actions('servicecatalog', 'CreateProduct DescribeProductAsAdmin UpdateProduct DeleteProduct CreateProvisioningArtifact DescribeProvisioningArtifact '
  + 'UpdateProvisioningArtifact DeleteProvisioningArtifact ListProvisioningArtifacts '
  + 'CreatePortfolio DescribePortfolio UpdatePortfolio DeletePortfolio ListPortfoliosForProduct '
  + 'AssociatePrincipalWithPortfolio DisassociatePrincipalFromPortfolio ListPrincipalsForPortfolio CreateConstraint');
/** What takes no resource of all these. */
export const CHANGE_WITHOUT_RESOURCE = [
  ...actions('servicecatalog', 'DescribeConstraint UpdateConstraint DeleteConstraint AssociateProductWithPortfolio DisassociateProductFromPortfolio'),
  ...actions('codeartifact', 'CreateDomain CreateRepository'),
  ...actions('events', 'PutPermission RemovePermission'),
];
