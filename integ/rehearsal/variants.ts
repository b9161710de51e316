import { App } from 'aws-cdk-lib';
import { Step } from './changes';
import { People } from './people';

/** What an app may need to know of the rehearsal that it is built for. */
export interface Stage {
  readonly step: Step;
  readonly account: string;
  readonly region: string;
}

/** One way through deploy → change → broken change → destroy. */
export interface Variant {
  readonly name: string;
  /** What it proves. */
  readonly proves: string;
  readonly build: (app: App, stage: Stage) => void;
  readonly context?: Record<string, unknown>;
  /** A first attempt that fails half-way, and is rolled back to nothing. */
  readonly failedFirstDeploy?: boolean;
  /** Whether the app is changed, and changed again with a failure that is rolled back. */
  readonly change?: boolean;
  /** A change that the app refuses when it is deployed, and says this. */
  readonly refusedChange?: string;
  /** A change that is refused while people work, says this, and goes through when they have gone home. */
  readonly refusedAtWork?: string;
  /** Whether people work in Studio when it is destroyed. */
  readonly people?: boolean;
  /** Whether there are objects in the buckets when it is destroyed. */
  readonly objects?: boolean;
  /** Whether objects are stored before the change; every version of them must outlive it, and the destruction. */
  readonly objectsBeforeChange?: boolean;
  /** A first deletion that must fail. */
  readonly refusedFirst?: FirstDeletion;
  /** What remains besides the retained resources of the template. */
  readonly keeps?: RegExp[];
}

/** A deletion that must fail for this reason, before the one that succeeds. */
export interface FirstDeletion {
  readonly because: string;
  /** Whether the answers of custom resources are lost on their way, though their work is done. */
  readonly loseAnswers?: boolean;
  /** What people do before the second one. */
  readonly then?: (people: People) => Promise<void>;
}
