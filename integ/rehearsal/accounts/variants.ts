import { App } from 'aws-cdk-lib';
import { AwsApi } from './aws-api';
import { Step } from '../changes';
import { LocalAws } from '../local-aws';

/** Units and accounts of the one organization. */
export interface Organization {
  readonly id: string;
  readonly root: string;
  readonly managementAccount: string;
  readonly units: { id: string; name?: string; parent?: string }[];
  /** Account → unit. */
  readonly accounts: Record<string, string>;
  /** Service principal → accounts that administer it for the organization. */
  readonly delegated?: Record<string, string[]>;
}

/** The local AWS, and a way to ask it. */
export interface LocalServices {
  readonly aws: LocalAws;
  readonly api: AwsApi;
}

/** What an act may use. */
export interface Scene extends LocalServices {
  /** Deploys all stacks of the app as it is in another step, which it is in from then on. */
  readonly deploy: (step: Step) => Promise<void>;
}

/**
 * Something that people or pipelines do while everything stands. It throws when something is not as it should be, and leaves
 * nothing behind but what it says.
 */
export interface Act {
  readonly name: string;
  /** What of its traces stays on purpose, such as records. */
  readonly leaves?: RegExp;
  readonly play: (scene: Scene) => Promise<void>;
  /** Whether it happens before the app is changed. */
  readonly beforeChange?: boolean;
  /** Whether what it does lasts: later acts and the end of the rehearsal say what becomes of it. */
  readonly lasts?: boolean;
}

/** One app with stacks in several accounts: deploy → change → broken change → acts → destroy in reverse order. */
export interface AccountsVariant {
  readonly name: string;
  /** What it proves. */
  readonly proves: string;
  /** Every account in which anything may happen: each is compared before and after. */
  readonly accounts: string[];
  readonly organization?: Organization;
  /** Every stack needs an `env` with account and region; dependencies between them are the order. */
  readonly build: (app: App, stage: { step: Step; region: string }) => void;
  readonly context?: Record<string, unknown>;
  /** What people prepare before anything is deployed, which is theirs and stays; they have the synthesized app. */
  readonly prepare?: (scene: Scene, assembly: string) => Promise<void>;
  /** Whether the app is changed, and changed again with a failure that is rolled back. */
  readonly change?: boolean;
  readonly acts?: Act[];
  /** Whether acts take everything away: nothing is destroyed after them, and nothing of what templates retain is there. */
  readonly cleansUp?: boolean;
  /** What remains besides the retained resources of the templates, by account. */
  readonly keeps?: Record<string, RegExp[]>;
}
