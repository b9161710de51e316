import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { join, relative, sep } from 'path';
import { packedArchiveOf } from '../private/bundles';
import { InputCheck } from '../private/input-check';
import { checkRequired, TEXT } from '../private/required-input';

/** What is never content of a repository. */
const LEFT_OUT = /(^|\/)(\.git|\.venv|__pycache__|\.pytest_cache|\.ruff_cache|\.mypy_cache|node_modules|\.ipynb_checkpoints|\.DS_Store)(\/|$)|\.pyc$/;

/** Initial content of the repository of a new project. */
export class SeedCode {
  /** A project that trains, evaluates and registers a model, with a data set of its own. */
  public static train(): SeedCode {
    return SeedCode.own('train');
  }

  /** A project that fine-tunes, evaluates and registers a language model. */
  public static fineTune(): SeedCode {
    return SeedCode.own('fine-tune');
  }

  /** The values and tests of a deployment. */
  public static deploy(): SeedCode {
    return SeedCode.own('deploy');
  }

  /** A project that runs a model over data in batches and checks the outputs. */
  public static batchInference(): SeedCode {
    return SeedCode.own('batch');
  }

  /** The thresholds of a monitor. */
  public static monitoring(): SeedCode {
    return SeedCode.own('monitoring');
  }

  /** A Dockerfile with a test of its image, and how severe findings of its scan may be. */
  public static imageBuild(): SeedCode {
    return SeedCode.own('image');
  }

  /** All files of a directory of yours, which must be text in UTF-8. */
  public static fromDirectory(path: string): SeedCode {
    checkRequired('SeedCode.fromDirectory', { path }, { path: TEXT });
    new InputCheck('SeedCode.fromDirectory')
      .that('path', path, (directory) => existsSync(directory) && statSync(directory).isDirectory(), 'be a directory that exists', 'Give a path that does not depend on where the app is started, such as join(__dirname, "seed")')
      .throwIfInvalid();
    const seedCode = new SeedCode(path);
    new InputCheck('SeedCode').that('files', Object.keys(seedCode.files).length, (count) => count > 0, 'be at least one', 'Put the code of new repositories into the directory').throwIfInvalid();
    return seedCode;
  }

  private static own(project: string): SeedCode {
    const directory = join(OWN, project);
    const known = owned.get(project) ?? new SeedCode(directory, packedArchiveOf(directory));
    owned.set(project, known);
    return known;
  }

  private read?: Record<string, string>;

  private constructor(
    private readonly directory: string,
    /** The same as an archive, where the library's build has made it. @internal */
    public readonly _packed?: string,
  ) {}

  /** Content of the files, by their path with slashes. */
  public get files(): Record<string, string> {
    return this.read ??= contentsOf(this.directory);
  }
}

/** Copied when the library is built; both `src/mlops` and `lib/mlops` are two floors above `assets/`. */
const OWN = join(__dirname, '..', '..', 'assets', 'seed-code');

/** What was read of it: an app of many environments holds each once. */
const owned = new Map<string, SeedCode>();

function contentsOf(directory: string): Record<string, string> {
  return Object.fromEntries(filesOf(directory, directory).map((file) => [file, contentOf(directory, file)]));
}

function filesOf(root: string, directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name), name = relative(root, path).split(sep).join('/');
    if (LEFT_OUT.test(name)) return [];
    return entry.isDirectory() ? filesOf(root, path) : [name];
  }).sort();
}

/** Templates carry text. What is no text would come out broken, and nobody would see it before a project is launched. */
function contentOf(root: string, file: string): string {
  const bytes = readFileSync(join(root, file));
  const text = bytes.toString('utf8');
  new InputCheck('SeedCode.fromDirectory')
    .that(file, file, () => Buffer.from(text, 'utf8').equals(bytes), 'be text in UTF-8', 'Leave binary files out, or let the code make them')
    .throwIfInvalid();
  return text;
}
