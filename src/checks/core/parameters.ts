import { Known } from './known';
import { isRecord, Unknown, Value } from './value';

const LIST = /^(CommaDelimitedList|List<.*>)$/;
/** Types whose values CloudFormation finds in the account, so that they are never empty. */
const EXISTING = /^(List<)?AWS::(EC2|Route53)::/;
/** Types whose value is the name of a parameter of Systems Manager. */
const STORED = /^AWS::SSM::Parameter::Value</;

/**
 * The value of a parameter: what is given for it, or its default if that is to be taken for its value.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValue(name: string, known: Known): Value {
  const parameter = known.parameters[name];
  if (!isRecord(parameter)) return new Unknown(`refers to ${name}, which is not in the template`);
  const type = typeof parameter.Type === 'string' ? parameter.Type : 'String';
  const given = Object.hasOwn(known.given, name) ? known.given[name] : undefined;
  const written = given ?? (isRecord(parameter.Default) ? undefined : parameter.Default);
  if (STORED.test(type)) return known.surroundings?.stored(String(written)) ?? new Unknown(`is read from a parameter of Systems Manager (${name})`, { parameter: name });
  const fromParent = known.surroundings?.given(name);
  if (fromParent !== undefined) return fromParent;
  if (written === undefined) return new Unknown(`is the parameter ${name}, which has no default`, traitsOf(name, type, parameter));
  if (given === undefined && known.areDefaultsOpen) return new Unknown(`is the parameter ${name}, which may be another than its default`, traitsOf(name, type, parameter));
  if (LIST.test(type)) return written === '' ? [] : String(written).split(',').map((one) => one.trim());
  return written as Value;
}

function traitsOf(name: string, type: string, { AllowedValues: allowed, MinLength: length, MinValue: least }: Record<string, unknown>) {
  const isList = LIST.test(type);
  return {
    parameter: name,
    ...Array.isArray(allowed) && !isList && { among: allowed as Value[] },
    ...(EXISTING.test(type) || Number(length) > 0) && { isGiven: true },
    ...least !== undefined && !isList && { least: Number(least) },
  };
}
