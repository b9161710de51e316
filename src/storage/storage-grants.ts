import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { InputCheck } from '../private/input-check';
import { grantObjects } from './private/object-grant';
import { PREFIX, PREFIX_RULE } from './private/prefixes';

/** The buckets that grants are about. */
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
 * What a role may do with the objects of an environment. Each grant says so in the role's own policies and brings the
 * bucket's key along, to be used through S3 only. It opens nothing that the perimeter closes.
 */
export class StorageGrants {
  constructor(private readonly buckets: GrantedBuckets) {}

  /** Reads all data. */
  public readData(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.data, grantee, { prefixes: [''], read: true });
  }

  /** Writes and removes data under the output prefixes. */
  public writeOutputs(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.data, grantee, { prefixes: this.buckets.outputPrefixes, write: true, remove: true });
  }

  /** Writes and removes data under the output prefixes, in jobs whose requests name the key. */
  public writeJobOutputs(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.data, grantee, { prefixes: this.buckets.outputPrefixes, write: true, byJobs: true, remove: true });
  }

  /** Writes and removes data under prefixes of its own. */
  public writeData(grantee: IGrantable, prefixes: string[]): Grant {
    new InputCheck('StorageGrants')
      .notEmpty('prefixes', prefixes)
      .that('prefixes', prefixes, (all) => all.every((prefix) => PREFIX.test(prefix)), `each ${PREFIX_RULE}`)
      .done();
    return grantObjects(this.buckets.data, grantee, { prefixes, write: true, remove: true });
  }

  /** Reads models. */
  public readModels(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.models, grantee, { prefixes: [''], read: true });
  }

  /** Lets a service read models for the role, as SageMaker does when a version is registered; the role by itself may not. */
  public registerModels(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.models, grantee, { prefixes: [''], read: true, list: false, conditions: { Bool: { 'aws:ViaAWSService': 'true' } } });
  }

  /** Reads and writes models. */
  public writeModels(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.models, grantee, { prefixes: [''], read: true, write: true, byJobs: true });
  }

  /** Reads released models. */
  public readReleases(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.releases, grantee, { prefixes: [''], read: true, conditions: this.ownReleases });
  }

  /** Reads and writes released models. */
  public writeReleases(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.releases, grantee, { prefixes: [''], read: true, write: true, conditions: this.ownReleases });
  }

  /** Everybody knows how the bucket is called: after it, its name would be anybody's. */
  private get ownReleases(): Record<string, Record<string, string>> {
    return { StringEquals: { 'aws:ResourceAccount': this.buckets.releases.env.account } };
  }

  /** Reads evaluation reports. */
  public readReports(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.reports, grantee, { prefixes: [''], read: true });
  }

  /** Reads and writes evaluation reports. */
  public writeReports(grantee: IGrantable): Grant {
    return grantObjects(this.buckets.reports, grantee, { prefixes: [''], read: true, write: true, byJobs: true });
  }
}
