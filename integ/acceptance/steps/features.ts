import { ApiError } from '../../rehearsal/accounts/aws-api';
import { ENVIRONMENT_NAME } from '../app';
import { must } from '../claim';
import { runInJob } from '../program-job';
import { Scene } from '../scene';
import { Step } from '../step';

const NO_STORE = 'the local AWS has no Feature Store; both versions of the SageMaker SDK are captured and weighed by the access matrix';
const PROGRAM = 'features.py';
export const FEATURE_GROUP = `${ENVIRONMENT_NAME}--customers`;

interface Group { readonly FeatureGroupStatus: string; readonly FailureReason?: string }

/** Features that several models share. */
export const FEATURES: Step[] = [
  {
    id: 'feature-group',
    claim: 'Whoever works in Studio makes a feature group in the environment\'s stores, and in no other bucket and without no key: SageMaker sends the keys of conditions that guardrails compare, and its role may write the offline store',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-security.html',
    remedy: 'FailureReason names what SageMaker could not do as the role for feature groups, or with the key. A request that was allowed though it had another bucket or no key: take the option featureStore out, and tell us',
    after: ['own-name'],
    onlyOnAws: NO_STORE,
    play: async (scene) => {
      const who = await scene.studio(), [request, elsewhere] = [await groupRequest(scene), await scene.parameter('storage/data-bucket')];
      const { OfflineStoreConfig, OnlineStoreConfig } = request;
      const make = (changed: object) => scene.callAs(who, 'sagemaker', 'create_feature_group', { ...request, ...changed });
      const { KmsKeyId } = OfflineStoreConfig.S3StorageConfig;
      await scene.refused(/AccessDenied/, make({ OfflineStoreConfig: { ...OfflineStoreConfig, S3StorageConfig: { S3Uri: `s3://${elsewhere}/`, KmsKeyId } } }));
      await scene.refused(/AccessDenied/, make({ OnlineStoreConfig: { EnableOnlineStore: OnlineStoreConfig.EnableOnlineStore } }));
      if (await found(scene) === undefined) await make({});
      const { FeatureGroupStatus, FailureReason } = await scene.until('the feature group', 20, async () => {
        const now = await found(scene);
        return now?.FeatureGroupStatus === 'Creating' ? undefined : now;
      });
      must(FeatureGroupStatus === 'Created', `The group is ${FeatureGroupStatus}: ${FailureReason ?? 'no reason given'}`);
      return 'made; another bucket and no key are refused';
    },
  },
  {
    id: 'feature-record',
    claim: 'A job adds a record and looks it up through the endpoint of the online store, and nobody does from outside of the network',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-ingest-data.html',
    remedy: 'The exit message has the refusal: aws:SourceVpc that does not come with the request, the policy of the endpoint, or the key of the store',
    after: ['feature-group', 'job'],
    onlyOnAws: NO_STORE,
    play: async (scene) => {
      const asked = { FeatureGroupName: FEATURE_GROUP, RecordIdentifierValueAsString: 'acceptance' };
      await scene.refused(/AccessDenied/, scene.callAs(await scene.studio(), 'sagemaker-featurestore-runtime', 'get_record', asked));
      return runInJob(scene, PROGRAM, { ...await variables(scene), ASK: 'record' });
    },
  },
  {
    id: 'feature-history',
    claim: 'Within a quarter of an hour SageMaker has written the record to the offline store with the role for it, and jobs read it',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-offline.html',
    remedy: 'If nothing is there, the policy of the offline store\'s bucket refuses SageMaker: CloudTrail has the PutObject of its role, with the condition key that it lacks',
    after: ['feature-record'],
    onlyOnAws: NO_STORE,
    play: async (scene) => runInJob(scene, PROGRAM, { ...await variables(scene), ASK: 'history' }),
  },
];

/** Deletes the group, where there is one; what is in its offline store goes with the bucket. */
export async function removeFeatureGroup(scene: Scene): Promise<number> {
  if (await found(scene) === undefined) return 0;
  await scene.callAs(await scene.studio(), 'sagemaker', 'delete_feature_group', { FeatureGroupName: FEATURE_GROUP });
  await scene.until('the end of the feature group', 20, async () => (await found(scene) === undefined ? true : undefined));
  return 1;
}

async function found(scene: Scene): Promise<Group | undefined> {
  try {
    return await scene.call<Group>('sagemaker', 'describe_feature_group', { FeatureGroupName: FEATURE_GROUP });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'ResourceNotFound') return undefined;
    throw error;
  }
}

async function variables(scene: Scene): Promise<Record<string, string>> {
  return { FEATURE_GROUP, OFFLINE_STORE: await scene.parameter('storage/offline-store-bucket') };
}

async function groupRequest(scene: Scene) {
  const [bucket, KmsKeyId, RoleArn] = await Promise.all(
    ['storage/offline-store-bucket', 'encryption/feature-store-key-arn', 'identity/feature-store-role-arn'].map((what) => scene.parameter(what)));
  return {
    FeatureGroupName: FEATURE_GROUP,
    RecordIdentifierFeatureName: 'id',
    EventTimeFeatureName: 'time',
    FeatureDefinitions: [['id', 'String'], ['time', 'Fractional'], ['orders', 'Fractional']].map(([FeatureName, FeatureType]) => ({ FeatureName, FeatureType })),
    OnlineStoreConfig: { EnableOnlineStore: true, SecurityConfig: { KmsKeyId } },
    OfflineStoreConfig: { S3StorageConfig: { S3Uri: `s3://${bucket}/`, KmsKeyId }, DisableGlueTableCreation: true },
    RoleArn,
  };
}
