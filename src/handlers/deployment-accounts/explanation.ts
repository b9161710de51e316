import { Departure, Finding, Plan } from './plan';
import { Settings } from './settings';

/** Accounts that are named of each kind; the plan itself has them all. */
const NAMED = 20;

/** The plan in plain words. */
export function explanationOf(plan: Plan, { retire, stackSetName }: Settings): string[] {
  const { stage, region, accounts, notRegistered, notActive, departed, deleteStackInstances } = plan;
  return [
    `Stage ${stage} in ${region}: ${accounts.length} to deploy to, ${notRegistered.length} not registered, `
      + `${notActive.length} not active, ${departed.length} with an endpoint of ${stackSetName} though they leave or have left the stage.`,
    ...listed(notRegistered, (one) => `${one.account} is not registered: ${one.reason}${endpoint(one)}`),
    ...listed(notActive, (one) => `${one.account} is not active: ${one.reason}${endpoint(one)}`),
    ...listed(departed, (one) => `${one.account} ${one.reason}; its endpoint ${fate(one, retire)}`),
    ...(deleteStackInstances ? [
      `For these ${deleteStackInstances.Accounts.length} accounts a data science administrator says, and until then all is as it was:`,
      `  aws cloudformation delete-stack-instances --cli-input-json '${JSON.stringify(deleteStackInstances)}'`,
    ] : []),
  ];
}

/** Why a plan is no success: nobody would look for a model that a green deployment brought nowhere. */
export function emptinessOf({ accounts, notRegistered, notActive }: Plan): string | undefined {
  if (accounts.length > 0) return undefined;
  const others = notRegistered.length + notActive.length;
  return others === 0
    ? 'the stage has no accounts. Move accounts into its organizational units, or take it from deploymentStages'
    : `none of the ${others} accounts of the stage is registered and active. Deploy a CrossAccountDeploymentTarget to them first`;
}

function endpoint({ hasStackInstance }: Finding): string {
  return hasStackInstance ? '; the endpoint that it has stays as it is' : '';
}

function fate({ reachable }: Departure, retire: Settings['retire']): string {
  if (retire === undefined) return 'stays as it is, until retire says remove or keep';
  if (retire === 'keep') return 'is to be kept there and to leave the stack set';
  return reachable ? 'is to be removed' : 'cannot be removed from here, because its roles do not let us in; retire it with keep, and remove it there';
}

function listed<T>(all: T[], words: (one: T) => string): string[] {
  const lines = all.slice(0, NAMED).map((one) => `  ${words(one)}`);
  return all.length <= NAMED ? lines : [...lines, `  … and ${all.length - NAMED} more`];
}
