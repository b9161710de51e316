import { listOf, PolicyDocument, PolicyStatement } from '../../access/policy-document';
import { REGION } from '../../access/request/organization';
import { matchesFormat } from '../authorization/arn-format';
import { actionsOf, referencedAction } from '../authorization/reference';

/** A name that no pattern means. */
const ANYBODY = 'q9q9q9';

/** The statements of a document that allow an action, by action. */
async function allowing(documents: PolicyDocument[]): Promise<Map<string, PolicyStatement[]>> {
  const statements = new Map<string, PolicyStatement[]>();
  for (const statement of documents.flatMap(({ Statement }) => [Statement].flat()).filter(({ Effect }) => Effect === 'Allow')) {
    const actions = (await Promise.all(listOf(statement.Action).map(actionsOf))).flat();
    for (const action of actions) statements.set(action, [...statements.get(action) ?? [], statement]);
  }
  return statements;
}

const patternsOf = (statements: PolicyStatement[]) => statements.flatMap(({ Resource }) => listOf(Resource ?? '*'));

/** What came of holding resources against AWS's. */
export interface Breadth {
  /** Combinations of action and resource type that we allow, and AWS on some names only. */
  readonly asked: number;
  readonly wider: string[];
  /** What we allow on a type of resource on which AWS allows nothing of it. */
  readonly elsewhere: string[];
}

/**
 * What is allowed on a resource of whatever name where AWS allows it on some names only, with conditions of ours that it takes besides, and
 * what is allowed on a type of resource on which AWS does not allow it at all.
 */
export async function widerThan(theirDocuments: PolicyDocument[], ourDocuments: PolicyDocument[], account: string): Promise<Breadth> {
  const ours = await allowing(ourDocuments);
  const wider: string[] = [];
  const elsewhere: string[] = [];
  let asked = 0;
  for (const [action, theirs] of await allowing(theirDocuments)) {
    if (!ours.has(action)) continue;
    for (const { type, arnFormat } of (await referencedAction(action)).resources) {
      const known: Record<string, string> = { Partition: 'aws', Region: REGION, Account: account };
      const anybodys = arnFormat.replace(/\$\{([^}]+)\}/g, (_, variable: string) => known[variable] ?? ANYBODY);
      const patterns = patternsOf(theirs).filter((pattern) => matchesFormat(pattern, arnFormat));
      if (patterns.length === 0 && patternsOf(ours.get(action)!).some((pattern) => matchesFormat(pattern, arnFormat))) elsewhere.push(`${action} on a ${type}`);
      if (patterns.length === 0 || patterns.some((pattern) => matchesFormat(pattern, anybodys))) continue;
      asked++;
      const open = ours.get(action)!.filter((statement) => patternsOf([statement]).some((pattern) => matchesFormat(pattern, anybodys)));
      const keys = [...new Set(open.map(({ Condition = {} }) => Object.values(Condition).flatMap((condition) => Object.keys(condition)).sort().join(' and ')))];
      wider.push(...keys.map((demanded) => `${action} on any ${type}${demanded && `, given ${demanded}`}`));
    }
  }
  return { asked, wider, elsewhere };
}
