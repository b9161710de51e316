import { Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, Effect, IPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Conditions, allOf } from './conditions';
import { Principals } from './principals';
import { StageConditions } from './stage-conditions';
import { ENCRYPT_REPOSITORIES } from '../../encryption/key-actions';
import { EnvironmentRegistry, EnvironmentRole, KeyPurpose } from '../../registry';

/** What S3 asks of a key for the caller. */
const READING = ['kms:Decrypt'];
const WRITING = ['kms:Decrypt', 'kms:GenerateDataKey'];
/** What SageMaker asks of a key for a storage volume, for the caller who starts the instance. */
const VOLUME = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];

const ADMINISTRATION = [
  'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion', 'kms:EnableKey', 'kms:DisableKey', 'kms:EnableKeyRotation', 'kms:DisableKeyRotation', 'kms:RotateKeyOnDemand',
  'kms:UpdateKeyDescription', 'kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias', 'kms:TagResource', 'kms:UntagResource', 'kms:RevokeGrant', 'kms:RetireGrant',
];

const {
  STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, JOB_EXECUTION, BATCH_INFERENCE, MODEL_EXECUTION,
  RELEASE, CODE_BUILD, CODE_PIPELINE, PROJECT_LAUNCH, DEPLOYMENT_ACCOUNTS, TEAM_ADMINISTRATOR,
} = EnvironmentRole;

interface Use {
  readonly sid: string;
  readonly roles: EnvironmentRole[];
  readonly services: string[];
  readonly actions: string[];
}

/**
 * What SageMaker may ask besides of the roles of jobs, where a job's request names the key of its output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
const jobOutputs = (...roles: EnvironmentRole[]): Use => ({ sid: 'EncryptJobOutputs', roles, services: ['s3', 'sagemaker'], actions: ['kms:Encrypt'] });

/** Who uses the key of a purpose, through which services. */
const USES: Record<KeyPurpose, Use[]> = {
  [KeyPurpose.VOLUMES]: [{ sid: 'Volumes', roles: [STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION], services: ['sagemaker'], actions: VOLUME }],
  [KeyPurpose.STUDIO_STORAGE]: [{ sid: 'StudioStorage', roles: [STUDIO_EXECUTION, DATA_PREPARATION], services: ['sagemaker', 'elasticfilesystem'], actions: VOLUME }],
  [KeyPurpose.DATA]: [
    { sid: 'Data', roles: [STUDIO_EXECUTION, DATA_PREPARATION, JOB_EXECUTION, BATCH_INFERENCE], services: ['s3'], actions: WRITING },
    jobOutputs(JOB_EXECUTION, BATCH_INFERENCE),
  ],
  [KeyPurpose.MODELS]: [
    { sid: 'WriteModels', roles: [JOB_EXECUTION], services: ['s3'], actions: WRITING },
    jobOutputs(JOB_EXECUTION),
    { sid: 'ReadModels', roles: [STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, RELEASE], services: ['s3'], actions: READING },
  ],
  [KeyPurpose.RELEASES]: [
    { sid: 'WriteReleases', roles: [RELEASE], services: ['s3'], actions: WRITING },
    { sid: 'ReadReleases', roles: [MODEL_EXECUTION, BATCH_INFERENCE], services: ['s3'], actions: READING },
  ],
  [KeyPurpose.ARTIFACTS]: [
    { sid: 'WriteReports', roles: [JOB_EXECUTION, CODE_BUILD, CODE_PIPELINE, DEPLOYMENT_ACCOUNTS, RELEASE], services: ['s3'], actions: WRITING },
    jobOutputs(JOB_EXECUTION),
    { sid: 'ReadReports', roles: [STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION], services: ['s3'], actions: READING },
    { sid: 'Repositories', roles: [STUDIO_EXECUTION, DATA_PREPARATION, CODE_PIPELINE, PROJECT_LAUNCH], services: ['codecommit'], actions: ENCRYPT_REPOSITORIES },
  ],
  [KeyPurpose.LOGS]: [{ sid: 'ReadUndeliveredEvents', roles: [TEAM_ADMINISTRATOR], services: ['sqs'], actions: READING }],
};

/** Keys of buckets that hold what Macie looks for. */
const INSPECTED = [KeyPurpose.DATA, KeyPurpose.MODELS, KeyPurpose.RELEASES];

/**
 * Compiles the perimeter's facts to the policy of a key. Every use is through a service, on the caller's behalf: nobody
 * calls the key directly, from whatever network, so the policy needs no network condition.
 */
export class KeyStatements {
  constructor(
    private readonly scope: Construct,
    private readonly registry: EnvironmentRegistry,
    private readonly principals: Principals,
    private readonly stages: StageConditions,
  ) {}

  /** All that a key of a purpose needs, beyond being looked at. */
  public of(purpose: KeyPurpose): PolicyStatement[] {
    return [
      this.administration(),
      this.grantsForAwsResources(),
      ...USES[purpose].map((use) => this.use(use)),
      ...(purpose === KeyPurpose.STUDIO_STORAGE ? [this.usedByCreation()] : []),
      ...this.usedByPromotion(purpose),
      ...(INSPECTED.includes(purpose) ? [this.inspection()] : []),
      ...(purpose === KeyPurpose.RELEASES ? this.usedByStages() : []),
      ...(purpose === KeyPurpose.LOGS ? [...this.usedByLogs(), this.usedByEvents()] : []),
    ];
  }

  /** All that a key of a target account needs, beyond being looked at: these roles use it, through these services. */
  public forTarget(sid: string, roleArns: string[], service: string): PolicyStatement[] {
    const isCapture = service === 's3';
    return [
      this.administration(),
      this.grantsForAwsResources(),
      allow(sid, new AccountRootPrincipal(), isCapture ? WRITING : VOLUME, allOf(through(this.scope, service), { ArnEquals: { 'aws:PrincipalArn': roleArns } })),
      ...(isCapture ? [this.inspection()] : []),
    ];
  }

  /** What SageMaker may ask besides of the role of a target's monitoring jobs, whose requests name the key. */
  public forJobOutputs(roleArns: string[]): PolicyStatement[] {
    if (roleArns.length === 0) return [];
    return [allow('EncryptJobOutputs', new AccountRootPrincipal(), ['kms:Encrypt'], allOf(through(this.scope, 's3', 'sagemaker'), { ArnEquals: { 'aws:PrincipalArn': roleArns } }))];
  }

  /** All that the key of copies of released models needs, beyond being looked at: one role writes them, another reads them. */
  public forCopies(writerArn: string, readerArn: string): PolicyStatement[] {
    const throughS3 = (arn: string) => allOf(through(this.scope, 's3'), { ArnEquals: { 'aws:PrincipalArn': arn } });
    return [
      this.administration(),
      this.grantsForAwsResources(),
      allow('WriteModels', new AccountRootPrincipal(), WRITING, throughS3(writerArn)),
      allow('ReadModels', new AccountRootPrincipal(), READING, throughS3(readerArn)),
      this.inspection(),
    ];
  }

  /** All that the key of log groups needs, beyond being looked at. */
  public forLogs(): PolicyStatement[] {
    return [this.administration(), this.grantsForAwsResources(), ...this.usedByLogs()];
  }

  /** The deploying roles, and they alone; without `kms:PutKeyPolicy` for them KMS refuses to create the key. */
  private administration(): PolicyStatement {
    return allow('AdministerByDeployingRoles', new AccountRootPrincipal(), [...ADMINISTRATION, 'kms:CreateGrant'], { ArnEquals: { 'aws:PrincipalArn': this.principals.deploying } });
  }

  /**
   * Whoever creates a domain uses its key, through the services that store for it.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
   */
  private usedByCreation(): PolicyStatement {
    return allow('UsedByDeployingRoles', new AccountRootPrincipal(), ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
      allOf(through(this.scope, 'sagemaker', 'elasticfilesystem'), { ArnEquals: { 'aws:PrincipalArn': this.principals.deploying } }));
  }

  private grantsForAwsResources(): PolicyStatement {
    return new PolicyStatement({
      sid: 'DenyGrantsToOthersThanAwsServices',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['kms:CreateGrant'],
      resources: ['*'], // in a key policy: this key
      conditions: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
    });
  }

  private use({ sid, roles, services, actions }: Use): PolicyStatement {
    return allow(sid, new AccountRootPrincipal(), actions, allOf(through(this.scope, ...services), { ArnEquals: { 'aws:PrincipalArn': this.principals.roles(...roles) } }));
  }

  private inspection(): PolicyStatement {
    return allow('InspectByMacie', new AccountRootPrincipal(), READING, allOf(through(this.scope, 's3'), { ArnEquals: { 'aws:PrincipalArn': this.principals.macie } }));
  }

  /** Copies for targets are made of releases, and of what the delivery pipeline hands on. */
  private usedByPromotion(purpose: KeyPurpose): PolicyStatement[] {
    const roles = this.stages.promoters;
    if (roles.length === 0 || ![KeyPurpose.RELEASES, KeyPurpose.ARTIFACTS].includes(purpose)) return [];
    return [this.use({ sid: 'Promote', roles, services: ['s3'], actions: READING })];
  }

  private usedByStages(): PolicyStatement[] {
    const { principals, releaseReaders } = this.stages.reading;
    return principals.map((belongs) => allow(
      `ReadReleasesBy${belongs.StringEquals ? 'Account' : 'Unit'}`, new AnyPrincipal(), READING,
      allOf(belongs, through(this.scope, 's3'), { ArnLike: { 'aws:PrincipalArn': releaseReaders } }),
    ));
  }

  /**
   * EventBridge, putting into the environment's queue what it could not deliver. No page of AWS says that SQS sends on for whom,
   * so it must be this account where it does; the queue's own policy names the rules.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
   */
  private usedByEvents(): PolicyStatement {
    return allow('UsedByEventBridge', new ServicePrincipal('events.amazonaws.com'), WRITING, { StringEqualsIfExists: { 'aws:SourceAccount': this.registry.account } });
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
  private usedByLogs(): PolicyStatement[] {
    const { urlSuffix } = Stack.of(this.scope);
    const { partition, region, account } = this.registry;
    const logs = new ServicePrincipal(`logs.${region}.${urlSuffix}`);
    return [
      allow('UsedByCloudWatchLogs', logs,
        ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:*` } }),
      // A description has no encryption context.
      allow('DescribedByCloudWatchLogs', logs, ['kms:DescribeKey'], { StringEqualsIfExists: { 'aws:SourceAccount': account } }),
    ];
  }
}

function allow(sid: string, principal: IPrincipal, actions: string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({ sid, principals: [principal], actions, resources: ['*'], conditions }); // in a key policy, '*' is this key
}

/** The service uses the key for the caller. */
export function through(scope: Construct, ...services: string[]): Conditions {
  const { region, urlSuffix } = Stack.of(scope);
  return { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.${urlSuffix}`) } };
}
