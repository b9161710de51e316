import { Control, CONTROLS, PACKS } from './published';
import { Rule } from './rule';

/** What AWS publishes of a rule for a type of resource. */
export interface Mapping {
  readonly controls: readonly string[];
  readonly configRules: readonly string[];
  readonly nist: readonly string[];
  readonly pci: readonly string[];
  /** Conformance packs of AWS Config with one of the rules. */
  readonly packs: readonly string[];
}

export function mappingOf(rule: Rule, type: string): Mapping {
  const controls = (rule.controls ?? []).filter((name) => CONTROLS[name].type === type);
  const of = <T>(pick: (control: Control) => readonly T[] | undefined) => [...new Set(controls.flatMap((name) => pick(CONTROLS[name]) ?? []))];
  const configRules = [...of(({ configRule }) => [configRule]), ...rule.configRules ?? []];
  return {
    controls,
    configRules,
    nist: of(({ nist }) => nist),
    pci: of(({ pci }) => pci),
    packs: Object.keys(PACKS).filter((pack) => PACKS[pack].some((name) => configRules.includes(name))),
  };
}
