import { StackValues } from '../access/template/stack-values';
import { TemplateValue } from '../access/template/synthesized-stack';

/** What only a deployment tells. */
const ANYTHING = '*';

/** A value of a template with its intrinsics resolved; what only a deployment tells may be anything. */
export function lenientValue(value: TemplateValue, values: StackValues): TemplateValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => lenientValue(item, values));
  const [key] = Object.keys(value);
  if (key === 'Fn::Join') {
    const [separator, list] = value[key] as [string, TemplateValue];
    if (Array.isArray(list)) return list.map((item) => lenientValue(item, values)).join(separator);
  }
  if (key === 'Ref' || key?.startsWith('Fn::')) {
    try {
      return values.value(value) ?? ANYTHING;
    } catch {
      return ANYTHING;
    }
  }
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, lenientValue(item, values)]));
}
