import { Known } from './known';
import { parameterValue } from './parameters';
import { isOpen, isRecord, placeholder, Reference, Unknown, Value } from './value';

type Function = (argument: unknown, known: Known) => Value;

const FUNCTIONS: Record<string, Function> = {
  'Ref': (argument, known) => (typeof argument === 'string' ? reference(argument, known) : malformed('Ref')),
  'Fn::GetAtt': attribute,
  'Fn::Join': joined,
  'Fn::Sub': substituted,
  'Fn::Select': selected,
  'Fn::Split': split,
  'Fn::FindInMap': found,
  'Fn::If': chosen,
  'Fn::ImportValue': imported,
};
/** A text in which CloudFormation reads a parameter or a secret: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const DYNAMIC = /\{\{resolve:([^:}]+):/;
/** One that is the whole text, of a parameter of Systems Manager in whatever version. */
const STORED = /^\{\{resolve:ssm:([\w./-]+)(:\d+)?\}\}$/;

/** A value with its functions called, as far as that is possible before a deployment. What CloudFormation leaves out (AWS::NoValue) is undefined. */
export function resolved(value: unknown, known: Known): Value {
  if (typeof value === 'string') return DYNAMIC.test(value) ? dynamic(value, known) : value;
  if (Array.isArray(value)) return value.map((one) => resolved(one, known)).filter((one) => one !== undefined);
  if (!isRecord(value)) return value as Value;
  const called = intrinsic(value);
  if (called !== undefined) return called.call(known);
  const entries = Object.entries(value).map(([name, one]): [string, Value] => [name, resolved(one, known)]);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

function dynamic(value: string, known: Known): Value {
  const name = STORED.exec(value)?.[1];
  return (name === undefined ? undefined : known.surroundings?.stored(name)) ?? new Unknown(`is read by a dynamic reference (${DYNAMIC.exec(value)![1]})`);
}

/** Whether a macro or a loop writes into an object, so that it may have more than it says. */
export function isExtended(value: Record<string, unknown>): boolean {
  return Object.keys(value).some((name) => name === 'Fn::Transform' || name.startsWith('Fn::ForEach'));
}

/** The function that an object calls, if it calls one. */
export function intrinsic(value: Record<string, unknown>): { readonly call: (known: Known) => Value } | undefined {
  const names = Object.keys(value);
  if (names.length !== 1) return undefined;
  const [name] = names;
  if (Object.hasOwn(FUNCTIONS, name)) return { call: (known) => FUNCTIONS[name](value[name], known) };
  return name.startsWith('Fn::') ? { call: () => new Unknown(`is made by ${name}`) } : undefined;
}

function malformed(name: string): Unknown {
  return new Unknown(`is made by ${name}, which is not written as CloudFormation takes it`);
}

function reference(name: string, known: Known): Value {
  if (name === 'AWS::NoValue') return undefined;
  if (name.startsWith('AWS::')) return placeholder(name);
  if (Object.hasOwn(known.resources, name)) return new Reference(name);
  const value = Object.hasOwn(known.parameters, name) ? parameterValue(name, known) : new Unknown(`refers to ${name}, which is not in the template`);
  return typeof value === 'string' ? resolved(value, known) : value;
}

function attribute(argument: unknown, known: Known): Value {
  const [logicalId, ...names] = typeof argument === 'string' ? argument.split('.') : Array.isArray(argument) ? argument as unknown[] : [];
  if (typeof logicalId !== 'string' || names.length === 0 || !names.every((name) => typeof name === 'string')) return malformed('Fn::GetAtt');
  if (!Object.hasOwn(known.resources, logicalId)) return new Unknown(`refers to ${logicalId}, which is not in the template`);
  const name = names.join('.');
  return (name.startsWith('Outputs.') ? known.surroundings?.output(logicalId, name.slice('Outputs.'.length)) : undefined) ?? new Reference(logicalId, name);
}

function imported(argument: unknown, known: Known): Value {
  const name = resolved(argument, known);
  return (typeof name === 'string' ? known.surroundings?.exported(name) : undefined) ?? new Unknown('is made by Fn::ImportValue');
}

/** What is made of something that is not known, and so not known either. */
function madeOf({ why, traits }: Unknown): Unknown {
  return new Unknown(why, traits?.isGiven ? { isGiven: true } : undefined);
}

/** A text of which everything is known but what a deployment writes, in brackets. */
function text(value: Value): string | undefined {
  if (value instanceof Unknown) return placeholder('?');
  if (value instanceof Reference) return String(value);
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

function joined(argument: unknown, known: Known): Value {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string') return malformed('Fn::Join');
  const parts = resolved(argument[1], known);
  if (parts instanceof Unknown) return madeOf(parts);
  const texts = Array.isArray(parts) ? parts.map(text) : [undefined];
  return texts.includes(undefined) ? malformed('Fn::Join') : texts.join(argument[0]);
}

function substituted(argument: unknown, known: Known): Value {
  const [pattern, variables] = (typeof argument === 'string' ? [argument, {}] : Array.isArray(argument) ? argument : []) as unknown[];
  if (typeof pattern !== 'string' || !isRecord(variables)) return malformed('Fn::Sub');
  const whole = pattern.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const value = Object.hasOwn(variables, name) ? resolved(variables[name], known) : name.includes('.') ? attribute(name, known) : reference(name, known);
    return text(value) ?? placeholder('?');
  });
  return DYNAMIC.test(whole) ? resolved(whole, known) : whole;
}

function selected(argument: unknown, known: Known): Value {
  if (!Array.isArray(argument) || argument.length !== 2) return malformed('Fn::Select');
  const [index, list] = [resolved(argument[0], known), resolved(argument[1], known)];
  if (index instanceof Unknown) return new Unknown(index.why);
  if (list instanceof Unknown) return madeOf(list);
  return Array.isArray(list) && Number(index) in list ? list[Number(index)] : malformed('Fn::Select');
}

function split(argument: unknown, known: Known): Value {
  if (!Array.isArray(argument) || argument.length !== 2 || typeof argument[0] !== 'string' || argument[0] === '') return malformed('Fn::Split');
  const whole = resolved(argument[1], known);
  if (whole instanceof Unknown) return madeOf(whole);
  const complete = text(whole);
  if (complete === undefined) return malformed('Fn::Split');
  // What the deployment writes may hold the delimiter as well.
  return isOpen(complete) ? new Unknown('is split from a text that only the deployment knows') : complete.split(argument[0]);
}

function found(argument: unknown, known: Known): Value {
  if (!Array.isArray(argument) || argument.length < 3) return malformed('Fn::FindInMap');
  const keys = argument.slice(0, 3).map((one) => resolved(one, known));
  const unknown = keys.find((one) => one instanceof Unknown);
  const [mapping, , key] = keys;
  const among = [mapping, key].some((one) => typeof one !== 'string' || isOpen(one)) ? undefined : allIn(known.mappings[String(mapping)], String(key));
  if (unknown !== undefined) return new Unknown(unknown.why, among && { among });
  let value: unknown = known.mappings;
  for (const one of keys.map(String)) value = isRecord(value) && Object.hasOwn(value, one) ? value[one] : undefined;
  if (value !== undefined) return resolved(value, known);
  return new Unknown(`is found in the mapping ${String(keys[0])} by what only the deployment knows`, among && { among });
}

/** What a mapping has under a key, whatever the other is. */
function allIn(mapping: unknown, key: string): Value[] | undefined {
  if (!isRecord(mapping)) return undefined;
  const values = Object.values(mapping).map((one) => (isRecord(one) && Object.hasOwn(one, key) ? one[key] as Value : undefined));
  return values.length === 0 || values.includes(undefined) ? undefined : values;
}

function chosen(argument: unknown, known: Known): Value {
  if (!Array.isArray(argument) || argument.length !== 3 || typeof argument[0] !== 'string') return malformed('Fn::If');
  const isSo = conditionHolds(argument[0], known);
  if (isSo !== undefined) return resolved(argument[isSo ? 1 : 2], known);
  const [one, other] = [resolved(argument[1], known), resolved(argument[2], known)];
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  const mayBeNothing = one === undefined || other === undefined;
  return new Unknown(`depends on the condition ${argument[0]}`, { ...mayBeNothing && { mayBeNothing }, among: [one, other] });
}

/** Whether a condition of a template holds: undefined where only the deployment knows. */
export function conditionHolds(name: string, known: Known, within: readonly string[] = []): boolean | undefined {
  // Conditions that lead to one another in a circle are refused when a template is read.
  return Object.hasOwn(known.conditions, name) && !within.includes(name) ? holds(known.conditions[name], known, [...within, name]) : undefined;
}

function holds(condition: unknown, known: Known, within: readonly string[]): boolean | undefined {
  if (!isRecord(condition)) return undefined;
  const [[name, argument]] = [...Object.entries(condition), ['', undefined]];
  if (name === 'Condition' && typeof argument === 'string') return conditionHolds(argument, known, within);
  if (!Array.isArray(argument)) return undefined;
  if (name === 'Fn::Equals') return equal(argument.map((one) => resolved(one, known)));
  const parts = argument.map((one) => holds(one, known, within));
  if (name === 'Fn::Not') return parts[0] === undefined ? undefined : !parts[0];
  if (name === 'Fn::And') return parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;
  if (name === 'Fn::Or') return parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;
  return undefined;
}

function equal([one, other]: Value[]): boolean | undefined {
  const isKnown = (value: Value) => !(value instanceof Unknown) && !isOpen(JSON.stringify(value ?? null)) && !(value instanceof Reference);
  return isKnown(one) && isKnown(other) ? String(one) === String(other) : undefined;
}
