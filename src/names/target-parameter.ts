import { Contract, KeptParameter } from './private/kept-parameter';

const TARGET = 'target', COPIES = 'target of a stage with `ModelPromotion.copy()`', MONITORED = 'target of a stage with `monitoring`';
const ENDPOINTS = 'endpoints', MONITORS = 'monitors';

/**
 * A Systems Manager parameter of a deployment target, in its account: `/secure-mlops/<environment>/<stage>/<path>`.
 *
 * Stacks of endpoints and monitors read them where they are deployed.
 */
export class TargetParameter extends KeptParameter {
  /** Id of the VPC. */
  public static readonly VPC_ID = new TargetParameter('network/vpc-id', { writtenBy: TARGET });
  /** Ids of the private subnets, as a list. */
  public static readonly SUBNET_IDS = new TargetParameter('network/subnet-ids', { writtenBy: TARGET, readBy: [ENDPOINTS, MONITORS], isList: true });
  /** Ids of the security groups of models and monitoring jobs, as a list. */
  public static readonly SECURITY_GROUP_IDS = new TargetParameter('network/security-group-ids', { writtenBy: TARGET, readBy: [ENDPOINTS, MONITORS], isList: true });
  /** ARN of the key of storage volumes. */
  public static readonly VOLUMES_KEY_ARN = new TargetParameter('encryption/volumes-key-arn', { writtenBy: TARGET, readBy: [ENDPOINTS, MONITORS] });
  /** ARN of the key of what endpoints capture. */
  public static readonly CAPTURE_KEY_ARN = new TargetParameter('encryption/capture-key-arn', { writtenBy: TARGET, readBy: [ENDPOINTS, MONITORS] });
  /** Name of the bucket of what endpoints capture. */
  public static readonly CAPTURE_BUCKET = new TargetParameter('storage/capture-bucket', { writtenBy: TARGET, readBy: [ENDPOINTS, MONITORS] });
  /** ARN of the execution role of models. */
  public static readonly MODEL_ROLE_ARN = new TargetParameter('identity/model-role-arn', { writtenBy: TARGET, readBy: [ENDPOINTS] });
  /** Name of the bucket of the target's own copies of models. */
  public static readonly MODELS_BUCKET = new TargetParameter('storage/models-bucket', { writtenBy: COPIES, readBy: [ENDPOINTS] });
  /** Name of the Amazon ECR repository of the target's own copies of images. */
  public static readonly IMAGES_REPOSITORY = new TargetParameter('storage/images-repository', { writtenBy: COPIES, readBy: [ENDPOINTS] });
  /** ARN of the execution role of monitoring jobs. */
  public static readonly MONITORING_ROLE_ARN = new TargetParameter('identity/monitoring-role-arn', { writtenBy: MONITORED, readBy: [MONITORS] });
  /** ARN of the role that starts monitoring jobs on a schedule. */
  public static readonly SCHEDULE_ROLE_ARN = new TargetParameter('identity/schedule-role-arn', { writtenBy: MONITORED, readBy: [MONITORS] });
  /** ARN of the role that reports alarms to the data-science account. */
  public static readonly ALARMS_ROLE_ARN = new TargetParameter('identity/alarms-role-arn', { writtenBy: MONITORED, readBy: [MONITORS] });

  private constructor(path: string, contract: Contract) {
    super(path, contract);
  }
}
