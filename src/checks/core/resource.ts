import { intrinsic, isExtended, resolved } from './intrinsics';
import { Known } from './known';
import { isRecord, Reference, Unknown, Value } from './value';

/** A property of a resource. */
export interface Property {
  /** Names from the resource's properties, with dots. */
  readonly path: string;
  readonly value: Value;
}

/** A resource of a template, whose properties are made as they are asked for. */
export class Resource {
  private readonly made = new Map<string, Value>();

  public constructor(
    public readonly logicalId: string, public readonly type: string, public readonly metadata: unknown,
    private readonly properties: unknown, private readonly known: Known,
    /** A condition of which only the deployment knows whether it holds. */
    public readonly condition?: string,
    /** The template that has it, among those that are looked at together. */
    public readonly home?: string,
  ) {}

  /** A property. It is unknown if something on the way to it is. */
  public at(path: string): Property {
    if (!this.made.has(path)) this.made.set(path, this.read(path.split('.')));
    return { path, value: this.made.get(path) };
  }

  /** Elements of a list, each with its number in the path: one that is unknown if the list is. */
  public each(path: string): Property[] {
    const { value } = this.at(path);
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value.map((one, index) => ({ path: `${path}.${index}`, value: one }));
    return [{ path, value: value instanceof Unknown || isRecord(value) ? value : new Unknown('is no list') }];
  }

  private read(names: readonly string[]): Value {
    let value = this.properties;
    for (const [index, name] of names.entries()) {
      value = this.called(value);
      if (value instanceof Unknown) return inside(value, names.slice(index));
      if (value instanceof Reference) return new Unknown(`is in ${String(value)}, which is a reference`);
      const next: unknown = Array.isArray(value) ? this.left(value)[Number(name)]
        : isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      if (next === undefined) return isRecord(value) && isExtended(value) ? new Unknown('may be written by a macro') : undefined;
      value = next;
    }
    return resolved(value, this.known);
  }

  private called(value: unknown): unknown {
    return typeof value === 'string' || (isRecord(value) && intrinsic(value)) ? resolved(value, this.known) : value;
  }

  /** Elements that are left of a list, numbered as they are once CloudFormation has left out what is none. */
  private left(list: readonly unknown[]): unknown[] {
    return list.map((one) => (isRecord(one) ? this.called(one) : one)).filter((one) => one !== undefined);
  }
}

/** What is at a place in a value whose functions have been called. */
function inside(value: Value, names: readonly string[]): Value {
  if (names.length === 0) return value;
  if (value instanceof Unknown) {
    const among = value.traits?.among?.map((one) => inside(one, names));
    return new Unknown(value.why, among && { among, ...among.includes(undefined) && { mayBeNothing: true } });
  }
  if (value instanceof Reference) return new Unknown(`is in ${String(value)}, which is a reference`);
  const [name, ...rest] = names;
  if (Array.isArray(value)) return inside(value[Number(name)], rest);
  return isRecord(value) && Object.hasOwn(value, name) ? inside((value as Record<string, Value>)[name], rest) : undefined;
}
