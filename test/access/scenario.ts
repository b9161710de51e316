import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** What is the case when a request is made; `request-context.ts` turns it into context keys. */
export interface Given {
  /** Every condition key that a job or model may send keeps the rules. */
  readonly guardrails?: 'met';
  /** Rules that the request breaks, and how. */
  readonly except?: Record<string, string | boolean>;
  readonly sse?: string;
  readonly tls?: boolean;
  readonly viaService?: string;
  readonly passedTo?: string;
  readonly approvalStatus?: string;
  readonly sourceAccount?: 'ours' | 'foreign';
  readonly grantIsForAWSResource?: boolean;
  readonly requestTag?: string;
  /** A tag key asked for beside the user's. */
  readonly extraTag?: string;
  readonly launchedBy?: 'colleague' | 'other';
  /** Those of people's applications, or those of jobs. */
  readonly securityGroups?: 'ours' | 'jobs';
  readonly rootAccess?: string;
  readonly directInternetAccess?: string;
  readonly appNetworkAccessType?: string;
  readonly taggingAction?: string;
  readonly subnet?: 'foreign';
  /** Somebody else owns what has the name by now. */
  readonly resourceAccount?: 'foreign';
  /** The endpoint that the request passes, where an action may pass several. */
  readonly endpoint?: string;
  /** Context keys that the request does not bring, though others like it do. */
  readonly without?: string[];
  /** Context keys as they are, for what no word above says. */
  readonly context?: Record<string, string | string[]>;
}

/** One request and what must come of it. */
export interface Scenario {
  readonly id: string;
  readonly expect: 'allow' | 'deny';
  readonly who: string;
  readonly does: string;
  readonly on: string;
  readonly from: string;
  readonly given?: Given;
  readonly why: string;
}

type Folder = 'contract' | 'own' | 'neighbour' | 'promotion' | 'options' | 'fetching' | 'shared-buckets' | 'shared-spaces' | 'organization' | 'identity-center' | 'controls';

/**
 * The scenarios of the contract, our own, those about a neighbour, about targets with copies of models, about options, about
 * models that SageMaker fetches from its own network, about the organization around the accounts, and about controls, file by file.
 */
export function readScenarios(...whose: Folder[]): Scenario[] {
  return whose.flatMap((folder) => readFolder(join(__dirname, 'scenarios', folder)));
}

function readFolder(folder: string): Scenario[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json')).sort();
  return files.flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Scenario[]);
}

/** The group of a scenario: the first part of its id. */
export function groupOf(scenario: Scenario): string {
  return scenario.id.replace(/-\d+$/, '');
}
