/** Actions that only read, with which the plan is made. */
export const READS = [
  'athena:ListWorkGroups', 'cloudformation:DescribeStackResources', 'cloudformation:DescribeStackSet', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate',
  'cloudformation:ListImports', 'cloudformation:ListStackInstances', 'cloudformation:ListStackResources', 'cloudformation:ListStackSets', 'codecommit:ListRepositories',
  'ecr:DescribeRepositories', 'glue:GetDatabases', 'kms:DescribeKey', 'kms:ListAliases', 'sagemaker:DescribeProject', 'sagemaker:ListApps', 'sagemaker:ListFeatureGroups',
  'sagemaker:ListMlflowTrackingServers', 'sagemaker:ListModelPackageGroups', 'sagemaker:ListProjects', 'sagemaker:ListSpaces', 'sagemaker:ListUserProfiles',
  'servicecatalog:SearchProvisionedProducts', 'ssm:GetParametersByPath', 'tag:GetResources',
];

/** The least that a role needs in each account to see what there is. */
export function policy(): object {
  // Resource `*`: most of these actions are lists and know no resources, and what is looked for is found by them.
  return { Version: '2012-10-17', Statement: [{ Sid: 'CleanUpReads', Effect: 'Allow', Action: READS, Resource: '*' }] };
}
