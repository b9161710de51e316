import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { grantObjects } from './private/object-grant';

/**
 * The buckets that only project templates need, and what roles may do with what is in them. As with `StorageGrants`, a
 * grant says so in the role's own policies, and opens nothing that the perimeter closes.
 */
export class ProjectBuckets {
  /** Where the code of jobs is, in the artifacts bucket. */
  public static readonly CODE_PREFIX = 'code/';

  constructor(
    /** What delivery pipelines hand on from step to step, and the code of jobs. */
    public readonly artifacts: IBucket,
    /** Project templates, seed code, and the programs of delivery pipelines. */
    public readonly templates: IBucket,
  ) {}

  /** Reads and writes artifacts. */
  public handOnArtifacts(grantee: IGrantable): Grant {
    return grantObjects(this.artifacts, grantee, { prefixes: [''], read: true, write: true });
  }

  /** Reads the code that a job runs. */
  public readCode(grantee: IGrantable): Grant {
    return grantObjects(this.artifacts, grantee, { prefixes: [ProjectBuckets.CODE_PREFIX], read: true });
  }

  /** Reads templates, seed code and programs. */
  public readTemplates(grantee: IGrantable): Grant {
    return grantObjects(this.templates, grantee, { prefixes: [''], read: true });
  }
}
