import { Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Conditions, allOf, listOrText } from '../conditions';
import { Principals } from './principals';
import { StageConditions } from './stage-conditions';
import { EnvironmentNames, EnvironmentRole, KeyPurpose } from '../../names';
import { ownAccount, arnIn } from '../../private/arn';
import { usedByEvents, usedByLogs } from '../../private/key-users';
import { BucketUse } from '../../roles/bucket-use';
import { CARDS, PROMOTERS, rolesUsing } from '../../roles/cards';
import { VOLUME } from '../../roles/key-use';

/** What S3 asks of a key for the caller. */
const READING = ['kms:Decrypt'];
const WRITING = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** Patterns, because every key says it: they match what they name, and whatever AWS adds is no more than what may change the policy. */
export const ADMINISTRATION = [
  'kms:PutKeyPolicy', 'kms:*KeyDeletion', 'kms:EnableKey*', 'kms:DisableKey*', 'kms:RotateKeyOnDemand', 'kms:UpdateKeyDescription', 'kms:*Alias', 'kms:TagResource', 'kms:UntagResource',
  'kms:RevokeGrant', 'kms:RetireGrant',
];

interface Use {
  readonly sid: string;
  readonly roles: EnvironmentRole[];
  readonly services: readonly string[];
  readonly actions: readonly string[];
}

/** The buckets that a key encrypts, and what the statements are called by which they are written and read. */
const OF_BUCKETS: Partial<Record<KeyPurpose, { readonly buckets: BucketUse['bucket'][]; readonly writing: string; readonly reading: string }>> = {
  [KeyPurpose.DATA]: { buckets: ['data'], writing: 'Data', reading: 'ReadData' },
  [KeyPurpose.MODELS]: { buckets: ['models'], writing: 'WriteModels', reading: 'ReadModels' },
  [KeyPurpose.RELEASES]: { buckets: ['releases'], writing: 'WriteReleases', reading: 'ReadReleases' },
  [KeyPurpose.ARTIFACTS]: { buckets: ['reports', 'artifacts'], writing: 'WriteReports', reading: 'ReadReports' },
  [KeyPurpose.MLFLOW]: { buckets: ['mlflow'], writing: 'WriteMlflow', reading: 'ReadMlflow' },
  [KeyPurpose.FEATURE_STORE]: { buckets: ['offlineStore'], writing: 'WriteOfflineStores', reading: 'ReadOfflineStores' },
};

/** Who uses the key of a purpose, through which services, as the cards of roles say. */
function usesOf(purpose: KeyPurpose): Use[] {
  const own = CARDS.flatMap(({ keys = [] }) => keys).filter((key) => key.purpose === purpose);
  const uses = [...new Set(own)].map(({ sid, services, actions }): Use => (
    { sid, roles: CARDS.filter(({ keys = [] }) => keys.some((key) => key.sid === sid)).map(({ role }) => role), services, actions }
  ));
  const { buckets = [], writing, reading } = OF_BUCKETS[purpose] ?? {};
  const using = (matches: (use: BucketUse) => boolean) => rolesUsing((use) => buckets.includes(use.bucket) && matches(use));
  const writers = using((use) => use.writes === true), readers = using(() => true).filter((role) => !writers.includes(role));
  return [
    { sid: writing!, roles: writers, services: ['s3'], actions: WRITING },
    // What SageMaker may ask besides of the roles of jobs, whose requests name the key of their output. @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
    { sid: 'EncryptJobOutputs', roles: using((use) => use.namesKey === true), services: ['s3', 'sagemaker'], actions: ['kms:Encrypt'] },
    { sid: reading!, roles: readers, services: ['s3'], actions: READING },
    ...uses,
  ].filter(({ roles }) => roles.length > 0);
}

/** Keys of buckets that hold what Macie looks for. */
const INSPECTED = [KeyPurpose.DATA, KeyPurpose.MODELS, KeyPurpose.RELEASES, KeyPurpose.FEATURE_STORE];

/**
 * Compiles the perimeter's facts to the policy of a key. Every use is through a service, on the caller's behalf: nobody
 * calls the key directly, from whatever network, so the policy needs no network condition.
 */
export class KeyStatements {
  constructor(
    private readonly scope: Construct,
    private readonly names: EnvironmentNames,
    private readonly principals: Principals,
    private readonly stages: StageConditions,
  ) {}

  /** All that a key of a purpose needs, beyond being looked at. */
  public of(purpose: KeyPurpose): PolicyStatement[] {
    return [
      this.administration(),
      this.grantsForAwsResources(),
      ...usesOf(purpose).map((use) => this.use(use)),
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
      allow(sid, ownAccount(this.scope), isCapture ? WRITING : VOLUME, allOf(through(this.scope, service), { ArnEquals: { 'aws:PrincipalArn': roleArns } })),
      ...(isCapture ? [this.inspection()] : []),
    ];
  }

  /** What SageMaker may ask besides of the role of a target's monitoring jobs, whose requests name the key. */
  public forJobOutputs(roleArns: string[]): PolicyStatement[] {
    if (roleArns.length === 0) return [];
    return [allow('EncryptJobOutputs', ownAccount(this.scope), ['kms:Encrypt'], allOf(through(this.scope, 's3', 'sagemaker'), { ArnEquals: { 'aws:PrincipalArn': roleArns } }))];
  }

  /** All that the key of copies of released models needs, beyond being looked at: one role writes them, another reads them. */
  public forCopies(writers: string[], readers: string[]): PolicyStatement[] {
    const throughS3 = (arns: string[]) => allOf(through(this.scope, 's3'), { ArnEquals: { 'aws:PrincipalArn': listOrText(arns) } });
    return [
      this.administration(),
      this.grantsForAwsResources(),
      allow('WriteModels', ownAccount(this.scope), WRITING, throughS3(writers)),
      allow('ReadModels', ownAccount(this.scope), READING, throughS3(readers)),
      this.inspection(),
    ];
  }

  /** All that the key of log groups needs, beyond being looked at. */
  public forLogs(): PolicyStatement[] {
    return [this.administration(), this.grantsForAwsResources(), ...this.usedByLogs()];
  }

  /** The deploying roles, and they alone; without `kms:PutKeyPolicy` for them KMS refuses to create the key. */
  private administration(): PolicyStatement {
    return allow('AdministerByDeployingRoles', ownAccount(this.scope), [...ADMINISTRATION, 'kms:CreateGrant'], { ArnEquals: { 'aws:PrincipalArn': this.principals.deploying } });
  }

  /**
   * Whoever creates a domain uses its key, through the services that store for it.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/api-permissions-reference.html
   */
  private usedByCreation(): PolicyStatement {
    return allow('UsedByDeployingRoles', ownAccount(this.scope), ['kms:DescribeKey', 'kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'],
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
    return allow(sid, ownAccount(this.scope), actions, allOf(through(this.scope, ...services), { ArnEquals: { 'aws:PrincipalArn': this.principals.roles(...roles) } }));
  }

  private inspection(): PolicyStatement {
    return allow('InspectByMacie', ownAccount(this.scope), READING, allOf(through(this.scope, 's3'), { ArnEquals: { 'aws:PrincipalArn': this.principals.macie } }));
  }

  /** Copies for targets are made of releases, and of what the delivery pipeline hands on. */
  private usedByPromotion(purpose: KeyPurpose): PolicyStatement[] {
    const roles = this.stages.promoters, read = PROMOTERS.flatMap(({ buckets }) => buckets);
    if (roles.length === 0 || !read.some(({ bucket }) => OF_BUCKETS[purpose]?.buckets.includes(bucket))) return [];
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
   * EventBridge, putting into the environment's queue what it could not deliver; the queue's own policy names the rules.
   *
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
   */
  private usedByEvents(): PolicyStatement {
    return usedByEvents('UsedByEventBridge', this.names.account);
  }

  private usedByLogs(): PolicyStatement[] {
    const { region, account } = this.names;
    return usedByLogs(this.scope, { logGroups: arnIn(this.names, 'logs', '*'), region, account, sids: ['UsedByCloudWatchLogs', 'DescribedByCloudWatchLogs'] });
  }
}

function allow(sid: string, principal: IPrincipal, actions: readonly string[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({ sid, principals: [principal], actions: [...actions], resources: ['*'], conditions }); // in a key policy, '*' is this key
}

/** The service uses the key for the caller. */
export function through(scope: Construct, ...services: readonly string[]): Conditions {
  const { region, urlSuffix } = Stack.of(scope);
  return { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.${urlSuffix}`) } };
}
