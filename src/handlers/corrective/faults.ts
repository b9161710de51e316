import { unless } from '../aws/faults';

/** What services say of what is not there: SageMaker of notebooks and endpoints by a message alone. */
const GONE = /^(ResourceNotFound|NoSuchBucket|InvalidGroup\.NotFound|InvalidSecurityGroupRuleId\.NotFound|InvalidPermission\.NotFound|NotFound)$/;
const GONE_BY_MESSAGE = /could not find|RecordNotFound|does not exist|no longer exists/i;

/** Whether a call was refused because the resource is not there. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return GONE.test(error.name) || (error.name === 'ValidationException' && GONE_BY_MESSAGE.test(error.message));
}

/** The answer; undefined where the resource is not there. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  return unless(isGone, call);
}
