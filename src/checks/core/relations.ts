import { Resource } from './resource';
import { ANY_TEXT, placeholder, Reference, Unknown, Value } from './value';

/** What is the same in templates that are deployed to one account and region. */
const SAME = ['AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix'].map((name) => placeholder(name));

/**
 * Whether a value refers to a resource, or has its name: undefined where only the deployment knows.
 *
 * @param at the resource that has the value
 * @param name the property that is the name of the resource referred to
 */
export function refersTo(value: Value, at: Resource, resource: Resource, name: string): boolean | undefined {
  if (value === undefined) return false;
  if (value instanceof Reference) {
    if ((value.home ?? at.home) !== resource.home) return false;
    return value.logicalId === resource.logicalId;
  }
  const { value: own } = resource.at(name);
  const isHere = at.home === resource.home;
  if (value instanceof Unknown) {
    if (own instanceof Unknown && isHere && value.traits?.parameter !== undefined && value.traits.parameter === own.traits?.parameter) return true;
    return undefined;
  }
  if (own === undefined || typeof value !== 'string') return false;
  if (own instanceof Unknown) return undefined;
  if (value !== own) return value.includes(ANY_TEXT) ? undefined : false;
  return isHere || !SAME.reduce((text, one) => text.replaceAll(one, ''), value).includes('⟨');
}
