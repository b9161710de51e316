import { createValidatedPolicy, validateTrustPolicy } from '@cloud-copilot/iam-policy';
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';
import { Stack } from 'aws-cdk-lib';
import { IOpenIdConnectProvider, OpenIdConnectProvider } from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, Parts, REGION } from './parts';
import { Persona, PersonaClaim, PersonaClientIds, PersonasProps, PersonaTrust, SessionIdentity, StudioAuthMode } from '../../src/identity';

/** A provider whose keys the service authorization reference lists: the simulator drops those of others. */
const ISSUER = 'cognito-identity.amazonaws.com';
const PERSONAS = Object.values(Persona);
const CLIENTS: PersonaClientIds = { dataScientist: ['science'], mlEngineer: ['engineering'], teamAdministrator: ['team'], dataScienceAdministrator: ['administration'] };
const CLIENT_OF: Record<Persona, string> = {
  [Persona.DATA_SCIENTIST]: 'science', [Persona.ML_ENGINEER]: 'engineering', [Persona.TEAM_ADMINISTRATOR]: 'team', [Persona.DATA_SCIENCE_ADMINISTRATOR]: 'administration',
};

interface Trust {
  readonly Statement: { readonly Action: string[] }[];
}

/** A token as STS reads it: who it is for, and the tags in it. */
interface Token {
  readonly client: string;
  readonly tags?: Record<string, string>;
  readonly sourceIdentity?: string;
}

const byTag = PersonaClaim.sessionTag({ clientIds: ['studio'] });
const alice = (persona: string): Token => ({ client: 'studio', tags: { StudioUser: 'alice', Persona: persona } });

describe('with a session tag that names the persona', () => {
  test.each(PERSONAS)('a token of a %s opens that persona and no other', async (persona) => {
    expect(await opened({ personaClaim: byTag }, alice(persona))).toEqual([persona]);
  });

  test.each<[string, Token]>([
    ['names no persona', { client: 'studio', tags: { StudioUser: 'alice' } }],
    ['names a persona that is none', alice('*')],
    ['names a persona in other letters', alice('Data-Scientist')],
    ['is for another application', { ...alice('data-scientist'), client: 'other' }],
    ['brings another tag', { client: 'studio', tags: { StudioUser: 'alice', Persona: 'data-scientist', CostCenter: '1' } }],
    ['does not say whose Studio it is for', { client: 'studio', tags: { Persona: 'data-scientist' } }],
  ])('a token that %s opens none', async (_, token) => {
    expect(await opened({ personaClaim: byTag }, token)).toEqual([]);
  });

  test('the tag may have another name', async () => {
    const personaClaim = PersonaClaim.sessionTag({ clientIds: ['studio'], tagName: 'MlRole' });
    expect(await opened({ personaClaim }, { client: 'studio', tags: { StudioUser: 'alice', MlRole: 'ml-engineer' } })).toEqual([Persona.ML_ENGINEER]);
  });

  test('it goes together with a source identity', async () => {
    const props = { sessionIdentity: SessionIdentity.sourceIdentity() };
    expect(await opened({ personaClaim: byTag }, { client: 'studio', tags: { Persona: 'ml-engineer' }, sourceIdentity: 'alice' }, props)).toEqual([Persona.ML_ENGINEER]);
    expect(await opened({ personaClaim: byTag }, { client: 'studio', tags: { Persona: 'ml-engineer' } }, props)).toEqual([]);
  });

  test('it goes together with a domain of Identity Center, where nothing is bound', async () => {
    const props = { authMode: StudioAuthMode.IDENTITY_CENTER };
    expect(await opened({ personaClaim: byTag }, { client: 'studio', tags: { Persona: 'team-administrator' } }, props)).toEqual([Persona.TEAM_ADMINISTRATOR]);
    expect(await opened({ personaClaim: byTag }, { client: 'studio' }, props)).toEqual([]);
  });

  test('it is another one than the tag of the user profile', () => {
    const parts = new Parts();
    const trust = PersonaTrust.openIdConnect(provider(parts.stack), { issuer: ISSUER, personaClaim: byTag });
    expect(() => parts.personas({ trust, sessionIdentity: SessionIdentity.sessionTag('Persona') })).toThrow(
      '[Stack/Personas] personas.trust must name the persona by another session tag than the one that holds the user profile, got "Persona". Give one of them another name');
  });
});

describe('with an application for each persona', () => {
  const personaClaim = PersonaClaim.clientIds(CLIENTS);

  test.each(PERSONAS)('a token of the application of a %s opens that persona and no other', async (persona) => {
    expect(await opened({ personaClaim }, { client: CLIENT_OF[persona], tags: { StudioUser: 'alice' } })).toEqual([persona]);
  });

  test('a token of another application opens none', async () => {
    expect(await opened({ personaClaim }, { client: 'other', tags: { StudioUser: 'alice' } })).toEqual([]);
  });

  test('an application that two personas share is refused', () => {
    expect(() => PersonaClaim.clientIds({ ...CLIENTS, teamAdministrator: ['science'] })).toThrow(
      '[PersonaClaim.clientIds] clientIds must have no element twice, got ["science","engineering","science","administration"]. '
      + 'Who signs in by an application that two personas share could choose between them');
  });

  test('a persona without one is refused', () => {
    expect(() => PersonaClaim.clientIds({ ...CLIENTS, mlEngineer: [] })).toThrow(
      '[PersonaClaim.clientIds] mlEngineer must have at least one element, got []. Without one, every application of the provider would do');
    expect(() => PersonaClaim.clientIds({ ...CLIENTS, teamAdministrator: undefined as never })).toThrow('[PersonaClaim.clientIds] teamAdministrator must be given, got nothing. Give a list');
  });
});

test('a provider is refused with a scheme, or without what tells the personas apart', () => {
  const personaClaim = PersonaClaim.sessionTag({ clientIds: ['studio'] });
  expect(() => PersonaTrust.openIdConnect(provider(new Stack()), { issuer: 'https://login.example.com', personaClaim })).toThrow(
    '[PersonaTrust.openIdConnect] issuer must be a host and path without https://, such as login.example.com/tenant, got "https://login.example.com"');
  expect(() => PersonaTrust.openIdConnect(provider(new Stack()), { issuer: 'login.example.com', personaClaim: undefined as never })).toThrow(
    '[PersonaTrust.openIdConnect] personaClaim must be given, got nothing. Give PersonaClaim.sessionTag({ clientIds }) or PersonaClaim.clientIds({ dataScientist, … }): '
    + 'the caller chooses the role, so the token must say which persona the person may be');
});

test('a session tag is refused without applications, or by a name that policies cannot hold', () => {
  expect(() => PersonaClaim.sessionTag({ clientIds: [''] })).toThrow('[PersonaClaim.sessionTag] clientIds must be 1–255 characters, got [""]');
  expect(() => PersonaClaim.sessionTag({ clientIds: [], tagName: 'R&D' })).toThrow([
    '[PersonaClaim.sessionTag] clientIds must have at least one element, got []. Without one, every application of the provider would do',
    '[PersonaClaim.sessionTag] tagName must be 1–128 letters, digits, dots, hyphens and underscores, got "R&D"',
  ].join('\n'));
});

function provider(stack: Stack): IOpenIdConnectProvider {
  return OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Oidc', `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`);
}

/** The personas that a token opens. */
async function opened({ personaClaim }: { personaClaim: PersonaClaim }, token: Token, props: Partial<PersonasProps> = {}): Promise<Persona[]> {
  const parts = new Parts();
  parts.personas({ ...props, trust: PersonaTrust.openIdConnect(provider(parts.stack), { issuer: ISSUER, personaClaim }) });
  const roles = parts.template.findResources('AWS::IAM::Role');
  const answers = await Promise.all(PERSONAS.map(async (persona) => {
    const name = `churn--${persona}-${REGION}`;
    const { Properties } = Object.values(roles).find((role) => role.Properties.RoleName === name)!;
    return await mayAssume(`arn:aws:iam::${ACCOUNT}:role/${name}`, Properties.AssumeRolePolicyDocument as Trust, token) ? persona : undefined;
  }));
  return answers.flatMap((persona) => persona ?? []);
}

/** Whether STS takes a token for a role. The simulator knows no sessions of providers: whoever holds the token calls. */
async function mayAssume(role: string, trust: Trust, { client, tags = {}, sourceIdentity }: Token): Promise<boolean> {
  const [{ Action: allowed }] = trust.Statement;
  const needed = [...Object.keys(tags).length > 0 ? ['sts:TagSession'] : [], ...sourceIdentity ? ['sts:SetSourceIdentity'] : []];
  if (!needed.every((action) => allowed.includes(action))) return false;
  const document = JSON.parse(JSON.stringify(trust).replace(/\{"Federated":"[^"]*"\}/g, '"*"')) as unknown;
  const result = await runSimulation({
    request: {
      principal: anonymousPrincipal,
      action: 'sts:AssumeRoleWithWebIdentity',
      resource: { resource: role, accountId: ACCOUNT },
      contextVariables: {
        [`${ISSUER}:aud`]: client,
        ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
        ...Object.keys(tags).length > 0 ? { 'aws:TagKeys': Object.keys(tags) } : {},
        ...sourceIdentity ? { 'sts:SourceIdentity': sourceIdentity } : {},
      },
    },
    identityPolicies: [],
    resourcePolicy: createValidatedPolicy(document, validateTrustPolicy),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }, {});
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}
