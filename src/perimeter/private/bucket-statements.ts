import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { BucketUse, isOfProjects, Reach } from '../../roles/bucket-use';
import { CARDS, rolesUsing } from '../../roles/cards';
import { keysOf } from '../../roles/statements/artifact-keys';
import { GROUND_TRUTH } from '../../roles/targets/capture-folders';
import { BucketKind } from '../bucket-kind';
import { ExpectedNetworks } from '../expected-networks';
import { CHANGING_SETTINGS, CONFIGURATION, DELETING_VERSIONS, ENCRYPTING_OBJECTS, ENCRYPTING_WITH_CUSTOMER_KEYS, FINDING_BUCKETS, READING_OBJECTS, WRITING_OBJECTS } from './bucket-actions';
import { denyAllBut, deny, everythingOf, exceptFor, orNobody } from './bucket-denies';
import { BucketOptions, NOBODY, Openings, Promotion } from './bucket-options';
import { BY_ATHENA, Conditions, allOf, listOrText } from '../conditions';
import { Principals } from './principals';
import { StageConditions } from './stage-conditions';
import { notOfAccount } from '../../private/locked-bucket';

/** The roles that use a bucket so, as their cards say. */
const using = (bucket: BucketUse['bucket'], reach?: Reach) => rolesUsing((use) => use.bucket === bucket && (reach === undefined || use.reach === reach));
const writing = (bucket: BucketUse['bucket']) => rolesUsing((use) => use.bucket === bucket && use.writes === true);

/** Compiles the perimeter's facts to the policy of a bucket. Nothing else writes such conditions. */
export class BucketStatements {
  constructor(
    private readonly names: EnvironmentNames,
    private readonly principals: Principals,
    private readonly networks: ExpectedNetworks,
    private readonly stages: StageConditions,
    private readonly options: BucketOptions = {},
  ) {}

  /** The whole policy of a bucket. */
  public of(bucket: IBucket, trust: BucketKind): PolicyStatement[] {
    const { queriedBy, promotion, fetchers } = this.options;
    const common = [this.onlyTls(bucket), this.settings(bucket, trust), this.versionsStay(bucket)];
    switch (trust) {
      case BucketKind.DATA:
        return [...common, ...this.ownEncryption(bucket), ...this.network(bucket, { queriedBy }), ...this.queries(bucket)];
      case BucketKind.CAPTURE:
        return [...common, ...this.ownEncryption(bucket), ...this.network(bucket, {})];
      case BucketKind.MODELS:
        return [...common, ...this.ownEncryption(bucket), ...this.network(bucket, { forwardedReaders: using('models', 'forwarded') })];
      case BucketKind.REPORTS:
        return [...common, ...this.ownEncryption(bucket), ...this.network(bucket, { readers: using('reports', 'service'), browsers: using('reports', 'browsed') })];
      case BucketKind.RELEASES:
        return [
          ...common, ...this.ownEncryption(bucket), this.writtenBy(bucket, ...writing('releases')),
          ...this.network(bucket, { stages: true, fetchers }), ...this.readByStages(bucket),
        ];
      case BucketKind.PROMOTED:
        return [...common, ...this.ownEncryption(bucket), ...(promotion ? this.promoted(bucket, promotion) : this.network(bucket, { fetchers }))];
      case BucketKind.ARTIFACTS:
        return [
          ...common, ...this.ownEncryption(bucket), this.writtenBy(bucket, ...writing('artifacts')), ...this.limited(bucket),
          ...this.network(bucket, { readers: [], services: using('artifacts', 'service') }),
        ];
      case BucketKind.MLFLOW:
        return [
          ...common, ...this.ownEncryption(bucket), this.writtenBy(bucket, ...writing('mlflow')),
          ...this.network(bucket, { readers: [], services: using('mlflow', 'service') }),
        ];
      case BucketKind.OFFLINE_STORE:
        return [
          ...common, ...this.ownEncryption(bucket), this.writtenBy(bucket, ...writing('offlineStore')),
          ...this.network(bucket, { writers: using('offlineStore', 'service') }),
        ];
      case BucketKind.TEMPLATES:
        return [
          ...common, this.writtenBy(bucket, ...writing('templates')), this.notToOtherAccounts(bucket),
          this.readBy(bucket, [...using('templates'), ...this.stages.promoters]),
        ];
      case BucketKind.ACCESS_LOGS:
        return [...common, this.logDelivery(bucket)];
    }
  }

  /** Roles that are not ours, for which the key of what is captured is open: they write the right answers, and see nothing. */
  public groundTruth(bucket: IBucket, writers: string[]): PolicyStatement[] {
    if (writers.length === 0) return [];
    const toWriters = { ArnEquals: { 'aws:PrincipalArn': writers } }, written = bucket.arnForObjects(`${GROUND_TRUTH}*`);
    const onlyPut = deny('DenyAllButWritingToGroundTruthWriters', [], [written], toWriters);
    onlyPut.addNotActions('s3:PutObject', 's3:AbortMultipartUpload');
    return [
      new PolicyStatement({
        sid: 'DenyRestToGroundTruthWriters', effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['s3:*'], notResources: [written], conditions: toWriters,
      }),
      onlyPut,
    ];
  }

  private onlyTls(bucket: IBucket): PolicyStatement {
    return deny('DenyPlainHttp', ['s3:*'], everythingOf(bucket), { Bool: { 'aws:SecureTransport': 'false' } });
  }

  /**
   * A header that is present and foreign. Many writers send none and get the bucket's default, which is ours; who asks for
   * AWS KMS and names no key gets AWS's own.
   *
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
   */
  private ownEncryption(bucket: IBucket): PolicyStatement[] {
    const header = 's3:x-amz-server-side-encryption', keyHeader = 's3:x-amz-server-side-encryption-aws-kms-key-id', customerHeader = 's3:x-amz-server-side-encryption-customer-algorithm';
    const objects = [bucket.arnForObjects('*')];
    return [
      deny('DenyOtherEncryption', ENCRYPTING_OBJECTS, objects, { Null: { [header]: 'false' }, StringNotEquals: { [header]: 'aws:kms' } }),
      deny('DenyEncryptionWithoutKey', ENCRYPTING_OBJECTS, objects, { Null: { [header]: 'false', [keyHeader]: 'true' } }),
      ...(bucket.encryptionKey
        ? [deny('DenyForeignKey', ENCRYPTING_OBJECTS, objects, { Null: { [keyHeader]: 'false' }, StringNotEquals: { [keyHeader]: bucket.encryptionKey.keyArn } })]
        : []),
      deny('DenyCustomerProvidedKey', ENCRYPTING_WITH_CUSTOMER_KEYS, objects, { Null: { [customerHeader]: 'false' } }),
    ];
  }

  /**
   * How a bucket is set up is changed by the deploying roles. Feature Store writes objects with an ACL that gives them to the bucket's
   * owner, whose they are in any case, because ACLs of the bucket are off; to others writing is denied there, ACLs included.
   */
  private settings(bucket: IBucket, trust: BucketKind): PolicyStatement {
    const actions = trust === BucketKind.OFFLINE_STORE ? CHANGING_SETTINGS.filter((action) => action !== 's3:PutObjectAcl') : CHANGING_SETTINGS;
    return deny('DenySettingsToOthers', actions, everythingOf(bucket), exceptFor(this.principals.deploying));
  }

  /** Nobody removes versions, except who empties a bucket that is destroyed by choice. Lifecycle rules do it without a principal. */
  private versionsStay(bucket: IBucket): PolicyStatement {
    const { emptying } = this.principals;
    return deny('DenyDeletingVersions', DELETING_VERSIONS, [bucket.arnForObjects('*')], emptying.length > 0 ? exceptFor(emptying) : {});
  }

  private writtenBy(bucket: IBucket, ...roles: EnvironmentRole[]): PolicyStatement {
    // Who empties a destroyed bucket deletes versions, for which S3 may ask for s3:DeleteObject as well.
    return deny('DenyWritingToOthers', WRITING_OBJECTS, [bucket.arnForObjects('*')], exceptFor(this.principals.rolesAnd(roles, this.principals.emptying)));
  }

  /**
   * Whoever writes copies comes from the environment's network, as a role of this account; all others from the network here.
   * SageMaker reads for the role when it registers a version.
   */
  private promoted(bucket: IBucket, { roleArns, account }: Promotion): PolicyStatement[] {
    const { macie, emptying } = this.principals;
    const objects = [bucket.arnForObjects('*')], outside = this.outside({}, false);
    const elsewhere = allOf(outside, { StringNotEquals: { 'aws:VpceAccount': account }, ArnEquals: { 'aws:PrincipalArn': listOrText(roleArns) } });
    return [
      deny('DenyWritingToOthers', WRITING_OBJECTS, [bucket.arnForObjects('*')], exceptFor([...roleArns, ...emptying])),
      this.configuring(bucket, {}),
      ...this.copies(bucket, outside, [...roleArns, macie, ...emptying]),
      denyAllBut('DenyPromotionFromElsewhere', READING_OBJECTS, everythingOf(bucket), elsewhere),
      deny('DenyReadingFromElsewhere', READING_OBJECTS, objects, allOf(elsewhere, { BoolIfExists: { 'aws:ViaAWSService': 'false' } })),
    ];
  }

  /** Nothing of copies is for others; where SageMaker fetches them from its own network, reading is a deny of its own. */
  private copies(bucket: IBucket, outside: Conditions, arns: string[]): PolicyStatement[] {
    const { fetchers } = this.options;
    if (fetchers === undefined) return this.rest(bucket, CONFIGURATION, outside, [], arns);
    return [
      deny('DenyReadingFromOutside', READING_OBJECTS, [bucket.arnForObjects('*')], allOf(outside, exceptFor([...arns, ...fetchers.arns]))),
      ...this.rest(bucket, [...CONFIGURATION, ...READING_OBJECTS], outside, [], arns, fetchers),
    ];
  }

  /**
   * Roles that write some keys of a bucket, and no others. A build runs code that anybody may have pushed, with credentials that
   * write: what it could put in the place of a release would be deployed past the approval.
   */
  private limited(bucket: IBucket): PolicyStatement[] {
    return CARDS.flatMap(({ role, buckets }) => {
      const limits = buckets.filter(isOfProjects).filter(({ artifact, prefixes }) => (artifact ?? prefixes) !== undefined);
      return limits.length === 0 ? [] : [new PolicyStatement({
        sid: `DenyOtherArtifactsTo${limits[0].limitedAs}`,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: WRITING_OBJECTS,
        notResources: limits.flatMap(({ artifact, prefixes = [] }) => (artifact === undefined ? prefixes : [keysOf(this.names, artifact)])).map((prefix) => bucket.arnForObjects(`${prefix}*`)),
        conditions: { ArnEquals: { 'aws:PrincipalArn': this.principals.roles(role) } },
      })];
    });
  }

  /**
   * Requests from anywhere else. One deny for configuration, one for reading objects, one for finding the bucket and one for
   * the rest, so that each exemption stays as narrow as its reason.
   */
  private network(bucket: IBucket, open: Openings): PolicyStatement[] {
    const { roles, arns } = open.fetchers ?? NOBODY, { services = [], writers = [] } = open;
    return [
      this.configuring(bucket, open),
      ...this.reading([bucket.arnForObjects('*')], this.outside(open, open.stages ?? false), open),
      ...this.rest(bucket, [...CONFIGURATION, ...READING_OBJECTS], this.outside(open, false), [...services, ...writers], this.principals.emptying, {
        roles: [...services, ...roles], arns: [...this.inspecting(open), ...arns],
      }),
    ];
  }

  /** What is neither configuration nor reading. Deploying roles find the bucket, and do nothing else of it. */
  private rest(
    bucket: IBucket, others: string[], outside: Conditions, roles: EnvironmentRole[], arns: string[], finders = NOBODY,
  ): PolicyStatement[] {
    const { principals } = this;
    const finding = exceptFor(principals.rolesAnd(finders.roles, [...arns, ...principals.deploying, ...finders.arns]));
    return [
      deny('DenyFindingFromOutside', FINDING_BUCKETS, [bucket.bucketArn], allOf(outside, finding)),
      denyAllBut('DenyRestFromOutside', [...others, ...FINDING_BUCKETS], everythingOf(bucket), allOf(outside, orNobody(principals.rolesAnd(roles, arns)))),
    ];
  }

  private configuring(bucket: IBucket, open: Openings): PolicyStatement {
    const { configurationReaders, deploying, emptying } = this.principals;
    const services = [...open.services ?? [], ...open.writers ?? []];
    const exempt = this.principals.rolesAnd(services, [...this.inspecting(open), ...configurationReaders, ...deploying, ...emptying]);
    return deny('DenyConfigurationFromOutside', CONFIGURATION, [bucket.bucketArn], allOf(this.outside(open, false), exceptFor(exempt)));
  }

  private reading(objects: string[], outside: Conditions, open: Openings): PolicyStatement[] {
    const inspecting = this.inspecting(open);
    if (open.forwardedReaders === undefined) {
      const { readers = [], services = [], fetchers = NOBODY } = open, { peopleCidrs = [] } = this.options;
      const browsers = peopleCidrs.length > 0 ? open.browsers ?? [] : [];
      const exempt = this.principals.rolesAnd([...readers, ...services, ...fetchers.roles, ...browsers], [...inspecting, ...fetchers.arns]);
      return [
        deny('DenyReadingFromOutside', READING_OBJECTS, objects, allOf(outside, exceptFor(exempt))),
        ...browsers.length === 0 ? [] : [deny('DenyBrowsingFromElsewhere', READING_OBJECTS, objects, allOf(outside, {
          NotIpAddress: { 'aws:SourceIp': [...this.networks.corporateCidrs ?? [], ...peopleCidrs] }, ArnEquals: { 'aws:PrincipalArn': this.principals.roles(...browsers) },
        }))],
      ];
    }
    // By the service's flag alone, a job's stolen credentials would read through any service that forwards them; by the
    // role alone, stolen credentials of the role would read from anywhere. Both must hold.
    return [
      deny('DenyReadingFromOutside', READING_OBJECTS, objects,
        allOf(outside, { BoolIfExists: { 'aws:ViaAWSService': 'false' } }, exceptFor(inspecting))),
      deny('DenyForwardedReadingToOthers', READING_OBJECTS, objects, allOf(outside, exceptFor(this.principals.rolesAnd(open.forwardedReaders, inspecting)))),
    ];
  }

  /**
   * Athena works from its own network, so the denies of the network let it pass, and this one says for whom. That they came
   * to Athena from the environment's network, the role's own permissions demand: S3 sees no endpoint any more.
   */
  private queries(bucket: IBucket): PolicyStatement[] {
    const { queriedBy } = this.options;
    if (queriedBy === undefined) return [];
    return [deny('DenyQueriesOfOthers', ['s3:*'], everythingOf(bucket), allOf({ StringEquals: BY_ATHENA }, exceptFor(this.principals.roles(...queriedBy))))];
  }

  /** Macie looks for sensitive data; in reports there is none. */
  private inspecting({ readers }: Openings): string[] {
    return readers === undefined ? [this.principals.macie] : [];
  }

  /** Stages read objects and do nothing else: only that deny knows their endpoints. */
  private outside(open: Openings, stages: boolean): Conditions {
    return allOf(
      { StringNotEquals: { 'aws:SourceVpce': this.networks.s3EndpointIds, ...(open.queriedBy ? BY_ATHENA : {}) } },
      this.networks.corporateCidrs?.length ? { NotIpAddress: { 'aws:SourceIp': this.networks.corporateCidrs } } : {},
      stages ? this.stages.reading.notThroughTheirEndpoints : {},
    );
  }

  /** Whatever a foreign account's identity says: nothing here is for it. */
  private notToOtherAccounts(bucket: IBucket): PolicyStatement {
    return deny('DenyOtherAccounts', ['s3:*'], everythingOf(bucket), notOfAccount(this.names.account));
  }

  /** By name, because no network tells a browser of ours from another. */
  private readBy(bucket: IBucket, roles: EnvironmentRole[]): PolicyStatement {
    return deny('DenyReadingToOthers', READING_OBJECTS, [bucket.arnForObjects('*')], exceptFor(this.principals.rolesAnd(roles, [...this.principals.deploying, ...this.principals.emptying])));
  }

  /** Other accounts come in by organization path or account list, and by the exact name of their model role. */
  private readByStages(bucket: IBucket): PolicyStatement[] {
    const { releaseReaders, modelRoles } = this.stages.reading;
    return [
      ...this.toStages('AllowStages', ['s3:GetObject', 's3:GetObjectVersion'], bucket.arnForObjects('*'), releaseReaders),
      ...this.options.fetchers ? this.toStages('AllowStagesToFind', FINDING_BUCKETS, bucket.bucketArn, modelRoles) : [],
    ];
  }

  private toStages(sid: string, actions: string[], resource: string, arns: string[]): PolicyStatement[] {
    const { principals } = this.stages.reading;
    return (arns.length === 0 ? [] : principals).map((belongs) => new PolicyStatement({
      sid: `${sid}By${belongs.StringEquals ? 'Account' : 'Unit'}`,
      principals: [new AnyPrincipal()],
      actions,
      resources: [resource],
      conditions: allOf(belongs, { ArnLike: { 'aws:PrincipalArn': arns } }),
    }));
  }

  private logDelivery(bucket: IBucket): PolicyStatement {
    return new PolicyStatement({
      sid: 'AllowLogDelivery',
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceAccount': this.names.account } },
    });
  }
}
