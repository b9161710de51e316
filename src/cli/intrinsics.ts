/** What is known before a template is deployed. */
export interface Known {
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  /** Names of the availability zones, in AWS's order. */
  readonly zones: string[];
  readonly parameters: Record<string, string | undefined>;
  /** Attributes of resources that follow from their names, by `<logical id>.<attribute>`. */
  readonly attributes?: Partial<Record<string, string>>;
  /** What other stacks export, by name. */
  readonly exported?: Record<string, unknown>;
  /** The template's `Mappings`. */
  readonly mappings?: Record<string, Record<string, Record<string, unknown>>>;
  /** The template's `Conditions`. */
  readonly conditions?: Record<string, unknown>;
}

const SUFFIXES: Record<string, string> = { 'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu' };

/** The value of a property, as far as it is known: what only the deployment makes is undefined. */
export function evaluated(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.flatMap((one) => (isNothing(one, known) ? [] : [evaluated(one, known)]));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [name, argument] = entries[0];
    if (name === 'Ref') return reference(argument as string, known);
    if (name === 'Fn::Join') return joined(argument as [string, unknown], known);
    if (name === 'Fn::Sub') return substituted(argument as string | [string, Record<string, unknown>], known);
    if (name === 'Fn::Select') return selected(argument as [number | string, unknown], known);
    if (name === 'Fn::GetAZs') return known.zones;
    if (name === 'Fn::Split') return split(argument as [string, unknown], known);
    if (name === 'Fn::FindInMap') return found(argument as unknown[], known);
    if (name === 'Fn::If') return chosen(argument as [string, unknown, unknown], known);
    if (name === 'Fn::GetAtt') return known.attributes?.[[argument].flat().join('.')];
    if (name === 'Fn::ImportValue') return known.exported?.[String(evaluated(argument, known))];
    if (name.startsWith('Fn::')) return undefined;
  }
  return Object.fromEntries(entries.flatMap(([name, one]) => (isNothing(one, known) ? [] : [[name, evaluated(one, known)]])));
}

/** Whether a condition of the template holds: undefined where only the deployment knows. */
export function holds(condition: unknown, known: Known): boolean | undefined {
  if (typeof condition === 'string') return condition in (known.conditions ?? {}) ? holds(known.conditions![condition], known) : undefined;
  const [[name, argument]] = Object.entries(condition as Record<string, unknown>);
  if (name === 'Condition') return holds(argument as string, known);
  const parts = argument as unknown[];
  if (name === 'Fn::Equals') {
    const [one, other] = parts.map((part) => evaluated(part, known));
    return one === undefined || other === undefined ? undefined : String(one) === String(other);
  }
  const all = parts.map((part) => holds(part, known));
  if (name === 'Fn::Not') return all[0] === undefined ? undefined : !all[0];
  const decides = name === 'Fn::Or';
  if (all.includes(decides)) return decides;
  return all.includes(undefined) ? undefined : !decides;
}

/** A property, or an element of a list, that CloudFormation leaves out. */
function isNothing(value: unknown, known: Known): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { Ref: name, ['Fn::If']: choice } = value as { Ref?: unknown; 'Fn::If'?: [string, unknown, unknown] }; // eslint-disable-line @stylistic/quote-props
  if (name === 'AWS::NoValue') return true;
  if (choice === undefined) return false;
  const isChosen = holds(choice[0], known);
  return isChosen !== undefined && isNothing(choice[isChosen ? 1 : 2], known);
}

function chosen([condition, one, other]: [string, unknown, unknown], known: Known): unknown {
  const isChosen = holds(condition, known);
  return isChosen === undefined ? undefined : evaluated(isChosen ? one : other, known);
}

function split([separator, text]: [string, unknown], known: Known): string[] | undefined {
  const value = evaluated(text, known);
  return typeof value === 'string' ? value.split(separator) : undefined;
}

function found(keys: unknown[], known: Known): unknown {
  const [map, first, second] = keys.map((key) => String(evaluated(key, known)));
  return known.mappings?.[map]?.[first]?.[second];
}

function reference(name: string, { account, region, partition, parameters, attributes = {} }: Known): string | undefined {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': account, 'AWS::Region': region, 'AWS::Partition': partition, 'AWS::URLSuffix': SUFFIXES[partition] ?? 'amazonaws.com',
  };
  return pseudo[name] ?? parameters[name] ?? attributes[name];
}

function joined([separator, parts]: [string, unknown], known: Known): string | undefined {
  const all = evaluated(parts, known);
  return Array.isArray(all) && all.every((part) => typeof part === 'string') ? all.join(separator) : undefined;
}

function substituted(argument: string | [string, Record<string, unknown>], known: Known): string | undefined {
  const [text, own] = typeof argument === 'string' ? [argument, {}] : argument;
  let isKnown = true;
  const result = text.replace(/\$\{([^!}]+)\}/g, (_, name: string) => {
    const value = name in own ? evaluated(own[name], known) : reference(name, known);
    isKnown &&= typeof value === 'string';
    return String(value);
  });
  return isKnown ? result.replace(/\$\{!/g, '${') : undefined; // ${!…} is a variable of a policy, and no reference
}

function selected([index, list]: [number | string, unknown], known: Known): unknown {
  const all = evaluated(list, known);
  return Array.isArray(all) ? all[Number(index)] : undefined;
}
