import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { ObjectStore, run } from './object-store';
import { Credentials } from '../accounts/aws-api';
import { LocalServices } from '../accounts/variants';

/** Where jobs have everything. */
const OPT_ML = '/opt/ml';
/** Variables of this machine that a container has as well. */
const IMAGE = { PYTHONDONTWRITEBYTECODE: '1', OMP_NUM_THREADS: '1' };

/**
 * The container of a job: what it reads is brought into its folders with the credentials of the job's role, what it writes goes
 * to S3 with the same. A folder of this machine stands for `/opt/ml`; code that was brought names that folder instead.
 */
export class JobContainer {
  private readonly store: ObjectStore;
  private readonly root: string;

  /** @param python the interpreter that has what the image of the framework has */
  constructor(private readonly scene: LocalServices, private readonly who: Credentials, private readonly python: string, folder: string) {
    this.store = new ObjectStore(scene.aws, scene.api);
    this.root = mkdtempSync(join(folder, 'job-'));
  }

  /** A path of the container on this machine. */
  public path(inContainer: string): string {
    return inContainer.replace(OPT_ML, this.root);
  }

  /** All objects whose keys begin like this, as `S3Prefix` says. */
  public async bring(url: string, to: string): Promise<void> {
    const [, Bucket, Prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(url)!;
    const { Contents = [] } = await this.scene.api.call<{ Contents?: { Key: string }[] }>(this.who, 's3', 'list_objects_v2', { Bucket, Prefix });
    if (Contents.length === 0) throw new Error(`no S3 objects found under ${url}`);
    await Promise.all(Contents.map(async ({ Key }) => {
      const file = join(this.path(to), Key === Prefix ? basename(Key) : Key.slice(Prefix.length));
      mkdirSync(dirname(file), { recursive: true });
      await this.store.download(this.who, `s3://${Bucket}/${Key}`, file);
      if (file.endsWith('.py')) writeFileSync(file, readFileSync(file, 'utf8').split(OPT_ML).join(this.root));
    }));
  }

  /** The content of a file of JSON, in whichever folder below. */
  public found(folder: string, name: string): unknown {
    const file = filesIn(this.path(folder)).find((one) => basename(one) === name);
    if (file === undefined) throw new Error(`there is no ${name} in ${folder}`);
    return JSON.parse(readFileSync(join(this.path(folder), file), 'utf8'));
  }

  public write(path: string, content: unknown): void {
    const file = this.path(path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  }

  /** What it prints. */
  public run(command: string[], variables: Record<string, string> = {}): Promise<string> {
    const [program, ...words] = command.map((word) => word.split(OPT_ML).join(this.root));
    return run(program, words, { ...IMAGE, ...variables, PATH: `${dirname(this.python)}:${process.env.PATH}` });
  }

  /** Everything in a folder. */
  public async keep(folder: string, url: string, keyArn: string): Promise<void> {
    for (const file of filesIn(this.path(folder))) await this.store.upload(this.who, join(this.path(folder), file), `${url}/${file}`, keyArn);
  }

  /** The folder as `model.tar.gz`. */
  public async keepModel(folder: string, url: string, keyArn: string): Promise<void> {
    const archive = join(this.root, 'model.tar.gz');
    await run('tar', ['-czf', archive, '-C', this.path(folder), '.'], { PATH: process.env.PATH });
    await this.store.upload(this.who, archive, url, keyArn);
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1));
}
