import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { brotliDecompressSync, gunzipSync } from 'zlib';
import { Template } from './template';
import { replaced } from '../../../src/handlers/publisher/content';

/** As much of a `Custom::PublishedObject` as says what is published; intrinsics in it are resolved, but for those of the source. */
export interface Published {
  readonly Source?: { readonly Sha256: string };
  readonly Content?: string;
  readonly Encoding?: string;
  readonly Replacements?: Record<string, unknown>;
}

/** What is made of assets: published objects, assets of products, and products, whose templates are assets. */
const PUBLISHING = ['Custom::PublishedObject', 'Custom::ProductAssets', 'AWS::ServiceCatalog::CloudFormationProduct'];

/** A template without what is published, without the publisher's reading of it, and without what the CDK asks of its own bootstrapping. */
export function withoutPublications({ Resources, ...template }: Template): Template {
  const others = Object.entries(Resources)
    .filter(([id, { Type }]) => !PUBLISHING.includes(Type) && !/(Publisher|ProductAssets)HandlerPolicy[0-9A-F]{8}$/.test(id));
  return { ...template, Parameters: {}, Rules: {}, Resources: Object.fromEntries(others) } as Template;
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
