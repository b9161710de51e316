import { Stack } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { BucketBase, BucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';

/** What is known of a bucket where a project is launched. */
export interface NamedBucketProps {
  readonly bucketName: string;
  readonly encryptionKey?: IKey;
}

/**
 * A bucket that is there where a project is launched, as pipelines of the CDK take it. `Bucket.fromBucketAttributes` makes the
 * same, but reads a table of all regions for addresses that no pipeline asks for: a twentieth of a synthesis with two templates.
 */
export class NamedBucket extends BucketBase {
  public readonly bucketName: string;
  public readonly bucketArn: string;
  public readonly bucketDomainName: string;
  public readonly bucketRegionalDomainName: string;
  public readonly bucketDualStackDomainName: string;
  public readonly bucketWebsiteDomainName: string;
  public readonly bucketWebsiteUrl: string;
  public readonly encryptionKey?: IKey;
  public readonly isWebsite = false;
  public readonly disallowPublicAccess = false;
  public policy?: BucketPolicy;
  public replicationRoleArn?: string;
  protected readonly autoCreatePolicy = false;

  constructor(scope: Construct, id: string, { bucketName, encryptionKey }: NamedBucketProps) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    this.bucketName = bucketName;
    this.bucketArn = arnIn(this, 's3', bucketName);
    this.bucketDomainName = `${bucketName}.s3.${urlSuffix}`;
    this.bucketRegionalDomainName = `${bucketName}.s3.${region}.${urlSuffix}`;
    this.bucketDualStackDomainName = `${bucketName}.s3.dualstack.${region}.${urlSuffix}`;
    this.bucketWebsiteDomainName = `${bucketName}.s3-website.${region}.${urlSuffix}`;
    this.bucketWebsiteUrl = `http://${this.bucketWebsiteDomainName}`;
    this.encryptionKey = encryptionKey;
  }
}
