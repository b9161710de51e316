import { CatalogStatement } from './catalog-policies';
import { actionsOf, formsOf, referencedAction } from './reference';
import { listOf, PolicyStatement } from '../../access/policy-document';
import { apisLike, modelOf } from '../botocore';

/**
 * Whether an action is an operation of a service's data: AWS has an API of its own for these, beside the one by which resources are
 * managed, with another endpoint and the same name in policies. A service of which botocore has no API has nothing but data.
 */
export function isOfData(action: string): boolean {
  const [service, name] = action.split(':');
  const apis = apisLike(service).filter((api) => (modelOf(api).metadata.signingName ?? modelOf(api).metadata.endpointPrefix) === service);
  return apis.length === 0 || apis.some((api) => api !== service && name in modelOf(api).operations);
}

/** What statements allow by patterns, from everywhere, of the data of a service. */
export async function dataByPatterns(statements: CatalogStatement[]): Promise<string[]> {
  const found = new Set<string>();
  for (const { kind, statement } of statements) {
    if (kind !== 'identity' || statement.Effect !== 'Allow' || isInNetwork(statement)) continue;
    for (const pattern of listOf(statement.Action ?? []).filter((one) => one.includes('*'))) {
      for (const action of (await actionsOf(pattern)).filter(isOfData)) if (await leaves(statement, action)) found.add(`${pattern} has ${action}`);
    }
  }
  return [...found].sort();
}

function isInNetwork({ Condition }: PolicyStatement): boolean {
  return Condition?.StringEquals?.['aws:SourceVpc'] !== undefined;
}

/** Whether a statement leaves an action a resource, where it names those that it is not about. */
async function leaves({ NotResource }: PolicyStatement, action: string): Promise<boolean> {
  const { resources } = await referencedAction(action);
  if (NotResource === undefined || resources.length === 0) return true;
  const excepted = listOf(NotResource).map((pattern) => new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`));
  const some = resources.flatMap(formsOf).map((format) => format.replace(/\$\{\w+\}/g, 'some'));
  return some.some((arn) => !excepted.some((pattern) => pattern.test(arn)));
}
