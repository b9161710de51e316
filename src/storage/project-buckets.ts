import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ofItsOwner } from './private/bucket-owner';
import { grantObjects } from './private/object-grant';
import { SETTINGS } from './private/perms';
import { ACCOUNTS, BUILT, CODE_PREFIX, keysOf } from '../private/artifact-keys';

/**
 * The buckets that only project templates need, and what roles may do with what is in them. As with `StorageGrants`, a
 * grant says so in the role's own policies, and opens nothing that the perimeter closes.
 */
export class ProjectBuckets {
  /** Where the code of jobs is, in the artifacts bucket. */
  public static readonly CODE_PREFIX = CODE_PREFIX;
  /** What builds that run code of repositories may hand on, in every pipeline: artifacts whose name begins so. */
  public static readonly BUILT = BUILT;
  /** What lists of accounts are handed on as. */
  public static readonly ACCOUNTS = ACCOUNTS;

  constructor(
    /** What delivery pipelines hand on from step to step, and the code of jobs. */
    public readonly artifacts: IBucket,
    /** Project templates, seed code, and the programs of delivery pipelines. */
    public readonly templates: IBucket,
  ) {}

  /** Reads and writes artifacts. */
  public handOnArtifacts(grantee: IGrantable): Grant {
    return this.lookAtArtifacts(grantee).combine(grantObjects(this.artifacts, grantee, { prefixes: [''], read: true, write: true }));
  }

  /** Reads artifacts, and writes those with one name: CodePipeline names objects `<pipeline>/<artifact>/<random>`, each cut off. */
  public handOn(grantee: IGrantable, artifact: string): Grant {
    return this.readArtifacts(grantee)
      .combine(grantObjects(this.artifacts, grantee, { prefixes: [keysOf(artifact)], write: true, list: false }));
  }

  /** Reads artifacts. */
  public readArtifacts(grantee: IGrantable): Grant {
    return this.lookAtArtifacts(grantee).combine(grantObjects(this.artifacts, grantee, { prefixes: [''], read: true }));
  }

  /** Writes the code that jobs run. */
  public writeCode(grantee: IGrantable): Grant {
    return grantObjects(this.artifacts, grantee, { prefixes: [ProjectBuckets.CODE_PREFIX], write: true, list: false });
  }

  /** Reads the code that a job runs. */
  public readCode(grantee: IGrantable): Grant {
    return grantObjects(this.artifacts, grantee, { prefixes: [ProjectBuckets.CODE_PREFIX], read: true });
  }

  /** Reads templates, seed code and programs. */
  public readTemplates(grantee: IGrantable): Grant {
    return grantObjects(this.templates, grantee, { prefixes: [''], read: true });
  }

  /** CodePipeline and CodeBuild look whose bucket it is, and whether it keeps versions. */
  private lookAtArtifacts(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: SETTINGS, resourceArns: [this.artifacts.bucketArn], conditions: ofItsOwner(this.artifacts) });
  }
}
