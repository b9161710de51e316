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
}

const SUFFIXES: Record<string, string> = { 'aws-cn': 'amazonaws.com.cn', 'aws-eusc': 'amazonaws.eu' };

/** The value of a property, as far as it is known: what only the deployment makes is undefined. */
export function evaluated(value: unknown, known: Known): unknown {
  if (Array.isArray(value)) return value.map((one) => evaluated(one, known));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [name, argument] = entries[0];
    if (name === 'Ref') return reference(argument as string, known);
    if (name === 'Fn::Join') return joined(argument as [string, unknown], known);
    if (name === 'Fn::Sub') return substituted(argument as string | [string, Record<string, unknown>], known);
    if (name === 'Fn::Select') return selected(argument as [number | string, unknown], known);
    if (name === 'Fn::GetAZs') return known.zones;
    if (name === 'Fn::GetAtt') return known.attributes?.[[argument].flat().join('.')];
    if (name === 'Fn::ImportValue') return known.exported?.[String(evaluated(argument, known))];
    if (name.startsWith('Fn::')) return undefined;
  }
  return Object.fromEntries(entries.map(([name, one]) => [name, evaluated(one, known)]));
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
