import { execFileSync } from 'child_process';
import { controls } from './fixture';
import { virtualEnvironment } from '../../integ/python/environment';
import { RULES } from '../../src/checks/rules/all';
import { GUARD_RULES } from '../../src/detective/private/config/guard-rules';
import { MANAGED_RULES } from '../../src/detective/private/config/managed-rules';

/** AWS's own Guard, as its authors' package for Python has it. */
const guard = () => virtualEnvironment('.venv-guard', ['cfn-guard-rs==0.3.3']);

const idle = (LifecycleManagement: string) => (
  { DefaultUserSettings: { JupyterLabAppSettings: { AppLifecycleManagement: { IdleSettings: { LifecycleManagement } } } } }
);

/** Domains as AWS Config records them, which keep a rule and which do not. */
const DOMAINS: Record<string, { readonly kept: object[]; readonly broken: object[] }> = {
  DomainEncryption: { kept: [{ KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd' }], broken: [{}, { KmsKeyId: '' }] },
  DomainDocker: {
    kept: [{}, { DomainSettings: {} }, { DomainSettings: { DockerSettings: { EnableDockerAccess: 'DISABLED' } } }],
    broken: [{ DomainSettings: { DockerSettings: { EnableDockerAccess: 'ENABLED' } } }],
  },
  DomainSharing: {
    kept: [{}, { DefaultUserSettings: { SharingSettings: { NotebookOutputOption: 'Disabled' } } }],
    broken: [{ DefaultUserSettings: { SharingSettings: { NotebookOutputOption: 'Allowed' } } }],
  },
  DomainIdleShutdown: { kept: [idle('ENABLED')], broken: [{}, idle('DISABLED')] },
};

function evaluate(requests: { readonly policy: string; readonly item: object }[]): string[] {
  const program = `
import json, sys
from cfn_guard_rs.cfn_guard_rs import run_checks_rs
print(json.dumps([json.loads(run_checks_rs(json.dumps(one["item"]), one["policy"], False))["status"] for one in json.load(sys.stdin)]))`;
  return JSON.parse(execFileSync(guard(), ['-c', program], { input: JSON.stringify(requests), encoding: 'utf8' })) as string[];
}

describe.each(GUARD_RULES)('$id', ({ id, policy, resourceType }) => {
  const answersTo = (configurations: object[], type = resourceType) =>
    evaluate(configurations.map((configuration) => ({ policy, item: { resourceType: type, configuration } })));

  test('is kept', () => {
    expect(answersTo(DOMAINS[id].kept)).toEqual(DOMAINS[id].kept.map(() => 'PASS'));
  });

  test('is broken', () => {
    expect(answersTo(DOMAINS[id].broken)).toEqual(DOMAINS[id].broken.map(() => 'FAIL'));
  });

  test('is not asked of other resources', () => {
    expect(answersTo([{}], 'AWS::S3::Bucket')).toEqual(['SKIP']);
  });
});

test('what AWS has a managed rule for is asked by it: every one for SageMaker that this library\'s checks know', () => {
  const known = RULES.flatMap(({ configRules = [] }) => configRules).filter((name) => name.startsWith('sagemaker-'));
  const identifiers = MANAGED_RULES.map((identifier) => identifier.toLowerCase().replace(/_/g, '-'));
  expect(known.filter((name) => !identifiers.includes(name))).toEqual([]);
});

test('rules are there where they are asked for', () => {
  controls().template.resourceCountIs('AWS::Config::ConfigRule', 0);
  controls({ configRules: true }).template.resourceCountIs('AWS::Config::ConfigRule', MANAGED_RULES.length + GUARD_RULES.length);
});
