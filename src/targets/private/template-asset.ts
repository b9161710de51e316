import { createHash } from 'crypto';
import { existsSync, writeFileSync } from 'fs';
import { join } from 'path';
import { attachCustomSynthesis, FileAssetPackaging, Lazy, Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SelfContainedTemplate } from '../../templates';

/** A template as a file asset of the stack that offers it, in the bucket of the bootstrap stack, from which Service Catalog takes a copy. */
export class TemplateAsset {
  /** Address of the file, a token because the template is complete only at the end of synthesis. */
  public readonly url = atTheEnd(() => this.write().url);
  /** Short digest of the template: another one has another. */
  public readonly version = atTheEnd(() => this.write().version);
  private readonly stack: Stack;

  constructor(scope: Construct, private readonly template: SelfContainedTemplate) {
    this.stack = Stack.of(scope);
    // Assets of the legacy synthesizer are parameters of the stack, which must be there before it is written.
    attachCustomSynthesis(scope, { onSynthesize: () => void this.write() });
  }

  private write(): { readonly url: string; readonly version: string } {
    const text = this.stack.resolve(this.template.templateText()) as string;
    const sourceHash = createHash('sha256').update(text).digest('hex'), fileName = `asset.${sourceHash}.json`;
    const path = join(Stage.of(this.stack)!.outdir, fileName);
    if (!existsSync(path)) writeFileSync(path, text);
    const { httpUrl } = this.stack.synthesizer.addFileAsset({ fileName, sourceHash, packaging: FileAssetPackaging.FILE, displayName: 'Template of a product' });
    return { url: httpUrl, version: sourceHash.slice(0, 12) };
  }
}

function atTheEnd(produce: () => string): string {
  return Lazy.uncachedString({ produce: ({ preparing }) => (preparing ? 'preparing' : produce()) });
}
