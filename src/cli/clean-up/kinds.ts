import { Place } from './place';

/** A kind of resource that holds what people made, and what would be lost with it. */
interface Kind {
  readonly type: string;
  /** What is in it. */
  readonly holds: string;
  /** How to delete one by hand, once the environment is gone. */
  readonly how: (name: string, place: Place) => string;
  /** Whether a name is that of an environment's, where names tell. */
  readonly isNamed?: (name: string, environment: string) => boolean;
}

/** Two hyphens end the name of an environment, and no environment has two in its name. */
const begins = (name: string, environment: string) => name.startsWith(`${environment}--`);

const ROOT = 'Its policy outlives the environment and lets only the role of deployments change it';

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
  { type: 'AWS::S3::Bucket', holds: 'objects, with their earlier versions', how: (name) => `${ROOT}: as the account's root user, aws s3api delete-bucket-policy --bucket ${name}; then empty it, versions included, and delete it` },
  { type: 'AWS::KMS::Key', holds: 'the only way to read what it encrypted', how: (name, { region }) => `${ROOT}: deploy with both keys to destroying data before the environment goes, or as that role, aws kms schedule-key-deletion --region ${region} --key-id ${name}` },
];

/** What goes with something else that is kept: a policy with its bucket, an alias with its key, an object with its bucket. */
export const PARTS = /^(AWS::S3::BucketPolicy|AWS::KMS::Alias|Custom::)/;

export function kindOf(type: string): Kind | undefined {
  return KINDS.find((one) => one.type === type);
}

/** At which place among what is kept a type goes; an alias follows its key. */
export function rankOf(type: string): number {
  const rank = KINDS.findIndex((one) => one.type === type);
  return rank === -1 ? KINDS.length : rank;
}
