import { circleIn, conditionsIn, idsIn } from './circles';
import { conditionHolds, resolved } from './intrinsics';
import { Known, Surroundings } from './known';
import { Refused } from './refused';
import { Resource } from './resource';
import { isRecord, placeholder, Reference, Value } from './value';

/** CloudFormation takes no more, from a bucket: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html (2026-11-30) */
const MOST_BYTES = 1_048_576;
/** Deeper than any template that a person or a tool writes: who reads it must not run out of stack. */
const DEEPEST = 100;

/** How a template is read. */
export interface Reading {
  /** Values of parameters, by their names. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Accounts, beside its own, that images may come from. */
  readonly imageAccounts?: readonly string[];
  /** The account that it is for, if that is known. */
  readonly account?: string;
  /** What the template is called among those that are looked at together. */
  readonly name?: string;
  /** Whether it is known to be a stack's, be there nothing in it. */
  readonly isStack?: boolean;
  readonly surroundings?: (template: Template) => Surroundings & { readonly neighbours: () => readonly Template[] };
}

/** A template of CloudFormation. */
export class Template {
  /** Those that may exist: without those whose condition does not hold. */
  public readonly resources: Resource[];
  /** A macro of somebody, which may change everything. */
  public readonly macro?: string;
  private readonly byId: ReadonlyMap<string, Resource>;
  private readonly byType = new Map<string, Resource[]>();
  private readonly known: Known;
  private readonly neighbours: () => readonly Template[];
  private other?: Template;

  /**
   * @param content what was read from JSON or YAML
   * @param openly the same template with defaults for values
   * @throws Refused if it is no template, or one that CloudFormation refuses before it looks at resources
   */
  public constructor(private readonly content: unknown, private readonly reading: Reading = {}, openly?: Template) {
    if (openly === undefined) refuseDepth(content);
    const section = (name: string) => (isRecord(content) && isRecord(content[name]) ? content[name] : {});
    const declared = isRecord(content) ? content.Resources ?? (reading.isStack ? {} : undefined) : undefined;
    if (!isRecord(declared)) throw new Refused('It has no Resources, so it is no template of CloudFormation. Name a template, or the directory that "npx cdk synth" writes');
    const entries = entriesOf(declared);
    const around = reading.surroundings?.(this);
    this.neighbours = around?.neighbours ?? (() => []);
    const known = this.known = {
      resources: Object.fromEntries(entries),
      parameters: section('Parameters'),
      mappings: section('Mappings'),
      conditions: section('Conditions'),
      given: reading.parameters ?? {},
      areDefaultsOpen: openly !== undefined,
      surroundings: around,
    };
    if (openly === undefined) refuseCircles(known);
    this.resources = entries.flatMap(([logicalId, one]) => {
      if (!isRecord(one) || typeof one.Type !== 'string') return [];
      const isMade = typeof one.Condition !== 'string' || conditionHolds(one.Condition, known);
      if (isMade === false) return [];
      return [new Resource(logicalId, one.Type, one.Metadata, one.Properties, known, isMade ? undefined : one.Condition as string, reading.name)];
    });
    this.byId = new Map(this.resources.map((resource) => [resource.logicalId, resource]));
    for (const resource of this.resources) {
      const alike = this.byType.get(resource.type);
      if (alike === undefined) this.byType.set(resource.type, [resource]);
      else alike.push(resource);
    }
    this.macro = macroIn(content) ?? (Object.hasOwn(declared, 'Fn::Transform') ? 'Fn::Transform' : undefined);
  }

  /** The same template where parameters may be others than their defaults: undefined if there is none of those. */
  public get openly(): Template | undefined {
    const { parameters, given } = this.known;
    // What is read from Systems Manager is not known in either.
    const isByDefault = ([name, one]: [string, unknown]) => (
      isRecord(one) && one.Default !== undefined && !Object.hasOwn(given, name) && !String(one.Type).startsWith('AWS::SSM::Parameter::Value<')
    );
    if (this.known.areDefaultsOpen || !Object.entries(parameters).some(isByDefault)) return undefined;
    return this.other ??= new Template(this.content, this.reading, this);
  }

  /** Whether parameters may be others than their defaults. */
  public get areDefaultsOpen(): boolean {
    return this.known.areDefaultsOpen;
  }

  public get name(): string | undefined {
    return this.reading.name;
  }

  /** Whether an account, as a value has it, is the one that the template is for. */
  public isOwn(account: string): boolean {
    return account === placeholder('AWS::AccountId') || account === this.reading.account;
  }

  /** Whether somebody says that images may come from an account. */
  public isImageAccount(account: string): boolean {
    return this.reading.imageAccounts?.includes(account) ?? false;
  }

  public of(...types: string[]): Resource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** Resources of this template and of those that are deployed with it. */
  public near(...types: string[]): Resource[] {
    return [this, ...this.neighbours()].flatMap((template) => template.of(...types));
  }

  /** The resource that a value of this template, or of another that is deployed with it, refers to. */
  public referred(value: Value, home = this.name): Resource | undefined {
    if (!(value instanceof Reference)) return undefined;
    const at = value.home ?? home;
    return [this, ...this.neighbours()].find(({ name }) => name === at)?.byId.get(value.logicalId);
  }

  /** A value that stands in this template, outside of resources. */
  public valueOf(value: unknown): Value {
    return resolved(value, this.known);
  }

  public section(name: string): Readonly<Record<string, unknown>> {
    return isRecord(this.content) && isRecord(this.content[name]) ? this.content[name] : {};
  }
}

/** Transforms of AWS that add to a template what is not in it, or write it out, and change nothing of the types that rules are about. */
const HARMLESS = /^AWS::(LanguageExtensions|Serverless-2016-10-31|CodeDeployBlueGreen|SecretsManager-\d{4}-\d\d-\d\d|CodeStar)$/;

function macroIn(content: unknown): string | undefined {
  const declared: unknown = isRecord(content) ? content.Transform : undefined;
  const names = (Array.isArray(declared) ? declared as unknown[] : [declared]).filter((one) => one !== undefined && one !== null);
  const harmful = names.find((one) => typeof one !== 'string' || !HARMLESS.test(one));
  return harmful === undefined ? undefined : isRecord(harmful) ? String(harmful.Name) : typeof harmful === 'string' ? harmful : 'Transform';
}

/**
 * A template from its text.
 *
 * @param parse from text to what it says
 * @throws Refused if it is too large, cannot be read, or is no template
 */
export function templateFrom(text: string, parse: (text: string) => unknown = JSON.parse, reading?: Reading): Template {
  const bytes = Buffer.byteLength(text);
  if (bytes > MOST_BYTES) throw new Refused(`It has ${bytes} bytes, and CloudFormation takes templates of ${MOST_BYTES} at most. Split the stack`);
  let content: unknown;
  try {
    content = parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Refused(`It cannot be read: ${(error as Error).message.split('\n')[0].replace(/[.:]$/, '')}. Name a template in JSON or YAML`);
  }
  return new Template(content, reading);
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
  const circle = circleIn(needs(resources, ofResource)) ?? circleIn(needs(conditions, conditionsIn));
  if (circle !== undefined) throw new Refused(`Its parts need one another in a circle: ${circle.join(' -> ')}. Break the circle, as CloudFormation cannot make any of them first`);
}
