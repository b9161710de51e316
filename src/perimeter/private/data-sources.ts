import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentNames } from '../../names';
import { CARDS } from '../../roles/cards';
import { Conditions, allOf, listingOf } from '../conditions';
import { ExpectedNetworks } from '../expected-networks';
import { DECRYPT, ENCRYPT, LIST, LOCATE, READ, WRITE } from '../object-actions';
import { Principals } from './principals';

/** Who works on data that is not the environment's. */
const READERS = CARDS.filter(({ usesDataSources }) => usesDataSources).map(({ role }) => role);

/** A part of a bucket that is not the environment's. */
interface OpenedPart {
  readonly bucket: IBucket;
  readonly prefix: string;
  readonly writable: boolean;
}

/**
 * What owners of buckets must add that are opened and stay theirs. Nothing is denied, so that whoever works on the data
 * otherwise goes on.
 */
export class DataSources {
  private readonly parts: OpenedPart[] = [];

  constructor(
    private readonly names: EnvironmentNames,
    private readonly principals: Principals,
    private readonly networks: ExpectedNetworks,
  ) {}

  public add(part: OpenedPart): void {
    this.parts.push(part);
  }

  /** Whether a bucket was opened, by whichever construct it is known. */
  public has(bucket: IBucket): boolean {
    return this.of(bucket).length > 0;
  }

  /** For the policy of the bucket: the roles, their prefix, through the endpoints. */
  public bucketStatements(bucket: IBucket): PolicyStatement[] {
    const conditions = allOf(this.readers, { StringEquals: { 'aws:SourceVpce': this.networks.s3EndpointIds } });
    const parts = this.of(bucket);
    return [
      ...parts.map(({ prefix, writable }) => this.allow([...READ, ...(writable ? WRITE : [])], [bucket.arnForObjects(`${prefix}*`)], conditions)),
      ...parts.map(({ prefix }) => this.allow(LIST, [bucket.bucketArn], allOf(conditions, listingOf(prefix)))),
      this.allow(LOCATE, [bucket.bucketArn], conditions),
    ];
  }

  /** For the policy of the bucket's key: the roles, through S3. */
  public keyStatements(bucket: IBucket): PolicyStatement[] {
    const s3 = { StringEquals: { 'kms:ViaService': `s3.${bucket.env.region}.${Stack.of(bucket).urlSuffix}` } };
    const writable = this.of(bucket).some((part) => part.writable);
    return [this.allow(writable ? ENCRYPT : DECRYPT, ['*'], allOf(this.readers, s3))]; // in a key policy: this key
  }

  private of(bucket: IBucket): OpenedPart[] {
    return this.parts.filter((part) => part.bucket.bucketName === bucket.bucketName);
  }

  /** By ARN as a condition: a principal of that name must exist when a policy is written, and is lost when it is made anew. */
  private get readers(): Conditions {
    return { ArnEquals: { 'aws:PrincipalArn': this.principals.roles(...READERS) } };
  }

  private allow(actions: string[], resources: string[], conditions: Conditions): PolicyStatement {
    return new PolicyStatement({ principals: [new AccountPrincipal(this.names.account)], actions, resources, conditions });
  }
}
