import { setTimeout as sleep } from 'timers/promises';
import { Answer, Refusal } from './fake-aws/answer';
import {
  anOrganization, ARCHIVE, BY_LIST, BY_UNITS, deployed, LISTING_ROLE, planned, PRODUCTION, ran, registered, ROOT, TEAM,
} from './fake-aws/deployment-stage';
import { FakePlatform, PlatformFault } from './fake-aws/fake-platform';

const aws = new FakePlatform();
const environment = process.env;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(() => {
  process.env = { ...environment, AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: 'build', AWS_SECRET_ACCESS_KEY: 'secret' };
  aws.reset();
  anOrganization(aws);
  for (const account of ['222222222222', '333333333333', '444444444444']) aws.organizations.account(PRODUCTION, account);
  registered(aws, '222222222222', '333333333333', '444444444444');
  deployed(aws, '222222222222', '333333333333');
});
afterEach(() => {
  process.env = environment;
});

/** The fault meets the n-th call of an operation, and no other. */
function atCall(n: number, wanted: string, fault: Refusal | Answer): PlatformFault {
  let seen = 0;
  return ({ operation }) => operation === wanted && ++seen === n ? fault : undefined;
}

describe('what passes is asked again', () => {
  test.each([
    ['organizations.ListAccountsForParent', new Refusal('TooManyRequestsException', 'slowly')],
    ['organizations.ListOrganizationalUnitsForParent', new Refusal('com.amazonaws.organizations#TooManyRequestsException', 'slowly')],
    ['organizations.ListParents', new Refusal('ServiceException', 'oh', 500)],
    ['sts.AssumeRole', new Refusal('Throttling', 'Rate exceeded')],
    ['cloudformation.ListStackInstances', new Refusal('Throttling', 'Rate exceeded')],
    ['cloudformation.ListStackInstances', new Answer(503, 'text/html', '<html>busy</html>')],
    ['organizations.ListAccountsForParent', Answer.none()],
    ['sts.AssumeRole', Answer.none()],
  ])('%s', async (operation, fault) => {
    aws.fault = atCall(2, operation, fault);
    aws.organizations.account(ARCHIVE, '555555555555');
    deployed(aws, '222222222222', '333333333333', '555555555555');
    expect(await planned(BY_UNITS)).toMatchObject({
      accounts: ['222222222222', '333333333333', '444444444444'], departed: [{ account: '555555555555' }],
    });
  }, 20_000);

  test('and slowly, with a pause that grows', async () => {
    const asked: number[] = [];
    aws.fault = ({ operation }) => {
      if (operation !== 'cloudformation.ListStackInstances') return undefined;
      asked.push(Date.now());
      return asked.length <= 2 ? new Refusal('Throttling', 'Rate exceeded') : undefined;
    };
    await planned(BY_UNITS);
    expect(asked[2] - asked[0]).toBeGreaterThan(300);
  }, 30_000);
});

describe('nothing is deployed on half a list', () => {
  test.each([
    ['organizations.ListAccountsForParent', 3, new Refusal('AccessDeniedException', 'no'),
      'the accounts of the stage could not be listed whole: AccessDeniedException: no'],
    ['organizations.ListOrganizationalUnitsForParent', 2, new Refusal('InvalidInputException', 'INVALID_PAGINATION_TOKEN'),
      'the accounts of the stage could not be listed whole: InvalidInputException: INVALID_PAGINATION_TOKEN'],
    ['organizations.ListAccountsForParent', 2, Answer.json('proxy'), 'the accounts of the stage could not be listed whole: '],
    ['cloudformation.ListStackInstances', 2, new Refusal('AccessDenied', 'no', 403),
      'the instances of the stack set churn-production-endpoints could not be listed whole: AccessDenied: no'],
    ['cloudformation.ListStackInstances', 1, new Answer(403, 'text/html', '<html>blocked</html>'),
      'could not be listed whole: HTTP 403: an answer that is not cloudformation\'s: <html>blocked</html>'],
  ])('when %s fails at its call %d', async (operation, n, fault, reason) => {
    aws.fault = atCall(n, operation, fault);
    const { code, printed, said } = await ran(BY_UNITS);
    expect([code, printed]).toEqual([1, '']);
    expect(said).toContain(reason);
    expect(said).toMatch(/^Nothing is deployed: /);
  });

  test('when the listing role does not let us in', async () => {
    aws.sts.roles.delete(LISTING_ROLE);
    expect(await ran(BY_UNITS)).toMatchObject({ code: 1, printed: '', said: expect.stringMatching(/could not be listed whole: AccessDenied: .*role\/platform\/list-accounts/) });
  });

  test('when pages go in a circle', async () => {
    aws.fault = ({ operation }) => operation === 'organizations.ListAccountsForParent' ? Answer.json({ Accounts: [], NextToken: 'again' }) : undefined;
    expect(await ran(BY_UNITS)).toMatchObject({ code: 1, said: expect.stringContaining('ListAccountsForParent goes in a circle') });
  });

  test('when an account is listed without a state', async () => {
    const account = { Id: '222222222222', Arn: 'arn:aws:organizations::999999999999:account/o-exampleorg/222222222222' };
    aws.fault = ({ operation }) => operation === 'organizations.ListAccountsForParent' ? Answer.json({ Accounts: [account] }) : undefined;
    expect(await ran(BY_UNITS)).toMatchObject({ code: 1, said: expect.stringContaining('account 222222222222 was listed without a state') });
  });
});

describe('the units must be those that policies trust', () => {
  test('a unit that was moved', async () => {
    aws.organizations.units.set(PRODUCTION, ARCHIVE);
    expect(await ran(BY_UNITS)).toMatchObject({
      code: 1,
      printed: '',
      said: expect.stringContaining(`the unit ${PRODUCTION} is at ${ROOT}/${ARCHIVE}/${PRODUCTION}/ and not at ${ROOT}/${PRODUCTION}/, which policies trust`),
    });
  });

  test('a unit that is not there', async () => {
    const path = `${ROOT}/ou-ab12-gone4444/`;
    expect(await ran({ ...BY_UNITS, organizationalUnitPaths: [path] })).toMatchObject({
      code: 1, said: expect.stringContaining(`there is no unit ou-ab12-gone4444, of the path ${path}`),
    });
  });

  test('another organization', async () => {
    aws.organizations.organizationId = 'o-anotherorg';
    expect(await ran(BY_UNITS)).toMatchObject({
      code: 1, said: expect.stringContaining('the listing role lists the organization o-anotherorg, the stage is in o-exampleorg'),
    });
  });
});

describe('one account', () => {
  test.each([
    new Refusal('RegionDisabledException', 'STS is not activated in this region', 403),
    new Refusal('ExpiredToken', 'The security token included in the request is expired', 403),
    new Refusal('PackedPolicyTooLarge', 'too large'),
  ])('whose check fails with $code fails the whole, by its name', async (fault) => {
    aws.fault = ({ operation, body }) => operation === 'sts.AssumeRole' && body.includes('333333333333') ? fault : undefined;
    expect(await ran(BY_UNITS)).toMatchObject({
      code: 1, printed: '', said: expect.stringContaining(`whether account 333333333333 is registered could not be told: ${fault.code}: ${fault.message}`),
    });
  });

  test('that fails is the last: no others are asked', async () => {
    const many = Array.from({ length: 90 }, (_, index) => String(100000000000 + index));
    aws.fault = ({ body }) => body.includes('100000000003') ? new Refusal('ExpiredToken', 'old', 403) : undefined;
    await ran({ ...BY_LIST, accounts: many });
    await sleep(200); // time enough for the others, were they asked
    expect(aws.operations().filter((operation) => operation === 'sts.AssumeRole').length).toBeLessThan(60);
  });

  test('that moved between units while they were read is not taken for one that left', async () => {
    // Beside the units until these are read, and back in them when we ask for stack instances: no list has it.
    aws.fault = ({ operation }) => {
      if (operation === 'cloudformation.ListStackInstances') aws.organizations.move('555555555555', TEAM);
      return undefined;
    };
    aws.organizations.account(ARCHIVE, '555555555555');
    deployed(aws, '555555555555');
    expect(await ran({ ...BY_UNITS, retire: 'remove' })).toMatchObject({
      code: 1, printed: '', said: expect.stringContaining('account 555555555555 was moved between units while they were being read: run this again'),
    });
  });

  test('whose whereabouts cannot be told keeps its endpoint', async () => {
    deployed(aws, '555555555555');
    aws.fault = ({ operation, body }) => operation === 'organizations.ListParents' && body.includes('555555555555')
      ? new Refusal('AccessDeniedException', 'no') : undefined;
    expect(await ran({ ...BY_UNITS, retire: 'keep' })).toMatchObject({
      code: 1, printed: '', said: expect.stringContaining('whether account 555555555555 has left the stage could not be told: AccessDeniedException: no'),
    });
  });
});

describe('credentials', () => {
  test('of a build come from its container', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${aws.url}/credentials`, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'container-token' });
    expect((await planned(BY_LIST)).accounts).toEqual(['222222222222', '333333333333']);
    expect(new Set(aws.calls.map(({ caller }) => caller))).toEqual(new Set(['container']));
  });

  test('that a container refuses', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${aws.url}/credentials` });
    expect(await ran(BY_LIST)).toMatchObject({ code: 1, said: expect.stringContaining('/credentials gave no credentials: HTTP 403') });
  });

  test('that are nowhere', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    expect(await ran(BY_LIST)).toMatchObject({ code: 1, said: expect.stringContaining('there are no AWS credentials in the environment') });
  });

  test('of the listing role are renewed before they expire', async () => {
    aws.sts.lifetime = 60_000;
    await planned(BY_UNITS);
    const renewed = aws.sts.assumed.filter(({ roleArn }) => roleArn === LISTING_ROLE).length;
    expect(renewed).toBeGreaterThan(3);
  });
});
