import { RenderedTemplate } from './rendered-template';

/**
 * Names in a template that nothing in it bears: what is left of conditions, mappings, parameters and resources of other
 * stacks that were used by name. Also whatever the template would import.
 */
export function danglingNames(template: RenderedTemplate): string[] {
  if (template.Transform !== undefined) return []; // a macro may bring the names along
  const search = new Search(template);
  search.visit(template);
  for (const { Condition, DependsOn } of Object.values(template.Resources ?? {})) {
    search.need('conditions', Condition, 'Condition');
    for (const name of [DependsOn ?? []].flat()) search.need('resources', name, 'DependsOn');
  }
  for (const { Condition } of Object.values(template.Outputs ?? {})) search.need('conditions', Condition, 'Condition');
  return [...search.dangling];
}

type Kind = 'values' | 'resources' | 'mappings' | 'conditions';

class Search {
  public readonly dangling = new Set<string>();
  private readonly known: Record<Kind, Set<string>>;

  constructor({ Parameters = {}, Resources = {}, Mappings = {}, Conditions = {} }: RenderedTemplate) {
    const resources = Object.keys(Resources);
    this.known = {
      values: new Set([...Object.keys(Parameters), ...resources]),
      resources: new Set(resources),
      mappings: new Set(Object.keys(Mappings)),
      conditions: new Set(Object.keys(Conditions)),
    };
  }

  public need(kind: Kind, name: unknown, where: string): void {
    if (typeof name !== 'string' || name.startsWith('AWS::') || this.known[kind].has(name)) return;
    this.dangling.add(`${where} ${name}`);
  }

  public visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    const parts: unknown[] = Object.values(value);
    if (parts.length === 1 && !Array.isArray(value)) this.visitIntrinsic(Object.keys(value)[0], parts[0]);
    for (const part of parts) this.visit(part);
  }

  private visitIntrinsic(name: string, argument: unknown): void {
    const [first] = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case 'Ref': return this.need('values', argument, name);
      case 'Fn::GetAtt': return this.need('resources', typeof first === 'string' ? first.split('.')[0] : first, name);
      case 'Fn::FindInMap': return this.need('mappings', first, name);
      case 'Fn::If': return this.need('conditions', first, name);
      case 'Condition': return this.need('conditions', argument, name);
      case 'Fn::ImportValue': this.dangling.add(`${name} ${JSON.stringify(argument)}`); return;
      case 'Fn::Sub': return this.visitSubstitution(first, Array.isArray(argument) ? argument[1] : {});
      default: return;
    }
  }

  private visitSubstitution(text: unknown, variables: unknown): void {
    if (typeof text !== 'string') return;
    const own = new Set(Object.keys((variables ?? {}) as object));
    for (const [, name] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
      if (!own.has(name)) this.need('values', name.split('.')[0].trim(), 'Fn::Sub');
    }
  }
}
