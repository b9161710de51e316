/** A value of a template: JSON with intrinsics. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** A resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties?: Record<string, Value>;
  readonly Metadata?: Record<string, Value>;
}

/** What whole-template checks read of a template. */
export interface Template {
  readonly Parameters?: Record<string, { readonly Type: string }>;
  readonly Conditions?: Record<string, Value>;
  readonly Resources: Record<string, Resource>;
  readonly Outputs?: Record<string, { readonly Value: Value; readonly Export?: { readonly Name: Value } }>;
}

/** The resources of a template that are of a type. */
export function resourcesOf(template: Template, type: string): [string, Resource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** How many resources of each type a template has. */
export function countByType(template: Template): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { Type } of Object.values(template.Resources)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  return counts;
}

/** Every text in a value, wherever it stands. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}
