import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentNames } from '../names';
import { ofItsOwner } from './private/bucket-owner';
import { grantObjects } from './private/object-grant';
import { SETTINGS } from './private/perms';
import { CODE_PREFIX, keysOf } from '../roles/statements/artifact-keys';

/**
 * The buckets that project templates need.
 *
 * A grant adds to the policies of the role and opens nothing that the data perimeter closes.
 */
export class ProjectBuckets {
  constructor(
    /** Bucket of the artifacts of CodePipeline pipelines and of the source code of jobs. */
    public readonly artifacts: IBucket,
    /** Bucket of project templates, seed code and the programs of CodePipeline pipelines. */
    public readonly templates: IBucket,
    private readonly names: EnvironmentNames,
  ) {}

  /** Grants read and write access to all pipeline artifacts. */
  public readWriteArtifacts(grantee: IGrantable): Grant {
    return this.lookAtArtifacts(grantee).combine(grantObjects(this.artifacts, grantee, { prefixes: [''], read: true, write: true }));
  }

  /**
   * Grants read access to all pipeline artifacts and write access to those with one name.
   *
   * @param artifact name of the artifact, which CodePipeline cuts off in the object key `<pipeline>/<artifact>/<random>`
   */
  public writeArtifact(grantee: IGrantable, artifact: string): Grant {
    return this.readArtifacts(grantee)
      .combine(grantObjects(this.artifacts, grantee, { prefixes: [keysOf(this.names, artifact)], write: true, list: false }));
  }

  /** Grants read access to all pipeline artifacts. */
  public readArtifacts(grantee: IGrantable): Grant {
    return this.lookAtArtifacts(grantee).combine(grantObjects(this.artifacts, grantee, { prefixes: [''], read: true }));
  }

  /** Grants write access to the source code of jobs. */
  public writeCode(grantee: IGrantable): Grant {
    return grantObjects(this.artifacts, grantee, { prefixes: [CODE_PREFIX], write: true, list: false });
  }

  /** Grants read access to the source code of jobs. */
  public readCode(grantee: IGrantable): Grant {
    return grantObjects(this.artifacts, grantee, { prefixes: [CODE_PREFIX], read: true });
  }

  /** Grants read access to project templates, seed code and programs. */
  public readTemplates(grantee: IGrantable): Grant {
    return grantObjects(this.templates, grantee, { prefixes: [''], read: true });
  }

  /** CodePipeline and CodeBuild look whose bucket it is, and whether it keeps versions. */
  private lookAtArtifacts(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({ grantee, actions: SETTINGS, resourceArns: [this.artifacts.bucketArn], conditions: ofItsOwner(this.artifacts) });
  }
}
