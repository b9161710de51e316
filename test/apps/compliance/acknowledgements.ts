/** Why a finding of a compliance pack stands. */
export interface Acknowledgement {
  /** The rule, without the name of the pack; a rule of several findings with the finding. */
  readonly rule: RegExp;
  /** The constructs, below the app. */
  readonly constructs: RegExp;
  readonly reason: string;
}

const HANDLERS = /\/(DefaultSecurityGroup|Emptying|CleanUp|Publisher)\/Handler\/Function\/Resource$/;
const WORKLOADS = /\/ExecutionRoles\/(Studio|DataPreparation|Pipeline|Job|Model|BatchInference)\/Policy\d+\/Resource$/;
const NOTEBOOKS = /\/ExecutionRoles\/(Studio|DataPreparation)\/Policy\d+\/Resource$/;
const NOTEBOOKS_AND_PIPELINE = /\/ExecutionRoles\/(Studio|DataPreparation|Pipeline)\/Policy\d+\/Resource$/;
const NOTEBOOKS_AND_JOB = /\/ExecutionRoles\/(Studio|DataPreparation|Job)\/Policy\d+\/Resource$/;
const NOTEBOOKS_JOB_AND_BATCH = /\/ExecutionRoles\/(Studio|DataPreparation|Job|BatchInference)\/Policy\d+\/Resource$/;
const ADMINISTRATORS = /\/Personas\/(TeamAdministrator|DataScienceAdministrator)\/Policy\d+\/Resource$/;
const PERSONAS = /\/Personas\/\w+\/Policy\d+\/Resource$/;
const PROJECT_ROLES = /\/ProjectRoles\/\w+\/Policy\d+\/Resource$/;
const CLEAN_UP = /\/CleanUp\/(Handler\/Policy|ContentsPolicy)\/Resource$/;

const TARGET_MODEL = /\/ModelExecution\/Policy\d+\/Resource$/;
const TARGET_CONTAINERS = /\/Containers\/Policy\/Resource$/;
const MONITORS = /\/Monitoring\/Monitoring\/Policy\d+\/Resource$/;
const RELEASE_READERS = /\/(ModelExecution|Monitoring\/Monitoring)\/Policy\d+\/Resource$/;
const TARGET_DEPLOYMENT = /\/Deployment\/Policy\d+\/Resource$/;
const TARGET_TEST = /\/EndpointTest\/Policy\/Resource$/;
const TARGET_PROMOTION = /\/Promotion\/Policy\d+\/Resource$/;
const COPIES = /\/Models\/Bucket\/Resource$/;
const CAPTURE = /\/Capture\/Resource\/Resource$/;

/** A finding of AwsSolutions-IAM5 on resources of which everything behind `text` is open. */
const wildcard = (text: RegExp) => new RegExp(`^IAM5\\[Resource::${text.source}\\]$`);
/** The finding that these actions are allowed on every resource. */
const everywhere = (actions: RegExp) => new RegExp(`^IAM5\\[Resource::\\*\\]\\((${actions.source})\\)$`);
const sagemaker = (resources: string) => new RegExp(`^IAM5\\[Resource::arn:PARTITION:sagemaker:REGION:ACCOUNT:(${resources})/\\*\\]$`);

/** Every finding that stands, with its reason; what is here and is found no more has to go. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  // Functions
  { rule: /^LambdaInsideVPC$/, constructs: HANDLERS, reason: 'Runs outside the VPC, so that deleting endpoints, routes or rules never cuts off its answer to CloudFormation (which would hang the stack for an hour). It carries no data and calls AWS APIs only.' },
  { rule: /^LambdaConcurrency$/, constructs: HANDLERS, reason: 'CloudFormation calls it once for each operation on a stack; reserving concurrency would take it from the account\'s other functions.' },
  { rule: /^LambdaDLQ$/, constructs: HANDLERS, reason: 'CloudFormation calls it and waits for its answer: a failure is an event of the stack, not a message to be read later.' },
  { rule: /^CloudWatchLogGroupEncrypted$/, constructs: /^(Studio|SecureMlops)\/(Network\/DefaultSecurityGroup|Studio\/CleanUp)\/Handler\/Logs\/Resource$/, reason: 'Used without an environment, and no key for logs was given (props logsKey, cleanUp.logsKey): CloudWatch Logs encrypts with its own key. The log names resources and holds no data.' },

  // Buckets
  { rule: /^S3BucketReplicationEnabled$/, constructs: /\/Storage\/(Data|Models|Releases|Reports|Artifacts|Templates|AccessLogs)\/Resource$/, reason: 'A copy in another bucket would be a second way to the same objects, outside of this perimeter. Buckets are versioned; whoever has to keep data in a second region gives buckets of their own that are replicated.' },
  { rule: /^S3DefaultEncryptionKMS$/, constructs: /\/Storage\/AccessLogs\/Resource$/, reason: 'S3 delivers server access logs to buckets with SSE-S3; with a customer-managed key delivery is not dependable (aws-cdk #25350). The bucket holds names of objects, no objects.' },

  // Network
  { rule: /^VPCDefaultSecurityGroupClosed$/, constructs: /\/Network\/Vpc\/Resource\/Resource$/, reason: 'The default group is closed by the custom resource DefaultSecurityGroup of the same network, which the rule cannot see.' },
  { rule: /^EC2RestrictedCommonPorts$/, constructs: /\/Network\/WorkloadSecurityGroup\/from \w+:ALL TRAFFIC$/, reason: 'From the group to itself only: SageMaker demands that containers of a distributed job reach each other on every port.' },
  { rule: /^VPCNoUnrestrictedRouteToIGW$/, constructs: /\/Network\/Vpc\/Resource\/PublicSubnet\d\/DefaultRoute$/, reason: 'Only with InternetAccess.natGateways(), in subnets that hold nothing but the NAT gateways.' },

  // Somebody's own things in apps that bring their own
  { rule: /^(VPC7|VPCFlowLogsEnabled|VPCDefaultSecurityGroupClosed|EC23|EC2RestrictedCommonPorts|EC2RestrictedSSH)$/, constructs: /^(Studio|SecureMlops|Endpoint)\/Vpc\//, reason: 'Somebody\'s own VPC in an app that checks SecureStudioDomain, SecureModelEndpoint and EnvironmentNetwork.fromVpc: not made by this library.' },
  { rule: /^(VPC7|VPCFlowLogsEnabled|VPCDefaultSecurityGroupClosed|S1|S3BucketLoggingEnabled|S3BucketReplicationEnabled)$/, constructs: /^SecureMlopsCompany\/(Vpc|Data)\/Resource$/, reason: 'A company\'s own VPC and bucket in an app that is given them: logs and copies are the company\'s affair.' },
  { rule: /^(S10|S3BucketSSLRequestsOnly)$/, constructs: /^SecureMlopsCompany\/Data\/Resource$/, reason: 'The bucket\'s policy, which demands TLS, is in the stack of the environment: it names the environment\'s network, which is made later than the bucket.' },
  { rule: /^(IAM5\[Action::\*\]|IAM5\[Resource::\*\]\(\*\)|IAMPolicyNoStatementsWith(Admin|Full)Access)$/, constructs: /^SecureMlopsCompany\/Boundary\/Resource$/, reason: 'A permissions boundary: it grants nothing, and says what no role may exceed.' },

  // Permissions: objects in buckets
  { rule: wildcard(/<\w*Storage(Data|Models|Reports|Releases)\w*\.Arn>\/\*/), constructs: WORKLOADS, reason: 'Objects of one bucket, under whatever names people give them; who reads and who writes which bucket is the table in src/storage/storage-grants.ts, and the bucket\'s own policy binds it to network and role.' },
  { rule: wildcard(/SecureMlopsCompany:ExportsOutputFnGetAttData\w+\/(outputs\/)?\*/), constructs: NOTEBOOKS_JOB_AND_BATCH, reason: 'The same, in a data bucket that a company has given.' },
  { rule: wildcard(/<\w*StorageData\w*\.Arn>\/[\w/-]+\/\*/), constructs: NOTEBOOKS_JOB_AND_BATCH, reason: 'Objects under an output prefix that the environment was given.' },
  { rule: wildcard(/arn:PARTITION:s3:::[\w-]+\/[\w/-]+\/\*/), constructs: NOTEBOOKS_AND_JOB, reason: 'Objects of a data source, under the prefix that addDataSource was given.' },
  { rule: wildcard(/<\w*Storage(Data|Models|Reports|Releases|AccessLogs)\w*\.Arn>\/\*/), constructs: /\/Storage\/\w+\/EmptyingPolicy\/Resource$/, reason: 'Emptying a bucket is deleting every object of it; exists only where DESTROY was asked for with both keys.' },

  // Permissions: SageMaker
  { rule: /^IAM5\[Action::sagemaker:(Describe|List)\*\]$/, constructs: NOTEBOOKS_AND_PIPELINE, reason: 'Looking at metadata of what exists, which Studio does on every page; new kinds of things come with every release. Data and credentials are not among it.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:[\w-]+\/([\w<>.-]+--|pipelines-)\*/), constructs: NOTEBOOKS_AND_PIPELINE, reason: 'What is the environment\'s by its name, or what SageMaker makes for a pipeline and ends with it.' },
  { rule: sagemaker('processing-job|training-job|transform-job|hyper-parameter-tuning-job|model|experiment|experiment-trial|experiment-trial-component|action|artifact|context'), constructs: NOTEBOOKS_AND_PIPELINE, reason: 'People and pipelines name their jobs, models and experiments themselves. What each must be like is fixed by the guardrails, which deny everything else.' },
  { rule: sagemaker('project|app|space'), constructs: NOTEBOOKS, reason: 'People name their projects, apps and spaces themselves; changing somebody else\'s apps and spaces is denied by owner.' },
  { rule: /^IAM5\[Resource::arn:PARTITION:sagemaker:REGION:ACCOUNT:(app|space)\/<sagemaker:DomainId>(\/<sagemaker:UserProfileName>)?\/\*\]$/, constructs: NOTEBOOKS, reason: 'The user\'s own apps and spaces: policy variables that AWS fills in name domain and profile.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:[\w-]+\/[\w<>.-]+--\*/), constructs: ADMINISTRATORS, reason: 'What is the environment\'s by its name: versions, of which only the approval may be changed, and jobs and pipelines, which may only be stopped.' },
  { rule: sagemaker('(processing|training|transform|hyper-parameter-tuning)-job'), constructs: ADMINISTRATORS, reason: 'Stopping jobs that bear the mark of the domain, whatever people called them.' },
  { rule: sagemaker('(app|space|user-profile)/<\\w+\\.DomainId>'), constructs: /\/Personas\/TeamAdministrator\/Policy\d+\/Resource$|\/CleanUp\/ContentsPolicy\/Resource$/, reason: 'Everything in this one domain, which is what administering and removing it is.' },
  { rule: sagemaker('domain'), constructs: CLEAN_UP, reason: 'The handler outlives the domain it waits for, so that its policy cannot name it; it only describes it.' },

  // Permissions: the network interfaces of jobs, images, logs, registries
  { rule: wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:(network-interface|security-group)\/\*/), constructs: WORKLOADS, reason: 'SageMaker makes the network interfaces of a job as its role, and their ids do not exist before; subnets are named one by one, security groups bound by the guardrails.' },
  { rule: wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:(network-interface|security-group)\/\*/), constructs: CLEAN_UP, reason: 'SageMaker makes these groups and interfaces itself; which may be touched is bound by the tag that it puts on them and by the VPC.' },
  { rule: wildcard(/arn:PARTITION:elasticfilesystem:REGION:ACCOUNT:file-system\/\*/), constructs: CLEAN_UP, reason: 'SageMaker makes the home file system itself, under an id that does not exist before; bound by the tag that SageMaker puts on it.' },
  { rule: wildcard(/arn:PARTITION:ecr:REGION:\*:repository\/\*/), constructs: WORKLOADS, reason: 'AWS\'s own images are in accounts of AWS, another one in each region, and a company\'s may be in any account; reading an image is also decided by its repository\'s policy, and by the endpoint\'s.' },
  { rule: wildcard(/arn:PARTITION:logs:REGION:ACCOUNT:log-group:\/aws\/sagemaker\/\*/), constructs: WORKLOADS, reason: 'SageMaker names log groups after the kind of job.' },
  { rule: wildcard(/arn:PARTITION:logs:REGION:ACCOUNT:log-group:(\*|\/aws\/(codebuild\/[\w<>.-]+--|sagemaker\/)\*)/), constructs: ADMINISTRATORS, reason: 'Watching: reading logs of jobs and builds, whose groups are named after them; names of groups can only be listed all together.' },
  { rule: wildcard(/arn:PARTITION:codeartifact:REGION:ACCOUNT:package\/[\w-]+\/[\w-]+\/\*/), constructs: NOTEBOOKS_AND_JOB, reason: 'Packages of the one repository, to read.' },
  { rule: wildcard(/arn:PARTITION:codecommit:REGION:ACCOUNT:[\w<>.-]+--\*/), constructs: NOTEBOOKS, reason: 'Repositories of projects, whose names begin with the environment\'s.' },
  { rule: wildcard(/arn:PARTITION:codepipeline:REGION:ACCOUNT:[\w<>.-]+--\*(\/(\w+\/)?\*)?/), constructs: PERSONAS, reason: 'Pipelines of projects, whose names begin with the environment\'s. Approvals name their stage.' },
  { rule: wildcard(/arn:PARTITION:(codebuild|codepipeline|logs):REGION:ACCOUNT:(project\/|log-group:\/aws\/codebuild\/)?[\w<>.-]+--\*/), constructs: /\/(Personas|ExecutionRoles)\/\w+\/Policy\d+\/Resource$/, reason: 'Builds and deliveries of projects, whose names begin with the environment\'s: looking at how far they have come, and at what they logged.' },
  { rule: wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w<>-]+\/\*/), constructs: NOTEBOOKS, reason: 'The registry of this environment, to read.' },
  { rule: wildcard(/arn:PARTITION:glue:REGION:ACCOUNT:table\/\w+__data\/\*/), constructs: /\/ExecutionRoles\/DataPreparation\/Policy\d+\/Resource$/, reason: 'Tables of the environment\'s own database, under whatever names people give them.' },
  { rule: wildcard(/arn:PARTITION:ssm:REGION::parameter\/aws\/service\/\*/), constructs: NOTEBOOKS, reason: 'AWS\'s public parameters, to read: where AWS\'s own images are.' },

  // Deployment targets
  { rule: /^S3BucketReplicationEnabled$/, constructs: CAPTURE, reason: 'A copy elsewhere would be a second way to what people asked a model, outside of this perimeter; it expires after some time.' },
  { rule: /^(S1|S3BucketLoggingEnabled)$/, constructs: CAPTURE, reason: 'Log delivery needs a bucket of its own in every target account. Written by one role, read by nobody unless granted; the account\'s trail records both.' },
  { rule: wildcard(/<\w*Capture\w*\.Arn>\/\*/), constructs: TARGET_MODEL, reason: 'SageMaker names what it captures after endpoint, variant and time.' },
  { rule: wildcard(/arn:PARTITION:s3:::[\w-]+--releases-[\w-]+\/\*/), constructs: RELEASE_READERS, reason: 'Released models and their baselines, to read: nothing else is in that bucket, whose own policy names this role.' },
  { rule: wildcard(/arn:PARTITION:kms:REGION:ACCOUNT:key\/\*/), constructs: RELEASE_READERS, reason: 'A key of another account, of which only the alias is known: the condition on it leaves exactly one.' },
  { rule: wildcard(/arn:PARTITION:(ec2:REGION:ACCOUNT:(network-interface|security-group)|ecr:REGION:\*:repository|logs:REGION:ACCOUNT:log-group:\/aws\/sagemaker)\/\*/), constructs: TARGET_CONTAINERS, reason: 'As for every workload role: SageMaker makes interfaces and log groups itself, and AWS\'s images are in accounts of AWS.' },
  { rule: everywhere(/ec2:Describe\w+|cloudwatch:PutMetricData|ecr:GetAuthorizationToken/), constructs: TARGET_CONTAINERS, reason: 'Descriptions of the network, metrics of SageMaker\'s namespaces and registry tokens, for which AWS offers no narrower resource.' },
  { rule: everywhere(/cloudwatch:DescribeAlarms/), constructs: TARGET_MODEL, reason: 'CloudWatch lists alarms of an account only as a whole.' },
  { rule: everywhere(/cloudwatch:PutMetricData/), constructs: MONITORS, reason: 'CloudWatch takes no resource: the condition leaves one namespace, that of this stage\'s monitors.' },
  { rule: wildcard(/<\w*Capture\w*\.Arn>\/(captures|ground-truth|monitoring)\/\*/), constructs: MONITORS, reason: 'Captures and ground truth to read and reports to write, under folders that have other writers each; their names hold endpoint and time.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:processing-job\/[\w-]+--\*/), constructs: /\/Monitoring\/Schedule\/Policy\d+\/Resource$/, reason: 'EventBridge Scheduler makes up the rest of a job\'s name each time; the names begin with the environment\'s.' },
  { rule: wildcard(/arn:PARTITION:(scheduler:REGION:ACCOUNT:schedule\/[\w-]+--\w+\/|events:REGION:ACCOUNT:rule\/[\w-]+--\w+--)\*/), constructs: TARGET_DEPLOYMENT, reason: 'Schedules of this environment\'s and stage\'s own group, for which CloudFormation makes up names, and rules whose names begin with both.' },
  { rule: /^CloudWatchAlarmAction$/, constructs: /-monitor\/\w+Alarms\/(Violations|Silence)\/Resource$/, reason: 'An event rule of the same template reports every change of the alarm to the data-science account, where people are told and training is started: EventBridge hears of alarms without an action.' },
  { rule: wildcard(/arn:PARTITION:(cloudformation:REGION:ACCOUNT:stack\/StackSet-|sagemaker:REGION:ACCOUNT:endpoint\/|cloudwatch:REGION:ACCOUNT:alarm:(StackSet-)?|cloudwatch::(<AWS::AccountId>|\d{12}):dashboard\/(StackSet-)?)[\w-]+--\w+--\*/), constructs: TARGET_DEPLOYMENT, reason: 'Endpoint stacks of this environment and stage, and what belongs to them: names that begin with both.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(model|endpoint-config|endpoint)\/\*/), constructs: TARGET_DEPLOYMENT, reason: 'CloudFormation makes up the names of models and configurations: the tag of the environment is demanded at creation and at deletion. Endpoints are only described.' },
  { rule: wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w-]+\/\w+\/\*/), constructs: TARGET_DEPLOYMENT, reason: 'The registry of this target, to read.' },
  { rule: everywhere(/application-autoscaling:\w+|cloudformation:(ValidateTemplate|GetTemplateSummary)|cloudwatch:DescribeAlarms/), constructs: TARGET_DEPLOYMENT, reason: 'Auto scaling of SageMaker\'s namespace, and validations and descriptions for which AWS offers no narrower resource.' },
  { rule: /^S3BucketReplicationEnabled$/, constructs: COPIES, reason: 'It is a copy: what is in it is in the environment\'s releases bucket as well.' },
  { rule: /^(S1|S3BucketLoggingEnabled)$/, constructs: COPIES, reason: 'Log delivery needs a bucket of its own in every target account. Written by one role, read by one role; the account\'s trail records both.' },
  { rule: wildcard(/<\w*Bucket\w*\.Arn>\/\*/), constructs: TARGET_MODEL, reason: 'Copies of released models, to read: nothing else is in that bucket.' },
  { rule: wildcard(/<\w*Bucket\w*\.Arn>\/\*/), constructs: TARGET_PROMOTION, reason: 'Copies of releases, under the keys that these have: objects are added, and none is taken away.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:model-package(-group)?\/[\w-]+--\w+--\*/), constructs: TARGET_PROMOTION, reason: 'Versions of this environment and stage, which SageMaker numbers.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:endpoint\/[\w-]+--\w+--\*/), constructs: TARGET_TEST, reason: 'Endpoints of this environment and stage.' },
  { rule: /^CloudWatchAlarmAction$/, constructs: /\/(Endpoint|Usual)\/Alarms\/\w+\/Resource$/, reason: 'SageMaker watches the alarms during an update and rolls it back; people are told by the topic that alarms.notify names.' },

  // Endpoints
  { rule: /^SageMakerEndpointConfigurationKMSKeyConfigured$/, constructs: /^Endpoint\/Everything\/Configuration$/, reason: 'Instances of the family g5 have local NVMe storage, which hardware encrypts; SageMaker refuses a volume key for them.' },

  // Permissions: deployment to other accounts
  { rule: /^ECR1$/, constructs: /\/ReleaseImages\/Resource\/Resource$/, reason: 'Open to nobody without its conditions: the account or its place in the organization, and the exact name of the stage\'s model role. A list of accounts as principals would grow with them.' },
  { rule: wildcard(/arn:PARTITION:iam::\*:role\/[\w/-]+--\w+--deployment-[\w-]+/), constructs: /\/StackSetAdministration\/Policy\d+\/Resource$/, reason: 'One role by its exact name, in whichever account of the stage: the condition names the accounts, or their place in the organization.' },

  { rule: /^IAMPolicyNoStatementsWithFullAccess$/, constructs: /\/(ExecutionRoles\/(Studio|DataPreparation|Pipeline)|Personas\/TeamAdministrator)\/Policy\d+\/Resource$/, reason: 'The rule looks for sagemaker:* anywhere before an allow in the text of a policy; here it is a deny, of what other Studio domains have made.' },

  // Projects
  { rule: /^S3DefaultEncryptionKMS$/, constructs: /\/Storage\/Templates\/Resource$/, reason: 'Templates and seed code are no secret, and services read them for many callers: S3\'s own encryption does.' },
  { rule: /^CodeBuildProjectSourceRepoUrl$/, constructs: /\/Content\/(Accounts|Build|Promotion|Release|Test)\/Resource$/, reason: 'The source is CodePipeline\'s artifact: there is no address that could hold a password.' },
  { rule: wildcard(/<\w+\.Arn>\/(code\/|\*\/(Accounts|Build))?\*/), constructs: PROJECT_ROLES, reason: 'Objects of one bucket of the environment, by what the role may do in it; artifacts by the name that CodePipeline puts into their keys.' },
  { rule: wildcard(/arn:PARTITION:s3:::[a-z0-9.-]+\/churn--\*\/source\.zip/), constructs: PROJECT_ROLES, reason: 'The code of this environment\'s projects, one object for each, in a bucket that its owner named as the source.' },
  { rule: wildcard(/<\w*Artifacts\w*\.Arn>\/code\/\*/), constructs: /\/ExecutionRoles\/Job\/Policy\d+\/Resource$/, reason: 'The code of jobs, to read: its place is made of its content.' },
  { rule: wildcard(/<\w*Templates\w*\.Arn>\/\*/), constructs: /\/Publisher\/Handler\/Policy\/Resource$/, reason: 'Publishes into this bucket, and into no other.' },
  { rule: wildcard(/<\w*Templates\w*\.Arn>\/\*/), constructs: NOTEBOOKS, reason: 'Templates in the bucket that Studio shows, to read.' },
  { rule: wildcard(/arn:PARTITION:(cloudformation|codebuild|codecommit|codepipeline|events|logs|sagemaker):REGION:ACCOUNT:([\w-]+\/|log-group:\/aws\/codebuild\/)?[\w<>.-]+--\*/), constructs: PROJECT_ROLES, reason: 'What projects hold, whose names begin with the environment\'s: projects come and go.' },
  { rule: wildcard(/arn:PARTITION:cloudformation:REGION:ACCOUNT:stack\/SC-\*/), constructs: PROJECT_ROLES, reason: 'Stacks of projects: Service Catalog makes up their names, with this prefix.' },
  { rule: wildcard(/arn:PARTITION:cloudformation:REGION:ACCOUNT:stack\/SP-\*/), constructs: NOTEBOOKS, reason: 'Stacks of projects from templates in the bucket, which SageMaker names so; template and role are bound by condition.' },
  { rule: wildcard(/arn:PARTITION:cloudformation:\*:(ACCOUNT)?:(stackset-target\/[\w<>.-]+--|type\/resource\/)\*/), constructs: PROJECT_ROLES, reason: 'CloudFormation asks for targets and resource types beside the stack set, which is named; the role that is passed is the limit.' },
  { rule: wildcard(/arn:PARTITION:cloudformation:\*:(ACCOUNT)?:(stackset-target\/[\w<>.-]+--|type\/resource\/)\*/), constructs: ADMINISTRATORS, reason: 'CloudFormation asks for targets and resource types beside the stack set, which is named; the role that is passed is the limit.' },
  { rule: wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:model-package(-group)?\/\*/), constructs: PROJECT_ROLES, reason: 'Versions, to look at: the project says whose.' },
  { rule: wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:(network-interface|security-group)\/\*/), constructs: PROJECT_ROLES, reason: 'CodeBuild makes the network interface of a build as its role, and its id does not exist before; subnets are named one by one.' },
  { rule: wildcard(/arn:PARTITION:iam::\*:role\/[\w\/-]+--\w+--(test|promotion)-[\w-]+/), constructs: PROJECT_ROLES, reason: 'One role by its exact name, in whichever account of the stage: the condition names the accounts, or their place in the organization.' },
  { rule: wildcard(/arn:PARTITION:ecr:REGION:(\*|ACCOUNT):repository\/\*/), constructs: PROJECT_ROLES, reason: 'Images of versions that are released: people name their repositories, and AWS\'s own are in an account of each region. Written is the repository of releases alone, by its name.' },
  { rule: wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w<>.-]+\/\*/), constructs: PROJECT_ROLES, reason: 'The registry of this environment, to read.' },
  { rule: everywhere(/ec2:Describe\w+|cloudformation:(CreateStackSet|GetTemplateSummary|ValidateTemplate)|s3:GetObject|logs:DescribeLogGroups|codecommit:ListRepositories|ecr:GetAuthorizationToken/), constructs: PROJECT_ROLES, reason: 'AWS offers no narrower resource: descriptions and lists, templates that are no stack yet, Service Catalog\'s own copies by the tag that it puts on them, a stack set that is yet to be.' },
  { rule: everywhere(/sts:GetServiceBearerToken/), constructs: PROJECT_ROLES, reason: 'A token for CodeArtifact, whose ARN STS does not know; bound to that service instead.' },
  { rule: wildcard(/arn:PARTITION:codeartifact:REGION:ACCOUNT:package\/[\w<>.-]+--packages\/\w+\/\*/), constructs: PROJECT_ROLES, reason: 'Packages of the environment\'s own index, to read: which ones a build installs is its repository\'s to say.' },
  { rule: wildcard(/arn:PARTITION:organizations::\*:(ou|account)\/o-[a-z0-9]+\/\*/), constructs: /\/(Listing\/Policy|ProjectRoles\/Accounts\/Policy\d+)\/Resource$/, reason: 'Units and accounts of one organization, to list: units in units have ids that do not follow from their parents\'.' },
  { rule: wildcard(/arn:PARTITION:cloudformation:REGION:ACCOUNT:stackset(-target)?\/[\w<>.-]+--\*/), constructs: /\/Personas\/DataScienceAdministrator\/Policy\d+\/Resource$/, reason: 'Stack sets of this environment\'s endpoints, whose names begin with its name: to take a model out of an account.' },
  { rule: everywhere(/sagemaker:(Enable|Get)SagemakerServicecatalogPortfolio(Status)?|servicecatalog:(AcceptPortfolioShare|ListAcceptedPortfolioShares)/), constructs: /\/Publisher\/Handler\/Policy\/Resource$/, reason: 'A switch of the account and region, for which neither service knows a resource.' },

  // Permissions: actions that AWS offers for everything or nothing
  { rule: everywhere(/sagemaker:(Describe\*|List\*|BatchDescribeModelPackage|BatchGetMetrics|Search|GetSearchSuggestions|QueryLineage|GetSagemakerServicecatalogPortfolioStatus)/), constructs: NOTEBOOKS_AND_PIPELINE, reason: 'Looking at metadata of what exists, which SageMaker lists and searches for the account as a whole; what another Studio domain has made is denied by its mark.' },
  { rule: everywhere(/cloudwatch:(GetMetricData|GetMetricStatistics|ListMetrics|DescribeAlarms)/), constructs: NOTEBOOKS, reason: 'CloudWatch takes no resource for metrics. To read: numbers, no data.' },
  { rule: everywhere(/cloudwatch:PutMetricData/), constructs: WORKLOADS, reason: 'CloudWatch takes no resource for metrics; bound by the namespaces of SageMaker instead.' },
  { rule: everywhere(/ecr:GetAuthorizationToken/), constructs: WORKLOADS, reason: 'A token is for the whole registry; what may be pulled with it is said by repository.' },
  { rule: everywhere(/ec2:Describe(NetworkInterfaces|Subnets|SecurityGroups|DhcpOptions|Vpcs|VpcEndpoints|RouteTables)/), constructs: WORKLOADS, reason: 'EC2 takes no narrower resource for descriptions, which SageMaker asks for as the role before it makes network interfaces.' },
  { rule: everywhere(/servicecatalog:(SearchProducts|DescribeProductView|ListRecordHistory|ListAcceptedPortfolioShares|ScanProvisionedProducts|SearchProvisionedProducts|DescribeRecord|GetProvisionedProductOutputs)/), constructs: NOTEBOOKS, reason: 'Service Catalog searches without a resource, and shows what the role\'s portfolios hold.' },
  { rule: everywhere(/servicecatalog:(Describe|Terminate|Update)ProvisionedProduct/), constructs: NOTEBOOKS, reason: 'Service Catalog takes no ARN of a provisioned product; bound to what the caller launched instead (servicecatalog:userLevel).' },
  { rule: everywhere(/sts:GetServiceBearerToken/), constructs: NOTEBOOKS_AND_JOB, reason: 'A token for CodeArtifact, whose ARN STS does not know; bound to that service instead.' },
  { rule: everywhere(/[a-z]+:(Batch)?(Describe|List|Get|Search|Scan)\w+|servicecatalog:(Terminate|Update)ProvisionedProduct/), constructs: PERSONAS, reason: 'Lists and searches in the console, for which AWS offers no narrower resource; provisioned products are bound to who launched them.' },
  { rule: everywhere(/(ec2|sagemaker|elasticfilesystem):(Describe|List)\w+/), constructs: CLEAN_UP, reason: 'Describe and list calls of EC2, EFS and SageMaker, for which AWS offers no narrower resource.' },
  { rule: everywhere(/ec2:DescribeSecurityGroups/), constructs: /\/DefaultSecurityGroup\/Handler\/Policy\/Resource$/, reason: 'Has no narrower resource; changing rules is bound to the one group.' },
  { rule: everywhere(/logs:DescribeLogGroups/), constructs: /\/FlowLogs\/Role\/Delivery\/Resource$/, reason: 'Lists the groups of an account only as a whole.' },
];
