import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketProps } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { describe, throwValidationError } from '../../private/invalid-input';
import { LOCKED } from '../../private/locked-bucket';

/**
 * A bucket whose policy lets in nobody but whom the perimeter names. What the CDK does by functions of its own, whose roles
 * nobody knows, would be denied in every deployment, so it is refused at synth.
 */
export class ClosedBucket extends Bucket {
  /** As every `BucketDeployment` asks to. An app is looked through only then: each bucket would look through all of it. */
  private isWritten = false;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, { ...LOCKED, ...props });
    this.node.addValidation({
      validate: () => this.deployments().map((path) => describe({
        property: 'BucketDeployment',
        value: path,
        rule: 'have another destination than a bucket of the environment',
        remedy: 'Its function writes from outside of the network and is denied. Put the files there by a job or a notebook, or into a bucket of your own (addDataSource)',
      })),
    });
  }

  public override grantReadWrite(identity: IGrantable, objectsKeyPattern?: unknown): Grant {
    this.isWritten = true;
    return super.grantReadWrite(identity, objectsKeyPattern);
  }

  public override enableEventBridgeNotification(): void {
    this.refuseNotifications('enableEventBridgeNotification()');
  }

  public override addEventNotification(): void {
    this.refuseNotifications('addEventNotification()');
  }

  public override addObjectCreatedNotification(): void {
    this.refuseNotifications('addObjectCreatedNotification()');
  }

  public override addObjectRemovedNotification(): void {
    this.refuseNotifications('addObjectRemovedNotification()');
  }

  private refuseNotifications(method: string): never {
    return throwValidationError(this, {
      property: 'notifications',
      value: method,
      rule: 'be set by CloudFormation',
      remedy: 'The CDK sets them by a function, which the bucket\'s policy denies. Set storage.eventBridgeEnabled, and make an EventBridge rule for events of aws.s3',
    });
  }

  /** Paths of those that would write here. The CDK keeps the destination to itself. */
  private deployments(): string[] {
    if (!this.isWritten) return [];
    return this.node.root.node.findAll()
      .filter((node) => node instanceof BucketDeployment && (node as unknown as { destinationBucket?: unknown }).destinationBucket === this)
      .map(({ node }) => node.path);
  }
}
