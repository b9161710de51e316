import { Environment } from './environment';
import { Policy } from './policies';

/** Something that somebody might do. */
export interface Question {
  readonly asset: string;
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
  readonly context?: Record<string, string | string[]>;
}

const BUCKETS = [['data', 'outputs/features.csv'], ['models', 'churn/model.tar.gz'], ['releases', 'churn/1/model.tar.gz'], ['reports', 'churn/evaluation.json']] as const;

/** Endpoints by the prefix of actions, where they are not called like it. */
const ENDPOINTS: Record<string, string> = { sagemaker: 'sagemaker.api' };

/** What is asked about an environment: each kind of asset, and what matters of it. */
export function questionsOf(environment: Environment): Question[] {
  const { name } = environment;
  const ask = (asset: string, action: string, what: string, on: string | undefined, more: Partial<Question> = {}): Question => {
    const [service] = action.split(':');
    return { asset, what, action, on, endpoint: ENDPOINTS[service] ?? service, ...more };
  };
  const sagemaker = (rest: string) => environment.arn('sagemaker', rest), domain = environment.parameter('studio/domain-id');
  return [
    ...BUCKETS.filter(([bucket]) => environment.has(`storage/${bucket}-bucket`)).flatMap(([bucket, key]) => {
      const called = environment.parameter(`storage/${bucket}-bucket`), arn = called && `arn:${environment.partition}:s3:::${called}`;
      const policy = arn === undefined ? undefined : environment.policies.ofBucket(arn), more = { policy, isGiven: policy === undefined };
      const asset = `${bucket} bucket`, object = arn && `${arn}/${key}`;
      return [
        ask(asset, 's3:GetObject', `read the ${asset}`, object, more),
        ask(asset, 's3:PutObject', `write to the ${asset}`, object, more),
        ask(asset, 's3:DeleteObjectVersion', `destroy what is in the ${asset}`, object, more),
        ask(asset, 's3:PutBucketPolicy', `open the ${asset} to others`, arn, more),
      ];
    }),
    ...['data', 'models', 'releases'].filter((purpose) => environment.has(`encryption/${purpose}-key-arn`)).flatMap((purpose) => {
      const arn = environment.parameter(`encryption/${purpose}-key-arn`), policy = arn === undefined ? undefined : environment.policies.ofKey(arn);
      const asset = `${purpose} key`, more = { policy, isGiven: policy === undefined };
      return [ask(asset, 'kms:Decrypt', `decrypt with the ${asset}`, arn, more), ask(asset, 'kms:PutKeyPolicy', `open the ${asset} to others`, arn, more)];
    }),
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
      ask('profiles', 'sagemaker:CreateUserProfile', 'create a user profile', domain && sagemaker(`user-profile/${domain}/carol`)),
      ask('profiles', 'sagemaker:CreatePresignedDomainUrl', 'open Studio as somebody else', domain && sagemaker(`user-profile/${domain}/bob`)),
    ] : []),
    ...environment.products().map(({ name: product, arn }) => ask('project launches', 'servicecatalog:ProvisionProduct', `launch the product ${product}`, arn)),
    ask('logs', 'logs:GetLogEvents', 'read the logs of jobs', environment.arn('logs', 'log-group:/aws/sagemaker/TrainingJobs:log-stream:s')),
    ask('logs', 'logs:DeleteLogGroup', 'delete the logs of jobs', environment.arn('logs', 'log-group:/aws/sagemaker/TrainingJobs')),
    ask('roles', 'iam:PassRole', 'have a job work as the role of jobs', environment.roleArn('job-execution'), { context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } }),
    ask('roles', 'iam:PutRolePolicy', 'change the role of notebooks', environment.roleArn('studio-execution')),
  ];
}
