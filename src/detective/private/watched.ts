import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment } from '../../environment';
import { EnvironmentRole } from '../../names';
import { IDataScienceEnvironment } from '../../stages';

/** Where an environment keeps objects: of one that is known by its names alone, in the bucket that has a name of its own. */
export function bucketArnsOf(environment: IDataScienceEnvironment): string[] {
  if (!(environment instanceof DataScienceEnvironment)) return [environment.names.releasesBucketArn];
  const { storage } = environment;
  const always = [storage.dataBucket, storage.modelsBucket, storage.releasesBucket, storage.reportsBucket];
  return [...always, storage.mlflowBucket, storage.offlineStore, storage.templatesBucket, storage.artifactsBucket]
    .filter((bucket): bucket is IBucket => bucket !== undefined).map(({ bucketArn }) => bucketArn);
}

/** Permission sets of IAM Identity Center by which people are a persona, as far as the app has them. */
export function permissionSetsOf(environment: IDataScienceEnvironment, persona: EnvironmentRole): readonly string[] {
  return environment instanceof DataScienceEnvironment ? environment.personas._all.get(persona)?._permissionSets ?? [] : [];
}
