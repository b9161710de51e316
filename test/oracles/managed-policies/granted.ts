import { listOf, PolicyDocument, PolicyStatement } from '../../access/policy-document';
import { actionsOf } from '../authorization/reference';

/** The actions that policies allow, each with the condition keys that every way to it demands. */
export type Granted = Map<string, Set<string>>;

/** Keys without which a statement does not allow, or denies. */
function demandedBy({ Effect, Condition = {} }: PolicyStatement): Set<string> {
  const keys = Object.entries(Condition).flatMap(([operator, condition]) => {
    const demands = Effect === 'Allow'
      ? !/IfExists$|^ForAllValues:/.test(operator) && !(operator === 'Null' && Object.values(condition).every((absent) => listOf(absent).includes('true')))
      : false;
    return demands ? Object.keys(condition) : [];
  });
  // A deny demands a key where its absence alone is enough for it.
  const nulls = Object.entries(Condition.Null ?? {}).filter(([, absent]) => listOf(absent).includes('true')).map(([key]) => key);
  return new Set(Effect === 'Deny' && Object.keys(Condition).length === 1 ? nulls : keys);
}

async function namedBy({ Action }: PolicyStatement): Promise<string[]> {
  return [...new Set((await Promise.all(listOf(Action).map(actionsOf))).flat())];
}

/** What documents allow. */
export async function grantedBy(documents: PolicyDocument[]): Promise<Granted> {
  const granted: Granted = new Map();
  const statements = documents.flatMap(({ Statement }) => [Statement].flat());
  for (const statement of statements.filter(({ Effect }) => Effect === 'Allow')) {
    const demanded = demandedBy(statement);
    for (const action of await namedBy(statement)) {
      const before = granted.get(action);
      granted.set(action, before ? new Set([...before].filter((key) => demanded.has(key))) : new Set(demanded));
    }
  }
  for (const statement of statements.filter(({ Effect }) => Effect === 'Deny')) {
    const demanded = demandedBy(statement);
    for (const action of demanded.size > 0 ? await namedBy(statement) : []) {
      demanded.forEach((key) => granted.get(action)?.add(key));
    }
  }
  return granted;
}
