import { isDeepStrictEqual } from 'util';
import { Settings } from './settings';
import { Client } from '../aws/client';
import { asking } from '../aws/faults';
import { pagesOf } from '../aws/pages';
import { S3Object } from '../aws/s3';

/** Where a file is that belongs to a version. */
export interface FileSource {
  readonly S3Uri?: string;
}

interface Container {
  readonly Image?: string;
  readonly ImageDigest?: string;
  readonly ModelDataUrl?: string;
  readonly ModelDataETag?: string;
  readonly ModelDataSource?: { readonly S3DataSource?: { readonly S3Uri: string; readonly S3DataType: string; readonly ETag?: string } };
  readonly AdditionalModelDataSources?: unknown[];
  readonly AdditionalS3DataSource?: unknown;
  readonly BaseModel?: unknown;
  readonly Environment?: Record<string, string>;
}

/** What SageMaker says of a version, as far as a release depends on it. */
export interface Described {
  readonly ModelPackageArn: string;
  readonly ModelPackageGroupName?: string;
  readonly ModelPackageVersion?: number;
  readonly ModelPackageStatus?: string;
  readonly ModelApprovalStatus?: string;
  /** In seconds. */
  readonly CreationTime: number;
  /** In seconds. */
  readonly LastModifiedTime?: number;
  readonly InferenceSpecification?: { readonly Containers?: Container[] };
  readonly SamplePayloadUrl?: string;
  readonly ModelMetrics?: Record<string, Record<string, FileSource>>;
  readonly DriftCheckBaselines?: Record<string, Record<string, FileSource>>;
  readonly CustomerMetadataProperties?: Record<string, string>;
}

/** A version that may be released. */
export interface Version {
  readonly described: Described;
  readonly arn: string;
  readonly number: number;
  readonly artifact: S3Object;
  /** Of the artifact as it was registered, where SageMaker says it. */
  readonly artifactETag?: string;
  readonly image: string;
  readonly imageDigest?: string;
  readonly variables: Record<string, string>;
}

/** The model registry. */
export class Versions {
  private readonly client: Client;

  constructor(private readonly settings: Settings, client: Client) {
    this.client = client;
  }

  /** The newest approved version of the group. */
  public async newest(): Promise<string> {
    const { modelPackageGroupName } = this.settings;
    let newest: { readonly ModelPackageArn: string; readonly ModelPackageVersion?: number } | undefined;
    const pages = pagesOf('ListModelPackages', (NextToken) => asking('sagemaker:ListModelPackages', `the group ${modelPackageGroupName}`, () => (
      this.client.json<{ ModelPackageSummaryList: typeof newest[]; NextToken?: string }>('SageMaker.ListModelPackages', {
        ModelPackageGroupName: modelPackageGroupName, ModelApprovalStatus: 'Approved', MaxResults: 100, NextToken,
      })
    )));
    for await (const page of pages) {
      for (const one of page.ModelPackageSummaryList) {
        if ((one?.ModelPackageVersion ?? 0) > (newest?.ModelPackageVersion ?? 0)) newest = one;
      }
    }
    if (newest === undefined) throw new Error(`the group ${modelPackageGroupName} has no approved version`);
    return newest.ModelPackageArn;
  }

  /** What a version is now, if it may be released. */
  public async approved(arn: string): Promise<Version> {
    const described = await asking('sagemaker:DescribeModelPackage', arn, () => (
      // Without the content of its model card, which another key may encrypt.
      this.client.json<Described>('SageMaker.DescribeModelPackage', { ModelPackageName: arn, IncludedData: 'MetadataOnly' })
    ));
    const { ModelPackageGroupName: group, ModelApprovalStatus: approval, ModelPackageStatus: status, ModelPackageVersion: number } = described;
    if (group !== this.settings.modelPackageGroupName) throw new Error(`${arn} is of the group ${group}, and this pipeline releases ${this.settings.modelPackageGroupName}`);
    if (number === undefined) throw new Error(`${arn} has no version`);
    if (approval !== 'Approved') throw new Error(`${arn} is not approved, its approval status is ${approval}`);
    if (status !== 'Completed') throw new Error(`${arn} is not complete, its status is ${status}`);
    const container = onlyContainer(arn, described);
    const { url, eTag } = dataOf(arn, container);
    const artifact = objectOf(url);
    if (artifact === undefined || artifact.bucket !== this.settings.modelsBucket) {
      throw new Error(`the artifact of ${arn} is ${url}, and must be in the bucket ${this.settings.modelsBucket}`);
    }
    if (!container.Image) throw new Error(`${arn} names no image`);
    const { Image: image, ImageDigest, Environment: variables = {} } = container;
    return { described, arn, number, artifact, artifactETag: eTag?.replace(/"/g, ''), image, imageDigest: ImageDigest?.toLowerCase(), variables };
  }
}

/** What of a version differs from what it was, of all that a release is made of. */
export function changesOf(before: Version, after: Version): string[] {
  const parts = ['InferenceSpecification', 'SamplePayloadUrl', 'ModelMetrics', 'DriftCheckBaselines', 'CustomerMetadataProperties'] as const;
  return parts.filter((part) => !isDeepStrictEqual(before.described[part], after.described[part]));
}

/** `s3://bucket/key` */
export function objectOf(uri: string): S3Object | undefined {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+[^/])$/.exec(uri) ?? [];
  return bucket === undefined ? undefined : { bucket, key };
}

function onlyContainer(arn: string, { InferenceSpecification }: Described): Container {
  const containers = InferenceSpecification?.Containers ?? [];
  if (containers.length !== 1) throw new Error(`${arn} has ${containers.length} containers, and a release has one`);
  const [container] = containers;
  const besides = (['AdditionalModelDataSources', 'AdditionalS3DataSource', 'BaseModel'] as const).filter((name) => container[name] !== undefined);
  if (besides.length > 0) throw new Error(`${arn} has data beside its artifact (${besides.join(', ')}), which a release does not hold`);
  return container;
}

function dataOf(arn: string, { ModelDataUrl, ModelDataETag, ModelDataSource }: Container): { url: string; eTag?: string } {
  const { S3Uri, S3DataType, ETag } = ModelDataSource?.S3DataSource ?? {};
  if (S3DataType === 'S3Prefix') throw new Error(`the artifact of ${arn} is a folder, ${S3Uri}, and a release holds one file: register a model.tar.gz`);
  const url = ModelDataUrl ?? S3Uri;
  if (url === undefined) throw new Error(`${arn} has no artifact`);
  return { url, eTag: ModelDataETag ?? ETag };
}
