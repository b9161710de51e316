import { launchedEnvironment } from './launch';
import { Registry } from './registry';
import { STATEFUL } from '../../../src/environment/private/product-rules';

/** Whole properties; parts of others are RStudio's, which environments do not have. */
const namesOf = (pointers: string[]) => pointers.map((pointer) => pointer.split('/').slice(2)).filter(({ length }) => length === 1).flat();

const { deployment: { resources } } = launchedEnvironment();

test.each(Object.entries(STATEFUL))('versions of a product are compared by all that the registry replaces %s for, of what environments have', async (type, compared) => {
  const { createOnlyProperties = [], conditionalCreateOnlyProperties = [] } = (await Registry.of()).schema(type);
  const replaced = new Set(namesOf([...createOnlyProperties, ...conditionalCreateOnlyProperties]));
  const had = resources.filter(({ resource }) => resource.Type === type).flatMap(({ resource }) => Object.keys(resource.Properties ?? {}));
  expect(had.length).toBeGreaterThan(0);
  expect([...new Set(had)].filter((property) => replaced.has(property) && !compared.includes(property))).toEqual([]);
  expect(compared.filter((property) => !replaced.has(property))).toEqual([]);
}, 300_000);
