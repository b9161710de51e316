import { Asset } from './asset';
import { Permitted, Theorem } from './theorem';
import { AccessSystem } from '../../access/access-system';
import { Account, ACCOUNTS, REGION } from '../../access/request/organization';
import { Scenario } from '../../access/scenario';
import { and, not, or, Term, TRUE } from '../encoding/terms';

const OURS = `arn:aws:iam::${ACCOUNTS.data.id}`;
const DEPLOYING = `${OURS}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNTS.data.id}-${REGION}`;
const serviceRole = (service: string, name: string) => `${OURS}:role/aws-service-role/${service}.amazonaws.com/AWSServiceRoleFor${name}`;
const MACIE = serviceRole('macie', 'AmazonMacie');
const INSPECTORS = [MACIE, serviceRole('config', 'Config'), serviceRole('access-analyzer', 'AccessAnalyzer')];
const SETTINGS_READ = ['s3:GetBucket*', 's3:Get*Configuration', 's3:ListTagsForResource'];
const WITHIN_UNIT = `${ACCOUNTS.production.organization.paths[0]}*`;
const STAGE_READERS = ['staging', 'production'].flatMap((stage) => ['model', 'monitoring'].map((role) => `arn:aws:iam::*:role/churn--${stage}--${role}-${REGION}`));

/** Who uses keys for what, in the words of the access rows. */
export const keyUsers = (): string[] => [...new Set(Object.values(USES).flatMap((uses) => uses.flatMap(([who]) => who)))];

/** The buckets and keys that hold data, models and releases. */
export const BUCKETS = ['dataBucket', 'modelBucket', 'releaseBucket'] as const;
export const KEYS = ['dataKey', 'modelKey', 'releaseKey'] as const;

/** Everything else that holds what somebody wrote, and the key that it is encrypted with. */
export const OTHER_BUCKETS = {
  'reportBucket': 'artifactKey',
  'artifactBucket': 'artifactKey',
  'mlflowBucket': 'mlflowKey',
  'offlineStoreBucket': 'featureStoreKey',
  'staging:captureBucket': 'staging:captureKey',
  'production:captureBucket': 'production:captureKey',
};
/** What holds no data, and is encrypted with keys of S3's own. */
export const WITHOUT_KEYS = ['templateBucket', 'accessLogBucket'];
type Bucket = typeof BUCKETS[number] | keyof typeof OTHER_BUCKETS;
const KEY_OF: Record<Bucket, string> = { dataBucket: 'dataKey', modelBucket: 'modelKey', releaseBucket: 'releaseKey', ...OTHER_BUCKETS };

/** Who uses a key for what, by words of the access rows. */
const USES: Record<typeof KEYS[number], [who: string[], does: string[], through: string[]][]> = {
  dataKey: [
    [['studioExecution', 'dataPreparation', 'jobExecution', 'batchInference'], ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']],
    [['jobExecution', 'batchInference'], ['kms:Encrypt'], ['s3', 'sagemaker']],
  ],
  modelKey: [
    [['jobExecution'], ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']],
    [['jobExecution'], ['kms:Encrypt'], ['s3', 'sagemaker']],
    [['studioExecution', 'dataPreparation', 'pipelineExecution', 'release'], ['kms:Decrypt'], ['s3']],
  ],
  releaseKey: [
    [['release'], ['kms:Decrypt', 'kms:GenerateDataKey'], ['s3']],
    [['modelExecution', 'batchInference'], ['kms:Decrypt'], ['s3']],
  ],
};

/** Theorems about buckets and keys of an app, in its own words. */
export class Theorems {
  private readonly assets = new Map<string, Promise<Asset>>();

  constructor(private readonly system: AccessSystem) {}

  /** All of them about a bucket or key. */
  public about(on: typeof BUCKETS[number] | typeof KEYS[number]): Promise<Theorem[]> {
    const bucket = BUCKETS.find((name) => name === on);
    const ofBucket = bucket ? [this.expectedNetworks(bucket), this.encryptedInTransit(bucket), this.encryptedWithItsKey(bucket)] : [];
    return Promise.all([this.trustedIdentities(on), ...bucket ? ofBucket : [this.usedElsewhere(on as typeof KEYS[number])]]);
  }

  /** Who does anything at all: the account's own roles and users, so far as their policies let them, and roles of stages, what they need. */
  public async trustedIdentities(on: typeof BUCKETS[number] | typeof KEYS[number]): Promise<Theorem> {
    const asset = await this.asset(on);
    const permitted = on.endsWith('Bucket') ? this.ofBucket(on, asset) : this.ofKey(on as typeof KEYS[number], asset);
    return { name: `only trusted identities: ${on}`, asset, about: TRUE, permitted };
  }

  /** Who does what from outside the networks of the environment and, for releases, of the stages. */
  public async expectedNetworks(on: typeof BUCKETS[number]): Promise<Theorem> {
    const asset = await this.asset(on);
    const exceptions: Record<typeof on, Permitted[]> = {
      dataBucket: [{ name: 'data preparation, through Athena', request: and(asset.isBy(this.arnOf('dataPreparation')), asset.has('aws:CalledViaFirst', 'athena.amazonaws.com')) }],
      modelBucket: [{
        name: 'SageMaker looks at models for notebooks and pipelines',
        request: and(
          asset.isBy(...['studioExecution', 'dataPreparation', 'pipelineExecution'].map((who) => this.arnOf(who))), asset.has('aws:ViaAWSService', 'true'), asset.does('s3:GetObject*'),
        ),
      }],
      releaseBucket: [{ name: 'reading in networks of the stages', request: and(isInStage(asset, 'aws:VpceAccount', 'aws:VpceOrgPaths'), asset.does('s3:GetObject*')) }],
    };
    return {
      name: `only from expected networks: ${on}`,
      asset,
      about: not(asset.isThrough(ACCOUNTS.data.id)),
      permitted: [
        { name: 'deployments, what the bucket is set to', request: and(asset.isBy(DEPLOYING), or(isSettings(asset), asset.does(...SETTINGS_READ, 's3:ListBucket'))) },
        ...INSPECTORS.map((who) => ({ name: `${who.split('/').pop()}, what the bucket is set to`, request: and(asset.isBy(who), asset.does(...SETTINGS_READ)) })),
        { name: 'Macie, what is in it', request: and(asset.isBy(MACIE), asset.does('s3:ListBucket', 's3:GetObject*')) },
        ...exceptions[on],
      ],
    };
  }

  /** Who has something encrypted or decrypted other than through the environment's network: nobody but by the services that it is for. */
  public async usedElsewhere(on: typeof KEYS[number]): Promise<Theorem> {
    const asset = await this.asset(on);
    return {
      name: `used by services only: ${on}`,
      asset,
      about: and(not(asset.isThrough(ACCOUNTS.data.id)), asset.does('kms:*crypt*', 'kms:Generate*', 'kms:Sign', 'kms:Verify*', 'kms:Derive*', 'kms:CreateGrant')),
      permitted: this.usesOf(on, asset),
    };
  }

  /** Everything is asked for over TLS. */
  public async encryptedInTransit(on: string): Promise<Theorem> {
    const asset = await this.asset(on);
    return { name: `only over TLS: ${on}`, asset, about: TRUE, permitted: [{ name: 'over TLS', request: asset.has('aws:SecureTransport', 'true') }] };
  }

  /** Whatever is written is encrypted with the bucket's own key: it is the default, and nothing else may be asked for. */
  public async encryptedWithItsKey(on: Bucket): Promise<Theorem> {
    const asset = await this.asset(on);
    const key = this.system.arnOf(KEY_OF[on], { on, does: '' } as Scenario);
    const [encryption, keyId, customers] = ['', '-aws-kms-key-id', '-customer-algorithm'].map((end) => `s3:x-amz-server-side-encryption${end}`);
    const without = (name: string) => not(asset.request.has(name));
    return {
      name: `only with its key: ${on}`,
      asset,
      about: isWriting(asset),
      permitted: [
        { name: 'the bucket\'s default', request: and(without(encryption), without(keyId), without(customers)) },
        { name: 'its key, by name', request: and(asset.has(encryption, 'aws:kms'), asset.has(keyId, key), without(customers)) },
        { name: 'its key, by name alone', request: and(without(encryption), asset.has(keyId, key), without(customers)) },
      ],
    };
  }

  private ofBucket(on: string, asset: Asset): Permitted[] {
    const { vocabulary, request } = asset;
    const changes = and(vocabulary.isOn('object', request.action), vocabulary.isCountedAs(['Write', 'Permissions management'], request.action));
    const abandoning = asset.does('s3:AbortMultipartUpload');
    const versions = asset.does('s3:DeleteObjectVersion*');
    const own = and(asset.isBy(`${OURS}:*`), not(isSettings(asset)), not(versions), on === 'releaseBucket' ? or(not(changes), abandoning) : TRUE);
    return [
      { name: 'the account\'s own, in the network', request: and(own, asset.isThrough(ACCOUNTS.data.id)) },
      { name: 'the account\'s own, elsewhere', request: and(own, not(asset.isThrough(ACCOUNTS.data.id))) },
      { name: 'settings, by deployments', request: and(asset.isBy(DEPLOYING), isSettings(asset)) },
      ...(on === 'releaseBucket' ? [
        { name: 'writing, by releases', request: and(asset.isBy(this.arnOf('release')), changes, not(isSettings(asset)), not(versions)) },
        ...readers(asset).flatMap(({ name, request: who, account: { id } }) => [
          { name: `reading in the stage's network, by ${name}`, request: and(who, isReading(asset), asset.isThrough(id)) },
          { name: `reading in another network of the stage, by ${name}`, request: and(who, isReading(asset), not(asset.isThrough(id))) },
        ]),
      ] : []),
    ];
  }

  private ofKey(on: typeof KEYS[number], asset: Asset): Permitted[] {
    const looking = and(asset.isBy(`${OURS}:*`), asset.vocabulary.isCountedAs(['Read', 'List'], asset.request.action));
    return [
      { name: 'looking at it, by the account\'s own in the network', request: and(looking, asset.isThrough(ACCOUNTS.data.id)) },
      { name: 'looking at it, by the account\'s own elsewhere', request: and(looking, not(asset.isThrough(ACCOUNTS.data.id))) },
      {
        name: 'administering it, by deployments',
        request: and(asset.isBy(DEPLOYING), not(asset.does('kms:*crypt*', 'kms:Generate*', 'kms:Sign', 'kms:Verify*', 'kms:Derive*', 'kms:CreateGrant'))),
      },
      ...this.usesOf(on, asset),
    ];
  }

  /** Who encrypts and decrypts with a key, and through which service. */
  private usesOf(on: typeof KEYS[number], asset: Asset): Permitted[] {
    const through = (services: string[]) => asset.has('kms:ViaService', ...services.map((service) => `${service}.${REGION}.amazonaws.com`));
    return [
      { name: 'grants for AWS services, by deployments', request: and(asset.isBy(DEPLOYING), asset.does('kms:CreateGrant'), asset.has('kms:GrantIsForAWSResource', 'true')) },
      { name: 'Macie', request: and(asset.isBy(MACIE), asset.does('kms:Decrypt'), through(['s3'])) },
      ...USES[on].flatMap(([who, does, services]) => who.flatMap((each) => does.flatMap((action) => services.map((service) => (
        { name: `${each} ${action} through ${service}`, request: and(asset.isBy(this.arnOf(each)), asset.does(action), through([service])) }))))),
      ...(on === 'releaseKey' ? [
        ...readers(asset).map(({ name, request: who }) => ({ name, request: and(who, asset.does('kms:Decrypt'), through(['s3'])) })),
        {
          name: 'namesakes of these in the environment\'s own account, where that is in the unit',
          request: and(asset.isBy(`${OURS}:*`), asset.isBy(...STAGE_READERS), asset.has('aws:PrincipalOrgPaths', WITHIN_UNIT), asset.does('kms:Decrypt'), through(['s3'])),
        },
      ] : []),
    ];
  }

  private asset(on: string): Promise<Asset> {
    const asset = this.assets.get(on) ?? Asset.of(on, this.system);
    this.assets.set(on, asset);
    return asset;
  }

  private arnOf(who: string): string {
    return this.system.who({ who } as Scenario)!.arn;
  }
}

/** What AWS counts as changing the bucket itself, and who may do what with an object. */
function isSettings({ vocabulary, request: { action } }: Asset): Term {
  return or(
    and(vocabulary.isOn('bucket', action), vocabulary.isCountedAs(['Write', 'Tagging', 'Permissions management'], action)),
    and(vocabulary.isOn('object', action), vocabulary.isCountedAs(['Permissions management'], action)),
    vocabulary.isNamed(['s3:PutObjectRetention', 's3:PutObjectLegalHold'], action),
  );
}

/** What AWS counts as writing objects, and not as changing who may do what with them. */
function isWriting({ vocabulary, request: { action } }: Asset): Term {
  return and(vocabulary.isOn('object', action), vocabulary.isCountedAs(['Write'], action), not(vocabulary.isCountedAs(['Permissions management'], action)));
}

function isReading(asset: Asset): Term {
  return asset.does('s3:GetObject', 's3:GetObjectVersion');
}

/** Who reads releases: models and monitoring of the staging account by its number, and of all in production's unit. */
function readers(asset: Asset): (Permitted & { account: Account })[] {
  const account = asset.has('aws:PrincipalAccount', ACCOUNTS.target.id), unit = asset.has('aws:PrincipalOrgPaths', WITHIN_UNIT);
  const who = and(asset.isBy(...STAGE_READERS), not(asset.isBy(`${OURS}:*`)));
  return [
    { name: 'models and monitoring of an account', request: and(who, account, not(unit)), account: ACCOUNTS.target },
    { name: 'models and monitoring of a unit', request: and(who, unit, not(account)), account: ACCOUNTS.production },
    { name: 'models and monitoring of an account in the unit', request: and(who, unit, account), account: ACCOUNTS.target },
  ];
}

/** Whether something is of the staging account, or of any account of production's unit. */
function isInStage(asset: Asset, account: string, paths: string): Term {
  return or(asset.has(account, ACCOUNTS.target.id), asset.has(paths, WITHIN_UNIT));
}
