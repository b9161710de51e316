import { ACCOUNTS, BUILT, CODE_PREFIX } from './statements/artifact-keys';

/** From where a bucket is used besides the environment's network. */
export type Reach =
  /** From wherever SageMaker reads it on the role's behalf: when a version is registered, or a model made. */
  | 'forwarded'
  /** From the network of the service that has assumed the role. */
  | 'service'
  /** From SageMaker's own network, where the environment was asked to open released models to it. */
  | 'fetched'
  /** From Athena's own network, where data is prepared with queries. */
  | 'queried'
  /** From the addresses of people, where the environment names them. */
  | 'browsed';

interface Use {
  readonly writes?: true;
  /** Whether the requests of its jobs name the key of their output, which SageMaker may ask for then. */
  readonly namesKey?: true;
  readonly reach?: Reach;
}

/** One way in which a role uses a bucket that workloads use, by its grant. */
export interface UseOfWork extends Use {
  readonly bucket: 'data' | 'models' | 'releases' | 'reports';
  readonly grant: 'readData' | 'writeOutputs' | 'writeJobOutputs' | 'readModels' | 'registerModels' | 'writeModels' | 'readReleases' | 'writeReleases' | 'readReports' | 'writeReports';
}

/** One way in which a role uses a bucket that only projects use. */
export interface UseOfProjects extends Use {
  readonly bucket: 'artifacts' | 'templates';
  /** Its grant; none where the construct of the role says it. */
  readonly grant?: 'readWriteArtifacts' | 'readArtifacts' | 'writeCode' | 'readCode' | 'readTemplates';
  /** The only artifacts that are handed on. */
  readonly artifact?: string;
  /** What keys begin with that it writes, where not all and none of an artifact. */
  readonly prefixes?: readonly string[];
  /** How the bucket's policy calls those whom it limits to such an artifact or prefixes. */
  readonly limitedAs?: string;
  /** Whether it is granted only where Studio shows templates of the bucket. */
  readonly whereOffered?: true;
}

/** One way in which a role uses the artifact store of the MLflow tracking server: whoever logs runs reads them as well. */
export interface UseOfMlflow extends Use {
  readonly bucket: 'mlflow';
}

/** One way in which a role uses the offline stores of feature groups. */
export interface UseOfOfflineStore extends Use {
  readonly bucket: 'offlineStore';
}

/** One way in which a role uses a bucket. */
export type BucketUse = UseOfWork | UseOfProjects | UseOfMlflow | UseOfOfflineStore;

export const READ_DATA: UseOfWork = { bucket: 'data', grant: 'readData' };
export const WRITE_OUTPUTS: UseOfWork = { bucket: 'data', grant: 'writeOutputs', writes: true };
export const WRITE_JOB_OUTPUTS: UseOfWork = { bucket: 'data', grant: 'writeJobOutputs', writes: true, namesKey: true };
export const READ_MODELS: UseOfWork = { bucket: 'models', grant: 'readModels' };
export const REGISTER_MODELS: UseOfWork = { bucket: 'models', grant: 'registerModels', reach: 'forwarded' };
export const WRITE_MODELS: UseOfWork = { bucket: 'models', grant: 'writeModels', writes: true, namesKey: true };
export const READ_RELEASES: UseOfWork = { bucket: 'releases', grant: 'readReleases' };
export const WRITE_RELEASES: UseOfWork = { bucket: 'releases', grant: 'writeReleases', writes: true };
export const READ_REPORTS: UseOfWork = { bucket: 'reports', grant: 'readReports' };
export const WRITE_REPORTS: UseOfWork = { bucket: 'reports', grant: 'writeReports', writes: true, namesKey: true };
export const USE_MLFLOW: UseOfMlflow = { bucket: 'mlflow', writes: true };
export const READ_OFFLINE_STORE: UseOfOfflineStore = { bucket: 'offlineStore' };
export const WRITE_OFFLINE_STORE: UseOfOfflineStore = { bucket: 'offlineStore', writes: true };
export const HAND_ON_ARTIFACTS: UseOfProjects = { bucket: 'artifacts', grant: 'readWriteArtifacts', writes: true };
/** Artifacts of builds that run code of repositories. */
export const HAND_ON_BUILT: UseOfProjects = { bucket: 'artifacts', writes: true, artifact: BUILT, limitedAs: 'Builds' };
/** Lists of accounts. */
export const HAND_ON_ACCOUNTS: UseOfProjects = { bucket: 'artifacts', writes: true, artifact: ACCOUNTS, limitedAs: 'Accounts' };
export const READ_ARTIFACTS: UseOfProjects = { bucket: 'artifacts', grant: 'readArtifacts' };
/** The code of jobs. */
export const WRITE_CODE: UseOfProjects = { bucket: 'artifacts', grant: 'writeCode', writes: true, prefixes: [CODE_PREFIX] };
export const READ_CODE: UseOfProjects = { bucket: 'artifacts', grant: 'readCode' };
/** Templates, seed code and programs. */
export const READ_TEMPLATES: UseOfProjects = { bucket: 'templates', grant: 'readTemplates' };
export const WRITE_TEMPLATES: UseOfProjects = { bucket: 'templates', writes: true };

/** The same use, from elsewhere too. */
export function from<T extends BucketUse>(reach: Reach, use: T): T {
  return { ...use, reach };
}

/** Whether a use is of a bucket that only projects use. */
export function isOfProjects(use: BucketUse): use is UseOfProjects {
  return use.bucket === 'artifacts' || use.bucket === 'templates';
}

/** Whether a use is of a bucket that only an environment with MLflow has. */
export function isOfMlflow(use: BucketUse): use is UseOfMlflow {
  return use.bucket === 'mlflow';
}

/** Whether a use is of a bucket that only an environment with a feature store has. */
export function isOfOfflineStore(use: BucketUse): use is UseOfOfflineStore {
  return use.bucket === 'offlineStore';
}
