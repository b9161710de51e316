import { Annotations, Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketEncryption, BucketProps, CfnBucket, CorsRule, HttpMethods, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IDependable } from 'constructs';
import { EnvironmentKeys } from '../encryption';
import { EnvironmentNames, KeyPurpose } from '../names';
import { BucketKind, DataPerimeter } from '../perimeter';
import { MlflowArtifacts } from './mlflow-artifacts';
import { OfflineStore } from './offline-store';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { encryptedBy } from '../private/locked-bucket';
import { isOfAnotherAccount, policyOutput } from '../private/owner-account';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { BUCKETS } from './private/acknowledgements';
import { BucketEmptying } from './private/bucket-emptying';
import { ClosedBucket } from './private/closed-bucket';
import { checkExistingBuckets } from './private/existing-bucket-rules';
import { checkExistingRepositories } from './private/existing-repository-rules';
import { checkLocks } from './private/lock-rules';
import { PREFIX, PREFIX_RULE } from './private/prefixes';
import { ProjectBuckets } from './project-buckets';
import { StorageGrants } from './storage-grants';
import { StorageOptions } from './storage-options';

/** Properties of the buckets of an environment. @internal */
export interface EnvironmentStorageProps extends StorageOptions {
  /** The names of the environment, from which the releases bucket and the role that empties buckets are named. */
  readonly names: EnvironmentNames;

  /** The data perimeter, which writes the bucket policies. */
  readonly perimeter: DataPerimeter;

  /** The keys that encrypt the buckets. */
  readonly keys: EnvironmentKeys;

  /**
   * Removal policy of the buckets.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`, and requires a data perimeter with
   * `allowBucketEmptying`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The S3 buckets of an environment, each with other callers, and so with a policy and a KMS key of its own. */
export class EnvironmentStorage extends Construct {
  /** Only the library makes it. @internal */
  public static _create(scope: Construct, id: string, props: EnvironmentStorageProps): EnvironmentStorage {
    return new EnvironmentStorage(scope, id, props);
  }

  /** The data bucket, which the environment's roles read everywhere and write under the output prefixes. */
  public readonly dataBucket: IBucket;
  /** The bucket of model artifacts that training jobs write. */
  public readonly modelsBucket: IBucket;
  /** The bucket of model artifacts of approved model versions. */
  public readonly releasesBucket: IBucket;
  /** The bucket of evaluation reports, which hold metrics and no data. */
  public readonly reportsBucket: IBucket;
  /** The bucket of S3 server access logs of the other buckets. */
  public readonly accessLogsBucket: IBucket;
  /** Grants of access to the objects in these buckets. */
  public readonly grants: StorageGrants;
  /** Prefixes of the data bucket that workloads may write. */
  public readonly outputPrefixes: string[];

  private projectBuckets?: ProjectBuckets;
  private mlflowArtifacts?: MlflowArtifacts;
  private featureGroups?: OfflineStore;
  private readonly emptying?: BucketEmptying;
  private accessLogsEmptied?: IDependable;
  private readonly required = new Map<string, PolicyStatement[]>();

  private constructor(scope: Construct, id: string, private readonly props: EnvironmentStorageProps) {
    super(scope, id);
    acknowledge(this, BUCKETS);
    this.check(props);
    const { names, keys, existingBuckets: existing = {} } = props;
    const removalPolicy = removalOf(this, props.removalPolicy);
    this.outputPrefixes = props.outputPrefixes ?? ['outputs/'];
    if (removalPolicy === RemovalPolicy.DESTROY) {
      this.emptying = new BucketEmptying(this, 'Emptying', { names, logsKey: keys.logs });
    }
    this.accessLogsBucket = existing.accessLogsBucket === undefined
      ? this.secured(BucketKind.ACCESS_LOGS, this.makeAccessLogs(removalPolicy))
      : this.accept('AccessLogs', BucketKind.ACCESS_LOGS, existing.accessLogsBucket);
    this.dataBucket = this.place('Data', BucketKind.DATA, existing.dataBucket, keys.data, removalPolicy);
    if (props.eventBridgeEnabled) {
      (this.dataBucket.node.defaultChild as CfnBucket).notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
    this.modelsBucket = this.place('Models', BucketKind.MODELS, existing.modelsBucket, keys.models, removalPolicy);
    this.releasesBucket = this.place('Releases', BucketKind.RELEASES, existing.releasesBucket, keys.releases, removalPolicy, {
      bucketName: names.releasesBucketName, objectLockDefaultRetention: props.releasesObjectLock,
    });
    this.reportsBucket = this.place('Reports', BucketKind.REPORTS, existing.reportsBucket, keys.artifacts, removalPolicy, {
      objectLockDefaultRetention: props.reportsObjectLock,
    });
    const { dataBucket: data, modelsBucket: models, releasesBucket: releases, reportsBucket: reports, outputPrefixes } = this;
    this.grants = StorageGrants._of({ data, models, releases, reports, outputPrefixes });
  }

  /** The bucket of pipeline artifacts, or undefined before the first project template, which creates it. */
  public get artifactsBucket(): IBucket | undefined {
    return this.projectBuckets?.artifacts;
  }

  /** The bucket of project templates and seed code, or undefined before the first project template, which creates it. */
  public get templatesBucket(): IBucket | undefined {
    return this.projectBuckets?.templates;
  }

  /** Returns the buckets that project templates need, and creates them at the first call. @internal */
  public _forProjects(): ProjectBuckets {
    if (this.projectBuckets === undefined) {
      const { keys, existingBuckets: existing = {} } = this.props;
      const removalPolicy = removalOf(this, this.props.removalPolicy);
      this.projectBuckets = new ProjectBuckets(
        this.place('Artifacts', BucketKind.ARTIFACTS, existing.artifactsBucket, keys.artifacts, removalPolicy),
        existing.templatesBucket === undefined
          ? this.secured(BucketKind.TEMPLATES, this.makeTemplates(removalPolicy))
          : this.accept('Templates', BucketKind.TEMPLATES, existing.templatesBucket),
        this.props.names,
      );
    }
    return this.projectBuckets;
  }

  /** The artifact store of the MLflow tracking server, or undefined without one. */
  public get mlflowBucket(): IBucket | undefined {
    return this.mlflowArtifacts?.bucket;
  }

  /** Returns the artifact store of the MLflow tracking server, and creates it at the first call. @internal */
  public _forMlflow(): MlflowArtifacts {
    return this.mlflowArtifacts ??= new MlflowArtifacts(
      this.ofOption('Mlflow', BucketKind.MLFLOW, KeyPurpose.MLFLOW, this.props.existingBuckets?.mlflowBucket));
  }

  /** The bucket of offline stores of feature groups, or undefined without a feature store. */
  public get offlineStore(): IBucket | undefined {
    return this.featureGroups?.bucket;
  }

  /** Returns the bucket of offline stores of feature groups, and creates it at the first call. @internal */
  public _forFeatures(): OfflineStore {
    return this.featureGroups ??= new OfflineStore(
      this.ofOption('OfflineStore', BucketKind.OFFLINE_STORE, KeyPurpose.FEATURE_STORE, this.props.existingBuckets?.offlineStore));
  }

  /**
   * Allows the project page of Studio to read templates from the browser, by a CORS rule.
   *
   * The CORS rules of an existing bucket stay its owner's.
   *
   * @internal
   */
  public _enableStudioCors(): void {
    const { templates } = this._forProjects();
    if (templates instanceof Bucket && this.props.existingBuckets?.templatesBucket === undefined) templates.addCorsRule(FOR_STUDIO);
    else Annotations.of(this).addInfo(`The given templates bucket stays as it is: its owner must let ${FOR_STUDIO.allowedOrigins.join()} read it from browsers (CORS: GET and HEAD).`);
  }

  /**
   * Returns true if a bucket is one of the environment's, whether it was created here or existed before.
   *
   * This includes existing buckets of projects that no template uses yet.
   */
  public owns(bucket: IBucket): boolean {
    const { projectBuckets, props: { names, existingBuckets: existing = {} } } = this;
    const ofProjects = [existing.artifactsBucket, existing.templatesBucket, projectBuckets?.artifacts, projectBuckets?.templates];
    const ofWork = [this.dataBucket, this.modelsBucket, this.releasesBucket, this.reportsBucket, this.accessLogsBucket];
    const own = [...ofWork, this.mlflowBucket, this.offlineStore, existing.mlflowBucket, existing.offlineStore, ...ofProjects];
    return bucket.bucketName === names.releasesBucketName || own.some((one) => one?.bucketName === bucket.bucketName);
  }

  /**
   * Returns the statements that the owner of an existing bucket must add to the bucket policy.
   *
   * @returns no statements for buckets whose policy this app writes
   */
  public requiredStatements(bucket: IBucket): PolicyStatement[] {
    return this.required.get(bucket.node.path) ?? [];
  }

  private place(
    id: string, trust: BucketKind, given: IBucket | undefined, key: IKey, removalPolicy: RemovalPolicy, more: BucketProps = {},
  ): IBucket {
    return given === undefined
      ? this.secured(trust, this.make(id, key, removalPolicy, more))
      : this.accept(id, trust, given);
  }

  private make(id: string, key: IKey, removalPolicy: RemovalPolicy, more: BucketProps): Bucket {
    return new ClosedBucket(this, id, {
      ...more,
      ...encryptedBy(key),
      lifecycleRules: [{
        noncurrentVersionExpiration: this.props.noncurrentVersionExpiration ?? Duration.days(90),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        expiredObjectDeleteMarker: true,
      }],
      removalPolicy,
    });
  }

  /**
   * Templates and seed code are no secret, and are read by services for many callers: S3's own encryption does. Deployments
   * fill the bucket, so not even one that fails could take it back.
   */
  private makeTemplates(removalPolicy: RemovalPolicy): Bucket {
    return new ClosedBucket(this, 'Templates', {
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }], // versions of templates stay: projects were made from them
      removalPolicy: removalPolicy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE ? RemovalPolicy.RETAIN : removalPolicy,
    });
  }

  private ofOption(id: string, kind: BucketKind, purpose: KeyPurpose, given?: IBucket): IBucket {
    return this.place(id, kind, given, this.props.keys.key(purpose), removalOf(this, this.props.removalPolicy));
  }

  private makeAccessLogs(removalPolicy: RemovalPolicy): Bucket {
    return new ClosedBucket(this, 'AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED, // log delivery to a bucket with a customer-managed key is not supported everywhere
      lifecycleRules: [{
        expiration: this.props.accessLogExpiration ?? Duration.days(365),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      }],
      removalPolicy,
    });
  }

  private secured(trust: BucketKind, bucket: Bucket): Bucket {
    this.props.perimeter.applyToBucket(bucket, trust);
    keepWithoutFlag(bucket);
    if (trust !== BucketKind.ACCESS_LOGS) {
      // Not by the L2's property, which would write into the log bucket's policy: that is the perimeter's.
      (bucket.node.defaultChild as CfnBucket).loggingConfiguration = { destinationBucketName: this.accessLogsBucket.bucketName, logFilePrefix: `${trust}/` };
    }
    const emptied = this.emptying?.emptyBeforeDeletion(bucket);
    // Access logs are emptied when the buckets that write them are gone.
    if (trust === BucketKind.ACCESS_LOGS) this.accessLogsEmptied = emptied;
    else if (this.accessLogsEmptied) bucket.node.addDependency(this.accessLogsEmptied);
    return bucket;
  }

  private accept(id: string, trust: BucketKind, bucket: IBucket): IBucket {
    const { perimeter, updateExistingBucketPolicies = false } = this.props;
    if (updateExistingBucketPolicies) perimeter.applyToBucket(bucket, trust);
    else if (trust !== BucketKind.ACCESS_LOGS) perimeter.allowBucket(bucket); // S3 itself delivers to that one
    // A bucket that this app only knows of has no policy here, and takes statements without a word and without effect.
    if (updateExistingBucketPolicies && bucket.policy !== undefined) return bucket;
    const statements = perimeter.requiredBucketStatements(bucket, trust);
    this.required.set(bucket.node.path, statements);
    if (isOfAnotherAccount(bucket, this.props.names.account)) {
      policyOutput(this, `${id}Allows`, `Given ${id.toLowerCase()} bucket: what of requiredStatements() lets the environment in`, () => statements.filter(({ effect }) => effect === Effect.ALLOW));
    }
    const stays = `The policy of the given ${id.toLowerCase()} bucket stays as it is: requiredStatements() says what its owner must add.`;
    if (updateExistingBucketPolicies) Annotations.of(this).addWarningV2('cdk-secure-mlops:givenPolicyIsNotOurs', `${stays} updateExistingBucketPolicies reaches buckets that are made in this app only.`);
    else Annotations.of(this).addInfo(stays);
    return bucket;
  }

  private check(props: EnvironmentStorageProps): void {
    const { existingBuckets: existing = {}, eventBridgeEnabled, outputPrefixes } = props;
    const check = new InputCheck(this)
      .notEmpty('outputPrefixes', outputPrefixes, 'Jobs must write somewhere')
      .unique('outputPrefixes', outputPrefixes)
      .that('outputPrefixes', outputPrefixes, (prefixes) => prefixes.every((prefix) => Token.isUnresolved(prefix) || PREFIX.test(prefix)), `each ${PREFIX_RULE}`);
    check.daysBetween('noncurrentVersionExpiration', props.noncurrentVersionExpiration, 1);
    check.daysBetween('accessLogExpiration', props.accessLogExpiration, 1);
    if (eventBridgeEnabled && existing.dataBucket !== undefined) {
      check.report('eventBridgeEnabled', true, 'not be set for a given data bucket', 'Settings of a given bucket are its owner\'s: turn its events on where it is made');
    }
    checkLocks(check, props);
    checkExistingBuckets(this, check, props);
    checkExistingRepositories(check, props.existingRepositories, props.names);
    check.throwIfInvalid();
  }
}

/** By which Studio's pages read. */
const FOR_STUDIO: CorsRule = {
  allowedMethods: [HttpMethods.GET, HttpMethods.HEAD], allowedOrigins: ['https://*.sagemaker.aws'], allowedHeaders: ['*'], exposedHeaders: ['ETag'],
};
