import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Arns } from './arns';
import { ExecutionContext } from '../card';
import { pulling } from './container-statements';
import { CHANGE_EXPERIMENTS, FIND_PRODUCTS, LAUNCH_PRODUCTS, OWN_PROVISIONED_PRODUCTS, SEE_BUILDS, SEE_DELIVERY, START_JOBS, STOP_JOBS, TRACK_EXPERIMENTS } from './perms';

/** What several roles may do that work with SageMaker, whose guardrails say with what. */

/** Types of jobs, as ARNs name them. */
export const JOBS = ['training-job', 'processing-job', 'transform-job', 'hyper-parameter-tuning-job'];
/** Types of records of what was tried. */
export const LINEAGE = ['experiment', 'experiment-trial', 'experiment-trial-component', 'action', 'artifact', 'context'];
/** Feature groups of whatever account, since one can be shared. */
const FEATURE_GROUPS = 'arn:*:sagemaker:*:*:feature-group/*'; // eslint-disable-line no-restricted-syntax -- no partition

/**
 * Seeing what is there; SageMaker lists for the account as a whole, and Studio's pages show what they list. Patterns: it has more
 * than a hundred of them, and none changes anything. `List*` has `ListRecords` in it, which gives away what is in a feature group,
 * and is nothing but that of feature groups: what reads records is allowed by its name, on the environment's groups.
 */
export function seeSageMaker(): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: [
        'Describe*', 'ListTags', 'BatchDescribeModelPackage', 'BatchGetMetrics', 'Search', 'GetSearchSuggestions', 'QueryLineage', 'GetSagemakerServicecatalogPortfolioStatus',
      ].map((name) => `sagemaker:${name}`),
      resources: ['*'],
    }),
    new PolicyStatement({ actions: ['sagemaker:List*'], notResources: [FEATURE_GROUPS] }),
  ];
}

/** Starting work, and making the model that a transform job uses. */
export function startJobs(arns: Arns): PolicyStatement[] {
  const resources = arns.sageMaker(...JOBS, 'model');
  return [new PolicyStatement({ actions: [...START_JOBS, 'sagemaker:CreateModel'], resources }), tagAtCreation(resources)];
}

/** Registering versions in the environment's groups, always as pending; their stage in life is an approver's to say. */
export function registerModels({ arns, images }: ExecutionContext): PolicyStatement[] {
  const groups = arns.ours('model-package-group'), versions = arns.ours('model-package');
  return [
    new PolicyStatement({ actions: ['sagemaker:CreateModelPackageGroup'], resources: groups }),
    new PolicyStatement({
      actions: ['sagemaker:CreateModelPackage'],
      resources: [...versions, ...groups],
      conditions: {
        StringEquals: { 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' },
        Null: { 'sagemaker:ModelLifeCycle:Stage': 'true', 'sagemaker:ModelLifeCycle:StageStatus': 'true' },
      },
    }),
    tagAtCreation([...versions, ...groups]),
    // SageMaker looks at the image of a version as who registers it. Of which account it is, the registry's policy says as well.
    ...pulling(['ecr:BatchGetImage', 'ecr:DescribeImages'], images),
  ];
}

export function trackExperiments(arns: Arns): PolicyStatement[] {
  const resources = arns.sageMaker(...LINEAGE);
  return [new PolicyStatement({ actions: TRACK_EXPERIMENTS, resources }), tagAtCreation(resources)];
}

/** Ending jobs, and the records of them. */
export const END_JOBS_AND_RECORDS = [...STOP_JOBS, ...CHANGE_EXPERIMENTS];

/** Volumes of what the role starts: SageMaker asks for the key as the role does, and hands it on to EBS by a grant. */
export function encryptVolumes({ scope, volumeKey, studioStorageKey, outputKeys }: ExecutionContext): PolicyStatement[] {
  const { region, urlSuffix } = Stack.of(scope);
  const volumes = [volumeKey.keyArn, studioStorageKey.keyArn];
  const through = { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}` };
  return [
    new PolicyStatement({ actions: ['kms:CreateGrant'], resources: volumes, conditions: { StringEquals: through, Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'], resources: volumes, conditions: { StringEquals: through } }),
    new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [...volumes, ...outputKeys.map((key) => key.keyArn)] }),
  ];
}

/** Tags at creation only: later changes could move a resource out of its owner's reach. */
export function tagAtCreation(resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions: ['sagemaker:AddTags'], resources, conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } });
}

/** How far the builds and deliveries of projects have come. */
export function seeDelivery(arns: Arns): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: SEE_DELIVERY, resources: arns.ofProjects('codepipeline') }),
    new PolicyStatement({ actions: SEE_BUILDS, resources: arns.ofProjects('codebuild', '', 'project/') }),
  ];
}

/**
 * Finding products, and what one has launched oneself, or (`roleLevel`) whoever has the same role, whose session ends with the day; the
 * products themselves are granted one by one.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/permissions-examples.html
 */
export function findProducts(level: 'userLevel' | 'roleLevel' = 'userLevel'): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: FIND_PRODUCTS, resources: ['*'] }), // Service Catalog searches take no resource, and show what the role's portfolios hold
    // Service Catalog knows no ARN of a provisioned product here: who launched it is what narrows it.
    new PolicyStatement({ actions: OWN_PROVISIONED_PRODUCTS, resources: ['*'], conditions: { StringEquals: { [`servicecatalog:${level}`]: 'self' } } }),
  ];
}

/** Launching members; what an administrator before has launched is updated and terminated by `findProducts('roleLevel')`. */
export function manageMembers(productArn: string): PolicyStatement[] {
  return [new PolicyStatement({ actions: LAUNCH_PRODUCTS, resources: [productArn] })];
}

/** What bears the mark of a domain, which SageMaker puts on what is made in Studio. @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-multiple.html */
export function ofDomain(domainArn: string): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:ResourceTag/sagemaker:domain-arn': domainArn } };
}
