import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PERSONAS } from './cast';
import { churn, Variant } from './churn-app';
import { ACCOUNTS } from './request/organization';
import { readScenarios } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { DataScienceEnvironment, ManagedRole, PersonaPermissionSet, StudioAuthMode } from '../../src';

const GROUP = '1234567890-12345678-1234-1234-1234-123456789012';
const rows = readScenarios('contract', 'own');
const isOfPeople = (who: string) => who.split(':').some((word) => word in PERSONAS);
const simulator = new Simulator();

/** What people are called in an account by the permission set that holds what they may do. */
function sessionArns(region: string): Variant['sessionArns'] {
  return Object.fromEntries(Object.values(PERSONAS).map((role) => (
    [role, `arn:aws:iam::${ACCOUNTS.data.id}:role/aws-reserved/sso.amazonaws.com/${region}AWSReservedSSO_Team_${role}_1234567890abcdef`]
  )));
}

/** A permission set for each persona, assigned to a group in the environment's account. */
function permissionSets(stack: Stack, environment: DataScienceEnvironment): void {
  const { dataScientist, mlEngineer, teamAdministrator, dataScienceAdministrator } = environment.personas;
  [dataScientist, mlEngineer, teamAdministrator, dataScienceAdministrator].forEach((personaRole: ManagedRole, index) => {
    new PersonaPermissionSet(stack, `Set${index}`, {
      personaRole, instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890123456', permissionSetName: `Team_${Object.values(PERSONAS)[index]}`,
    }).assignToGroup(GROUP);
  });
}

const MANAGEMENT = { account: ACCOUNTS.sibling.id, region: 'eu-west-2' };

const VARIANTS: Record<string, Variant> = {
  'of the environment\'s stack': { sessionArns: sessionArns(''), finish: (environment) => permissionSets(Stack.of(environment), environment) },
  'of the account that manages Identity Center': {
    sessionArns: sessionArns('eu-west-2/'),
    props: (stack) => ({
      roleOptions: {
        path: '/data-science/',
        permissionsBoundary: new ManagedPolicy(stack, 'Boundary', {
          managedPolicyName: 'boundary', path: '/company/', statements: [new PolicyStatement({ notActions: ['iam:Create*', 'iam:Put*', 'organizations:*'], resources: ['*'] })],
        }),
      },
    }),
    finish: (environment, app) => permissionSets(new Stack(app, 'Management', { env: MANAGEMENT }), environment),
  },
};

describe.each(Object.entries(VARIANTS))('people who come by permission sets %s', (_, variant) => {
  test('are allowed what their persona is, and nothing else', async () => {
    const system = churn(variant), broken: string[] = [];
    for (const scenario of rows.filter(({ who }) => isOfPeople(who))) {
      const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
      if (outcome !== scenario.expect) broken.push(`${scenario.id}: ${scenario.why}: ${detail}`);
    }
    expect(broken).toEqual([]);
  }, 300_000);
});

describe('a domain with AuthMode SSO', () => {
  const system = churn({
    sessionArns: sessionArns('eu-west-2/'),
    props: () => ({ studio: { authMode: StudioAuthMode.IDENTITY_CENTER } }),
    finish: (environment, app) => permissionSets(new Stack(app, 'Management', { env: MANAGEMENT }), environment),
  });
  const opening = 'sagemaker:CreatePresignedDomainUrl';

  test('is entered by the portal, and else people may what their personas may', async () => {
    const broken: string[] = [];
    for (const scenario of rows.filter(({ who, does }) => isOfPeople(who) && (does !== opening || !/^(overgrown|guarded):/.test(who)))) {
      const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
      if (outcome !== (scenario.does === opening ? 'deny' : scenario.expect)) broken.push(`${scenario.id}: ${scenario.why}: ${detail}`);
    }
    expect(broken).toEqual([]);
  }, 300_000);

  test.each(readScenarios('identity-center'))('$id: $why', async (scenario) => {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    expect({ outcome, detail: outcome === scenario.expect ? '' : detail }).toEqual({ outcome: scenario.expect, detail: '' });
  });
});
