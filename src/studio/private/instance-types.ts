/**
 * Sizes of the instance families that CloudFormation lets a Studio domain hide. A type that AWS adds later is shown until
 * it is added here: hiding helps people to choose, only the guardrails of an execution role forbid.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
 */
const SIZES_BY_FAMILY: Record<string, string> = {
  't3': 'micro small medium large xlarge 2xlarge',
  'm5': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  'm5d': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  'c5': 'large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge',
  'p3': '2xlarge 8xlarge 16xlarge',
  'p3dn': '24xlarge',
  'g4dn': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge',
  'r5': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge',
  'g5': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  'g6': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  'g6e': 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  'g7e': '2xlarge 4xlarge 8xlarge 12xlarge 24xlarge 48xlarge',
  'p4d': '24xlarge',
  'p4de': '24xlarge',
  'trn1': '2xlarge 32xlarge',
  'trn1n': '32xlarge',
  'p5': '48xlarge 4xlarge',
  'p5e': '48xlarge',
  'p5en': '48xlarge',
  'm6i': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  'm7i': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  'c6i': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  'c7i': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  'r6i': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  'r7i': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge',
  'm6id': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  'c6id': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  'r6id': 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge',
  'p6-b200': '48xlarge',
};

/** Every instance type that Studio can hide. */
export const HIDEABLE_INSTANCE_TYPES: readonly string[] = Object.entries(SIZES_BY_FAMILY)
  .flatMap(([family, sizes]) => sizes.split(' ').map((size) => `ml.${family}.${size}`))
  .concat('ml.geospatial.interactive');
