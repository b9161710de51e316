import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { grantObjects } from './private/object-grant';
import { PREFIX, PREFIX_RULE } from './private/prefixes';

/** Options of a data source. */
export interface DataSourceOptions {
  /**
   * Prefix of the object keys, with a slash at the end.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;

  /**
   * Permission to write objects, beside listing and reading them.
   *
   * @default false
   */
  readonly writable?: boolean;
}

/** Objects in a bucket that does not belong to the environment. */
export class DataSource {
  /** Prefix of the object keys, empty for the whole bucket. */
  public readonly prefix: string;
  /** True if objects may be written. */
  public readonly isWritable: boolean;

  constructor(
    /** The bucket. */
    public readonly bucket: IBucket,
    options: DataSourceOptions = {},
  ) {
    checkKey(new InputCheck('DataSource'), 'bucket.encryptionKey', bucket.encryptionKey).matches('prefix', options.prefix, PREFIX, PREFIX_RULE).throwIfInvalid();
    this.prefix = options.prefix ?? '';
    this.isWritable = options.writable ?? false;
  }

  /**
   * Grants a role access to the objects, and to the KMS key of the bucket if the CDK knows it.
   *
   * @returns the grant in the policies of the role, which does not change the policy of the bucket
   */
  public grantAccess(grantee: IGrantable): Grant {
    return grantObjects(this.bucket, grantee, { prefixes: [this.prefix], read: true, write: this.isWritable });
  }
}
