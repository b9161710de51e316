import { Element } from '../../handlers/aws/client';
import { Template } from '../planned-stack';
import { losesData } from './kinds';
import { parameterPrefix, Place } from './place';
import { makerOf } from './stacks';

/** A stack set of the environment, in the account that has it. */
export interface StackSet {
  readonly place: Place;
  readonly name: string;
  readonly phase: 'endpoints' | 'targets';
  /** For whom StackSets is asked, where the account is a delegated administrator. */
  readonly callAs: 'SELF' | 'DELEGATED_ADMIN';
  /** Where it has instances. */
  readonly accounts: string[];
  /** The stack that made it, with which it goes. */
  readonly maker?: string;
  /** Logical ids of what its template does not keep, though data is in it. */
  readonly loses: string[];
}

/** Stack sets of the environment: of endpoints and monitors by their names, of targets by what they place. */
export async function stackSetsOf(place: Place): Promise<StackSet[]> {
  const found: StackSet[] = [];
  for (const callAs of ['SELF', 'DELEGATED_ADMIN'] as const) {
    const question = { action: 'cloudformation:ListStackSets', subject: 'the stack sets', absent: callAs === 'SELF' ? [] : ['ValidationError'] };
    for (const summary of await place.aws.all('cloudformation', question, 'Summaries', { Status: 'ACTIVE', CallAs: callAs })) {
      const name = String(summary.StackSetName);
      if (found.some((one) => one.name === name)) continue;
      const template = await templateIfOurs(place, summary, callAs);
      if (template === undefined) continue;
      const phase = name.startsWith(`${place.environment}--`) ? 'endpoints' : 'targets';
      const accounts = await accountsOf(place, name, callAs);
      found.push({ place, name, phase, callAs, accounts, maker: await makerOf(place, String(summary.StackSetId)), loses: losses(template) });
    }
  }
  return found;
}

/** The template, if its stack set is the environment's: by its name, or, since that may have been chosen, by what the template itself makes. */
async function templateIfOurs(place: Place, { StackSetName, Description }: Element, callAs: string): Promise<string | undefined> {
  const { aws, environment } = place, name = String(StackSetName), isNamed = name.startsWith(`${environment}--`);
  if (!isNamed && !String(Description).endsWith(`of the data-science environment ${environment}`)) return undefined;
  const answer = await aws.query('cloudformation', { action: 'cloudformation:DescribeStackSet', subject: `the stack set ${name}` }, { StackSetName: name, CallAs: callAs });
  const template = String(answer?.StackSet.TemplateBody);
  return isNamed || template.includes(parameterPrefix(place)) ? template : undefined;
}

function losses(text: string): string[] {
  try {
    const { Resources = {} } = JSON.parse(text) as Template;
    return Object.entries(Resources).filter(([, { Type, DeletionPolicy = 'Delete' }]) => DeletionPolicy === 'Delete' && losesData(Type)).map(([logicalId]) => logicalId);
  } catch {
    return []; // a template in YAML is none of the library's
  }
}

async function accountsOf({ aws }: Place, name: string, callAs: string): Promise<string[]> {
  const question = { action: 'cloudformation:ListStackInstances', subject: `the instances of the stack set ${name}` };
  const instances = await aws.all('cloudformation', question, 'Summaries', { StackSetName: name, CallAs: callAs });
  return [...new Set(instances.map(({ Account }) => String(Account)))].sort();
}

/** Names of stack sets that were in an account and are deleted: AWS lists them for a while. */
export async function deletedStackSetsOf({ aws }: Place): Promise<Set<string>> {
  const names = { ACTIVE: new Set<string>(), DELETED: new Set<string>() };
  for (const CallAs of ['SELF', 'DELEGATED_ADMIN'] as const) {
    for (const Status of ['ACTIVE', 'DELETED'] as const) {
      const question = { action: 'cloudformation:ListStackSets', subject: 'the stack sets that are deleted', absent: CallAs === 'SELF' ? [] : ['ValidationError'] };
      for (const { StackSetName } of await aws.all('cloudformation', question, 'Summaries', { Status, CallAs })) names[Status].add(String(StackSetName));
    }
  }
  return new Set([...names.DELETED].filter((name) => !names.ACTIVE.has(name)));
}
