import { FakePlatform } from './fake-platform';
import { Plan } from '../../../src/handlers/deployment-accounts/plan';
import { run } from '../../../src/handlers/deployment-accounts/run';

export const REGION = 'eu-west-1';
export const ROOT = 'o-exampleorg/r-ab12';
export const PRODUCTION = 'ou-ab12-prod1111';
export const TEAM = 'ou-ab12-team2222';
export const ARCHIVE = 'ou-ab12-arch3333';
export const STACK_SET = 'churn-production-endpoints';
export const LISTING_ROLE = 'arn:aws:iam::999999999999:role/platform/list-accounts';
export const TEST_ROLE = 'churn--production--test-eu-west-1';

export const BY_UNITS = {
  stage: 'production',
  organizationId: 'o-exampleorg',
  organizationalUnitPaths: [`${ROOT}/${PRODUCTION}/`],
  listingRoleArn: LISTING_ROLE,
  endpointTestRole: TEST_ROLE,
  stackSetName: STACK_SET,
  region: REGION,
};
export const BY_LIST = { stage: 'production', accounts: ['222222222222', '333333333333'], endpointTestRole: TEST_ROLE, stackSetName: STACK_SET, region: REGION };

/** What a run of the program said. */
export interface Ran {
  readonly code: number;
  readonly printed: string;
  readonly said: string;
}

export async function ran(settings: object): Promise<Ran> {
  let [printed, said] = ['', ''];
  const code = await run(JSON.stringify(settings), { plan: (text) => { printed += text; }, people: (text) => { said += `${text}\n`; } });
  return { code, printed, said };
}

/** The plan that a run printed. */
export async function planned(settings: object): Promise<Plan> {
  const { code, printed, said } = await ran(settings);
  if (code !== 0) throw new Error(said);
  return JSON.parse(printed) as Plan;
}

export function roleIn(account: string): string {
  return `arn:aws:iam::${account}:role/${TEST_ROLE}`;
}

/** An organization with a unit for production, one below it, and one beside it. */
export function anOrganization(platform: FakePlatform): void {
  platform.organizations.unit(PRODUCTION, TEAM);
  platform.organizations.unit(ARCHIVE);
  platform.sts.roles.set(LISTING_ROLE, undefined);
}

/** Accounts whose deployment target is there. */
export function registered(platform: FakePlatform, ...accounts: string[]): void {
  accounts.forEach((account) => platform.sts.roles.set(roleIn(account), undefined));
}

/** Accounts that have an endpoint. */
export function deployed(platform: FakePlatform, ...accounts: string[]): void {
  platform.cloudformation.stackSets.set(STACK_SET, accounts.map((account) => ({ account, region: REGION })));
}
