/** What a customer-managed key of an environment encrypts. One key per purpose, because each has other users. */
export enum KeyPurpose {
  /** Storage volumes of Studio spaces, jobs and endpoints (Amazon EBS). */
  VOLUMES = 'volumes',
  /** Studio's own storage: the domain, its home file system and what Studio keeps for a user. */
  STUDIO_STORAGE = 'studio-storage',
  /** The data bucket. */
  DATA = 'data',
  /** The models bucket: everything that training writes. */
  MODELS = 'models',
  /** The releases bucket: the only key that deployment targets decrypt with. */
  RELEASES = 'releases',
  /** Evaluation reports, pipeline artifacts and the repositories of projects. */
  ARTIFACTS = 'artifacts',
  /** Log groups. */
  LOGS = 'logs',
}

/** What a customer-managed key of a deployment target encrypts. */
export enum TargetKeyPurpose {
  /** Storage volumes of endpoints (Amazon EBS). */
  VOLUMES = 'volumes',
  /** What endpoints capture of requests and answers. */
  CAPTURE = 'capture',
  /** Copies of released models, where the stage has its own. */
  MODELS = 'models',
  /** Log groups. */
  LOGS = 'logs',
}
