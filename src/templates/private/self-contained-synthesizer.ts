import { mkdirSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { DockerImageAssetLocation, DockerImageAssetSource, FileAssetLocation, FileAssetSource, ISynthesisSession, StackSynthesizer } from 'aws-cdk-lib';
import { throwValidationError } from '../../private/invalid-input';

/** A file that a template is written to. */
export interface TemplateFile {
  /** Where it is written, below the directory of the cloud assembly. */
  readonly path: string;
  readonly text: () => string;
}

/**
 * Emits nothing that `cdk deploy` would see: a template that leaves the app is deployed by others. It needs no
 * bootstrapped account and so has no place for assets.
 */
export class SelfContainedSynthesizer extends StackSynthesizer {
  private file?: TemplateFile;

  public writes(file: TemplateFile): void {
    this.file = file;
  }

  public addFileAsset({ displayName, fileName }: FileAssetSource): FileAssetLocation {
    return throwValidationError(`${this.boundStack.node.path}/${displayName ?? fileName ?? ''}`, {
      property: 'file asset',
      value: fileName ?? displayName,
      rule: 'not be part of a template that leaves the app',
      remedy: 'Where it is deployed there is no asset bucket: write the content inline, or refer to an object there by a parameter',
    });
  }

  public addDockerImageAsset({ displayName, directoryName, executable }: DockerImageAssetSource): DockerImageAssetLocation {
    return throwValidationError(`${this.boundStack.node.path}/${displayName ?? ''}`, {
      property: 'image asset',
      value: directoryName ?? executable?.join(' ') ?? displayName,
      rule: 'not be part of a template that leaves the app',
      remedy: 'Where it is deployed there is no asset repository: refer to an image in a registry by its URI',
    });
  }

  public synthesize(session: ISynthesisSession): void {
    if (this.file === undefined) return;
    const path = join(session.outdir, this.file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, this.file.text());
  }
}
