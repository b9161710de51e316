import { Given } from '../scenario';
import { FOREIGN_KEY } from './organization';
import { Context } from './requester';

/** The values that keep the guardrails in an account. */
export interface GuardrailValues {
  readonly subnets: string[];
  readonly securityGroups: string[];
  /** The groups of people's applications, where there is Studio. */
  readonly studioSecurityGroups?: string[];
  readonly volumeKey: string;
  readonly outputKey: string;
  /** Other keys of the environment, by the names that scenarios give them. */
  readonly keys: Record<string, string>;
  readonly instanceType: string;
  /** An allowed type with local NVMe storage, for which SageMaker takes no volume key. */
  readonly localStorageInstanceType: string;
  readonly forbiddenInstanceType: string;
}

const KEYS: Record<string, string> = {
  subnets: 'sagemaker:VpcSubnets',
  securityGroups: 'sagemaker:VpcSecurityGroupIds',
  volumeKey: 'sagemaker:VolumeKmsKeyArn',
  outputKey: 'sagemaker:OutputKmsKeyArn',
  interContainerEncryption: 'sagemaker:InterContainerTrafficEncryption',
  networkIsolation: 'sagemaker:NetworkIsolation',
  instanceTypes: 'sagemaker:InstanceTypes',
  maxRuntime: 'sagemaker:MaxRuntimeInSeconds',
};

const FOUR_WEEKS = String(28 * 86_400);

function met(values: GuardrailValues): Context {
  return {
    [KEYS.subnets]: values.subnets,
    [KEYS.securityGroups]: values.securityGroups,
    [KEYS.volumeKey]: values.volumeKey,
    [KEYS.outputKey]: values.outputKey,
    [KEYS.interContainerEncryption]: 'true',
    [KEYS.networkIsolation]: 'true',
    [KEYS.instanceTypes]: [values.instanceType],
    [KEYS.maxRuntime]: '3600',
  };
}

function foreign(rule: string): string {
  const values: Record<string, string> = { subnets: 'subnet-0f0f0f0f0f0f0f0f0', securityGroups: 'sg-0f0f0f0f0f0f0f0f0', volumeKey: FOREIGN_KEY, outputKey: FOREIGN_KEY };
  if (!(rule in values)) throw new Error(`nothing is foreign to the rule ${rule}`);
  return values[rule];
}

function broken(rule: string, how: string | boolean, kept: string | string[], values: GuardrailValues): string | string[] {
  switch (how) {
    case 'foreign': return ['subnets', 'securityGroups'].includes(rule) ? [foreign(rule)] : foreign(rule);
    case 'mixed': return [...[kept].flat(), rule === 'instanceTypes' ? values.forbiddenInstanceType : foreign(rule)];
    case 'forbidden': return [values.forbiddenInstanceType];
    case 'localStorage': return [values.localStorageInstanceType];
    case 'tooLong': return FOUR_WEEKS;
    default: return typeof how === 'string' && how in values.keys ? values.keys[how] : String(how);
  }
}

/** What a job or model sends: every rule kept, but for the exceptions. */
export function guardrailContext(given: Given, values: GuardrailValues): Context {
  const context = given.guardrails === 'met' ? met(values) : {};
  for (const [rule, how] of Object.entries(given.except ?? {})) {
    const key = KEYS[rule];
    if (!key) throw new Error(`there is no guardrail ${rule}`);
    if (how === 'absent') delete context[key];
    else context[key] = broken(rule, how, context[key], values);
  }
  return context;
}
