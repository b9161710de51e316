import { Acknowledgement, checks, everywhere, rules, wildcard } from '../../private/acknowledgements';

const MODEL_ROLE = /^\/ModelExecution\/Policy\d+\/Resource$/;
const CONTAINERS = /^\/Containers\/Policy\/Resource$/;
const MONITORS = /^\/Monitoring\/Monitoring\/Policy\d+\/Resource$/;
const RELEASE_READERS = /^\/(ModelExecution|Monitoring\/Monitoring)\/Policy\d+\/Resource$/;
const DEPLOYMENT = /^\/Deployment\/Policy\d+\/Resource$/;
const ENDPOINT_TEST = /^\/EndpointTest\/Policy\/Resource$/;
const PROMOTION = /^\/Promotion\/Policy\d+\/Resource$/;

/** Of the roles of a deployment target. */
export const TARGET: Acknowledgement[] = [
  wildcard(/arn:PARTITION:application-autoscaling:REGION:ACCOUNT:scalable-target\/\*/, DEPLOYMENT, 'Application Auto Scaling makes up the ids of scalable targets.'),
  wildcard(/<\w*Capture\w*\.Arn>\/\*/, MODEL_ROLE, 'SageMaker names what it captures after endpoint, variant and time.'),
  wildcard(/arn:PARTITION:s3:::[\w<>-]+--releases-[\w<>-]+\/\*/, RELEASE_READERS, 'Released models and their baselines, to read: nothing else is in that bucket, whose own policy names this role.'),
  wildcard(/arn:PARTITION:kms:REGION:(ACCOUNT|<\w+>):key\/\*/, RELEASE_READERS, 'A key of another account, of which only the alias is known: the condition on it leaves exactly one.'),
  wildcard(/arn:PARTITION:(ec2:REGION:ACCOUNT:(network-interface|security-group)|ecr:REGION:(\*|ACCOUNT|\d{12}):repository|logs:REGION:ACCOUNT:log-group:\/aws\/sagemaker)\/\*/, CONTAINERS, 'As for every workload role: SageMaker makes interfaces and log groups itself, people name their repositories, and AWS its own, whose accounts a condition names.'),
  everywhere(/ec2:Describe\w+|cloudwatch:PutMetricData|ecr:GetAuthorizationToken/, CONTAINERS, 'Descriptions of the network, metrics of SageMaker\'s namespaces and registry tokens, for which AWS offers no narrower resource.'),
  everywhere(/cloudwatch:DescribeAlarms/, MODEL_ROLE, 'CloudWatch lists alarms of an account only as a whole.'),
  everywhere(/cloudwatch:PutMetricData/, MONITORS, 'CloudWatch takes no resource: the condition leaves one namespace, that of this stage\'s monitors.'),
  wildcard(/<\w*Capture\w*\.Arn>\/(captures|ground-truth|monitoring)\/\*/, MONITORS, 'Captures and ground truth to read and reports to write, under folders that have other writers each; their names hold endpoint and time.'),
  wildcard(/arn:PARTITION:(scheduler:REGION:ACCOUNT:schedule\/[\w<>-]+--[\w<>]+\/|events:REGION:ACCOUNT:rule\/[\w<>-]+--[\w<>]+--)\*/, DEPLOYMENT, 'Schedules of this environment\'s and stage\'s own group, for which CloudFormation makes up names, and rules whose names begin with both.'),
  wildcard(/arn:PARTITION:(cloudformation:REGION:ACCOUNT:stack\/StackSet-|sagemaker:REGION:ACCOUNT:endpoint\/|cloudwatch:REGION:ACCOUNT:alarm:(StackSet-|TargetTracking-endpoint\/)?|cloudwatch::ACCOUNT:dashboard\/(StackSet-)?)[\w<>-]+--[\w<>]+--\*/, DEPLOYMENT, 'Endpoint stacks of this environment and stage, and what belongs to them: names that begin with both.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(model|endpoint-config|endpoint)\/\*/, DEPLOYMENT, 'CloudFormation makes up the names of models and configurations: the tag of the environment is demanded at creation and at deletion. Endpoints are only described.'),
  wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w<>-]+\/[\w<>]+\/\*/, DEPLOYMENT, 'The SSM parameters of this target, to read.'),
  everywhere(/application-autoscaling:\w+|cloudformation:(ValidateTemplate|GetTemplateSummary)|cloudwatch:DescribeAlarms/, DEPLOYMENT, 'Auto scaling of SageMaker\'s namespace, and validations and descriptions for which AWS offers no narrower resource.'),
  wildcard(/<\w*Bucket\w*\.Arn>\/\*/, MODEL_ROLE, 'Copies of released models, to read: nothing else is in that bucket.'),
  wildcard(/arn:PARTITION:ecr:REGION:\*:repository\/\*/, PROMOTION, 'AWS\'s own images are in accounts of AWS, another one in each region: SageMaker looks at the image of a version as who registers it, and nothing is pulled.'),
  wildcard(/<\w*Bucket\w*\.Arn>\/\*/, PROMOTION, 'Copies of releases, under the keys that these have: objects are added, and none is taken away.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:model-package(-group)?\/[\w<>-]+--[\w<>]+--\*/, PROMOTION, 'Versions of this environment and stage, which SageMaker numbers.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:endpoint\/[\w<>-]+--[\w<>]+--\*/, ENDPOINT_TEST, 'Endpoints of this environment and stage.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:processing-job\/[\w<>-]+--\*/, /^\/Monitoring\/Schedule\/Policy\d+\/Resource$/, 'EventBridge Scheduler makes up the rest of a job\'s name each time; the names begin with the environment\'s.'),
];

/** Of a bucket of captured requests. */
export const CAPTURE: Acknowledgement[] = [
  rules(['S3BucketDefaultLockEnabled'], /^\/Resource\/Resource$/, 'What people asked a model is kept for some time and then expires: a lock would keep what has to go.'),
  rules(['S3BucketReplicationEnabled'], /^\/Resource\/Resource$/, 'A copy elsewhere would be a second way to what people asked a model, outside of this perimeter; it expires after some time.'),
  rules(['S1', 'S3BucketLoggingEnabled'], /^\/Resource\/Resource$/, 'Log delivery needs a bucket of its own in every target account: enableAccessLogs makes one. Written by one role, read by nobody unless granted; the account\'s trail records both.'),
];

/** Of a target's access logs. */
export const ACCESS_LOGS: Acknowledgement[] = [
  rules(['S3BucketDefaultLockEnabled'], /^\/Bucket\/Resource$/, 'Access logs expire; what must be proved later is in the account\'s trail.'),
  rules(['S3BucketReplicationEnabled'], /^\/Bucket\/Resource$/, 'Access logs, which expire.'),
  rules(['S3DefaultEncryptionKMS'], /^\/Bucket\/Resource$/, 'Log delivery to a bucket with a customer-managed key is not supported everywhere: S3\'s own encryption does it.'),
  checks(['BucketPerimeter'], /^\/Bucket\/Resource$/, 'The bucket\'s policy admits nobody but the delivery of access logs, which have names of objects and no objects.'),
];

/** Of a bucket of copies of models. */
export const COPIES: Acknowledgement[] = [
  rules(['S3BucketDefaultLockEnabled'], /^\/Bucket\/Resource$/, 'Versioned, and written by one role that takes nothing away. It is a copy: a company that locks its records locks the releases.'),
  rules(['S3BucketReplicationEnabled'], /^\/Bucket\/Resource$/, 'It is a copy: what is in it is in the environment\'s releases bucket as well.'),
  rules(['S1', 'S3BucketLoggingEnabled'], /^\/Bucket\/Resource$/, 'Log delivery needs a bucket of its own in every target account: enableAccessLogs makes one. Written by one role, read by one role; the account\'s trail records both.'),
];

/** Of the queue of reports that did not arrive. */
export const UNDELIVERED_REPORTS: Acknowledgement[] = [
  rules(['SQS3', 'SQSRedrivePolicy'], /^\/Queue\/Resource$/, 'It is the dead-letter queue of event rules itself: what is in it stays until somebody takes it away.'),
  rules(['CloudWatchAlarmAction'], /^\/Alarm\/Resource$/, 'Whom it tells is the account\'s to say: the way to people of the environment is the one that has failed.'),
];

/** Of the role that administers stack sets of endpoints. */
export const STACK_SET_ADMINISTRATION: Acknowledgement[] = [
  wildcard(/arn:PARTITION:iam::\*:role\/[\w<>/-]+--\w+--deployment-[\w<>:-]+/, /^\/Policy\d+\/Resource$/, 'One role by its exact name, in whichever account of the stage: the condition names the accounts, or their place in the organization.'),
];

/** Of the role that lists accounts. */
export const LISTING: Acknowledgement[] = [
  wildcard(/arn:PARTITION:organizations::\*:(ou|account)\/o-[a-z0-9]+\/\*/, /^\/Policy\/Resource$/, 'Units and accounts of one organization, to list: units in units have ids that do not follow from their parents\'.'),
];

const LAUNCH = /^\/Policy\d*\/Resource$/;

/** Of the role that launches targets. */
export const TARGET_LAUNCH: Acknowledgement[] = [
  everywhere(/(ec2|logs|cloudwatch):Describe\w+|kms:ListAliases|cloudformation:(ValidateTemplate|GetTemplateSummary)/, LAUNCH, 'Descriptions that CloudFormation\'s handlers ask for, for which AWS offers no narrower resource.'),
  everywhere(/s3:GetObject/, LAUNCH, 'Service Catalog keeps templates in buckets whose names it does not tell; a condition leaves those that it has marked.'),
  everywhere(/kms:CreateKey|logs:(Create|Delete)LogDelivery/, LAUNCH, 'AWS offers no resource for what is not there yet, nor for log deliveries.'),
  wildcard(/arn:PARTITION:(cloudformation|logs|cloudwatch|iam|s3):\w*:(ACCOUNT)?:[\w/:<>.-]*(SC|sc)-\*/, LAUNCH, 'What CloudFormation names after the stack, which Service Catalog names SC- and an id.'),
  wildcard(/arn:PARTITION:\w+:\w*:(ACCOUNT)?:[\w/<>.:-]*\*(--\w+|\/\w+\/)[\w<>:/*-]*/, LAUNCH, 'What is named after environment and stage, the former of which is chosen in the form.'),
  wildcard(/arn:PARTITION:(ec2|kms):REGION:ACCOUNT:[\w-]+\/\*/, LAUNCH, 'AWS makes up the ids of what is created; what is there is told by the tag of environments, where AWS asks for one.'),
  wildcard(/arn:PARTITION:route53:::hostedzone\/\*/, LAUNCH, 'Private names of endpoints are a hosted zone that AWS makes and whose id nobody knows before.'),
];
