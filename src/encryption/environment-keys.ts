import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Alias, IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { LOOKING_AT_KEYS } from './key-actions';
import { ManagedKeysOptions } from './managed-keys-options';
import { EnvironmentNames, KeyPurpose } from '../names';
import { FromKeysOptions, GivenKeys, givenKeyOf } from './existing-keys';
import { KeySource } from './key-source';
import { ownAccount } from '../private/arn';
import { InputCheck } from '../private/input-check';
import { throwValidationError } from '../private/invalid-input';
import { checkKey } from '../private/key-rules';
import { pascalCase } from '../private/pascal-case';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { checkRequired, kind, oneOf } from '../private/required-input';
import { ClosedKey } from './private/closed-key';

/** Properties of the keys of an environment. @internal */
export interface EnvironmentKeysProps {
  /** The names of the environment, from which the key aliases are named. */
  readonly names: EnvironmentNames;

  /**
   * Removal policy of created keys.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`: without its key, data is as good as gone.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Origin of the keys.
   *
   * @default EnvironmentKeys.managed()
   */
  readonly source?: KeySource;

  /**
   * Whether there is a key for MLflow.
   *
   * @default false
   */
  readonly mlflow?: boolean;

  /**
   * Whether there is a key for feature groups.
   *
   * @default false
   */
  readonly featureStore?: boolean;

  /**
   * Key of an offline store that exists, which is then that of feature groups.
   *
   * @default - the key of `source`, or a new one
   */
  readonly offlineStoreKey?: IKey;
}

/**
 * The customer-managed KMS keys of an environment, one for each purpose.
 *
 * The policy of a created key lets nobody use it at first. `DataPerimeter.applyToKey` adds the roles, services and networks that may.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export class EnvironmentKeys extends Construct {
  /** Only the library makes it. @internal */
  public static _create(scope: Construct, id: string, props: EnvironmentKeysProps): EnvironmentKeys {
    return new EnvironmentKeys(scope, id, props);
  }

  /** Creates all keys. */
  public static managed(options: ManagedKeysOptions = {}): KeySource {
    return EnvironmentKeys.fromKeys(options);
  }

  /** Uses keys that exist already, and creates those that are not listed. */
  public static fromKeys(options: FromKeysOptions): KeySource {
    checkRequired('EnvironmentKeys.fromKeys', { options }, { options: kind('keys by their purposes, such as { data: key }', (value) => typeof value === 'object') });
    return KeySource._of(options);
  }

  /** Key of the storage volumes of spaces, jobs and endpoints. */
  public readonly volumes: IKey;
  /** Key of the home file system of the Studio domain. */
  public readonly studioStorage: IKey;
  /** Key of the data bucket. */
  public readonly data: IKey;
  /** Key of the models bucket. */
  public readonly models: IKey;
  /** Key of the releases bucket. */
  public readonly releases: IKey;
  /** Key of evaluation reports, pipeline artifacts and the repositories of projects. */
  public readonly artifacts: IKey;
  /** Key of artifacts of MLflow runs, if the environment has `mlflow`. */
  public readonly mlflowArtifacts?: IKey;
  /** Key of online and offline stores of feature groups, if the environment has `featureStore`. */
  public readonly featureGroups?: IKey;
  /** Key of log groups. */
  public readonly logs: IKey;

  private readonly created = new Map<KeyPurpose, Key>();

  private constructor(scope: Construct, id: string, private readonly props: EnvironmentKeysProps) {
    super(scope, id);
    const { pendingWindow: _window, rotationPeriod: _period, ...given } = this.options;
    this.check(given);
    const removalPolicy = removalOf(this, props.removalPolicy);
    const keyFor = (purpose: KeyPurpose) => givenKeyOf(given, purpose) ?? this.create(purpose, removalPolicy);
    this.volumes = keyFor(KeyPurpose.VOLUMES);
    this.studioStorage = keyFor(KeyPurpose.STUDIO_STORAGE);
    this.data = keyFor(KeyPurpose.DATA);
    this.models = keyFor(KeyPurpose.MODELS);
    this.releases = keyFor(KeyPurpose.RELEASES);
    this.artifacts = keyFor(KeyPurpose.ARTIFACTS);
    this.mlflowArtifacts = props.mlflow ? keyFor(KeyPurpose.MLFLOW) : undefined;
    this.featureGroups = props.featureStore ? props.offlineStoreKey ?? keyFor(KeyPurpose.FEATURE_STORE) : undefined;
    this.logs = keyFor(KeyPurpose.LOGS);
  }

  /** Purposes for which there is a key. */
  public get purposes(): KeyPurpose[] {
    const absent = [...this.mlflowArtifacts ? [] : [KeyPurpose.MLFLOW], ...this.featureGroups ? [] : [KeyPurpose.FEATURE_STORE]];
    return Object.values(KeyPurpose).filter((purpose) => !absent.includes(purpose));
  }

  /**
   * Returns the key of a purpose.
   *
   * @throws for MLflow and feature groups in an environment without them
   */
  public key(purpose: KeyPurpose): IKey {
    checkRequired(this, { purpose }, { purpose: PURPOSE });
    switch (purpose) {
      case KeyPurpose.VOLUMES: return this.volumes;
      case KeyPurpose.STUDIO_STORAGE: return this.studioStorage;
      case KeyPurpose.DATA: return this.data;
      case KeyPurpose.MODELS: return this.models;
      case KeyPurpose.RELEASES: return this.releases;
      case KeyPurpose.ARTIFACTS: return this.artifacts;
      case KeyPurpose.MLFLOW: return this.mlflowArtifacts ?? this.refuse(purpose, 'The environment has no key for MLflow: set mlflow');
      case KeyPurpose.FEATURE_STORE: return this.featureGroups ?? this.refuse(purpose, 'The environment has no key for feature groups: set featureStore');
      case KeyPurpose.LOGS: return this.logs;
    }
  }

  /** Returns true if the key of a purpose existed already, so that its policy is its owner's. */
  public isImported(purpose: KeyPurpose): boolean {
    checkRequired(this, { purpose }, { purpose: PURPOSE });
    return !this.created.has(purpose);
  }

  /** Keeps the key of repositories of projects, which outlive their projects and so their environment. @internal */
  public _keepForRepositories(): void {
    this.created.get(KeyPurpose.ARTIFACTS)?.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }

  private get options(): FromKeysOptions {
    return this.props.source?._options ?? {};
  }

  private refuse(purpose: KeyPurpose, remedy: string): never {
    throwValidationError(this, { property: 'purpose', value: purpose, rule: 'be one of `purposes`', remedy });
  }

  private check(given: GivenKeys): void {
    const { pendingWindow, rotationPeriod } = this.options;
    const check = new InputCheck(this)
      .daysBetween('pendingWindow', pendingWindow, 7, 30)
      .daysBetween('rotationPeriod', rotationPeriod, 90, 2560);
    const { region } = Stack.of(this);
    for (const [name, option] of [['mlflowArtifacts', 'mlflow'], ['featureGroups', 'featureStore']] as const) {
      if (given[name] === undefined || this.props[option]) continue;
      check.report(`keys.${name}`, given[name], `be given together with ${option}`, `Set ${option} on the environment, or leave out its key`);
    }
    const { offlineStoreKey } = this.props;
    check.that('keys.featureGroups', given.featureGroups, ({ keyArn }) => offlineStoreKey === undefined || keyArn === offlineStoreKey.keyArn,
      'be the key of storage.existingBuckets.offlineStore', 'Online and offline stores have one key: leave it out');
    for (const [name, key] of Object.entries(given) as [string, IKey | undefined][]) {
      checkKey(check, `keys.${name}`, key);
      if (key === undefined || Token.isUnresolved(region) || Token.isUnresolved(key.env.region) || key.env.region === region) continue;
      check.report(`keys.${name}`, key.env.region, `be a key in the environment's region, ${region}`, 'Replicate the key or give one of that region');
    }
    check.throwIfInvalid();
  }

  private create(purpose: KeyPurpose, removalPolicy: RemovalPolicy): Key {
    const id = pascalCase(purpose);
    const key = new ClosedKey(this, id, {
      description: `${DESCRIPTIONS[purpose]} of the data-science environment ${this.props.names.environmentName}`,
      enableKeyRotation: true,
      rotationPeriod: this.options.rotationPeriod ?? Duration.days(365),
      pendingWindow: this.options.pendingWindow ?? Duration.days(30),
      removalPolicy,
      policy: new PolicyDocument({ statements: [lookingAt(this)] }),
    });
    new Alias(key, 'EnvironmentAlias', { aliasName: this.props.names.keyAlias(purpose), targetKey: key, removalPolicy });
    keepWithoutFlag(key);
    this.created.set(purpose, key);
    return key;
  }
}

const PURPOSE = oneOf(KeyPurpose, 'KeyPurpose');

const DESCRIPTIONS: Record<KeyPurpose, string> = {
  [KeyPurpose.VOLUMES]: 'Storage volumes',
  [KeyPurpose.STUDIO_STORAGE]: 'Studio storage',
  [KeyPurpose.DATA]: 'Data',
  [KeyPurpose.MODELS]: 'Models',
  [KeyPurpose.RELEASES]: 'Released models',
  [KeyPurpose.ARTIFACTS]: 'Reports and pipeline artifacts',
  [KeyPurpose.MLFLOW]: 'Artifacts of MLflow runs',
  [KeyPurpose.FEATURE_STORE]: 'Feature groups',
  [KeyPurpose.LOGS]: 'Logs',
};


/** Whom the account lets look at keys may look at this one: nothing is used or changed by it. */
function lookingAt(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    sid: 'LookAtTheKey',
    principals: [ownAccount(scope)],
    actions: LOOKING_AT_KEYS,
    resources: ['*'], // in a key policy: this key
  });
}
