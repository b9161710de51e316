import { Resource, Template, Value } from './template';

/** The longest chain of resources that wait for one another. */
export interface CriticalPath {
  readonly seconds: number;
  readonly resources: string[];
}

const CONDITION = 'Condition:';

/**
 * What waits for what in a template: resources by Ref, Fn::GetAtt, Fn::Sub and DependsOn, conditions by one another.
 * CDK synthesizes circular dependencies without a word; CloudFormation refuses them.
 */
export class ResourceGraph {
  public static of(template: Template): ResourceGraph {
    const conditions = Object.entries(template.Conditions ?? {});
    const nodes = new Set([...Object.keys(template.Resources), ...conditions.map(([name]) => CONDITION + name)]);
    const edges = new Map<string, Set<string>>();
    for (const [name, condition] of conditions) edges.set(CONDITION + name, new Set(referencesIn(condition, nodes)));
    for (const [id, resource] of Object.entries(template.Resources)) edges.set(id, new Set(referencesOf(resource, nodes)));
    return new ResourceGraph(edges);
  }

  private constructor(private readonly edges: Map<string, Set<string>>) {}

  /** What a resource waits for. */
  public needs(id: string): string[] {
    return [...this.edges.get(id) ?? []];
  }

  /** Each circle once, as the chain that leads back to its beginning. */
  public circles(): string[][] {
    const circles: string[][] = [];
    const done = new Set<string>();
    const walk = (id: string, chain: string[]) => {
      const begin = chain.indexOf(id);
      if (begin >= 0) circles.push([...chain.slice(begin), id]);
      if (begin >= 0 || done.has(id)) return;
      for (const needed of this.needs(id)) walk(needed, [...chain, id]);
      done.add(id);
    };
    for (const id of this.edges.keys()) walk(id, []);
    return circles;
  }

  /** The longest chain, or the longest that leads to a resource, when each takes its own time; only for a graph without circles. */
  public criticalPath(secondsOf: (id: string) => number, to?: string): CriticalPath {
    const ends = new Map<string, CriticalPath>();
    const end = (id: string): CriticalPath => {
      const known = ends.get(id);
      if (known) return known;
      const before = longest(this.needs(id).map(end));
      const path = { seconds: before.seconds + secondsOf(id), resources: [...before.resources, id] };
      ends.set(id, path);
      return path;
    };
    return to !== undefined ? end(to) : longest([...this.edges.keys()].filter((id) => !id.startsWith(CONDITION)).map(end));
  }
}

function longest(paths: CriticalPath[]): CriticalPath {
  return paths.reduce((best, path) => (path.seconds > best.seconds ? path : best), { seconds: 0, resources: [] });
}

function referencesOf(resource: Resource, nodes: Set<string>): string[] {
  const explicit = [resource.DependsOn ?? []].flat();
  const condition = resource.Condition === undefined ? [] : [CONDITION + resource.Condition];
  return [...explicit, ...condition, ...referencesIn(resource.Properties ?? {}, nodes)];
}

function referencesIn(value: Value, nodes: Set<string>): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap((item) => referencesIn(item, nodes));
  const keys = Object.keys(value);
  const found = keys.flatMap((key) => referencesIn(value[key], nodes));
  if (keys.length === 1) found.push(...intrinsic(keys[0], value[keys[0]]));
  return found.filter((id) => nodes.has(id));
}

function intrinsic(name: string, argument: Value): string[] {
  switch (name) {
    case 'Ref': return [String(argument)];
    case 'Fn::GetAtt': return [Array.isArray(argument) ? String(argument[0]) : String(argument).split('.')[0]];
    case 'Fn::Sub': return namesIn(String(Array.isArray(argument) ? argument[0] : argument));
    case 'Fn::If': return [CONDITION + String((argument as Value[])[0])];
    case 'Condition': return [CONDITION + String(argument)];
    default: return [];
  }
}

/** `${Name}` and `${Name.Attribute}`, but not the literal `${!Name}`. */
function namesIn(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, name]) => name);
}
