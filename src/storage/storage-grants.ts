import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { InputCheck } from '../private/input-check';
import { checkRequired, listOf, TEXT } from '../private/required-input';
import { grantObjects } from './private/object-grant';
import { PREFIX, PREFIX_RULE } from './private/prefixes';

/** The buckets whose objects are granted. @internal */
export interface GrantedBuckets {
  /** The data bucket. */
  readonly data: IBucket;
  /** The models bucket. */
  readonly models: IBucket;
  /** The releases bucket. */
  readonly releases: IBucket;
  /** The reports bucket. */
  readonly reports: IBucket;
  /** Prefixes of the data bucket that workloads may write. */
  readonly outputPrefixes: string[];
}

/**
 * Grants of access to the objects of an environment.
 *
 * Each grant adds to the policies of the role and brings the KMS key of the bucket along, for use through S3 only. It opens
 * nothing that the data perimeter closes.
 *
 * To read is `s3:ListBucket`, `s3:GetBucketLocation`, `s3:GetObject`, `s3:GetObjectVersion`, `s3:GetObjectTagging` and
 * `s3:GetObjectAttributes`, with `kms:Decrypt`. To write is `s3:PutObject`, `s3:PutObjectTagging`, `s3:AbortMultipartUpload` and
 * `s3:ListMultipartUploadParts`, with `kms:Decrypt` and `kms:GenerateDataKey`. To delete is `s3:DeleteObject`.
 */
export class StorageGrants {
  /** Grants over the buckets of an environment. @internal */
  public static _of(buckets: GrantedBuckets): StorageGrants {
    return new StorageGrants(buckets);
  }

  private constructor(private readonly buckets: GrantedBuckets) {}

  /** Grants read access to the whole data bucket. */
  public readData(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.data, grantee, { prefixes: [''], read: true });
  }

  /** Grants permission to write and delete objects under the output prefixes of the data bucket. */
  public writeOutputs(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.data, grantee, { prefixes: this.buckets.outputPrefixes, write: true, remove: true });
  }

  /** Grants permission to write and delete objects under the output prefixes of the data bucket, for jobs whose requests name the KMS key. */
  public writeJobOutputs(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.data, grantee, { prefixes: this.buckets.outputPrefixes, write: true, byJobs: true, remove: true });
  }

  /**
   * Grants permission to write and delete objects under some prefixes of the data bucket.
   *
   * @param prefixes prefixes of object keys, each with a slash at the end
   * @throws if there is no prefix, or if one does not end with a slash
   */
  public writeData(grantee: IGrantable, prefixes: string[]): Grant {
    checkRequired('StorageGrants.writeData', { prefixes }, { prefixes: listOf(TEXT) });
    new InputCheck('StorageGrants')
      .notEmpty('prefixes', prefixes)
      .that('prefixes', prefixes, (all) => all.every((prefix) => PREFIX.test(prefix)), `each ${PREFIX_RULE}`)
      .throwIfInvalid();
    return grantObjects(this.buckets.data, grantee, { prefixes, write: true, remove: true });
  }

  /** Grants read access to the models bucket. */
  public readModels(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.models, grantee, { prefixes: [''], read: true });
  }

  /**
   * Grants read access to the models bucket to AWS services that act for the role, as SageMaker does when it registers a model version.
   *
   * The role itself gets no access.
   */
  public registerModels(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.models, grantee, { prefixes: [''], read: true, list: false, conditions: { Bool: { 'aws:ViaAWSService': 'true' } } });
  }

  /** Grants read and write access to the models bucket. */
  public writeModels(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.models, grantee, { prefixes: [''], read: true, write: true, byJobs: true });
  }

  /** Grants read access to the releases bucket. */
  public readReleases(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.releases, grantee, { prefixes: [''], read: true, conditions: this.ownReleases });
  }

  /** Grants read and write access to the releases bucket. */
  public writeReleases(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.releases, grantee, { prefixes: [''], read: true, write: true, conditions: this.ownReleases });
  }

  /** Everybody knows how the bucket is called: after it, its name would be anybody's. */
  private get ownReleases(): Record<string, Record<string, string>> {
    return { StringEquals: { 'aws:ResourceAccount': this.buckets.releases.env.account } };
  }

  /** Grants read access to the reports bucket. */
  public readReports(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.reports, grantee, { prefixes: [''], read: true });
  }

  /** Grants read and write access to the reports bucket. */
  public writeReports(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.reports, grantee, { prefixes: [''], read: true, write: true, byJobs: true });
  }
}
