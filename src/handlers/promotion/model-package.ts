import { createHash } from 'crypto';
import { Settings } from './settings';
import { Client } from '../aws/client';
import { asking, isFault } from '../aws/faults';
import { pagesOf } from '../aws/pages';
import { nameOf, S3Object } from '../aws/s3';

/** What is in a target of a release. */
export interface Copies {
  readonly image: string;
  readonly artifact: S3Object;
  /** What was copied beside the artifact, by what it is. */
  readonly files: Record<string, S3Object>;
}

interface Summary {
  readonly ModelPackageArn: string;
  readonly ModelPackageDescription?: string;
}

/** SageMaker keeps so many properties of a version, and takes nothing else in them. */
const MOST_PROPERTIES = 50;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

/** Where SageMaker shows what was measured of a version, by the name of its copy. */
const METRICS: Record<string, [string, string]> = {
  'metrics/model-quality-statistics': ['ModelQuality', 'Statistics'],
  'metrics/model-quality-constraints': ['ModelQuality', 'Constraints'],
  'metrics/model-data-quality-statistics': ['ModelDataQuality', 'Statistics'],
  'metrics/model-data-quality-constraints': ['ModelDataQuality', 'Constraints'],
  'metrics/bias-report': ['Bias', 'Report'],
  'metrics/bias-pre-training-report': ['Bias', 'PreTrainingReport'],
  'metrics/bias-post-training-report': ['Bias', 'PostTrainingReport'],
  'metrics/explainability-report': ['Explainability', 'Report'],
};

/** Registers the copies of a release as an approved version, once, and answers its ARN. */
export async function registered(sagemaker: Client, settings: Settings, copies: Copies): Promise<{ arn: string; isNew: boolean }> {
  const { modelPackageGroupName: group } = settings;
  await ensureGroup(sagemaker, settings);
  const description = descriptionOf(settings);
  const known = await find(sagemaker, group, description);
  if (known !== undefined) return { arn: known, isNew: false };
  const { ModelPackageArn } = await asking('sagemaker:CreateModelPackage', `the group ${group}`, () => (
    sagemaker.json<Summary>('SageMaker.CreateModelPackage', {
      ModelPackageGroupName: group,
      ModelPackageDescription: description,
      ModelApprovalStatus: 'Approved',
      InferenceSpecification: {
        Containers: [{ Image: copies.image, ModelDataUrl: nameOf(copies.artifact), Environment: settings.release.environment }],
      },
      ModelMetrics: metricsOf(copies),
      CustomerMetadataProperties: propertiesOf(settings, copies),
      // An answer that was lost is asked for again, and the version is there once.
      ClientToken: createHash('sha256').update(`${group} ${description} ${copies.artifact.bucket}`).digest('hex').slice(0, 36),
    })
  ));
  return { arn: ModelPackageArn, isNew: true };
}

/** By this a version is known: the list says it, and of nothing else that a version has. */
function descriptionOf({ release: { modelPackageArn, artifact, image } }: Settings): string {
  return `Copy of ${modelPackageArn}, released as ${nameOf({ bucket: artifact.bucket, key: artifact.key, versionId: artifact.versionId })} with ${image.split('@')[1]}`;
}

async function ensureGroup(sagemaker: Client, { modelPackageGroupName, release, stage }: Settings): Promise<void> {
  const ask = (action: string, input: object) => asking(`sagemaker:${action}`, `the group ${modelPackageGroupName}`, () => sagemaker.json(`SageMaker.${action}`, input));
  try {
    await ask('DescribeModelPackageGroup', { ModelPackageGroupName: modelPackageGroupName });
    return;
  } catch (error) {
    // SageMaker says of what is not there that the name is not valid.
    if (!isFault(error, 'ValidationException') && !isFault(error, 'ResourceNotFound')) throw error;
  }
  try {
    await ask('CreateModelPackageGroup', {
      ModelPackageGroupName: modelPackageGroupName,
      ModelPackageGroupDescription: `Copies of released versions of ${release.modelPackageGroupName}`,
      Tags: [{ Key: 'stage', Value: stage }],
    });
  } catch (error) {
    if (!(isFault(error, 'ValidationException') && (error as Error).message.includes('already exist'))) throw error;
  }
}

async function find(sagemaker: Client, group: string, description: string): Promise<string | undefined> {
  const pages = pagesOf('ListModelPackages', (NextToken) => asking('sagemaker:ListModelPackages', `the group ${group}`, () => (
    sagemaker.json<{ ModelPackageSummaryList: Summary[]; NextToken?: string }>('SageMaker.ListModelPackages', {
      ModelPackageGroupName: group, SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults: 100, NextToken,
    })
  )));
  for await (const page of pages) {
    const known = page.ModelPackageSummaryList.find((one) => one.ModelPackageDescription === description);
    if (known !== undefined) return known.ModelPackageArn;
  }
  return undefined;
}

function metricsOf({ files }: Copies): Record<string, Record<string, object>> | undefined {
  const metrics: Record<string, Record<string, object>> = {};
  for (const [what, object] of Object.entries(files)) {
    if (!(what in METRICS)) continue;
    const [kind, name] = METRICS[what];
    metrics[kind] = { ...metrics[kind], [name]: { ContentType: 'application/json', S3Uri: nameOf(object) } };
  }
  return Object.keys(metrics).length > 0 ? metrics : undefined;
}

/** Where the version comes from, and what was said of it there. Its source is not named to SageMaker: of one that is given, SageMaker makes a clone. */
function propertiesOf({ release, execution }: Settings, { files }: Copies): Record<string, string> {
  const { artifact } = release;
  const copied = Object.entries(files).map(([what, object]) => [what.replace(/^properties\//, ''), nameOf(object)]);
  const lineage = Object.entries({
    'source-model-package': release.modelPackageArn,
    'source-artifact': nameOf({ bucket: artifact.bucket, key: artifact.key }),
    'source-artifact-version': artifact.versionId,
    'source-artifact-sha256': artifact.sha256,
    'source-image': release.image,
    'promoted-by': execution,
  });
  const said = Object.entries(release.properties).filter(([, value]) => !value.startsWith('s3://'));
  const kept = [...lineage, ...copied, ...said].filter((pair): pair is [string, string] => pair[1] !== undefined && VALUE.test(pair[1]));
  // What is named first stays, of a name and of their number.
  return Object.fromEntries(kept.slice(0, MOST_PROPERTIES).reverse());
}
