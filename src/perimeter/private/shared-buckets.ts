import { AccountPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { isOfAnotherAccount } from '../../private/owner-account';
import { PROMOTERS, rolesUsing } from '../../roles/cards';
import { BucketKind } from '../bucket-kind';
import { Conditions, allOf } from '../conditions';
import { LIST, LOCATE, READ, WRITE } from '../object-actions';
import { Principals } from './principals';
import { StageConditions } from './stage-conditions';

/**
 * What roles do besides reading and writing with the buckets that may be another account's: which prefixes, their permissions say.
 * Releases may not be, because targets read those of the environment's account only.
 */
const BESIDES: Partial<Record<BucketKind, readonly string[]>> = {
  [BucketKind.DATA]: ['s3:DeleteObject'],
  [BucketKind.MODELS]: [],
  [BucketKind.REPORTS]: [],
  [BucketKind.ARTIFACTS]: ['s3:GetBucketAcl', 's3:GetBucketVersioning'],
  [BucketKind.TEMPLATES]: ['s3:DeleteObject'],
};

/**
 * What is different for a bucket of another account: S3 asks that account as well, so its policy must let the environment's roles
 * in, and its owner goes on working with it.
 */
export class SharedBuckets {
  constructor(
    private readonly names: EnvironmentNames,
    private readonly principals: Principals,
    private readonly stages: StageConditions,
    private readonly queriedBy: EnvironmentRole[] = [],
  ) {}

  /** Whether a bucket is surely another account's. */
  public has(bucket: IBucket): boolean {
    return isOfAnotherAccount(bucket, this.names.account);
  }

  /** Statements that deny, but for whoever is of the owner's account. */
  public sparingOwner(bucket: IBucket, statements: PolicyStatement[]): PolicyStatement[] {
    const others = { StringNotEquals: { 'aws:PrincipalAccount': bucket.env.account } };
    return statements.map((statement) => (
      statement.effect === Effect.DENY ? statement.copy({ conditions: allOf(statement.conditions as Conditions, others) }) : statement));
  }

  /** What lets the environment's roles in. */
  public allows(bucket: IBucket, trust: BucketKind): PolicyStatement[] {
    const besides = BESIDES[trust];
    if (besides === undefined) return [];
    const objects = bucket.arnForObjects('*');
    const promoters = PROMOTERS.some(({ buckets }) => buckets.some((use) => use.bucket === trust)) ? this.stages.promoters : [];
    const readers = [...rolesUsing((use) => use.bucket === trust), ...promoters];
    const writers = rolesUsing((use) => use.bucket === trust && use.writes === true);
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
      principals: [new AccountPrincipal(this.names.account)],
      actions,
      resources: [resource],
      conditions: { ArnEquals: { 'aws:PrincipalArn': this.principals.rolesAnd(roles, others) } },
    });
  }
}
