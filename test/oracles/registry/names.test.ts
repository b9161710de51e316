import { Registry } from './registry';
import { APPS } from '../../apps/catalog/apps';
import { synthesize } from '../../apps/catalog/synthesized';

interface Resource { readonly Type: string; readonly DeletionPolicy?: string; readonly Properties?: Record<string, unknown> }

/** Whether a template gives a resource the name by which it is known, rather than AWS. */
function hasGivenName(registry: Registry, resources: Record<string, Resource>, { Type, Properties = {} }: Resource): boolean {
  if (!Type.startsWith('AWS::')) return false;
  const { primaryIdentifier = [], readOnlyProperties = [] } = registry.schema(Type);
  const names = primaryIdentifier.filter((pointer) => !readOnlyProperties.includes(pointer)).map((pointer) => Properties[pointer.split('/').pop()!]);
  // A bucket's policy is known by its bucket, and so by a name that AWS makes up where it makes up the bucket's.
  const isGiven = (name: unknown) => {
    const of = resources[(name as { Ref?: string } | undefined)?.Ref ?? ''];
    return of ? hasGivenName(registry, resources, of) : name !== undefined;
  };
  return names.length > 0 && names.every(isGiven);
}

test('what has a name of ours does not stay behind when its creation is rolled back, so that it can be created again', async () => {
  const registry = await Registry.of();
  const blocking = APPS.flatMap((checked) => synthesize(checked).templates.flatMap(({ stackName, template }) => {
    const resources = template.Resources as unknown as Record<string, Resource>;
    return Object.entries(resources)
      .filter(([, resource]) => resource.DeletionPolicy === 'Retain' && hasGivenName(registry, resources, resource))
      .map(([id, { Type }]) => `${checked.name}: ${stackName}/${id}: ${Type} is retained`);
  }));
  expect(blocking).toEqual([]);
}, 300_000);
