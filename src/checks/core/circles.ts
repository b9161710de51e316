import { isRecord } from './value';

/** Names in a circle, each of which needs the next one; the first is also the last. Undefined if there is none. */
export function circleIn(needs: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  // What needs nothing is taken away until nothing can be: templates may be chains of thousands, for which recursion is too deep.
  const left = new Map([...needs].map(([name, others]) => [name, new Set(others.filter((other) => needs.has(other)))]));
  const neededBy = new Map<string, string[]>();
  for (const [name, others] of left) for (const other of others) neededBy.set(other, [...neededBy.get(other) ?? [], name]);
  const free = [...left].filter(([, others]) => others.size === 0).map(([name]) => name);
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    left.delete(name);
    for (const one of neededBy.get(name) ?? []) if (left.get(one)?.delete(name) && left.get(one)!.size === 0) free.push(one);
  }
  if (left.size === 0) return undefined;
  const path: string[] = [];
  for (let name = [...left.keys()][0]; ; name = [...left.get(name)!][0]) {
    path.push(name);
    if (path.indexOf(name) < path.length - 1) return path.slice(path.indexOf(name));
  }
}

/** Names of conditions that a condition needs. */
export function conditionsIn(value: unknown): string[] {
  return namesIn(value, (name, argument) => (name === 'Condition' && typeof argument === 'string' ? [argument] : []));
}

/** Logical ids that are named by what a resource is made of. */
export function idsIn(value: unknown): string[] {
  return namesIn(value, named);
}

function namesIn(value: unknown, of: (name: string, argument: unknown) => string[]): string[] {
  const ids = new Set<string>();
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (Array.isArray(one)) for (const inner of one) rest.push(inner);
    if (!isRecord(one)) continue;
    for (const [name, inner] of Object.entries(one)) {
      rest.push(inner);
      for (const id of of(name, inner)) ids.add(id);
    }
  }
  return [...ids];
}

function named(name: string, argument: unknown): string[] {
  const texts = (Array.isArray(argument) ? argument as unknown[] : [argument]).filter((one) => typeof one === 'string');
  if (name === 'Ref' || name === 'Condition') return texts;
  if (name === 'Fn::GetAtt') return texts.slice(0, 1).map((text) => text.split('.')[0]);
  if (name === 'Fn::Sub') {
    // A variable of the text itself may have the name of a resource, which it is not.
    const own: unknown = Array.isArray(argument) ? argument[1] : undefined;
    return texts.slice(0, 1).flatMap((text) => [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map(([, id]) => id)).filter((id) => !isRecord(own) || !(id in own));
  }
  return [];
}
