import { existsSync, writeFileSync } from 'fs';
import { join } from 'path';
import { BootstraplessSynthesizer, FileAssetLocation, FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { PublishedContent } from './published-content';
import { arnIn } from '../../private/arn';
import { SelfContainedTemplate } from '../../templates';

/** Where the publisher finds contents that are not in the template. */
export interface ContentStore {
  /** Adds a content, as soon as there is one. */
  include(content: PublishedContent): void;
  /** Where a content is, once it is complete. */
  sourceOf(content: PublishedContent): ContentSource;
  /** ARN of all objects that hold contents, whatever they are next time. */
  objectsLike(content: PublishedContent): string;
}

/** Where the publisher reads a content, and by which digest it knows it. */
export interface ContentSource {
  readonly Bucket: string;
  readonly Key: string;
  readonly Sha256: string;
}

/** Begins the keys of what we publish, so that the publisher can read these of the bucket of assets, and no others. */
const PREFIX = 'secure-mlops-';

/** What is published, as file assets of the stack: the CDK writes them into the bucket of the bootstrap stack, beside everybody's. */
export class ContentAssets implements ContentStore {
  /** Whether what is deployed of a stack finds assets: a template that leaves the app does not. */
  public static areTakenBy(stack: Stack): boolean {
    if (stack.nestedStackParent !== undefined) return ContentAssets.areTakenBy(stack.nestedStackParent);
    return !(stack instanceof SelfContainedTemplate || stack instanceof ProductStack || stack.synthesizer instanceof BootstraplessSynthesizer);
  }

  private readonly contents: PublishedContent[] = [];
  private readonly added = new Map<string, FileAssetLocation>();

  constructor(private readonly stack: Stack) {}

  public include(content: PublishedContent): void {
    if (content.isKnown) this.sourceOf(content);
    // Assets of the legacy synthesizer are parameters of the stack, which must be there before it is written.
    this.contents.push(content);
  }

  /** Adds all contents. */
  public addAll(): void {
    for (const content of this.contents) this.sourceOf(content);
  }

  public sourceOf(content: PublishedContent): ContentSource {
    const { digest } = content;
    const { bucketName, objectKey } = this.added.get(digest) ?? this.written(content);
    return { Bucket: bucketName, Key: objectKey, Sha256: digest };
  }

  public objectsLike(content: PublishedContent): string {
    const { Bucket, Key, Sha256 } = this.sourceOf(content);
    const digest = Key.indexOf(Sha256);
    // With the CDK's legacy synthesizer, keys are known only when the stack is deployed.
    return arnIn(this.stack, 's3', `${Bucket}/${digest < 0 ? '' : Key.slice(0, digest)}*`);
  }

  private written(content: PublishedContent): FileAssetLocation {
    const sourceHash = `${PREFIX}${content.digest}`, fileName = `asset.${sourceHash}${content.extension}`;
    const path = join(Stage.of(this.stack)!.outdir, fileName);
    if (!existsSync(path)) writeFileSync(path, content.bytes);
    const location = this.stack.synthesizer.addFileAsset({ fileName, sourceHash, packaging: FileAssetPackaging.FILE, displayName: 'Published' });
    this.added.set(content.digest, location);
    return location;
  }
}
