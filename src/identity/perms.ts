/** IAM actions by what they are for. */

/** Starting work on instances. */
export const START_JOBS = ['CreateTrainingJob', 'CreateProcessingJob', 'CreateTransformJob', 'CreateHyperParameterTuningJob'].map(sagemaker);

/** Making a model that a transform job can use. */
export const MAKE_MODELS = ['CreateModel'].map(sagemaker);

/** Stopping what was started. */
export const STOP_JOBS = ['StopTrainingJob', 'StopProcessingJob', 'StopTransformJob', 'StopHyperParameterTuningJob'].map(sagemaker);

/** Stopping and removing what was started. */
export const END_JOBS = [...STOP_JOBS, ...['DeleteModel'].map(sagemaker)];

/** Stopping runs of pipelines. */
export const STOP_PIPELINES = ['StopPipelineExecution'].map(sagemaker);

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

/** Seeing what is there. Patterns: SageMaker has more than a hundred of them, and none changes anything. */
export const SEE_SAGEMAKER = ['Describe*', 'List*', 'BatchDescribeModelPackage', 'BatchGetMetrics', 'Search', 'GetSearchSuggestions', 'QueryLineage', 'GetSagemakerServicecatalogPortfolioStatus'].map(sagemaker);

/** Seeing Studio and pipelines, as people outside of it do. */
export const SEE_STUDIO = [
  'ListDomains', 'DescribeDomain', 'ListUserProfiles', 'DescribeUserProfile', 'ListApps', 'DescribeApp', 'ListSpaces', 'DescribeSpace',
  'ListPipelines', 'DescribePipeline', 'ListPipelineExecutions', 'DescribePipelineExecution', 'ListPipelineExecutionSteps', 'ListProjects', 'DescribeProject', 'ListTags',
].map(sagemaker).concat('codepipeline:ListPipelines');

/** Seeing model versions and endpoints, as approvers do. */
export const SEE_MODELS = [
  'ListModelPackageGroups', 'DescribeModelPackageGroup', 'ListModelPackages', 'DescribeModelPackage', 'BatchDescribeModelPackage', 'ListEndpoints', 'DescribeEndpoint', 'DescribeEndpointConfig',
].map(sagemaker);

/** One's own applications. */
export const OWN_APPS = ['CreateApp', 'DeleteApp'].map(sagemaker);

/** One's own spaces. */
export const OWN_SPACES = ['CreateSpace', 'UpdateSpace', 'DeleteSpace'].map(sagemaker);

/** Making a project, whose resources the launch role makes. */
export const CREATE_PROJECTS = ['CreateProject'].map(sagemaker);

/** Changing and removing projects. */
export const CHANGE_PROJECTS = ['DeleteProject', 'UpdateProject'].map(sagemaker);

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

/** Following a delivery pipeline. */
export const SEE_DELIVERY = ['GetPipeline', 'GetPipelineState', 'GetPipelineExecution', 'ListPipelineExecutions', 'ListActionExecutions'].map((name) => `codepipeline:${name}`);

/** Following builds. */
export const SEE_BUILDS = ['ListBuildsForProject', 'BatchGetBuilds'].map((name) => `codebuild:${name}`);

/** Seeing what an account costs, by tags. */
export const SEE_COSTS = ['GetCostAndUsage', 'GetCostForecast', 'GetDimensionValues', 'GetTags'].map((name) => `ce:${name}`);

/** Reading logs. */
export const READ_LOGS = ['GetLogEvents', 'FilterLogEvents', 'DescribeLogStreams'].map((name) => `logs:${name}`);

/** Reading metrics. */
export const READ_METRICS = ['GetMetricData', 'GetMetricStatistics', 'ListMetrics', 'DescribeAlarms'].map((name) => `cloudwatch:${name}`);

function sagemaker(name: string): string {
  return `sagemaker:${name}`;
}
