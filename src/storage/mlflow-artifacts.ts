import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { grantObjects } from './private/object-grant';

/** The bucket of artifacts that MLflow runs log. */
export class MlflowArtifacts {
  constructor(
    /** The artifact store of the tracking server. */
    public readonly bucket: IBucket,
  ) {}

  /** Grants read and write access. MLflow keeps what people remove until somebody cleans up, so nothing is deleted. */
  public readWrite(grantee: IGrantable): Grant {
    return grantObjects(this.bucket, grantee, { prefixes: [''], read: true, write: true });
  }
}
