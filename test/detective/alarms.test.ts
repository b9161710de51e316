import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ALARM_CASES } from './alarm-cases';
import { call, Event, ROOT, roleSession } from './events';
import { matches } from './filter-pattern';
import { ACCOUNT, controls, patternsOf, REGION } from './fixture';
import { missingParameter } from './operations';
import { DataScienceEnvironment, DetectiveControls, PersonaPermissionSet } from '../../src';
import { TRAIL_ALARMS } from '../../src/detective/private/alarms/all';
import { TrailAlarm } from '../../src/detective/private/alarms/trail-alarm';

const { made, template } = controls({ findingNotifications: false });
const PATTERNS = patternsOf(template);

/** A service, and the names of its operations. */
const CALLED = /\$\.eventSource = "(\w+)\.amazonaws\.com"\) && (\(+(?:\$\.eventName = "\w+"\)?(?: \|\| \()?)+)/g;

/** What the requests of an event have that the API has not, by the paths of its values. */
function parametersOf({ eventSource, eventName, requestParameters }: Event): (string | undefined)[] {
  const [service] = String(eventSource).split('.');
  if (['example', 'signin'].includes(service)) return [];
  const paths = (value: unknown, path: string[]): string[] => (typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([step, inner]) => paths(inner, [...path, step])) : [path.join('.')]);
  return requestParameters === null ? [] : paths(requestParameters, []).map((path) => missingParameter(service, String(eventName), path));
}

test('every alarm has events that raise it, and events that must not', () => {
  const ids = Object.values(TRAIL_ALARMS).flat().map(({ id }) => id);
  expect(Object.keys(ALARM_CASES).sort()).toEqual([...ids].sort());
  expect(ids.filter((id) => [ALARM_CASES[id].raise, ALARM_CASES[id].pass].some((cases) => Object.keys(cases).length === 0))).toEqual([]);
  expect(made.alarms).toHaveLength(ids.length);
});

describe.each(Object.entries(ALARM_CASES))('%s', (id, { raise, pass }) => {
  test.each(Object.entries(raise))('is raised when %s', (_, event) => {
    expect(matches(PATTERNS[id], event)).toBe(true);
  });

  test.each(Object.entries(pass))('is silent when %s', (_, event) => {
    expect(matches(PATTERNS[id], event)).toBe(false);
  });

  test('is within what CloudWatch Logs takes', () => {
    expect(PATTERNS[id].length).toBeLessThanOrEqual(1024);
  });

  test('knows operations and parameters as AWS calls them', () => {
    const pattern = PATTERNS[id];
    const groups = [...pattern.matchAll(CALLED)];
    const operations = groups.flatMap(([, service, names]) => [...names.matchAll(/"(\w+)"/g)].map(([, operation]) => [service, operation]));
    expect(operations).toHaveLength([...pattern.matchAll(/eventName = /g)].length);
    const read = [...pattern.matchAll(/\$\.requestParameters\.([\w.[\]]+)/g)].map(([, path]) => path);
    expect(read.filter((path) => operations.every(([service, operation]) => missingParameter(service, operation, path) !== undefined))).toEqual([]);
    const parameters = Object.values({ ...raise, ...pass }).flatMap((event) => parametersOf(event));
    expect(parameters.filter((missing) => missing !== undefined)).toEqual([]);
    expect(operations.map(([service, operation]) => missingParameter(service, operation, '')).filter((missing) => missing !== undefined)).toEqual([]);
  });
});

test.each(Object.entries(TRAIL_ALARMS))('%s switches its alarms', (property, alarms) => {
  const without = controls({ [property]: false }).template;
  const others = Object.values<readonly TrailAlarm[]>(TRAIL_ALARMS).flat().filter((one) => !(alarms as readonly TrailAlarm[]).includes(one));
  expect(Object.keys(patternsOf(without)).sort()).toEqual(others.map(({ id }) => id).sort());
});

describe('approvals by people of IAM Identity Center', () => {
  const app = new App(), stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  new DetectiveControls(stack, 'Controls', { environment });
  // Made later, and in another stack.
  const { teamAdministrator, dataScienceAdministrator, dataScientist } = environment.personas;
  const management = new Stack(app, 'Management', { env: { account: '999999999999', region: REGION } });
  const instanceArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
  const sets = { ChurnTeam: teamAdministrator, ChurnScience: dataScienceAdministrator, ChurnWork: dataScientist };
  for (const [permissionSetName, personaRole] of Object.entries(sets)) {
    new PersonaPermissionSet(management, permissionSetName, { personaRole, instanceArn, permissionSetName });
  }
  const patterns = patternsOf(Template.fromStack(stack), REGION);

  /** A session of the role that IAM Identity Center makes for a permission set, or of one that somebody has called like it. */
  function session(permissionSet: string, path = 'aws-reserved/sso.amazonaws.com/eu-west-1/'): Event {
    const userName = `AWSReservedSSO_${permissionSet}_0123456789abcdef`, { sessionContext, ...more } = roleSession(userName);
    const { sessionIssuer } = sessionContext as { sessionIssuer: Event };
    return { ...more, sessionContext: { sessionIssuer: { ...sessionIssuer, arn: `arn:aws:iam::${ACCOUNT}:role/${path}${userName}` } } };
  }

  const model = (who: Event) => matches(patterns.ModelApproval, call('sagemaker', 'UpdateModelPackage', who, { modelApprovalStatus: 'Approved' }));
  const deployment = (who: Event) => (
    matches(patterns.DeploymentApproval, call('codepipeline', 'PutApprovalResult', who, { result: { status: 'Approved' } }))
  );

  test('of an approving persona raise nothing', () => {
    expect([model(session('ChurnTeam')), deployment(session('ChurnTeam')), deployment(session('ChurnScience'))]).toEqual([false, false, false]);
    expect([model(roleSession('churn--team-administrator-eu-west-1')), deployment(roleSession('churn--data-science-administrator-eu-west-1'))]).toEqual([false, false]);
  });

  test.each([
    ['of another persona', session('ChurnWork')], ['of no persona', session('Administrators')], ['who are root', ROOT],
    ['by a role that is called like one of Identity Center', session('ChurnTeam', '')],
  ])('%s are told', (_, who) => {
    expect([model(who), deployment(who)]).toEqual([true, true]);
  });

  test('are told for data science administrators who approve a model', () => {
    expect(model(session('ChurnScience'))).toBe(true);
  });
});
