import { EnvironmentRole } from './environment-role';
import { KeyPurpose } from './key-purpose';

const {
  STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, JOB_EXECUTION, MODEL_EXECUTION, BATCH_INFERENCE,
} = EnvironmentRole;
const buckets = ['data', 'models', 'releases', 'reports', 'artifacts', 'templates'];

/** What an environment keeps in Systems Manager for project templates and people, by room. */
const PARAMETERS: Record<string, RegExp[]> = {
  network: exactly('vpc-id', 'subnet-ids', 'workload-security-group-id'),
  encryption: exactly(...Object.values(KeyPurpose).map((purpose) => `${purpose}-key-arn`)),
  storage: exactly(...buckets.map((bucket) => `${bucket}-bucket`), 'database-name', 'work-group-name', 'glue-security-configuration-name'),
  identity: exactly(...[STUDIO_EXECUTION, DATA_PREPARATION, PIPELINE_EXECUTION, JOB_EXECUTION, MODEL_EXECUTION, BATCH_INFERENCE].map((role) => `${role}-role-arn`)),
  studio: exactly('domain-id', 'domain-arn'),
  projects: [/^[a-z][a-z0-9]{0,11}-approval-topic-arn$/, ...exactly('undelivered-events-queue-arn')],
};

/** Whether a room is one of the environment's own, whose names are all known. */
export function isOwnRoom(room: string): boolean {
  return room in PARAMETERS;
}

/** Whether an environment keeps a value under this name. */
export function isKept(room: string, what: string): boolean {
  return (PARAMETERS[room] ?? []).some((name) => name.test(what));
}

/** What it keeps in a room, as people read it. */
export function keptIn(room: string): string {
  return (PARAMETERS[room] ?? []).map(({ source }) => source.slice(1, -1)).join(', ');
}

function exactly(...names: string[]): RegExp[] {
  return names.map((name) => new RegExp(`^${name}$`));
}
