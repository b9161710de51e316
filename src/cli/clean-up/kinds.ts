import { Place } from './place';

/** A kind of resource that holds what people made, and what would be lost with it. */
interface Kind {
  readonly type: string;
  /** What is in it. */
  readonly holds: string;
  /** How to delete one by hand, once the environment is gone; the role is that which deployed it, if it is known. */
  readonly how: (name: string, place: Place, roleArn?: string) => string;
  /** Whether a name is that of an environment's, where names tell. */
  readonly isNamed?: (name: string, environment: string) => boolean;
}

/** Two hyphens end the name of an environment, and no environment has two in its name. */
const begins = (name: string, environment: string) => name.startsWith(`${environment}--`);

const LOCKED = 'Its policy outlives the environment and lets only the role of deployments change it';

/**
 * A policy of a bucket can always be deleted by the account's root user, who need not sign in where the organization manages root access.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 */
const unlocked = (bucket: string, { account, aws: { partition } }: Place) => (
  `${LOCKED}: as the account's root user, aws s3api delete-bucket-policy --bucket ${bucket} (from the organization's management account, with the session of aws sts assume-root `
  + `--target-principal ${account} --task-policy-arn arn=arn:${partition}:iam::aws:policy/root-task/S3UnlockBucketPolicy); then run clean-up with --include-data, or empty and delete it`
);

/**
 * A key obeys nobody but its policy, not even the root user; CloudFormation acts as the role that the policy names.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-import-new-stack.html
 */
const scheduled = (key: string, { region }: Place, roleArn = '<its ARN>') => (
  `${LOCKED}: have CloudFormation import the key and its aliases as that role into a new stack, whose template gives them DeletionPolicy Delete (aws cloudformation create-change-set `
  + `--change-set-type IMPORT --region ${region} --role-arn ${roleArn}, with KeyId ${key} among --resources-to-import), and delete that stack`
);

/** In the order in which they can go: what encrypts goes last. */
export const KINDS: Kind[] = [
  { type: 'AWS::SageMaker::MlflowTrackingServer', holds: 'runs of experiments, and costs money while it runs', isNamed: begins, how: (name, { region }) => `aws sagemaker delete-mlflow-tracking-server --region ${region} --tracking-server-name ${name}` },
  { type: 'AWS::SageMaker::FeatureGroup', holds: 'records of features', isNamed: begins, how: (name, { region }) => `aws sagemaker delete-feature-group --region ${region} --feature-group-name ${name}` },
  { type: 'AWS::SageMaker::ModelPackageGroup', holds: 'versions of models', isNamed: begins, how: (name, { region }) => `Delete its versions, then aws sagemaker delete-model-package-group --region ${region} --model-package-group-name ${name}` },
  { type: 'AWS::CodeCommit::Repository', holds: 'code of a project', isNamed: begins, how: (name, { region }) => `aws codecommit delete-repository --region ${region} --repository-name ${name}` },
  { type: 'AWS::ECR::Repository', holds: 'container images', isNamed: (name, environment) => new RegExp(`^${environment}/(images|released/images|([a-z][a-z0-9]*/)?releases)$`).test(name), how: (name, { region }) => `aws ecr delete-repository --force --region ${region} --repository-name ${name}` },
  { type: 'AWS::Glue::Database', holds: 'descriptions of tables', isNamed: (name, environment) => name === `${environment.replace(/-/g, '_')}__data`, how: (name, { region }) => `aws glue delete-database --region ${region} --name ${name}` },
  { type: 'AWS::Athena::WorkGroup', holds: 'queries and their history', isNamed: begins, how: (name, { region }) => `aws athena delete-work-group --recursive-delete-option --region ${region} --work-group ${name}` },
  { type: 'AWS::EFS::FileSystem', holds: 'home directories', how: (name, { region }) => `Delete its mount targets, then aws efs delete-file-system --region ${region} --file-system-id ${name}` },
  { type: 'AWS::Logs::LogGroup', holds: 'logs', how: (name, { region }) => `aws logs delete-log-group --region ${region} --log-group-name ${name}` },
  { type: 'AWS::S3::Bucket', holds: 'objects, with their earlier versions', how: unlocked },
  { type: 'AWS::KMS::Key', holds: 'the only way to read what it encrypted', how: scheduled },
];

/**
 * Other types that hold data, as cfn-lint lists them, and as nested stacks may: an environment makes none, and a team may keep them in
 * its stack. They are never deleted by themselves.
 */
export const OTHERS = [
  'Backup::BackupVault', 'CloudFormation::Stack', 'Cognito::UserPool', 'DocDB::DBCluster', 'DocDB::DBInstance', 'DynamoDB::GlobalTable', 'DynamoDB::Table', 'EC2::Volume',
  'EMR::Cluster', 'ElastiCache::CacheCluster', 'ElastiCache::ReplicationGroup', 'Elasticsearch::Domain', 'FSx::FileSystem', 'Kinesis::Stream', 'Neptune::DBCluster',
  'Neptune::DBInstance', 'OpenSearchService::Domain', 'QLDB::Ledger', 'RDS::DBCluster', 'RDS::DBInstance', 'Redshift::Cluster', 'SDB::Domain', 'SecretsManager::Secret',
].map((type) => `AWS::${type}`);

/** What goes with something else that is kept: a policy with its bucket, an alias with its key, an object with its bucket. */
export const PARTS = /^(AWS::S3::BucketPolicy|AWS::KMS::Alias|Custom::)/;

export function kindOf(type: string): Kind | undefined {
  return KINDS.find((one) => one.type === type);
}

/** Whether data would go with something that its template does not keep. Logs of what is gone are nobody's work. */
export function losesData(type: string): boolean {
  return type !== 'AWS::Logs::LogGroup' && (kindOf(type) !== undefined || OTHERS.includes(type));
}

/** At which place among what is kept a type goes; an alias follows its key. */
export function rankOf(type: string): number {
  const rank = KINDS.findIndex((one) => one.type === type);
  return rank === -1 ? KINDS.length : rank;
}
