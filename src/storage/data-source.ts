import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DataAccess } from './data-access';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { grantObjects } from './private/object-grant';
import { PREFIX, PREFIX_RULE } from './private/prefixes';

/** Which part of a bucket, and what may be done with it. */
export interface DataSourceOptions {
  /**
   * Object keys begin with it; ends with a slash.
   *
   * @default - the whole bucket
   */
  readonly prefix?: string;

  /**
   * What may be done with the objects.
   *
   * @default DataAccess.READ
   */
  readonly access?: DataAccess;
}

/** Data in a bucket that is not the environment's. */
export class DataSource {
  /** The part of the bucket; empty for the whole of it. */
  public readonly prefix: string;
  /** Whether objects may be written. */
  public readonly isWritable: boolean;

  constructor(
    /** The bucket. */
    public readonly bucket: IBucket,
    options: DataSourceOptions = {},
  ) {
    checkKey(new InputCheck('DataSource'), 'bucket.encryptionKey', bucket.encryptionKey).matches('prefix', options.prefix, PREFIX, PREFIX_RULE).done();
    this.prefix = options.prefix ?? '';
    this.isWritable = options.access === DataAccess.READ_WRITE;
  }

  /** Lets a role reach the data. The bucket's key comes along, if the bucket knows it. */
  public grantTo(grantee: IGrantable): Grant {
    return grantObjects(this.bucket, grantee, { prefixes: [this.prefix], read: true, write: this.isWritable });
  }
}
