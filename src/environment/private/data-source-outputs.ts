import { Annotations, Resource, Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { BucketKind, DataPerimeter } from '../../perimeter';
import { policyOutput } from '../../private/owner-account';

/** Whose perimeter knows what owners must add. */
interface Opening extends Construct {
  readonly perimeter: DataPerimeter;
  readonly names: EnvironmentNames;
}

/** Tells the owner of a data source what its policies need, once for each bucket. */
export function tellOwner(environment: Opening, bucket: IBucket): void {
  const { perimeter, names } = environment;
  if (Resource.isOwnedResource(bucket) && bucket.env.account === names.account) return;
  const all = environment.node.tryFindChild('DataSources') ?? new Construct(environment, 'DataSources');
  const id = `Bucket${bucket.node.addr}`;
  if (all.node.tryFindChild(id) !== undefined) return;
  const scope = new Construct(all, id);
  const say = (name: string, of: string, statements: () => PolicyStatement[]) =>
    policyOutput(scope, name, `Data source ${nameOf(bucket)}: what its owner must add to the policy of ${of}`, statements);
  say('BucketPolicy', 'the bucket', () => perimeter.requiredBucketStatements(bucket, BucketKind.DATA));
  if (bucket.encryptionKey !== undefined) say('KeyPolicy', 'the bucket\'s key', () => perimeter.requiredBucketKeyStatements(bucket));
  Annotations.of(environment).addInfo(`The policy of the data source ${nameOf(bucket)} stays as it is: the outputs of this stack and perimeter.requiredBucketStatements() `
    + 'say what its owner must add. In the environment\'s own account that is needed only where a policy denies, or where the key\'s policy gives the account nothing.');
}

/** Descriptions of outputs take no references. */
function nameOf(bucket: IBucket): string {
  return Token.isUnresolved(bucket.bucketName) ? bucket.node.path : bucket.bucketName;
}
