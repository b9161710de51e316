import { reasonIn } from './acknowledged';
import { Rule, Verdict } from './rule';
import { Resource, Template } from './template';

/** A verdict, and what it is about. */
export interface Finding extends Verdict {
  readonly rule: Rule;
  readonly resource: Resource;
  /** Why it stands, if somebody acknowledges it. */
  readonly reason?: string;
}

/** Why a rule may be broken at a resource, if somebody says so. */
export type ReasonOf = (logicalId: string, rule: string) => string | undefined;

/**
 * What rules say of the resources of a template.
 *
 * @param reasonOf why a rule may be broken at a resource, where that is said outside of the template
 */
export function look(template: Template, rules: readonly Rule[], reasonOf: ReasonOf = () => undefined): Finding[] {
  return template.resources.flatMap((resource) => rules.filter(({ types }) => types.includes(resource.type)).flatMap((rule) => (
    rule.look(resource, template).map((verdict): Finding => (
      { ...verdict, rule, resource, reason: reasonIn(resource.metadata, rule.id) ?? reasonOf(resource.logicalId, rule.id) }
    ))
  )));
}
