import { reasonIn } from './acknowledged';
import { Resource } from './resource';
import { Rule, Verdict } from './rule';
import { Template } from './template';
import { COMPLIANT, unknown } from './verdicts';

/** A verdict, and what it is about. */
export interface Finding extends Verdict {
  readonly rule: Rule;
  readonly resource: Resource;
  /** Why it stands, if somebody acknowledges it. */
  readonly reason?: string;
}

/** Why a rule may be broken at a resource, if somebody says so. */
export type ReasonOf = (resource: Resource, rule: string) => string | undefined;

/**
 * What rules say of the resources of a template: what they say where defaults of parameters are values, and what only the
 * deployment will tell, as it may give others.
 *
 * @param reasonOf why a rule may be broken at a resource, where that is said outside of the template
 */
export function look(template: Template, rules: readonly Rule[], reasonOf: ReasonOf = () => undefined): Finding[] {
  const found = said(template, rules, reasonOf);
  if (template.openly === undefined) return found;
  const known = new Set(found.map(keyOf));
  const open = said(template.openly, rules, reasonOf).filter((one) => !known.has(keyOf(one)));
  return [...found, ...open.map((one): Finding => ({ ...one, kind: 'unknown' }))];
}

function keyOf({ rule, resource, path }: Finding): string {
  return `${rule.id} ${resource.logicalId} ${path}`;
}

function said(template: Template, rules: readonly Rule[], reasonOf: ReasonOf): Finding[] {
  return template.resources.flatMap((resource) => rules.filter(({ types }) => types.includes(resource.type)).flatMap((rule) => (
    verdictsOf(rule, resource, template).map((verdict): Finding => (
      { ...verdict, rule, resource, reason: reasonIn(resource.metadata, rule.id) ?? reasonOf(resource, rule.id) }
    ))
  )));
}

function verdictsOf(rule: Rule, resource: Resource, template: Template): Verdict[] {
  const found = rule.look(resource, template);
  if (found.length > 0 || template.macro === undefined) return found.length > 0 ? found : COMPLIANT;
  return unknown('', `The macro ${template.macro} may change it.`);
}
