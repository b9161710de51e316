import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment } from '../../environment';
import { IDataScienceEnvironment } from '../../stages';

/** Where an environment keeps objects: of one that is known by its names alone, in the bucket that has a name of its own. */
export function bucketArnsOf(environment: IDataScienceEnvironment): string[] {
  if (!(environment instanceof DataScienceEnvironment)) return [environment.names.releasesBucketArn];
  const { storage } = environment;
  const always = [storage.dataBucket, storage.modelsBucket, storage.releasesBucket, storage.reportsBucket];
  return [...always, storage.mlflowBucket, storage.offlineStore, storage.templatesBucket, storage.artifactsBucket]
    .filter((bucket): bucket is IBucket => bucket !== undefined).map(({ bucketArn }) => bucketArn);
}
