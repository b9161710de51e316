import {
  actions, MAKES_FEATURE_GROUPS, MAY_SEND_INSTANCE_TYPES, MAY_SEND_VPC, MUST_SEND_INSTANCE_TYPES, SENDS_INTER_CONTAINER_ENCRYPTION,
  SENDS_MAXIMUM_RUNTIME, SENDS_NETWORK_ISOLATION_OF_JOBS, SENDS_NETWORK_ISOLATION_OF_MODELS, SENDS_NOTEBOOK_ACCESS, SENDS_OUTPUT_KEY,
  SENDS_SERVERLESS, SENDS_VOLUME_KEY_ALONE, SENDS_VOLUME_KEY_AND_INSTANCES, SENDS_VPC,
} from './guardrail-table';

/** Who sends a condition key of SageMaker's. */
interface Senders {
  /** Actions that are denied without it. */
  readonly must: string[];
  /** Actions that leave something to a default, or as it is, without it. */
  readonly may: string[];
}

const sent = (must: string[], may: string[] = []): Senders => ({ must, may });

/** What an account's administrators make: no role of an environment does. */
const OF_ADMINISTRATORS = actions('CreateJob', 'CreateCluster', 'CreateDomain');
const DOMAIN_CHANGES = actions('UpdateDomain'), CLUSTER_CHANGES = actions('UpdateCluster');
const PROFILES = actions('CreateUserProfile', 'UpdateUserProfile');
const LABELING = actions('CreateLabelingJob'), REVIEWS = actions('CreateFlowDefinition');
const SPACES = actions('CreateSpace', 'UpdateSpace');
const NOTEBOOK_CHANGES = actions('UpdateNotebookInstance');

/**
 * Every condition key that guardrails ask for, with every action that sends it: what whole accounts are held to. Roles of an
 * environment are held to less, since they are granted less. With `OTHER_KEYS` these are all keys that the service
 * authorization reference has for SageMaker, which a test holds.
 */
export const GUARDED_KEYS = {
  'sagemaker:VpcSubnets': sent([...SENDS_VPC, ...OF_ADMINISTRATORS], [...MAY_SEND_VPC, ...DOMAIN_CHANGES, ...CLUSTER_CHANGES]),
  'sagemaker:VpcSecurityGroupIds': sent([...SENDS_VPC, ...OF_ADMINISTRATORS], [...MAY_SEND_VPC, ...DOMAIN_CHANGES, ...CLUSTER_CHANGES, ...PROFILES]),
  // The first need none on instances with local storage, which take none.
  'sagemaker:VolumeKmsKeyArn': sent([...SENDS_VOLUME_KEY_AND_INSTANCES, ...SENDS_VOLUME_KEY_ALONE, ...LABELING, ...actions('CreateDomain')]),
  'sagemaker:OutputKmsKeyArn': sent([...SENDS_OUTPUT_KEY, ...LABELING, ...actions('CreateJob')]),
  'sagemaker:DomainSharingOutputKmsKeyArn': sent([], [...actions('CreateDomain'), ...DOMAIN_CHANGES, ...PROFILES]),
  'sagemaker:InterContainerTrafficEncryption': sent(SENDS_INTER_CONTAINER_ENCRYPTION),
  'sagemaker:NetworkIsolation': sent(SENDS_NETWORK_ISOLATION_OF_MODELS, [...SENDS_NETWORK_ISOLATION_OF_JOBS, ...actions('CreateEndpointConfig')]),
  'sagemaker:InstanceTypes': sent([...MUST_SEND_INSTANCE_TYPES, ...actions('CreateCluster')], [
    ...MAY_SEND_INSTANCE_TYPES, ...actions('CreateDomain', 'UpdateTrainingJob'), ...DOMAIN_CHANGES, ...CLUSTER_CHANGES, ...PROFILES, ...NOTEBOOK_CHANGES,
  ]),
  'sagemaker:MaxRuntimeInSeconds': sent(SENDS_MAXIMUM_RUNTIME),
  'sagemaker:AppNetworkAccessType': sent(actions('CreateDomain'), DOMAIN_CHANGES),
  'sagemaker:DirectInternetAccess': sent(SENDS_NOTEBOOK_ACCESS),
  'sagemaker:RootAccess': sent(SENDS_NOTEBOOK_ACCESS, NOTEBOOK_CHANGES),
  'sagemaker:MinimumInstanceMetadataServiceVersion': sent(SENDS_NOTEBOOK_ACCESS, NOTEBOOK_CHANGES),
  'sagemaker:RemoteAccess': sent([], SPACES),
  'sagemaker:EnableRemoteDebug': sent([], actions('CreateTrainingJob', 'UpdateTrainingJob')),
  'sagemaker:WorkteamType': sent([], [...LABELING, ...REVIEWS]),
  'sagemaker:ServerlessMemorySize': sent([], SENDS_SERVERLESS),
  'sagemaker:FeatureGroupOfflineStoreConfig': sent([], MAKES_FEATURE_GROUPS),
  'sagemaker:FeatureGroupOfflineStoreS3Uri': sent([], MAKES_FEATURE_GROUPS),
  'sagemaker:FeatureGroupOfflineStoreKmsKeyArn': sent([], MAKES_FEATURE_GROUPS),
  'sagemaker:FeatureGroupDisableGlueTableCreation': sent([], MAKES_FEATURE_GROUPS),
  'sagemaker:FeatureGroupEnableOnlineStore': sent([], MAKES_FEATURE_GROUPS),
  'sagemaker:FeatureGroupOnlineStoreKmsKeyArn': sent([], MAKES_FEATURE_GROUPS),
};

/** Keys that no guardrail asks for, and why. */
export const OTHER_KEYS: Record<string, string> = {
  'sagemaker:AcceleratorTypes': 'Elastic Inference takes no new customers',
  'sagemaker:AuthMode': 'people sign in by IAM or by Identity Center, and neither opens the network',
  'sagemaker:BearerTokenType': 'a token has no more permissions than who asked for it',
  'sagemaker:CustomerMetadataProperties/${MetadataKey}': 'descriptions of a version',
  'sagemaker:CustomerMetadataPropertiesToRemove': 'descriptions of a version',
  'sagemaker:DirectGatedModelAccess': 'where a public model comes from; the network and the output are guarded',
  'sagemaker:FileSystemAccessMode': 'file systems are reached from the guarded subnets only',
  'sagemaker:FileSystemDirectoryPath': 'file systems are reached from the guarded subnets only',
  'sagemaker:FileSystemId': 'file systems are reached from the guarded subnets only',
  'sagemaker:FileSystemType': 'file systems are reached from the guarded subnets only',
  'sagemaker:ImageArns': 'an image of Studio runs in the guarded network; who pulls which image is said by roles',
  'sagemaker:ImageVersionArns': 'an image of Studio runs in the guarded network; who pulls which image is said by roles',
  'sagemaker:IsUpdateRecord': 'how a record is written',
  'sagemaker:KeepAlivePeriod': 'an instance that waits costs money and reaches nothing more',
  'sagemaker:ModelApprovalStatus': 'who approves is said by personas',
  'sagemaker:ModelArn': 'models are of the account and guarded when they are made',
  'sagemaker:ModelLifeCycle:Stage': 'who approves is said by personas',
  'sagemaker:ModelLifeCycle:StageStatus': 'who approves is said by personas',
  'sagemaker:NotebookInstanceLifecycleConfigArns': 'a script runs in the guarded network',
  'sagemaker:OwnerUserProfileArn': 'whose space it is, is said by execution roles',
  'sagemaker:PipelineVersionId': 'which version of a pipeline runs; its jobs are guarded',
  'sagemaker:SearchVisibilityCondition/${FilterKey}': 'what a search shows; roles say who searches',
  'sagemaker:ServerlessMaxConcurrency': 'serverless endpoints are denied',
  'sagemaker:SpaceSharingType': 'whose space it is, is said by execution roles',
  'sagemaker:StudioLifecycleConfigArns': 'a script runs in the guarded network',
  'sagemaker:TaggingAction': 'who tags is said by roles',
  'sagemaker:TargetModel': 'which of an endpoint\'s models answers',
  'sagemaker:UpdatableFeatures': 'how a record is written',
  'sagemaker:WorkteamArn': 'its kind is guarded, and which private team it is, is not',
};

/** What starts work or opens a connection and sends no key for its network, so that nobody but who deploys may ask for it. */
export const WITHOUT_NETWORK_KEY = actions(
  'CreateAIBenchmarkJob', 'CreateAIRecommendationJob', 'CreateCompilationJob', 'CreateEdgePackagingJob', 'CreateInferenceRecommendationsJob', 'CreateLabelingJob',
  'CreateMlflowApp', 'CreateMlflowTrackingServer', 'CreateOptimizationJob', 'CreatePartnerApp', 'DeployHubModel', 'StartSession',
);

/** What opens models, features or lineage to other accounts. */
export const SHARES_WITH_ACCOUNTS = actions('CreateSharedModel', 'PutLineageGroupPolicy', 'PutModelPackageGroupPolicy', 'PutResourcePolicy', 'UpdateSharedModel');
