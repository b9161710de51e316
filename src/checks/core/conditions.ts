import { ANY_TEXT, arnParts, isOpen, Unknown, Value } from './value';

/** A condition of a statement. */
export interface Condition {
  readonly operator: string;
  /** In lower case, as IAM compares it. */
  readonly key: string;
  readonly values: readonly Value[];
}

/** Operators that hold for all values but those that are named, and where there is no value. */
const NEGATED = /^(ForAllValues:)?\w+Not\w+$|^NotIpAddress/i;
/** Operators that hold where there is no value, though they name some: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const LENIENT = /^ForAllValues:|IfExists$/i;
const NULL = /^Null$/i;
/** Operators that read * and ? in values, of which those for ARNs are the same with Equals and with Like. */
const WILD = /Like|Arn/i;
/** Keys of which a value is one thing, so that a wildcard in it lets others' things in. */
const ONE_THING = /account$|orgid$|vpce?$|:sourcevpcearn$/;

/** Whether a condition holds for requests that do not have its key: undefined where only the deployment knows. */
export function holdsWithout({ operator, values }: Condition): boolean | undefined {
  if (NULL.test(operator)) return values.some((one) => String(one).toLowerCase() === 'true') ? true : values.some(isNotKnown) ? undefined : false;
  return NEGATED.test(operator) || LENIENT.test(operator);
}

/** Whether a condition holds for all but those that it names: not if it names all. */
export function isAllBut(condition: Condition): boolean | undefined {
  const { operator, values } = condition;
  if (NULL.test(operator)) return holdsWithout(condition);
  if (!/Not/i.test(operator) || values.length === 0) return false;
  if (values.some((one) => namesAll(operator, one))) return false;
  return values.some((one) => isAnything(operator, one)) ? undefined : true;
}

/** Whether a condition holds only for those that it names, and names somebody: undefined where only the deployment knows. */
export function isOnly({ operator, key, values }: Condition): boolean | undefined {
  if (NULL.test(operator) || /Not/i.test(operator) || LENIENT.test(operator) || values.length === 0) return false;
  if (values.some((one) => isWide(operator, key, one))) return false;
  return values.some((one) => isAnything(operator, one)) ? undefined : true;
}

/** Whether a value is what only the deployment knows, at least in part. */
export function isNotKnown(value: Value): boolean {
  return value instanceof Unknown || (typeof value === 'string' && isOpen(value));
}

/** Whether the deployment may write a wildcard. */
function isAnything(operator: string, value: Value): boolean {
  return WILD.test(operator) && (value instanceof Unknown || (typeof value === 'string' && value.startsWith(ANY_TEXT)));
}

/** Whether a value stands for every one that there is. */
function namesAll(operator: string, value: Value): boolean {
  if (typeof value !== 'string') return false;
  if (/IpAddress/i.test(operator)) return isWideRange(value);
  const rest = value.replace(/\b(arn|aws[\w-]*|iam|sts|role|user|assumed-role|o|vpce?)\b|⟨AWS::Partition⟩|[:/-]/g, '');
  return WILD.test(operator) && /^[*?]*\*[*?]*$/.test(rest);
}

/** Whether a value stands for things of whomever. */
function isWide(operator: string, key: string, value: Value): boolean {
  if (typeof value !== 'string') return false;
  if (namesAll(operator, value)) return true;
  if (!WILD.test(operator)) return false;
  if (ONE_THING.test(key)) return /[*?]/.test(value);
  if (/arn$/.test(key)) return isWideArn(value);
  return /^[*?]/.test(value) || (/orgpaths$/.test(key) && /[*?]/.test(value.split('/')[0]));
}

/** An ARN that things of several accounts have. Those of buckets have no account. */
function isWideArn(arn: string): boolean {
  const [, , , , account, ...resource] = arnParts(arn);
  if (account === undefined || /[*?]/.test(account)) return true;
  return account === '' && /^[*?]/.test(resource.join(':'));
}

/** A block of addresses that is larger than any that somebody has. */
function isWideRange(block: string): boolean {
  const [, length] = block.split('/');
  return length !== undefined && Number(length) < 8;
}
