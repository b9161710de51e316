import { Contract, KeptParameter } from './private/kept-parameter';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired, TEXT } from '../private/required-input';

/** Who writes a parameter. */
const ENVIRONMENT = 'environment', DATA_PREPARATION = 'environment with `dataPreparation`', MLFLOW = 'environment with `mlflow`', FEATURE_STORE = 'environment with `featureStore`', PROJECTS = 'environment with project templates';
const SIGNED = 'environment with `imageSigningProfile` and a template that builds images';
const MEMBERS = 'environment with a product for members';

/** Who reads it, beside people and templates of your own: the library's project templates, and Studio as it starts. */
const TRAIN = 'build and train', FINE_TUNE = 'fine-tuning', IMAGE = 'image build', BATCH = 'batch inference', DEPLOY = 'deploy', MONITOR = 'monitoring', SDK = 'SDK configuration', MEMBER = 'member';
const TRAINS = [TRAIN, FINE_TUNE];
const EVERY_TEMPLATE = [...TRAINS, IMAGE, BATCH, DEPLOY, MONITOR], JOBS = [...TRAINS, BATCH], RELEASES = [BATCH, DEPLOY, MONITOR];

/**
 * A Systems Manager parameter of an environment, in the data-science account: `/secure-mlops/<environment>/<path>`.
 *
 * People read them, and project templates when a project is launched.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-hierarchies.html
 */
export class EnvironmentParameter extends KeptParameter {
  /** Id of the VPC. */
  public static readonly VPC_ID = new EnvironmentParameter('network/vpc-id', { writtenBy: ENVIRONMENT, readBy: [...EVERY_TEMPLATE, MEMBER] });
  /** Ids of the private subnets, as a list. */
  public static readonly SUBNET_IDS = new EnvironmentParameter('network/subnet-ids', { writtenBy: ENVIRONMENT, readBy: [...EVERY_TEMPLATE, SDK], isList: true });
  /** Id of the security group of jobs and builds. */
  public static readonly WORKLOAD_SECURITY_GROUP_ID = new EnvironmentParameter('network/workload-security-group-id', { writtenBy: ENVIRONMENT, readBy: [...EVERY_TEMPLATE, SDK] });

  /** ARN of the key of storage volumes. */
  public static readonly VOLUMES_KEY_ARN = new EnvironmentParameter('encryption/volumes-key-arn', { writtenBy: ENVIRONMENT, readBy: [...JOBS, SDK] });
  /** ARN of the key of Studio's own storage. */
  public static readonly STUDIO_STORAGE_KEY_ARN = new EnvironmentParameter('encryption/studio-storage-key-arn', { writtenBy: ENVIRONMENT });
  /** ARN of the key of the data bucket. */
  public static readonly DATA_KEY_ARN = new EnvironmentParameter('encryption/data-key-arn', { writtenBy: ENVIRONMENT, readBy: [...JOBS, SDK] });
  /** ARN of the key of the models bucket. */
  public static readonly MODELS_KEY_ARN = new EnvironmentParameter('encryption/models-key-arn', { writtenBy: ENVIRONMENT, readBy: JOBS });
  /** ARN of the key of the releases bucket. */
  public static readonly RELEASES_KEY_ARN = new EnvironmentParameter('encryption/releases-key-arn', { writtenBy: ENVIRONMENT, readBy: RELEASES });
  /** ARN of the key of evaluation reports and pipeline artifacts. */
  public static readonly ARTIFACTS_KEY_ARN = new EnvironmentParameter('encryption/artifacts-key-arn', { writtenBy: ENVIRONMENT, readBy: EVERY_TEMPLATE });
  /** ARN of the key of artifacts of MLflow runs. */
  public static readonly MLFLOW_KEY_ARN = new EnvironmentParameter('encryption/mlflow-key-arn', { writtenBy: MLFLOW });
  /** ARN of the key of online and offline stores of feature groups. */
  public static readonly FEATURE_STORE_KEY_ARN = new EnvironmentParameter('encryption/feature-store-key-arn', { writtenBy: FEATURE_STORE, readBy: [SDK] });
  /** ARN of the key of log groups. */
  public static readonly LOGS_KEY_ARN = new EnvironmentParameter('encryption/logs-key-arn', { writtenBy: ENVIRONMENT, readBy: EVERY_TEMPLATE });

  /** Name of the data bucket. */
  public static readonly DATA_BUCKET = new EnvironmentParameter('storage/data-bucket', { writtenBy: ENVIRONMENT, readBy: [...JOBS, SDK] });
  /** Name of the models bucket, which training writes to. */
  public static readonly MODELS_BUCKET = new EnvironmentParameter('storage/models-bucket', { writtenBy: ENVIRONMENT, readBy: [...TRAINS, BATCH, DEPLOY] });
  /** Name of the releases bucket, which endpoints read models from. */
  public static readonly RELEASES_BUCKET = new EnvironmentParameter('storage/releases-bucket', { writtenBy: ENVIRONMENT, readBy: RELEASES });
  /** Name of the bucket of evaluation reports. */
  public static readonly REPORTS_BUCKET = new EnvironmentParameter('storage/reports-bucket', { writtenBy: ENVIRONMENT, readBy: [...TRAINS, BATCH, DEPLOY] });
  /** Name of the bucket that delivery pipelines hand artifacts on in. */
  public static readonly ARTIFACTS_BUCKET = new EnvironmentParameter('storage/artifacts-bucket', { writtenBy: PROJECTS, readBy: EVERY_TEMPLATE });
  /** Name of the bucket of project templates, seed code and programs of builds. */
  public static readonly TEMPLATES_BUCKET = new EnvironmentParameter('storage/templates-bucket', { writtenBy: PROJECTS, readBy: EVERY_TEMPLATE });
  /** Name of the AWS Glue database of prepared data. */
  public static readonly DATABASE_NAME = new EnvironmentParameter('storage/database-name', { writtenBy: DATA_PREPARATION });
  /** Name of the Amazon Athena work group. */
  public static readonly WORK_GROUP_NAME = new EnvironmentParameter('storage/work-group-name', { writtenBy: DATA_PREPARATION });
  /** Name of the AWS Glue security configuration. */
  public static readonly GLUE_SECURITY_CONFIGURATION_NAME = new EnvironmentParameter('storage/glue-security-configuration-name', { writtenBy: DATA_PREPARATION });
  /** Name of the bucket of offline stores of feature groups. */
  public static readonly OFFLINE_STORE_BUCKET = new EnvironmentParameter('storage/offline-store-bucket', { writtenBy: FEATURE_STORE, readBy: [SDK] });

  /** ARN of the execution role of Studio's applications. */
  public static readonly STUDIO_EXECUTION_ROLE_ARN = new EnvironmentParameter('identity/studio-execution-role-arn', { writtenBy: ENVIRONMENT, readBy: [MEMBER] });
  /** ARN of the execution role of an ML engineer's applications. */
  public static readonly DATA_PREPARATION_ROLE_ARN = new EnvironmentParameter('identity/data-preparation-role-arn', { writtenBy: ENVIRONMENT, readBy: [MEMBER] });
  /** ARN of the execution role of SageMaker pipelines. */
  public static readonly PIPELINE_EXECUTION_ROLE_ARN = new EnvironmentParameter('identity/pipeline-execution-role-arn', { writtenBy: ENVIRONMENT, readBy: [...JOBS, SDK] });
  /** ARN of the execution role of jobs. */
  public static readonly JOB_EXECUTION_ROLE_ARN = new EnvironmentParameter('identity/job-execution-role-arn', { writtenBy: ENVIRONMENT, readBy: [...JOBS, SDK] });
  /** ARN of the execution role of hosted models. */
  public static readonly MODEL_EXECUTION_ROLE_ARN = new EnvironmentParameter('identity/model-execution-role-arn', { writtenBy: ENVIRONMENT });
  /** ARN of the execution role of batch transform. */
  public static readonly BATCH_INFERENCE_ROLE_ARN = new EnvironmentParameter('identity/batch-inference-role-arn', {
    writtenBy: 'environment with a template for batch inference', readBy: [BATCH],
  });
  /** ARN of the role with which SageMaker writes offline stores of feature groups. */
  public static readonly FEATURE_STORE_ROLE_ARN = new EnvironmentParameter('identity/feature-store-role-arn', { writtenBy: FEATURE_STORE, readBy: [SDK] });

  /** Id of the Studio domain. */
  public static readonly DOMAIN_ID = new EnvironmentParameter('studio/domain-id', { writtenBy: ENVIRONMENT, readBy: [MEMBER] });
  /** ARN of the Studio domain. */
  public static readonly DOMAIN_ARN = new EnvironmentParameter('studio/domain-arn', { writtenBy: ENVIRONMENT, readBy: EVERY_TEMPLATE });
  /** ARN of the MLflow tracking server, which is the tracking URI of MLflow's clients. */
  public static readonly MLFLOW_TRACKING_SERVER_ARN = new EnvironmentParameter('studio/mlflow-tracking-server-arn', { writtenBy: MLFLOW, readBy: [...TRAINS, SDK] });
  /** Id of the security group of Studio applications. @internal */
  public static readonly _STUDIO_SECURITY_GROUP_ID = new EnvironmentParameter('studio/security-group-id', { writtenBy: MEMBERS, readBy: [MEMBER] });
  /** ARN of the function that cleans up in Studio. @internal */
  public static readonly _CLEAN_UP_FUNCTION_ARN = new EnvironmentParameter('studio/clean-up-function-arn', { writtenBy: MEMBERS, readBy: [MEMBER] });
  /** What is cleaned up when the Studio domain goes: its ids, as JSON. @internal */
  public static readonly _CLEAN_UP = new EnvironmentParameter('studio/clean-up', { writtenBy: 'clean-up of Studio, at a deployment', readBy: ['clean-up of Studio, at a deletion'] });

  /** ARN of the queue that keeps events which started no delivery pipeline. */
  public static readonly UNDELIVERED_EVENTS_QUEUE_ARN = new EnvironmentParameter('projects/undelivered-events-queue-arn', { writtenBy: PROJECTS, readBy: EVERY_TEMPLATE });

  /** ARN of the AWS Signer profile with which Amazon ECR signs released images. */
  public static readonly IMAGE_SIGNING_PROFILE_ARN = new EnvironmentParameter('projects/image-signing-profile-arn', { writtenBy: SIGNED, readBy: [IMAGE] });

  /** ARN of the topic that is told when a stage waits for an approval. */
  public static approvalTopicArn(stageName: string): EnvironmentParameter {
    checkRequired('EnvironmentParameter.approvalTopicArn', { stageName }, { stageName: TEXT });
    return new EnvironmentParameter(`projects/${stageName}-approval-topic-arn`, {
      writtenBy: `${PROJECTS}, where the stage has a topic`, readBy: [DEPLOY],
    });
  }

  /**
   * A parameter of your own, for `EnvironmentNames.publish` and `ProjectTemplate.fromEnvironment`.
   *
   * @param path two names with a slash in between, such as `payroll/bucket`: of letters, digits, hyphens, underscores and periods
   * @throws where the first name is one under which the environment keeps its own parameters
   */
  public static custom(path: string): EnvironmentParameter {
    return new EnvironmentParameter(checkedPath(path), { writtenBy: 'you' });
  }

  /**
   * A parameter of your own that holds a list, for `EnvironmentNames.publishList` and `ProjectTemplate.listFromEnvironment`.
   *
   * @param path as of `custom`
   * @throws where the first name is one under which the environment keeps its own parameters
   */
  public static customList(path: string): EnvironmentParameter {
    return new EnvironmentParameter(checkedPath(path), { writtenBy: 'you', isList: true });
  }

  private constructor(path: string, contract: Contract) {
    super(path, contract);
  }
}

/** What is wrong with a name below an environment's own would only be seen when somebody launches a project. */
function checkedPath(path: string): string {
  checkRequired('EnvironmentParameter', { path }, { path: ANYTHING });
  const own = new Set(Object.values(EnvironmentParameter).flatMap((one) => (one instanceof EnvironmentParameter ? one.path.split('/')[0] : [])));
  new InputCheck('EnvironmentParameter')
    .matches('path', path, /^[\w.-]+\/[\w.-]+$/, 'be two names with a slash in between, such as payroll/bucket')
    .that('path', path, (text) => !own.has(text.split('/')[0]), `begin with a name of your own: ${[...own].join(', ')} are the environment's`,
      'What the environment keeps is a constant of EnvironmentParameter')
    .throwIfInvalid();
  return path;
}
