import { PerimeterApp } from './perimeter-app';
import { Weighing, Who } from './weighing';
import { KeyPurpose } from '../../src/names';

const weighing = new Weighing(new PerimeterApp());
const { VOLUMES, STUDIO_STORAGE, DATA, MODELS, RELEASES, ARTIFACTS, LOGS } = KeyPurpose;

type Row = [purpose: KeyPurpose, who: Who, action: string, service: string | undefined, expected: 'allow' | 'deny'];

const ROWS: Row[] = [
  [DATA, 'studio', 'kms:Decrypt', 's3', 'allow'],
  [DATA, 'job', 'kms:GenerateDataKey', 's3', 'allow'],
  [DATA, 'macie', 'kms:Decrypt', 's3', 'allow'],
  [DATA, 'studio', 'kms:Decrypt', undefined, 'deny'],
  [DATA, 'studio', 'kms:Decrypt', 'sagemaker', 'deny'],
  [DATA, 'pipeline', 'kms:Decrypt', 's3', 'deny'],
  [DATA, 'admin', 'kms:Decrypt', 's3', 'deny'],
  [DATA, 'deployer', 'kms:Decrypt', 's3', 'deny'],
  [MODELS, 'job', 'kms:GenerateDataKey', 's3', 'allow'],
  [MODELS, 'pipeline', 'kms:Decrypt', 's3', 'allow'],
  [MODELS, 'pipeline', 'kms:GenerateDataKey', 's3', 'deny'],
  [MODELS, 'targetModel', 'kms:Decrypt', 's3', 'deny'],
  [RELEASES, 'release', 'kms:GenerateDataKey', 's3', 'allow'],
  [RELEASES, 'model', 'kms:Decrypt', 's3', 'allow'],
  [RELEASES, 'targetModel', 'kms:Decrypt', 's3', 'allow'],
  [RELEASES, 'productionModel', 'kms:Decrypt', 's3', 'allow'],
  [RELEASES, 'targetMonitor', 'kms:Decrypt', 's3', 'allow'],
  [RELEASES, 'productionMonitor', 'kms:Decrypt', 's3', 'allow'],
  [RELEASES, 'targetMonitor', 'kms:GenerateDataKey', 's3', 'deny'],
  [RELEASES, 'siblingMonitor', 'kms:Decrypt', 's3', 'deny'],
  [RELEASES, 'targetSchedule', 'kms:Decrypt', 's3', 'deny'],
  [RELEASES, 'targetAlarms', 'kms:Decrypt', 's3', 'deny'],
  [RELEASES, 'targetModel', 'kms:Decrypt', undefined, 'deny'],
  [RELEASES, 'targetOther', 'kms:Decrypt', 's3', 'deny'],
  [RELEASES, 'neighbourModel', 'kms:Decrypt', 's3', 'deny'],
  [RELEASES, 'siblingModel', 'kms:Decrypt', 's3', 'deny'],
  [ARTIFACTS, 'pipeline', 'kms:Decrypt', 's3', 'allow'],
  [ARTIFACTS, 'studio', 'kms:Decrypt', 's3', 'allow'],
  [ARTIFACTS, 'studio', 'kms:GenerateDataKey', 's3', 'deny'],
  [VOLUMES, 'studio', 'kms:Decrypt', 'sagemaker', 'allow'],
  [VOLUMES, 'job', 'kms:Decrypt', 'sagemaker', 'deny'],
  [STUDIO_STORAGE, 'studio', 'kms:GenerateDataKey', 'elasticfilesystem', 'allow'],
  [STUDIO_STORAGE, 'pipeline', 'kms:Decrypt', 'sagemaker', 'deny'],
  [LOGS, 'studio', 'kms:Decrypt', 's3', 'deny'],
];

test.each(ROWS)('%s key: %s %s through %s: %s', async (purpose, who, action, service, expected) => {
  expect(await weighing.onKey(purpose, who, action, service)).toBe(expected);
});

describe.each(Object.values(KeyPurpose))('%s key', (purpose) => {
  test('the deploying role administers it, and nobody else does', async () => {
    for (const action of ['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey']) {
      expect([action, await weighing.onKey(purpose, 'deployer', action)]).toEqual([action, 'allow']);
      expect([action, await weighing.onKey(purpose, 'admin', action)]).toEqual([action, 'deny']);
    }
  });

  test('grants are for AWS services only', async () => {
    const grant = (more: Record<string, string>) => weighing.onKey(purpose, 'deployer', 'kms:CreateGrant', 'sagemaker', more);
    expect(await grant({ 'kms:GrantIsForAWSResource': 'true' })).toBe('allow');
    expect(await grant({ 'kms:GrantIsForAWSResource': 'false' })).toBe('deny');
    expect(await grant({})).toBe('deny');
  });
});
