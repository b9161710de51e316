import { Environment } from './environment';
import { Policy } from './policies';
import { Context } from './simulator';

/** Something that somebody might do. */
export interface Question {
  /** To what it is done, such as `data bucket`. */
  readonly asset: string;
  /** What is done, as a row of the table has it: the same of each asset of a kind. */
  readonly deed: string;
  /** What is done, and to what, as a sentence has it. */
  readonly what: string;
  readonly action: string;
  /** ARN of what it is done to; none where only the deployment knows. */
  readonly on?: string;
  /** The policy of that. */
  readonly policy?: Policy;
  /** The service whose endpoint the request passes. */
  readonly endpoint: string;
  /** Whether a policy of its own decides as well, which no template has: of what was given. */
  readonly isGiven?: boolean;
  /** Keys of the request that come with it. */
  readonly context?: Context;
}

const BUCKETS = [
  ['data', 'outputs/features.csv'], ['models', 'churn/model.tar.gz'], ['releases', 'churn/1/model.tar.gz'], ['reports', 'churn/evaluation.json'],
  ['artifacts', 'build/source.zip'], ['templates', 'seed-code/train.zip'],
] as const;
const KEYS = ['data', 'models', 'releases', 'artifacts', 'volumes'];

/** Endpoints by the prefix of actions, where they are not called like it. */
const ENDPOINTS: Record<string, string> = { sagemaker: 'sagemaker.api' };

type Ask = (asset: string, action: string, deed: string, on: string | undefined, more?: Partial<Question>) => Question;

/** What is asked about an environment: each kind of asset, and what matters of it. */
export function questionsOf(environment: Environment): Question[] {
  const ask: Ask = (asset, action, deed, on, more = {}) => {
    const [service] = action.split(':');
    return { asset, deed, what: deed, action, on, endpoint: ENDPOINTS[service] ?? service, ...more };
  };
  return [...ofBuckets(environment, ask), ...ofKeys(environment, ask), ...ofWork(environment, ask), ...ofAccount(environment, ask)];
}

function ofBuckets(environment: Environment, ask: Ask): Question[] {
  return BUCKETS.filter(([bucket]) => environment.has(`storage/${bucket}-bucket`)).flatMap(([bucket, key]) => {
    const name = environment.parameter(`storage/${bucket}-bucket`), arn = name && `arn:${environment.partition}:s3:::${name}`, object = arn && `${arn}/${key}`;
    const policy = arn === undefined ? undefined : environment.policies.ofBucket(arn), isGiven = policy === undefined && !(name && environment.makes('AWS::S3::Bucket', '', name));
    const asset = `${bucket} bucket`, more = { policy, isGiven };
    return [
      ask(asset, 's3:GetObject', 'read objects', object, { ...more, what: `read the ${asset}` }),
      ask(asset, 's3:PutObject', 'write objects', object, { ...more, what: `write to the ${asset}` }),
      ask(asset, 's3:DeleteObjectVersion', 'delete versions of objects', object, { ...more, what: `destroy what is in the ${asset}` }),
      ask(asset, 's3:PutBucketPolicy', 'change the bucket policy', arn, { ...more, what: `open the ${asset} to others` }),
    ];
  });
}

function ofKeys(environment: Environment, ask: Ask): Question[] {
  return KEYS.filter((purpose) => environment.has(`encryption/${purpose}-key-arn`)).flatMap((purpose) => {
    const arn = environment.parameter(`encryption/${purpose}-key-arn`), policy = arn === undefined ? undefined : environment.policies.ofKey(arn);
    const asset = `${purpose} key`, more = { policy, isGiven: policy === undefined };
    return [
      ask(asset, 'kms:Decrypt', 'decrypt', arn, { ...more, what: `decrypt with the ${asset}` }),
      ask(asset, 'kms:PutKeyPolicy', 'change the key policy', arn, { ...more, what: `open the ${asset} to others` }),
    ];
  });
}

function ofWork(environment: Environment, ask: Ask): Question[] {
  const { name } = environment, sagemaker = (rest: string) => environment.arn('sagemaker', rest), domain = environment.parameter('studio/domain-id');
  return [
    ask('jobs', 'sagemaker:CreateTrainingJob', 'start a training job', sagemaker('training-job/j')),
    ask('jobs', 'sagemaker:CreateProcessingJob', 'start a processing job', sagemaker('processing-job/j')),
    ask('pipelines', 'sagemaker:CreatePipeline', 'create a SageMaker pipeline', sagemaker(`pipeline/${name}--p`)),
    ask('pipelines', 'sagemaker:StartPipelineExecution', 'start a SageMaker pipeline', sagemaker(`pipeline/${name}--p`)),
    ask('model approval', 'sagemaker:UpdateModelPackage', 'approve a model version', sagemaker(`model-package/${name}--p/1`), { context: { 'sagemaker:ModelApprovalStatus': 'Approved' } }),
    ...environment.approvals().map((stage) => (
      ask('model approval', 'codepipeline:PutApprovalResult', `approve a deployment to ${stage.toLowerCase()}`, environment.arn('codepipeline', `${name}--p-deploy/Approve${stage}/Approve`)))),
    ask('endpoints', 'sagemaker:CreateEndpoint', 'create an endpoint', sagemaker(`endpoint/${name}--e`)),
    ask('endpoints', 'sagemaker:InvokeEndpoint', 'invoke an endpoint', sagemaker(`endpoint/${name}--e`), { endpoint: 'sagemaker.runtime' }),
    ...(environment.has('studio/domain-id') ? [
      ask('user profiles', 'sagemaker:CreateUserProfile', 'create a user profile', domain && sagemaker(`user-profile/${domain}/carol`)),
      ask('user profiles', 'sagemaker:CreatePresignedDomainUrl', 'open Studio as oneself', domain && sagemaker(`user-profile/${domain}/alice`)),
      ask('user profiles', 'sagemaker:CreatePresignedDomainUrl', 'open Studio as somebody else', domain && sagemaker(`user-profile/${domain}/bob`)),
    ] : []),
  ];
}

function ofAccount(environment: Environment, ask: Ask): Question[] {
  const logs = environment.arn('logs', 'log-group:/aws/sagemaker/TrainingJobs');
  return [
    ...environment.products().map(({ name: product, arn }) => ask(`product ${product}`, 'servicecatalog:ProvisionProduct', 'launch', arn, { what: `launch the product ${product}` })),
    ask('logs', 'logs:GetLogEvents', 'read the logs of jobs', `${logs}:log-stream:s`),
    ask('logs', 'logs:DeleteLogGroup', 'delete the logs of jobs', logs),
    ask('roles', 'iam:PassRole', 'pass the execution role of jobs to SageMaker', environment.roleArn('job-execution'), { context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }),
    ask('roles', 'iam:PutRolePolicy', 'change the role of notebooks', environment.roleArn('studio-execution')),
  ];
}
