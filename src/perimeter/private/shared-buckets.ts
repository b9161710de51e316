import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { isOfAnotherAccount } from '../../private/owner-account';
import { EnvironmentRegistry, EnvironmentRole } from '../../registry';
import { BucketKind } from '../bucket-kind';
import { LIST, LOCATE, READ, WRITE } from '../object-actions';
import { Conditions, allOf } from './conditions';
import { Principals } from './principals';
import { StageConditions } from './stage-conditions';

const {
  STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, JOB_EXECUTION, BATCH_INFERENCE, RELEASE, CODE_BUILD, CODE_PIPELINE, DEPLOYMENT_ACCOUNTS,
  PROJECT_LAUNCH, PUBLISHER,
} = EnvironmentRole;

/** Who works on a bucket. */
interface Users {
  readonly readers: EnvironmentRole[];
  readonly writers: EnvironmentRole[];
  /** Whether stages' promotion reads as well. */
  readonly promoted?: boolean;
  /** What they do besides. */
  readonly besides?: string[];
}

/**
 * Who works on the buckets that may be another account's: which prefixes, the permissions of the roles say. Releases may not, because
 * targets read those of the environment's account only.
 */
const USERS: Partial<Record<BucketKind, Users>> = {
  [BucketKind.DATA]: {
    readers: [STUDIO_EXECUTION, DATA_PREPARATION, JOB_EXECUTION, BATCH_INFERENCE],
    writers: [STUDIO_EXECUTION, DATA_PREPARATION, JOB_EXECUTION, BATCH_INFERENCE],
    besides: ['s3:DeleteObject'],
  },
  [BucketKind.MODELS]: { readers: [STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, JOB_EXECUTION, RELEASE], writers: [JOB_EXECUTION] },
  [BucketKind.REPORTS]: { readers: [STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, JOB_EXECUTION, RELEASE], writers: [JOB_EXECUTION] },
  [BucketKind.ARTIFACTS]: {
    readers: [CODE_PIPELINE, CODE_BUILD, DEPLOYMENT_ACCOUNTS, RELEASE, JOB_EXECUTION],
    writers: [CODE_PIPELINE, CODE_BUILD, DEPLOYMENT_ACCOUNTS, RELEASE],
    promoted: true,
    besides: ['s3:GetBucketAcl', 's3:GetBucketVersioning'],
  },
  [BucketKind.TEMPLATES]: {
    readers: [STUDIO_EXECUTION, DATA_PREPARATION, PROJECT_LAUNCH, CODE_BUILD, DEPLOYMENT_ACCOUNTS, RELEASE, PUBLISHER],
    writers: [PUBLISHER],
    promoted: true,
    besides: ['s3:DeleteObject'],
  },
};

/**
 * What is different for a bucket of another account: S3 asks that account as well, so its policy must let the environment's roles
 * in, and its owner goes on working with it.
 */
export class SharedBuckets {
  constructor(
    private readonly registry: EnvironmentRegistry,
    private readonly principals: Principals,
    private readonly stages: StageConditions,
    private readonly queriedBy: EnvironmentRole[] = [],
  ) {}

  /** Whether a bucket is surely another account's. */
  public has(bucket: IBucket): boolean {
    return isOfAnotherAccount(bucket, this.registry.account);
  }

  /** Statements that deny, but for whoever is of the owner's account. */
  public sparingOwner(bucket: IBucket, statements: PolicyStatement[]): PolicyStatement[] {
    const others = { StringNotEquals: { 'aws:PrincipalAccount': bucket.env.account } };
    return statements.map((statement) => (
      statement.effect === Effect.DENY ? statement.copy({ conditions: allOf(statement.conditions as Conditions, others) }) : statement));
  }

  /** What lets the environment's roles in. */
  public allows(bucket: IBucket, trust: BucketKind): PolicyStatement[] {
    const users = USERS[trust];
    if (users === undefined) return [];
    const promoters = users.promoted ? this.stages.promoters : [];
    const objects = bucket.arnForObjects('*');
    const { besides = [], writers } = users, readers = [...users.readers, ...promoters];
    const [onBucket, onObjects] = [/Bucket/, /Object/].map((kind) => besides.filter((action) => kind.test(action)));
    const queried = trust === BucketKind.DATA ? this.queriedBy : [];
    return [
      // Service Catalog reads templates as who makes the product, which is the deploying role.
      this.allow('AllowReading', readers, READ, objects, trust === BucketKind.TEMPLATES ? this.principals.deploying : []),
      this.allow('AllowWriting', writers, [...WRITE, ...onObjects], objects),
      this.allow('AllowFinding', [...new Set([...readers, ...writers])], [...LIST, ...LOCATE, ...onBucket], bucket.bucketArn),
      ...queried.length > 0 ? [this.allow('AllowQueries', queried, ['s3:ListBucketMultipartUploads'], bucket.bucketArn)] : [],
    ];
  }

  /** By ARN as a condition: a principal of that name must exist when a policy is written, and is lost when it is made anew. */
  private allow(sid: string, roles: EnvironmentRole[], actions: string[], resource: string, others: string[] = []): PolicyStatement {
    return new PolicyStatement({
      sid,
      principals: [new AccountPrincipal(this.registry.account)],
      actions,
      resources: [resource],
      conditions: { ArnEquals: { 'aws:PrincipalArn': this.principals.rolesAnd(roles, others) } },
    });
  }
}
