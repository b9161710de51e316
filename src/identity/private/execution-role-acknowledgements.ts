import { Acknowledgement, checks, everywhere, rules, wildcard, wildcardActions } from '../../private/acknowledgements';

const EVERY_ROLE = /^\/(Studio|DataPreparation|SharedSpace|Pipeline|Job|Model|BatchInference|FeatureStore|Workloads|Notebooks(AndJobs|AndPipelines)?)\/Policy\d+\/Resource$/;
const NOTEBOOKS = /^\/(Studio|DataPreparation|SharedSpace|Notebooks)\/Policy\d+\/Resource$/;
const NOTEBOOKS_AND_PIPELINE = /^\/(Studio|DataPreparation|SharedSpace|Pipeline|Notebooks(AndPipelines)?)\/Policy\d+\/Resource$/;
const NOTEBOOKS_AND_JOB = /^\/(Studio|DataPreparation|SharedSpace|Job|Notebooks(AndJobs)?)\/Policy\d+\/Resource$/;
const NOTEBOOKS_JOB_AND_BATCH = /^\/(Studio|DataPreparation|SharedSpace|Job|BatchInference|Notebooks(AndJobs)?)\/Policy\d+\/Resource$/;

/** Of the roles that workloads run with. */
export const EXECUTION_ROLES: Acknowledgement[] = [
  checks(['ExecutionRoleTrust'], /^\/FeatureStore\/Role\/Resource$/, 'AWS documents no source account here: one that is sent must be this.'),
  wildcard(/<\w*Storage(Data|Models|Reports|Releases|Mlflow|OfflineStore)\w*\.Arn>\/\*/, EVERY_ROLE, 'Objects of one bucket, under whatever names people give them; who reads and who writes which bucket is the table in src/storage/storage-grants.ts, and the bucket\'s own policy binds it to network and role.'),
  wildcard(/([\w-]+:ExportsOutput\w+|<\w+\.Arn>|arn:PARTITION:s3:::[\w.-]+)\/([\w.\/-]+\/)?\*/, NOTEBOOKS_JOB_AND_BATCH, 'Objects of one bucket, under the prefixes that the environment was given: of a company\'s own data bucket, of a data source that addDataSource names, of templates that Studio shows, of the code of jobs.'),
  wildcardActions(/sagemaker:(Describe|List)\*/, NOTEBOOKS_AND_PIPELINE, 'Looking at metadata of what exists, which Studio does on every page; new kinds of things come with every release. Data and credentials are not among it.'),
  wildcardActions(/sagemaker-mlflow:(\*|(Get|Search|List)\*)/, NOTEBOOKS_AND_JOB, 'Runs of the environment\'s own tracking server: notebooks do everything with them, from the environment\'s network; reading changes nothing.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:feature-group\/[\w<>.-]+--\*/, NOTEBOOKS_AND_JOB, 'People name their feature groups themselves. How each must be made is fixed by the guardrails, and records are used from the network alone.'),
  everywhere(/kms:ListAliases/, NOTEBOOKS, 'AWS knows no resource of it: names of aliases, which Feature Store asks for.'),
  everywhere(/sagemaker-mlflow:AccessUI/, NOTEBOOKS, 'AWS knows no resource of it; which tracking server is opened, the address says.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(processing-job|training-job|transform-job|hyper-parameter-tuning-job|model|model-package|model-package-group|experiment|experiment-trial|experiment-trial-component|action|artifact|context|pipeline|project)\/([\w<>.-]+--|pipelines-)?\*/, NOTEBOOKS_AND_PIPELINE, 'People and pipelines name their jobs, models and experiments themselves. What each must be like is fixed by the guardrails, which deny everything else.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:\*/, NOTEBOOKS_AND_PIPELINE, 'Changing and stopping what bears the mark of the environment\'s domain, which a condition asks for; the actions say of which types.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(pipeline|project|app|space)\/([\w<>.-]+--|pipelines-)?\*/, NOTEBOOKS, 'People name their pipelines, projects, apps and spaces themselves; changing somebody else\'s apps and spaces is denied by owner.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(app|space)\/<sagemaker:DomainId>(\/<sagemaker:UserProfileName>)?\/\*/, NOTEBOOKS, 'The user\'s own apps and spaces: policy variables that AWS fills in name domain and profile.'),
  wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:(network-interface|security-group)\/\*/, EVERY_ROLE, 'SageMaker makes the network interfaces of a job as its role, and their ids do not exist before; subnets are named one by one, security groups bound by the guardrails.'),
  wildcard(/arn:PARTITION:ecr:REGION:(\*|ACCOUNT|\d{12}):repository\/\*/, EVERY_ROLE, 'People name their repositories, and AWS its own, whose accounts a condition names; reading an image is also decided by its repository\'s policy, and by the endpoint\'s.'),
  wildcard(/arn:PARTITION:logs:REGION:ACCOUNT:log-group:\/aws\/sagemaker\/\*/, EVERY_ROLE, 'SageMaker names log groups after the kind of job.'),
  wildcard(/arn:PARTITION:codeartifact:REGION:ACCOUNT:package\/[\w-]+\/[\w-]+\/\*/, NOTEBOOKS_AND_JOB, 'Packages of the one repository, to read.'),
  wildcard(/arn:PARTITION:codecommit:REGION:ACCOUNT:[\w<>.-]+--\*/, NOTEBOOKS, 'Repositories of projects, whose names begin with the environment\'s.'),
  wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w<>-]+\/\*/, NOTEBOOKS, 'The SSM parameters of this environment, to read.'),
  wildcard(/arn:PARTITION:ssm:REGION::parameter\/aws\/service\/\*/, NOTEBOOKS, 'AWS\'s public parameters, to read: where AWS\'s own images are.'),
  wildcard(/arn:PARTITION:cloudformation:REGION:ACCOUNT:stack\/SP-\*/, NOTEBOOKS, 'Stacks of projects from templates in the bucket, which SageMaker names so; template and role are bound by condition.'),
  everywhere(/sagemaker:(Describe\*|ListTags|BatchDescribeModelPackage|BatchGetMetrics|Search|GetSearchSuggestions|QueryLineage|GetSagemakerServicecatalogPortfolioStatus)/, NOTEBOOKS_AND_PIPELINE, 'Looking at metadata of what exists, which SageMaker lists and searches for the account as a whole; what another Studio domain has made is denied by its mark.'),
  everywhere(/cloudwatch:(GetMetricData|GetMetricStatistics|ListMetrics|DescribeAlarms)/, NOTEBOOKS, 'CloudWatch takes no resource for metrics. To read: numbers, no data.'),
  everywhere(/cloudwatch:PutMetricData/, EVERY_ROLE, 'CloudWatch takes no resource for metrics; bound by the namespaces of SageMaker instead.'),
  everywhere(/ecr:GetAuthorizationToken/, EVERY_ROLE, 'A token is for the whole registry; what may be pulled with it is said by repository.'),
  everywhere(/ec2:Describe(NetworkInterfaces|Subnets|SecurityGroups|DhcpOptions|Vpcs|VpcEndpoints|RouteTables)/, EVERY_ROLE, 'EC2 takes no narrower resource for descriptions, which SageMaker asks for as the role before it makes network interfaces.'),
  everywhere(/servicecatalog:(SearchProducts|DescribeProductView|ListRecordHistory|ListAcceptedPortfolioShares|ScanProvisionedProducts|SearchProvisionedProducts|DescribeRecord|GetProvisionedProductOutputs)/, NOTEBOOKS, 'Service Catalog searches without a resource, and shows what the role\'s portfolios hold.'),
  everywhere(/servicecatalog:(Describe|Terminate|Update)ProvisionedProduct/, NOTEBOOKS, 'Service Catalog takes no ARN of a provisioned product; bound to what the caller launched instead (servicecatalog:userLevel).'),
  everywhere(/sts:GetServiceBearerToken/, NOTEBOOKS_AND_JOB, 'A token for CodeArtifact, whose ARN STS does not know; bound to that service instead.'),
  wildcard(/arn:PARTITION:glue:REGION:ACCOUNT:table\/[^\/]+__data\/\*/, /^\/DataPreparation\/Policy\d+\/Resource$/, 'Tables of the environment\'s own database, under whatever names people give them.'),
  rules(['IAMPolicyNoStatementsWithFullAccess'], NOTEBOOKS_AND_PIPELINE, 'The rule looks for sagemaker:* anywhere before an allow in the text of a policy; here it is a deny, of what other Studio domains have made.'),
  wildcard(/arn:PARTITION:(codebuild|codepipeline|logs):REGION:ACCOUNT:(project\/|log-group:\/aws\/codebuild\/)?[\w<>.-]+--\*/, NOTEBOOKS, 'Builds and deliveries of projects, whose names begin with the environment\'s: looking at how far they have come, and at what they logged.'),
];
