import { Duration, Stack, StackProps } from 'aws-cdk-lib';
import { IpAddresses, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Effect, IManagedPolicy, ManagedPolicy, OidcProviderNative, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** Where people of the company sign in, without `https://`. */
export const ISSUER = 'login.example.com';
/** The company's application at its identity provider by which they come. */
export const CLIENT_ID = 'data-science';

/** What a company's platform team has in the account before anybody asks for an environment. */
export class CompanyStack extends Stack {
  /** Subnets without a way to the internet. */
  public readonly vpc: Vpc;
  /** The key of the company's data. */
  public readonly key: Key;
  /** The company's data. */
  public readonly data: Bucket;
  /** What no role of the account may exceed. */
  public readonly boundary: IManagedPolicy;
  /** The company's identity provider. */
  public readonly people: OidcProviderNative;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'What a company brings along', ...props });
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.64.0.0/20'),
      maxAzs: 2,
      natGateways: 0,
      restrictDefaultSecurityGroup: false, // the library's own templates carry no assets, and neither does this one
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    });
    this.key = new Key(this, 'Key', { description: 'The data of the company', enableKeyRotation: true });
    this.data = new Bucket(this, 'Data', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    this.boundary = new ManagedPolicy(this, 'Boundary', {
      description: 'Roles of teams do their work and leave users, organization and account alone',
      statements: [
        new PolicyStatement({ actions: ['*'], resources: ['*'] }),
        new PolicyStatement({ effect: Effect.DENY, actions: ['iam:*User*', 'iam:*AccessKey*', 'organizations:*', 'account:*'], resources: ['*'] }),
      ],
    });
    // With a thumbprint given, IAM does not ask the provider for one.
    this.people = new OidcProviderNative(this, 'People', { url: `https://${ISSUER}`, clientIds: [CLIENT_ID], thumbprints: ['0'.repeat(40)] });
  }
}
