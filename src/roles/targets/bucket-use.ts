import { Stack } from 'aws-cdk-lib';
import { Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CAPTURES, GROUND_TRUTH, MONITORING_REPORTS } from './capture-folders';
import { TargetContext } from './context';
import { KeyPurpose } from '../../names';
import { arnIn } from '../../private/arn';
import { FIND_COPIES, WRITE_COPIES } from '../statements/promotion-actions';

/** One way in which a role of a target uses a bucket, with the bucket's key. */
export interface TargetBucketUse {
  /** The environment's releases; the models that endpoints load, which are releases or the target's own copies; what endpoints capture. */
  readonly bucket: 'releases' | 'models' | 'capture';
  readonly writes?: true;
  /** Whether the requests of its jobs name the key of their output, which SageMaker may ask for then. */
  readonly namesKey?: true;
  /** What it takes of the role's own permissions. */
  readonly allows: (context: TargetContext) => PolicyStatement[];
}

const READING = ['s3:GetObject', 's3:GetObjectVersion'];
const WRITING_WITH_KEY = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What the environment has released. */
export const READ_RELEASES: TargetBucketUse = { bucket: 'releases', allows: readReleases };

/** The target's own copies, or the environment's releases. */
export const LOAD_MODELS: TargetBucketUse = {
  bucket: 'models',
  allows: (context) => {
    const { scope, promotedModels, enableSageMakerModelAccess } = context;
    const read = promotedModels === undefined ? readReleases(context) : [
      new PolicyStatement({ actions: READING, resources: [promotedModels.bucket.arnForObjects('*')], conditions: ownedBy(Stack.of(scope).account) }),
      new PolicyStatement({ actions: ['kms:Decrypt'], resources: [promotedModels.encryptionKey.keyArn], conditions: through(context, 's3') }),
    ];
    return [...read, ...enableSageMakerModelAccess ? [findModels(context)] : []];
  },
};

/** Copies of releases, under the keys that these have. SageMaker looks at the artifact of a version as who registers it. */
export const COPY_MODELS: TargetBucketUse = {
  bucket: 'models',
  writes: true,
  allows: (context) => {
    const { bucket, encryptionKey } = context.promotedModels!, ours = ownedBy(Stack.of(context.scope).account);
    return [
      new PolicyStatement({ actions: WRITE_COPIES, resources: [bucket.arnForObjects('*')], conditions: ours }),
      new PolicyStatement({ actions: FIND_COPIES, resources: [bucket.bucketArn], conditions: ours }),
      new PolicyStatement({ actions: WRITING_WITH_KEY, resources: [encryptionKey.keyArn], conditions: through(context, 's3') }),
    ];
  },
};

/** What endpoints were asked, and what they answered. */
export const CAPTURE: TargetBucketUse = {
  bucket: 'capture',
  writes: true,
  allows: (context) => [
    new PolicyStatement({
      actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [context.captureBucket.arnForObjects('*')], conditions: ownedBy(Stack.of(context.scope).account),
    }),
    new PolicyStatement({ actions: WRITING_WITH_KEY, resources: [context.captureKey.keyArn], conditions: through(context, 's3') }),
  ],
};

/** Reports about what was captured, and about the right answers. */
export const REPORT_ON_CAPTURES: TargetBucketUse = {
  bucket: 'capture',
  writes: true,
  namesKey: true,
  allows: (context) => {
    const { scope, captureBucket, captureKey } = context, ours = ownedBy(Stack.of(scope).account);
    const within = (...prefixes: string[]) => prefixes.map((prefix) => `${prefix}*`);
    const objects = (...prefixes: string[]) => within(...prefixes).map((keys) => captureBucket.arnForObjects(keys));
    return [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: objects(CAPTURES, GROUND_TRUTH), conditions: ours }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [captureBucket.bucketArn],
        // Names of reports say which hours were looked at.
        conditions: { ...ours, StringLike: { 's3:prefix': within(CAPTURES, GROUND_TRUTH, MONITORING_REPORTS) } },
      }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: objects(MONITORING_REPORTS), conditions: ours }),
      new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [captureKey.keyArn], conditions: through(context, 's3') }),
      // What SageMaker may ask besides, where a job's request names the key of its output.
      new PolicyStatement({ actions: ['kms:Encrypt'], resources: [captureKey.keyArn], conditions: through(context, 's3', 'sagemaker') }),
    ];
  },
};

/** Its key is in another account, and known by its alias only. */
function readReleases(context: TargetContext): PolicyStatement[] {
  const { names } = context;
  return [
    new PolicyStatement({ actions: READING, resources: [`${names.releasesBucketArn}/*`], conditions: ownedBy(names.account) }),
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [arnIn(names, 'kms', 'key/*')],
      conditions: { ...through(context, 's3'), 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.keyAlias(KeyPurpose.RELEASES) } },
    }),
  ];
}

/**
 * Only where SageMaker fetches models from its own network: what it asks for before the artifact itself.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
function findModels({ scope, names, promotedModels }: TargetContext): PolicyStatement {
  const [bucketArn, owner] = promotedModels ? [promotedModels.bucket.bucketArn, Stack.of(scope).account] : [names.releasesBucketArn, names.account];
  return new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn], conditions: ownedBy(owner) });
}

/** The name of a bucket would be anybody's after its owner. */
function ownedBy(account: string): Conditions {
  return { StringEquals: { 'aws:ResourceAccount': account } };
}

/** These services use the key for the caller. */
function through({ scope, names: { region } }: TargetContext, ...services: string[]): Conditions {
  const named = services.map((service) => `${service}.${region}.${Stack.of(scope).urlSuffix}`);
  return { StringEquals: { 'kms:ViaService': named.length === 1 ? named[0] : named } };
}
