import { existsSync, writeFileSync } from 'fs';
import { join } from 'path';
import { BootstraplessSynthesizer, FileAssetLocation, FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { PublishedContent } from './published-content';
import { arnIn } from '../../private/arn';
import { SelfContainedTemplate } from '../../templates';

/** Where the publisher reads a content, and by which digest it knows it. */
export interface ContentSource {
  readonly Bucket: string;
  readonly Key: string;
  readonly Sha256: string;
}

/** Begins the keys of what we publish, so that the publisher can read these of the bucket of assets, and no others. */
const PREFIX = 'secure-mlops-';

/** What is published, as file assets of the stack: the CDK writes them into the bucket of the bootstrap stack, beside everybody's. */
export class ContentAssets {
  /** Whether what is deployed of a stack finds assets: a template that leaves the app does not. */
  public static areTakenBy(stack: Stack): boolean {
    if (stack.nestedStackParent !== undefined) return ContentAssets.areTakenBy(stack.nestedStackParent);
    return !(stack instanceof SelfContainedTemplate || stack instanceof ProductStack || stack.synthesizer instanceof BootstraplessSynthesizer);
  }

  private readonly added = new Map<string, FileAssetLocation>();

  constructor(private readonly stack: Stack) {}

  /** Adds a content, once, and says where it is. */
  public add(content: PublishedContent): ContentSource {
    const { digest } = content;
    const { bucketName, objectKey } = this.added.get(digest) ?? this.written(content);
    return { Bucket: bucketName, Key: objectKey, Sha256: digest };
  }

  /** Objects of the bucket of assets that hold what we publish, whatever it is next time. */
  public objectsLike({ Bucket, Key, Sha256 }: ContentSource): string {
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
