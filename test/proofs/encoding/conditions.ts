import { RequestSymbols } from './request-symbols';
import { and, implies, not, or, Term } from './terms';
import { Conditions, listOf } from '../../access/policy-document';

/** How an operator compares one value of a request with one of a policy. */
interface Comparison {
  readonly holds: (text: Term, value: string, request: RequestSymbols) => Term;
  /** Whether the operator asks that no value of the policy matches. */
  readonly negative?: true;
}

const equals: Comparison['holds'] = (text, value, request) => request.compare(text, 'equals', value);
const like: Comparison['holds'] = (text, value, request) => request.compare(text, 'matches', value);
const arn: Comparison['holds'] = (text, value, request) => request.compare(text, 'matchesArn', value);
const moreThan: Comparison['holds'] = (text, value) => {
  if (!/^\d+$/.test(value)) throw new Error(`Not a whole number: ${value}`);
  return `(> (str.to_int ${text}) ${value})`;
};

const COMPARISONS: Record<string, Comparison> = {
  StringEquals: { holds: equals },
  StringNotEquals: { holds: equals, negative: true },
  StringLike: { holds: like },
  StringNotLike: { holds: like, negative: true },
  ArnEquals: { holds: arn },
  ArnLike: { holds: arn },
  ArnNotEquals: { holds: arn, negative: true },
  ArnNotLike: { holds: arn, negative: true },
  Bool: { holds: (text, value, request) => equals(text, value.toLowerCase(), request) },
  NumericGreaterThan: { holds: moreThan },
};

const OPERATOR = /^(?:(ForAnyValue|ForAllValues):)?([A-Za-z]+?)(IfExists)?$/;

/** Whether all conditions of a statement hold. An operator that has no encoding is an error. */
export function conditionsHold(conditions: Conditions | undefined, request: RequestSymbols): Term {
  return and(...Object.entries(conditions ?? {}).flatMap(([operator, keys]) => (
    Object.entries(keys).map(([key, values]) => conditionHolds(operator, key, listOf(values), request))
  )));
}

function conditionHolds(operator: string, key: string, values: string[], request: RequestSymbols): Term {
  if (operator === 'Null') return or(...values.map((value) => (value === 'true' ? not(request.has(key)) : request.has(key))));
  const [, quantifier, name = '', ifExists] = OPERATOR.exec(operator) ?? [];
  const comparison = COMPARISONS[name];
  if (!comparison || (quantifier && ifExists)) throw new Error(`The operator ${operator} has no encoding`);
  const holds = (text: Term) => {
    const any = or(...values.map((value) => comparison.holds(text, value, request)));
    return comparison.negative ? not(any) : any;
  };
  if (quantifier === 'ForAnyValue') return or(...request.elements(key).map(({ present, value }) => and(present, holds(value))));
  if (quantifier === 'ForAllValues') return and(...request.elements(key).map(({ present, value }) => implies(present, holds(value))));
  const { present, value } = request.single(key);
  return ifExists || comparison.negative ? implies(present, holds(value)) : and(present, holds(value));
}
