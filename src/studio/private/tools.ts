/**
 * Tools that CloudFormation lets a Studio domain hide.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
 */
export const HIDEABLE_TOOLS: readonly string[] = [
  'DataWrangler', 'FeatureStore', 'EmrClusters', 'AutoMl', 'Experiments', 'Training', 'ModelEvaluation', 'Pipelines', 'Models', 'JumpStart',
  'InferenceRecommender', 'Endpoints', 'Projects', 'InferenceOptimization', 'HyperPodClusters', 'Comet', 'DeepchecksLLMEvaluation', 'Fiddler',
  'LakeraGuard', 'PerformanceEvaluation',
];
