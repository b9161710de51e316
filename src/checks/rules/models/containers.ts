import { Property, Resource } from '../../core/resource';

/** Containers of a model: one, or those of a pipeline. */
export function containersOf(model: Resource): Property[] {
  const primary = model.at('PrimaryContainer');
  return [...primary.value === undefined ? [] : [primary], ...model.each('Containers')];
}
