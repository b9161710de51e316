import { Input, lineOf } from './inputs';
import { Finding, look } from '../../checks/core/look';
import { mappingOf, Mapping } from '../../checks/core/mapping';
import { Rule } from '../../checks/core/rule';
import { ExitCode } from '../report';

/** A finding, where it was made, and what AWS publishes of it. */
export interface Found extends Finding {
  readonly file: string;
  readonly line: number;
  readonly mapping: Mapping;
}

export function foundIn(inputs: readonly Input[], rules: readonly Rule[]): Found[] {
  return inputs.flatMap((input) => look(input.template, rules, input.reasonOf).map((one) => (
    { ...one, file: input.file, line: lineOf(input, one.resource.logicalId), mapping: mappingOf(one.rule, one.resource.type) }
  )));
}

/** What is said of it: acknowledged, whatever it is; broken; or left to the deployment. */
export function stateOf({ reason, kind }: Found): 'acknowledged' | Found['kind'] {
  return reason === undefined ? kind : 'acknowledged';
}

export function exitCodeOf(found: readonly Found[], mayBeUnknown: boolean): ExitCode {
  const states = found.map(stateOf);
  if (states.includes('violation')) return ExitCode.FOUND;
  return states.includes('unknown') && !mayBeUnknown ? ExitCode.UNREAD : ExitCode.FINE;
}
