/** IAM actions by what they are for, where several roles may do it. */

/** Starting work on instances. */
export const START_JOBS = ['CreateTrainingJob', 'CreateProcessingJob', 'CreateTransformJob', 'CreateHyperParameterTuningJob'].map(sagemaker);

/** Stopping what was started. */
export const STOP_JOBS = ['StopTrainingJob', 'StopProcessingJob', 'StopTransformJob', 'StopHyperParameterTuningJob'].map(sagemaker);

/** Writing and running pipelines. */
export const RUN_PIPELINES = [
  'CreatePipeline', 'UpdatePipeline', 'DeletePipeline', 'StartPipelineExecution', 'StopPipelineExecution', 'RetryPipelineExecution', 'UpdatePipelineExecution',
].map(sagemaker);

/** Recording what was tried. */
export const TRACK_EXPERIMENTS = [
  'CreateExperiment', 'CreateTrial', 'CreateTrialComponent', 'AssociateTrialComponent', 'BatchPutMetrics', 'AddAssociation', 'CreateAction', 'CreateArtifact', 'CreateContext',
].map(sagemaker);

/** Changing and removing records of what was tried. */
export const CHANGE_EXPERIMENTS = [
  'UpdateExperiment', 'DeleteExperiment', 'UpdateTrial', 'DeleteTrial', 'UpdateTrialComponent', 'DeleteTrialComponent', 'DisassociateTrialComponent', 'DeleteAssociation',
  'UpdateAction', 'UpdateArtifact', 'UpdateContext',
].map(sagemaker);

/** Seeing Studio and pipelines, as people outside of it do. */
export const SEE_STUDIO = [
  'ListDomains', 'DescribeDomain', 'ListUserProfiles', 'DescribeUserProfile', 'ListApps', 'DescribeApp', 'ListSpaces', 'DescribeSpace',
  'ListPipelines', 'DescribePipeline', 'ListPipelineExecutions', 'DescribePipelineExecution', 'ListPipelineExecutionSteps', 'ListProjects', 'DescribeProject', 'ListTags',
].map(sagemaker).concat('codepipeline:ListPipelines');

/** Seeing model versions and endpoints, as approvers do. */
export const SEE_MODELS = [
  'ListModelPackageGroups', 'DescribeModelPackageGroup', 'ListModelPackages', 'DescribeModelPackage', 'BatchDescribeModelPackage', 'ListEndpoints', 'DescribeEndpoint', 'DescribeEndpointConfig',
].map(sagemaker);

/** Finding products. Service Catalog shows only those of portfolios that the role was given. */
export const FIND_PRODUCTS = ['SearchProducts', 'DescribeProductView', 'ListRecordHistory', 'ListAcceptedPortfolioShares', 'ScanProvisionedProducts', 'SearchProvisionedProducts', 'DescribeRecord', 'GetProvisionedProductOutputs'].map((name) => `servicecatalog:${name}`);

/** Launching a product. */
export const LAUNCH_PRODUCTS = ['DescribeProduct', 'DescribeProvisioningParameters', 'DescribeProvisioningArtifact', 'ListLaunchPaths', 'ListProvisioningArtifacts', 'ProvisionProduct']
  .map((name) => `servicecatalog:${name}`);

/** What one launched oneself. */
export const OWN_PROVISIONED_PRODUCTS = ['DescribeProvisionedProduct', 'TerminateProvisionedProduct', 'UpdateProvisionedProduct']
  .map((name) => `servicecatalog:${name}`);

/** Working with a repository: no deletion, no settings, no triggers. */
export const USE_REPOSITORIES = [
  'GitPull', 'GitPush', 'GetRepository', 'GetBranch', 'ListBranches', 'CreateBranch', 'GetCommit', 'GetDifferences', 'GetFile', 'GetFolder', 'BatchGetCommits',
  'CreatePullRequest', 'GetPullRequest', 'ListPullRequests', 'UpdatePullRequestStatus', 'PostCommentForPullRequest', 'GetCommentsForPullRequest', 'GetMergeConflicts',
].map((name) => `codecommit:${name}`);

/** Cloning a repository. */
export const CLONE_REPOSITORIES = ['codecommit:GitPull'];

/** Following a delivery pipeline. */
export const SEE_DELIVERY = ['GetPipeline', 'GetPipelineState', 'GetPipelineExecution', 'ListPipelineExecutions', 'ListActionExecutions'].map((name) => `codepipeline:${name}`);

/** Following builds. */
export const SEE_BUILDS = ['ListBuildsForProject', 'BatchGetBuilds'].map((name) => `codebuild:${name}`);

/** Reading logs. */
export const READ_LOGS = ['GetLogEvents', 'FilterLogEvents', 'DescribeLogStreams'].map((name) => `logs:${name}`);

/** Reading metrics. */
export const READ_METRICS = ['GetMetricData', 'GetMetricStatistics', 'ListMetrics', 'DescribeAlarms'].map((name) => `cloudwatch:${name}`);

function sagemaker(name: string): string {
  return `sagemaker:${name}`;
}
