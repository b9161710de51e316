import type { Simulation, Simulator } from './simulator';

const FUNCTIONS = ['runSimulation', 'allowedContextKeysForRequest', 'isWildcardOnlyAction'] as const;

const ACCOUNT = '111122223333', PARTITION = 'aws';
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const ALLOW = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }, DENY = { ...ALLOW, Effect: 'Deny' };
const CONDITIONAL = [{ name: 'one', policy: document({ ...ALLOW, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }) }];
const CONTROL = [{ orgIdentifier: 'ou-ab12-cdefghij', policies: [{ name: 'one', policy: document({ ...ALLOW, Action: '*' }, DENY) }] }];

/** Asks for answers that nobody doubts: a version that answers otherwise, or not at all, would make up a table. Says what is wrong. */
export async function faultOf(simulator: Simulator): Promise<string | undefined> {
  const absent = FUNCTIONS.filter((name) => typeof simulator[name] !== 'function');
  if (absent.length > 0) return `it has no ${absent.join(', no ')}`;
  const asked = async (more: Partial<Simulation>, simulationMode: 'Strict' | 'Discovery' = 'Strict') => {
    const request = {
      principal: `arn:${PARTITION}:sts::${ACCOUNT}:assumed-role/role/alice`,
      action: 's3:GetObject',
      resource: { resource: `arn:${PARTITION}:s3:::bucket/key`, accountId: ACCOUNT },
      contextVariables: {},
    };
    const simulation = { request, identityPolicies: [{ name: 'one', policy: document(ALLOW) }], serviceControlPolicies: [], resourceControlPolicies: [], ...more };
    const found = await simulator.runSimulation(simulation, { simulationMode });
    return found.resultType === 'single' ? found.result.analysis : undefined;
  };
  try {
    const answers = [
      (await asked({}))?.result === 'Allowed',
      (await asked({ identityPolicies: [] }))?.result === 'ImplicitlyDenied',
      (await asked({ resourcePolicy: document({ ...DENY, Principal: '*' }) }))?.resourceAnalysis?.denyStatements[0]?.statement.index() === 1,
      (await asked({ serviceControlPolicies: CONTROL }))?.scpAnalysis?.ouAnalysis[0]?.denyStatements[0]?.policyId === 'one',
      (await asked({ identityPolicies: CONDITIONAL }))?.result === 'ImplicitlyDenied',
      (await asked({ identityPolicies: CONDITIONAL }, 'Discovery'))?.ignoredConditions?.identity?.allow?.[0]?.key === 'aws:RequestedRegion',
    ];
    return answers.every(Boolean) ? undefined : `it answers request ${answers.indexOf(false) + 1} of ${answers.length} otherwise than IAM`;
  } catch (error) {
    return (error as Error).message;
  }
}
