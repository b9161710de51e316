import { circleIn, idsIn } from './circles';
import { conditionHolds, intrinsic, Known, resolved } from './intrinsics';
import { Refused } from './refused';
import { isRecord, Reference, Unknown, Value } from './value';

/** CloudFormation takes no more, from a bucket: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (2026-11-30) */
const MOST_BYTES = 1_048_576;
/** Deeper than any template that a person or a tool writes: who reads it must not run out of stack. */
const DEEPEST = 100;

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
  ) {}

  /** A property. It is unknown if something on the way to it is. */
  public at(path: string): Property {
    if (!this.made.has(path)) this.made.set(path, this.read(path.split('.')));
    return { path, value: this.made.get(path) };
  }

  /** Elements of a list, each with its number in the path: one that is unknown if the list is. */
  public each(path: string): Property[] {
    const { value } = this.at(path);
    if (value instanceof Unknown) return [{ path, value }];
    return Array.isArray(value) ? value.map((one, index) => ({ path: `${path}.${index}`, value: one })) : [];
  }

  private read(names: readonly string[]): Value {
    let value = this.properties;
    for (const name of names) {
      if (typeof value === 'string' || (isRecord(value) && intrinsic(value))) value = resolved(value, this.known);
      if (value instanceof Unknown) return value;
      if (value instanceof Reference) return new Unknown(`is in ${String(value)}, which is a reference`);
      const next: unknown = Array.isArray(value) ? value[Number(name)] : isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      if (next === undefined) return undefined;
      value = next;
    }
    return resolved(value, this.known);
  }
}

/** A template of CloudFormation. */
export class Template {
  /** Those that may exist: without those whose condition does not hold. */
  public readonly resources: Resource[];
  private readonly byId: ReadonlyMap<string, Resource>;

  /**
   * @param content what was read from JSON or YAML
   * @throws Refused if it is no template, or one that CloudFormation refuses before it looks at resources
   */
  public constructor(content: unknown) {
    refuseDepth(content);
    const section = (name: string) => (isRecord(content) && isRecord(content[name]) ? content[name] : {});
    const declared = isRecord(content) ? content.Resources : undefined;
    if (!isRecord(declared)) throw new Refused('It has no Resources, so it is no template of CloudFormation. Name a template, or the directory that "npx cdk synth" writes');
    const entries = entriesOf(declared);
    const known = { resources: Object.fromEntries(entries), parameters: section('Parameters'), mappings: section('Mappings'), conditions: section('Conditions') };
    refuseCircles(known);
    this.resources = entries.flatMap(([logicalId, one]) => {
      if (!isRecord(one) || typeof one.Type !== 'string') return [];
      const isMade = typeof one.Condition !== 'string' || conditionHolds(one.Condition, known);
      if (isMade === false) return [];
      return [new Resource(logicalId, one.Type, one.Metadata, one.Properties, known, isMade ? undefined : one.Condition as string)];
    });
    this.byId = new Map(this.resources.map((resource) => [resource.logicalId, resource]));
  }

  public of(...types: string[]): Resource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** The resource that a value refers to. */
  public referred(value: Value): Resource | undefined {
    return value instanceof Reference ? this.byId.get(value.logicalId) : undefined;
  }
}

/**
 * A template from its text.
 *
 * @param parse from text to what it says
 * @throws Refused if it is too large, cannot be read, or is no template
 */
export function templateFrom(text: string, parse: (text: string) => unknown = JSON.parse): Template {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) throw new Refused(`It has ${bytes} bytes, and CloudFormation takes templates of ${MOST_BYTES} at most. Split the stack`);
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new Refused(`It cannot be read: ${(error as Error).message.split('\n')[0].replace(/[.:]$/, '')}. Name a template in JSON or YAML`);
  }
  return new Template(content);
}

/**
 * Resources by their names; one for all that a loop makes of it, in which the variable of the loop is not known.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-foreach.html
 */
function entriesOf(resources: Record<string, unknown>): [string, unknown][] {
  return Object.entries(resources).flatMap(([name, one]) => (
    name.startsWith('Fn::ForEach::') && Array.isArray(one) && isRecord(one[2]) ? entriesOf(one[2]) : [[name, one]]
  ));
}

function refuseDepth(content: unknown): void {
  let level: unknown[] = [content];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new Refused(`It is nested deeper than ${DEEPEST} levels. Write what is inside flatter`);
    level = level.flatMap((one) => (Array.isArray(one) ? one as unknown[] : isRecord(one) ? Object.values(one) : []));
  }
}

function refuseCircles({ resources, conditions }: Known): void {
  const needs = (section: Readonly<Record<string, unknown>>, of: (one: unknown) => string[]) => (
    new Map(Object.entries(section).map(([name, one]) => [name, of(one)]))
  );
  const ofResource = (one: unknown) => {
    if (!isRecord(one)) return [];
    const before = (Array.isArray(one.DependsOn) ? one.DependsOn : [one.DependsOn]) as unknown[];
    return [...idsIn(one.Properties), ...before.filter((id) => typeof id === 'string')];
  };
  const circle = circleIn(needs(resources, ofResource)) ?? circleIn(needs(conditions, idsIn));
  if (circle !== undefined) throw new Refused(`Its parts need one another in a circle: ${circle.join(' -> ')}. Break the circle, as CloudFormation cannot make any of them first`);
}
