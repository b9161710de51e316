import {
  anOrganization, ARCHIVE, BY_LIST, BY_UNITS, deployed, LISTING_ROLE, planned, PRODUCTION, ran, REGION, registered, roleIn, ROOT,
  TEAM, TEST_ROLE,
} from './fake-aws/deployment-stage';
import { FakePlatform } from './fake-aws/fake-platform';

const aws = new FakePlatform();
const environment = process.env;

beforeAll(async () => {
  await aws.start();
  process.env = { ...environment, AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'build', AWS_SECRET_ACCESS_KEY: 'secret' };
});
afterAll(async () => {
  process.env = environment;
  await aws.stop();
});
beforeEach(() => {
  aws.reset();
  anOrganization(aws);
});

/** Accounts of a unit, registered. */
function accounts(unit: string, ...ids: string[]): void {
  ids.forEach((id) => aws.organizations.account(unit, id));
  registered(aws, ...ids);
}

describe('the accounts of organizational units', () => {
  test('are those of every page, in units below as well, sorted', async () => {
    accounts(PRODUCTION, '500000000000', '300000000000', '400000000000', '100000000000', '200000000000');
    accounts(TEAM, '250000000000');
    accounts(ARCHIVE, '600000000000');
    expect((await planned(BY_UNITS)).accounts)
      .toEqual(['100000000000', '200000000000', '250000000000', '300000000000', '400000000000', '500000000000']);
  });

  test('are asked for as the listing role, at the one place of AWS Organizations', async () => {
    accounts(PRODUCTION, '222222222222');
    await planned(BY_UNITS);
    const listing = aws.calls.filter(({ operation }) => operation.startsWith('organizations.'));
    expect(new Set(listing.map(({ caller, region }) => `${caller} ${region}`))).toEqual(new Set(['session-999999999999 us-east-1']));
  });

  test('are asked for with no more than listing needs', async () => {
    accounts(PRODUCTION, '222222222222');
    await planned(BY_UNITS);
    const [listing] = aws.sts.assumed;
    expect(listing).toMatchObject({ roleArn: LISTING_ROLE, seconds: 3_600 });
    expect(JSON.parse(listing.policy)).toMatchObject({
      Statement: [{
        Effect: 'Allow',
        Action: ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent', 'organizations:ListParents'],
      }],
    });
  });

  test('are asked for as the build itself where the organization delegates that', async () => {
    accounts(PRODUCTION, '222222222222');
    const { listingRoleArn: _, ...withoutRole } = BY_UNITS;
    expect((await planned(withoutRole)).accounts).toEqual(['222222222222']);
    expect(aws.calls.find(({ operation }) => operation === 'organizations.ListAccountsForParent')?.caller).toBe('build');
  });

  test('are checked and named once, though units overlap', async () => {
    accounts(TEAM, '222222222222');
    const both = [`${ROOT}/${PRODUCTION}/`, `${ROOT}/${PRODUCTION}/${TEAM}/`];
    expect((await planned({ ...BY_UNITS, organizationalUnitPaths: both })).accounts).toEqual(['222222222222']);
    expect(aws.sts.assumed.filter(({ roleArn }) => roleArn === roleIn('222222222222'))).toHaveLength(1);
    expect(aws.calls.filter(({ operation, body }) => operation === 'organizations.ListAccountsForParent' && body === `{"ParentId":"${TEAM}"}`)).toHaveLength(1);
  });

  test('are named once, though one was seen in two units because it moved meanwhile', async () => {
    accounts(PRODUCTION, '222222222222');
    aws.fault = ({ operation, body }) => {
      if (operation === 'organizations.ListAccountsForParent' && body.includes(TEAM)) aws.organizations.move('222222222222', TEAM);
      return undefined;
    };
    expect((await planned(BY_UNITS)).accounts).toEqual(['222222222222']);
  });

  test.each(['SUSPENDED', 'PENDING_CLOSURE', 'PENDING_ACTIVATION', 'CLOSED'])('are skipped and not asked while %s', async (state) => {
    accounts(PRODUCTION, '222222222222');
    aws.organizations.account(PRODUCTION, '333333333333', state);
    registered(aws, '333333333333');
    expect(await planned(BY_UNITS)).toMatchObject({
      accounts: ['222222222222'], notActive: [{ account: '333333333333', reason: state, hasStackInstance: false }],
    });
    expect(aws.sts.assumed.map(({ roleArn }) => roleArn)).not.toContain(roleIn('333333333333'));
  });

  test('are told apart where AWS still says Status and no State', async () => {
    aws.organizations.withStatusOnly = true;
    accounts(PRODUCTION, '222222222222');
    aws.organizations.account(PRODUCTION, '333333333333', 'SUSPENDED');
    expect(await planned(BY_UNITS)).toMatchObject({ accounts: ['222222222222'], notActive: [{ account: '333333333333' }] });
  });
});

describe('a stage that is a list of accounts', () => {
  test('asks AWS Organizations nothing', async () => {
    registered(aws, '222222222222', '333333333333');
    deployed(aws, '444444444444');
    expect(await planned(BY_LIST)).toMatchObject({
      accounts: ['222222222222', '333333333333'], departed: [{ account: '444444444444', reason: 'is not in the list of the stage any more' }],
    });
    expect(aws.operations().filter((operation) => operation.startsWith('organizations.'))).toEqual([]);
  });
});

describe('an account is registered', () => {
  test('when its endpoint-test role lets us in; the session can do nothing', async () => {
    registered(aws, '222222222222');
    expect(await planned(BY_LIST)).toMatchObject({
      accounts: ['222222222222'],
      notRegistered: [{
        account: '333333333333', hasStackInstance: false, reason: `its role ${TEST_ROLE} is missing or does not trust this build (AccessDenied)`,
      }],
    });
    expect(aws.sts.assumed[0]).toMatchObject({
      seconds: 900, session: 'deployment-accounts', policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}',
    });
  });

  test('with roles on a path', async () => {
    aws.sts.roles.set('arn:aws:iam::222222222222:role/team/ml/test', undefined);
    expect((await planned({ ...BY_LIST, endpointTestRole: 'team/ml/test' })).accounts).toEqual(['222222222222']);
  });

  test('and stays in the stage with its endpoint when it is not any more', async () => {
    registered(aws, '222222222222');
    deployed(aws, '333333333333');
    expect(await planned({ ...BY_LIST, retire: 'remove' })).toMatchObject({
      notRegistered: [{ account: '333333333333', hasStackInstance: true }], departed: [],
    });
  });

  test('or some are asked at a time, and all in the end', async () => {
    const many = Array.from({ length: 60 }, (_, index) => String(100000000000 + index));
    registered(aws, ...many);
    expect((await planned({ ...BY_LIST, accounts: many })).accounts).toEqual(many);
    expect(aws.sts.busiest).toBeLessThanOrEqual(20);
    expect(aws.sts.busiest).toBeGreaterThan(1);
  });
});

describe('accounts that have left the stage', () => {
  beforeEach(() => {
    accounts(PRODUCTION, '222222222222');
    accounts(ARCHIVE, '333333333333');
    deployed(aws, '222222222222', '333333333333', '444444444444');
  });

  test('are found by their stack instances, with where they are now', async () => {
    const plan = await planned(BY_UNITS);
    expect(plan.departed).toEqual([
      { account: '333333333333', reason: `is now in ${ROOT}/${ARCHIVE}/`, reachable: true },
      { account: '444444444444', reason: 'has left the organization', reachable: false },
    ]);
    expect(plan.accounts).toEqual(['222222222222']);
  });

  test('keep their endpoints unless someone says what becomes of them', async () => {
    expect(await planned(BY_UNITS)).not.toHaveProperty('deleteStackInstances');
  });

  test('are removed where their roles still let us in', async () => {
    const { deleteStackInstances } = await planned({ ...BY_UNITS, retire: 'remove' });
    expect(deleteStackInstances).toEqual({
      StackSetName: 'churn-production-endpoints', Accounts: ['333333333333'], Regions: [REGION], RetainStacks: false, CallAs: 'SELF',
    });
    const { said } = await ran({ ...BY_UNITS, retire: 'remove' });
    expect(said).toContain(`333333333333 is now in ${ROOT}/${ARCHIVE}/; its endpoint is to be removed`);
    expect(said).toContain('For these 1 accounts a data science administrator says, and until then all is as it was:');
    expect(said).toContain(`  aws cloudformation delete-stack-instances --cli-input-json '${JSON.stringify(deleteStackInstances)}'`);
    expect(said)
      .toContain('444444444444 has left the organization; its endpoint cannot be removed from here, because its roles do not let us in');
  });

  test('are all kept where that is said', async () => {
    expect((await planned({ ...BY_UNITS, retire: 'keep' })).deleteStackInstances)
      .toMatchObject({ Accounts: ['333333333333', '444444444444'], RetainStacks: true });
    expect((await ran({ ...BY_UNITS, retire: 'keep' })).said).toContain('444444444444 has left the organization; its endpoint is to be kept there and to leave the stack set');
  });

  test('are removed before they leave, where that is announced; and not deployed to', async () => {
    accounts(PRODUCTION, '777777777777');
    deployed(aws, '222222222222', '777777777777');
    expect(await planned({ ...BY_UNITS, leaving: ['777777777777', '888888888888'], retire: 'remove' })).toMatchObject({
      accounts: ['222222222222'],
      departed: [{ account: '777777777777', reason: 'is about to leave the stage', reachable: true }],
      deleteStackInstances: { Accounts: ['777777777777'], RetainStacks: false },
    });
  });

  test('are not mentioned where they leave without an endpoint', async () => {
    accounts(PRODUCTION, '777777777777');
    deployed(aws, '222222222222');
    expect(await planned({ ...BY_UNITS, leaving: ['777777777777'] })).toMatchObject({ accounts: ['222222222222'], departed: [] });
  });

  test('are announced in lists of accounts as well', async () => {
    expect(await planned({ ...BY_LIST, leaving: ['333333333333'], retire: 'remove' })).toMatchObject({
      accounts: ['222222222222'], departed: [{ account: '333333333333', reason: 'is about to leave the stage' }, { account: '444444444444' }],
    });
  });

  test('are none where accounts are suspended, or other regions have instances', async () => {
    aws.organizations.account(PRODUCTION, '555555555555', 'SUSPENDED');
    aws.cloudformation.stackSets.set('churn-production-endpoints', [
      { account: '222222222222', region: REGION }, { account: '555555555555', region: REGION }, { account: '666666666666', region: 'us-west-2' },
    ]);
    expect(await planned({ ...BY_UNITS, retire: 'remove' })).toMatchObject({ departed: [], notActive: [{ account: '555555555555', hasStackInstance: true }] });
  });

  test.each([1, 2, 100])('are found on pages of %d', async (pageSize) => {
    aws.cloudformation.pageSize = pageSize;
    expect((await planned(BY_UNITS)).departed.map(({ account }) => account)).toEqual(['333333333333', '444444444444']);
  });

  test('are none where the stack set is empty', async () => {
    deployed(aws);
    expect(await planned(BY_UNITS)).toMatchObject({ accounts: ['222222222222'], departed: [] });
  });

  test('are none before the first deployment, without a stack set', async () => {
    aws.cloudformation.stackSets.clear();
    expect(await planned(BY_UNITS)).toMatchObject({ accounts: ['222222222222'], departed: [] });
  });

  test('are the same however often one asks', async () => {
    const first = await ran({ ...BY_UNITS, retire: 'remove' });
    expect(await ran({ ...BY_UNITS, retire: 'remove' })).toEqual(first);
  });
});

describe('a deployment to nobody', () => {
  test('is a failure when no account is registered', async () => {
    expect(await ran(BY_LIST)).toMatchObject({
      code: 1, printed: '', said: expect.stringContaining('Nothing is deployed: none of the 2 accounts of the stage is registered and active. Deploy a CrossAccountDeploymentTarget to them first.'),
    });
  });

  test('is a failure when the units are empty', async () => {
    expect(await ran(BY_UNITS)).toMatchObject({ code: 1, printed: '', said: expect.stringContaining('Nothing is deployed: the stage has no accounts. Move accounts into its organizational units, or take it from deploymentStages.') });
  });
});

test('people are told the numbers, and the first accounts of each kind', async () => {
  const many = Array.from({ length: 30 }, (_, index) => String(100000000000 + index));
  registered(aws, many[0]);
  const { said } = await ran({ ...BY_LIST, accounts: many });
  expect(said.split('\n')[0]).toBe('Stage production in eu-west-1: 1 to deploy to, 29 not registered, 0 not active, '
    + '0 with an endpoint of churn-production-endpoints though they leave or have left the stage.');
  expect(said.match(/is not registered/g)).toHaveLength(20);
  expect(said).toContain('… and 9 more');
});
