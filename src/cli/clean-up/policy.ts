import { partitionOf } from '../../handlers/aws/service-endpoints';

/** Actions that only read, with which the plan is made. */
export const READS = [
  'athena:ListWorkGroups', 'cloudformation:DescribeStackResources', 'cloudformation:DescribeStackSet', 'cloudformation:DescribeStacks', 'cloudformation:GetTemplate',
  'cloudformation:ListImports', 'cloudformation:ListStackInstances', 'cloudformation:ListStackResources', 'cloudformation:ListStackSets', 'codecommit:ListRepositories',
  'ecr:DescribeRepositories', 'glue:GetDatabases', 'kms:DescribeKey', 'kms:ListAliases', 'sagemaker:DescribeProject', 'sagemaker:ListApps', 'sagemaker:ListFeatureGroups',
  'sagemaker:ListMlflowTrackingServers', 'sagemaker:ListModelPackageGroups', 'sagemaker:ListProjects', 'sagemaker:ListSpaces', 'sagemaker:ListUserProfiles',
  'servicecatalog:SearchProvisionedProducts', 'ssm:GetParametersByPath', 'tag:GetResources',
];

/** A statement of an identity policy. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: string[];
  readonly Resource: string | string[];
}

/** The least that whoever cleans up needs in each account: to see what there is, to delete it, and to delete data where that is asked for. */
export function policy(environment: string, region: string, includeData: boolean): { readonly Version: string; readonly Statement: Statement[] } {
  // Most of these actions are lists and know no resources, and what is looked for is found by them.
  const reads = allow('CleanUpReads', READS, '*');
  return { Version: '2012-10-17', Statement: [reads, ...deletions(environment, region), ...includeData ? dataDeletions(environment, region) : []] };
}

function deletions(environment: string, region: string): Statement[] {
  const here = arnIn(region);
  return [
    // Names of projects and ids of products say nothing of the environment, and DescribeRecord knows no resource.
    allow('CleanUpProjects', ['sagemaker:DeleteProject'], [here('sagemaker', 'project/*')]),
    allow('CleanUpProducts', ['servicecatalog:DescribeRecord', 'servicecatalog:TerminateProvisionedProduct'], '*'),
    // Types of resources are those of the stack set's template.
    allow('CleanUpStackSets', [
      'cloudformation:DeleteStackInstances', 'cloudformation:DeleteStackSet', 'cloudformation:DescribeStackSetOperation', 'cloudformation:ListStackSetOperationResults',
    ], [...['stackset', 'stackset-target'].map((kind) => here('cloudformation', `${kind}/${environment}--*`)), here('cloudformation', 'type/resource/*')]),
    // Stacks are called as people call them.
    allow('CleanUpStacks', ['cloudformation:DeleteStack'], [here('cloudformation', 'stack/*')]),
    // Domains have ids for names, and spaces are called as people call them.
    allow('CleanUpStudio', ['sagemaker:DeleteApp', 'sagemaker:DeleteSpace', 'sagemaker:DeleteUserProfile'], ['app', 'space', 'user-profile'].map((kind) => here('sagemaker', `${kind}/*`))),
  ];
}

function dataDeletions(environment: string, region: string): Statement[] {
  const here = arnIn(region);
  const sagemaker = (...kinds: string[]) => kinds.map((kind) => here('sagemaker', `${kind}/${environment}--*`));
  return [
    allow('CleanUpModels', ['sagemaker:DeleteModelPackage', 'sagemaker:DeleteModelPackageGroup'], sagemaker('model-package', 'model-package-group')),
    // Lists of versions know no resources.
    allow('CleanUpModelVersions', ['sagemaker:ListModelPackages'], '*'),
    allow('CleanUpFeatures', ['sagemaker:DeleteFeatureGroup', 'sagemaker:DescribeFeatureGroup'], sagemaker('feature-group')),
    allow('CleanUpExperiments', ['sagemaker:DeleteMlflowTrackingServer', 'sagemaker:DescribeMlflowTrackingServer'], sagemaker('mlflow-tracking-server')),
    allow('CleanUpCode', ['codecommit:DeleteRepository'], [here('codecommit', `${environment}--*`)]),
    allow('CleanUpImages', ['ecr:DeleteRepository'], [here('ecr', `repository/${environment}/*`)]),
    allow('CleanUpTables', ['glue:DeleteDatabase'], ['catalog', `database/${databaseOf(environment)}`, `table/${databaseOf(environment)}/*`, `userDefinedFunction/${databaseOf(environment)}/*`].map((one) => here('glue', one))),
    allow('CleanUpQueries', ['athena:DeleteWorkGroup'], [here('athena', `workgroup/${environment}--*`)]),
    // Log groups, buckets and keys have names that CloudFormation makes up.
    allow('CleanUpLogs', ['logs:DeleteLogGroup'], [here('logs', 'log-group:*')]),
    // A policy that is taken away is put back where objects stay.
    allow('CleanUpBuckets', ['s3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions', 's3:PutBucketPolicy'], [`arn:${partitionOf(region).name}:s3:::*`]),
    // S3 asks for the first permission to delete beside that for versions. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
    allow('CleanUpObjects', ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion'], [`arn:${partitionOf(region).name}:s3:::*/*`]),
    allow('CleanUpKeys', ['kms:DeleteAlias', 'kms:ScheduleKeyDeletion'], [here('kms', 'key/*'), here('kms', `alias/${environment}--*`)]),
  ];
}

function databaseOf(environment: string): string {
  return `${environment.replace(/-/g, '_')}__data`;
}

function arnIn(region: string): (service: string, resource: string) => string {
  return (service, resource) => `arn:${partitionOf(region).name}:${service}:${region}:*:${resource}`;
}

function allow(Sid: string, Action: string[], Resource: string | string[]): Statement {
  return { Sid, Effect: 'Allow', Action, Resource };
}
