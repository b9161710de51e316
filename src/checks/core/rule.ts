import { Resource } from './resource';
import { Template } from './template';

/** How much it matters that a rule is broken, in the words of Security Hub. */
export type Severity = 'high' | 'medium' | 'low';

/** What a rule says of a resource: nothing of one that complies. */
export interface Verdict {
  /** `violation`: it breaks the rule. `unknown`: only the deployment will tell. */
  readonly kind: 'violation' | 'unknown';
  /** The property, from the resource's properties, with dots; empty if it is about the resource as a whole. */
  readonly path: string;
  /** A sentence: what it is. */
  readonly message: string;
}

/** A rule for resources of templates. */
export interface Rule {
  readonly id: string;
  /** A sentence: what is so where the rule holds. */
  readonly title: string;
  /** A sentence: what to do where it does not. */
  readonly remedy: string;
  readonly severity: Severity;
  /** Types of resources that it is about. */
  readonly types: readonly string[];
  /** Security Hub's controls that ask the same. */
  readonly controls?: readonly string[];
  /** AWS Config's managed rules that ask the same, beyond those of the controls. */
  readonly configRules?: readonly string[];
  /** AWS's page about it. */
  readonly page: string;
  readonly look: (resource: Resource, template: Template) => Verdict[];
}
