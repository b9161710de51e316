import { join } from 'path';
import { Registry } from './registry';
import { APPS } from '../../apps/catalog/apps';
import { synthesize } from '../../apps/catalog/synthesized';
import { compare, readExplanations } from '../explained';

interface Resource { readonly Type: string; readonly DeletionPolicy?: string; readonly Properties?: Record<string, unknown> }

/** Properties by which a type is known, where a template gives them rather than AWS. */
function givenName(registry: Registry, { Type, Properties = {} }: Resource): string[] {
  if (!Type.startsWith('AWS::')) return [];
  const { primaryIdentifier = [], readOnlyProperties = [] } = registry.schema(Type);
  const properties = primaryIdentifier.filter((pointer) => !readOnlyProperties.includes(pointer)).map((pointer) => pointer.split('/').pop()!);
  return properties.every((property) => property in Properties) ? properties : [];
}

test('what has a name of ours does not stay behind when its creation is rolled back, so that it can be created again', async () => {
  const registry = await Registry.of();
  const blocking = APPS.flatMap((checked) => synthesize(checked).templates.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources as unknown as Record<string, Resource>)
      .filter(([, resource]) => resource.DeletionPolicy === 'Retain' && givenName(registry, resource).length > 0)
      .map(([id, { Type }]) => `${checked.name}: ${stackName}/${id}: ${Type} is retained`)));
  expect(compare(blocking, readExplanations(join(__dirname, 'pending-names.json')))).toEqual({ unexplained: [], stale: [] });
}, 300_000);
