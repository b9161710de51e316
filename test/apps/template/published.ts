import { readdirSync, readFileSync } from 'fs';
import { extname, join } from 'path';
import { brotliDecompressSync, gunzipSync } from 'zlib';
import { Template } from './template';
import { replaced } from '../../../src/handlers/publisher/content';

/** As much of an object as says what is published; intrinsics in it are resolved, but for those of the source. */
export interface Published {
  readonly Key?: unknown;
  readonly ContentType?: unknown;
  /** Stands for its digest in what is published after it, where only the publisher knows it. */
  readonly Digest?: string;
  readonly Source?: { readonly Sha256: string };
  readonly Content?: string;
  readonly Encoding?: string;
  readonly Replacements?: Record<string, unknown>;
}

/** What is made of assets: published objects, assets of products, and products, whose templates are assets. */
const PUBLISHING = ['Custom::PublishedObject', 'Custom::PublishedObjects', 'Custom::ProductAssets', 'AWS::ServiceCatalog::CloudFormationProduct'];

/** A template without what is published, without the publisher's reading of it, and without what the CDK asks of its own bootstrapping. */
export function withoutPublications({ Resources, ...template }: Template): Template {
  const others = Object.entries(Resources)
    .filter(([id, { Type }]) => !PUBLISHING.includes(Type) && !/(Publisher|ProductAssets)HandlerPolicy[0-9A-F]{8}$/.test(id));
  return { ...template, Parameters: {}, Rules: {}, Resources: Object.fromEntries(others) } as Template;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

/** Many whose sources are in one place. */
interface Together {
  readonly BucketName: unknown;
  readonly Sources?: { readonly Bucket: unknown; readonly Prefix: string };
  /** Of those that say none. */
  readonly ContentType?: unknown;
  readonly Objects: (Published & { Key: string; Sha256: string })[];
}

/** What a resource publishes: an object, or many, each as if it were alone, under a name that tells which it is. */
export function objectsOf<T extends Published>(id: string, { Type, Properties = {} }: Resource): [string, T][] {
  if (Type === 'Custom::PublishedObject') return [[id, Properties as unknown as T]];
  if (Type !== 'Custom::PublishedObjects') return [];
  const { BucketName, Sources, ContentType, Objects } = Properties as unknown as Together;
  return Objects.map(({ Sha256, ...object }, index) => {
    const Source = object.Source ?? { Bucket: Sources?.Bucket, Key: `${Sources?.Prefix}${Sha256}${extname(object.Key)}`, Sha256 };
    return [`${id}${object.Key.replace(/\W/g, '')}${index}`, { BucketName, ContentType, ...object, Source } as unknown as T];
  });
}

/** All that the resources of a template publish. */
export function publishedIn<T extends Published>(resources: Record<string, Resource>): T[] {
  return Object.entries(resources).flatMap(([id, resource]) => objectsOf<T>(id, resource)).map(([, object]) => object);
}

/** The bytes that the publisher reads for an object of an assembly, wherever they are: an asset in its directory, or the object's own properties. */
export function sourceOf({ Source, Content = '', Encoding }: Published, directory: string): Buffer {
  if (Source === undefined) return unpacked(Content, Encoding);
  const file = readdirSync(directory).find((name) => name.includes(Source.Sha256));
  if (file === undefined) throw new Error(`no asset in ${directory} has the digest ${Source.Sha256}`);
  return readFileSync(join(directory, file));
}

/** The bytes that the publisher writes, where all that it fills in is known. */
export function publishedOf(properties: Published, directory: string): Buffer {
  return replaced(sourceOf(properties, directory), (properties.Replacements ?? {}) as Record<string, string>);
}

function unpacked(content: string, encoding?: string): Buffer {
  if (encoding === undefined) return Buffer.from(content);
  return (encoding === 'gzip' ? gunzipSync : brotliDecompressSync)(Buffer.from(content, 'base64'));
}
