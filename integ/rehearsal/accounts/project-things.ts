import { LocalAws } from '../local-aws';

/** How many things of each type a project holds. */
export type ExpectedProject = Record<string, number>;

/** Everything in the account that is a project's, as the inventory shows it. */
export type Seen = [key: string, value: string][];

/** Sees that a project holds what it must and nothing else, and that everything that is tagged there says whose it is. */
export async function seeProject(aws: LocalAws, account: string, projectId: string, expected: ExpectedProject): Promise<Seen> {
  const inventory = await aws.inventory(account);
  const seen = Object.entries(inventory).filter(([key, value]) => !key.startsWith('sagemaker.projects/') && (key.includes(projectId) || value.includes(`"${projectId}"`))).sort();
  const deployed = (await aws.deployed(account)).filter(({ ref }) => ref.includes(projectId) || seen.some(([key]) => key.endsWith(`/${ref}`)));
  const found: ExpectedProject = {};
  for (const { type } of deployed) found[type] = (found[type] ?? 0) + 1;
  for (const type of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    if (found[type] !== expected[type]) throw new Error(`${found[type] ?? 0} ${type} in the project ${projectId} instead of ${expected[type] ?? 0}`);
  }
  const untagged = seen.filter(([key, value]) => key.startsWith('AWS::') && !value.includes(`{"Key": "sagemaker:project-id", "Value": "${projectId}"}`));
  if (untagged.length > 0) throw new Error(`not the project's by its tags: ${untagged.map(([key]) => key).join(', ')}`);
  return seen;
}
