import { matchesFormat } from './arn-format';
import { CatalogStatement } from './catalog-policies';
import { ActionResource, actionsOf, formsOf, OtherForm, referencedAction } from './reference';
import { listOf } from '../../access/policy-document';

/** What came of holding statements against the ARN formats of the service authorization reference. */
export interface Fit {
  /** Pairs of action and pattern that were tried. */
  readonly asked: number;
  /** Actions that no resource of their statement fits, and resources that no action of their statement does. */
  readonly misfits: string[];
  /** Forms that were needed beside the reference's. */
  readonly otherForms: Set<OtherForm>;
}

/** Policies of what they are part of, so that a pattern says nothing. */
const ABOUT_THEMSELVES = new Set<CatalogStatement['kind']>(['trust', 'key', 'repository', 'bus']);

function fits(pattern: string, resources: ActionResource[], otherForms: Set<OtherForm>): boolean {
  // An action without resource types is authorized on everything.
  if (pattern === '*') return true;
  const others = resources.flatMap(({ otherForm }) => otherForm ?? []).filter(({ arnFormat }) => matchesFormat(pattern, arnFormat));
  others.forEach((other) => otherForms.add(other));
  return others.length > 0 || resources.some(({ arnFormat }) => matchesFormat(pattern, arnFormat));
}

/** Holds the resource patterns of statements against the ARN formats of their actions. */
export async function fitOf(statements: CatalogStatement[]): Promise<Fit> {
  const misfits: string[] = [];
  const otherForms = new Set<OtherForm>();
  let asked = 0;
  for (const { where, kind, statement } of statements) {
    const names = listOf(statement.Action);
    if (ABOUT_THEMSELVES.has(kind) || statement.Resource === undefined || names.length === 0 || names.includes('*')) continue;
    const patterns = listOf(statement.Resource);
    const used = new Set<string>();
    for (const name of names) {
      const actions = await Promise.all((await actionsOf(name)).map(referencedAction));
      const fitting = patterns.filter((pattern) => actions.some(({ resources }) => (asked++, fits(pattern, resources, otherForms))));
      if (fitting.length === 0) misfits.push(`${where}: ${name} takes none of ${patterns.join(', ')}`);
      fitting.forEach((pattern) => used.add(pattern));
    }
    // A deny may name more than there is: a bucket and its objects in one list.
    if (statement.Effect === 'Deny') continue;
    misfits.push(...patterns.filter((pattern) => !used.has(pattern)).map((pattern) => `${where}: ${pattern} is nothing that ${names.join(', ')} take`));
  }
  return { asked, misfits, otherForms };
}

/** What is allowed in one form of its ARN only, where AWS writes two. */
export async function allowedInOneForm(statements: CatalogStatement[]): Promise<string[]> {
  const allowed = new Map<string, { patterns: string[]; resource: ActionResource }>();
  for (const { where, kind, statement } of statements) {
    if (kind !== 'identity' || statement.Effect !== 'Allow') continue;
    for (const action of (await Promise.all(listOf(statement.Action).map(actionsOf))).flat()) {
      const policy = where.split(' ').slice(0, -1).join(' ');
      for (const resource of (await referencedAction(action)).resources.filter(({ otherForm }) => otherForm?.grantBoth)) {
        const what = `${policy}: ${action} on ${resource.type}`;
        allowed.set(what, { resource, patterns: [...allowed.get(what)?.patterns ?? [], ...listOf(statement.Resource)] });
      }
    }
  }
  return [...allowed].flatMap(([what, { patterns, resource }]) => {
    const forms = formsOf(resource).filter((format) => patterns.some((pattern) => matchesFormat(pattern, format)));
    return forms.length === 1 ? [`${what} is allowed as ${forms[0]} only`] : [];
  });
}
