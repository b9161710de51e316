/** What the program is told: a stage as data, and whom to ask. */
export interface Settings {
  readonly stage: string;
  readonly region: string;
  /** A stage that is a list of accounts. */
  readonly accounts?: string[];
  /** A stage that is a set of organizational units: the organization, and the units' paths from it down. */
  readonly organizationId?: string;
  readonly organizationalUnitPaths?: string[];
  /** The role that may list the accounts of units; without it we ask as ourselves, which needs a delegation policy. */
  readonly listingRoleArn?: string;
  /** The role in every target account that tests endpoints, with its path if it has one: `team/churn--production--test-eu-west-1`. */
  readonly endpointTestRole: string;
  /** The stack set of endpoints. */
  readonly stackSetName: string;
  /**
   * Accounts that are about to leave the stage: not deployed to, and retired while policies still let us in. Afterwards
   * an account is outside of the paths that the stack set's role may enter, and its endpoint can only be let go of.
   */
  readonly leaving?: string[];
  /** What becomes of the endpoints of accounts that leave or have left the stage; without it, nothing. */
  readonly retire?: 'remove' | 'keep';
}

type Check = (value: unknown) => boolean;

const text = (pattern: RegExp): Check => (value) => typeof value === 'string' && pattern.test(value);
const texts = (pattern: RegExp): Check => (value) => Array.isArray(value) && value.every(text(pattern));

const UNIT_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)+$/;
const RULES: Record<keyof Settings, [required: boolean, check: Check, rule: string]> = {
  stage: [true, text(/^[a-z][a-z0-9]{0,11}$/), '1–12 lower-case letters and digits, beginning with a letter'],
  region: [true, text(/^(?!us-iso|eu-iso)[a-z]{2,4}(-[a-z]+)+-\d$/), 'the code of a region, such as eu-west-1, outside of the isolated partitions'],
  accounts: [false, texts(/^\d{12}$/), 'account ids of 12 digits'],
  organizationId: [false, text(/^o-[a-z0-9]{10,32}$/), 'an organization id, such as o-exampleorg'],
  organizationalUnitPaths: [false, texts(UNIT_PATH), 'paths from the organization down to a unit, such as o-exampleorg/r-ab12/ou-ab12-prod1111/'],
  listingRoleArn: [false, text(/^arn:[a-z-]+:iam::\d{12}:role\/.+$/), 'the ARN of a role'],
  endpointTestRole: [true, text(/^([\x21-\x2e\x30-\x7e]+\/)*[\w+=,.@-]{1,64}$/), 'a role name, after its path if it has one, without a slash before it'],
  stackSetName: [true, text(/^[a-zA-Z][a-zA-Z0-9-]{0,127}$/), 'the name of a stack set'],
  leaving: [false, texts(/^\d{12}$/), 'account ids of 12 digits'],
  retire: [false, (value) => value === 'remove' || value === 'keep', 'remove or keep'],
};

/** Reads and checks the settings; the error names everything that is wrong with them. */
export function settingsOf(json: string | undefined): Settings {
  const given = parsed(json);
  const all: Record<string, unknown> = { region: process.env.AWS_REGION, ...given };
  const faults = Object.keys(given).filter((name) => !(name in RULES)).map((name) => `${name} is not a setting`);
  for (const [name, [required, check, rule]] of Object.entries(RULES)) {
    const value = all[name] ?? undefined;
    if (value === undefined ? required : !check(value)) faults.push(`${name} is ${JSON.stringify(value) ?? 'missing'} but must be ${rule}`);
  }
  const settings = all as unknown as Settings;
  if (faults.length === 0) faults.push(...contradictionsOf(settings));
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  return settings;
}

function parsed(json: string | undefined): Record<string, unknown> {
  if (!json) throw new Error('there are no settings: give them as one JSON argument, or in the environment variable DEPLOYMENT_ACCOUNTS');
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`the settings are not JSON: ${(error as Error).message}`);
  }
}

function contradictionsOf({ accounts, organizationId, organizationalUnitPaths }: Settings): string[] {
  const faults: string[] = [];
  const byUnits = organizationId !== undefined || (organizationalUnitPaths?.length ?? 0) > 0;
  if (byUnits === ((accounts?.length ?? 0) > 0)) faults.push('a stage is either accounts, or organizationId with organizationalUnitPaths');
  if (byUnits && !organizationalUnitPaths?.length) faults.push('organizationalUnitPaths are missing beside organizationId');
  if (byUnits && organizationId === undefined) faults.push('organizationId is missing beside organizationalUnitPaths');
  for (const path of organizationalUnitPaths ?? []) {
    if (organizationId === undefined || path.startsWith(`${organizationId}/`)) continue;
    faults.push(`the unit path ${path} is not of the organization ${organizationId}`);
  }
  return faults;
}
