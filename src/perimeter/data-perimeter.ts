import { Annotations, Aspects, Fn, Token } from 'aws-cdk-lib';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole, KeyPurpose } from '../names';
import { EndpointService, PrivateEndpoints } from '../network';
import { isAddressRange } from '../private/address-range';
import { InputCheck } from '../private/input-check';
import { keepPolicyWith } from '../private/removal';
import { checkRequired, listOf, structOf, TEXT } from '../private/required-input';
import { rolesUsing } from '../roles/cards';
import { DeploymentStage } from '../stages';
import { BucketKind } from './bucket-kind';
import { checkNetworks, ExpectedNetworks } from './expected-networks';
import { BucketStatements } from './private/bucket-statements';
import { DataSources } from './private/data-sources';
import { DEPLOYS_HERE, isOfAccount } from './private/deploying-accounts';
import { EndpointStatements, OwnedBucket } from './private/endpoint-statements';
import { eventBusStatements } from './private/event-bus-statements';
import { KeyStatements } from './private/key-statements';
import { addStatements, checkPolicySize } from './private/policy-size-check';
import { Principals } from './private/principals';
import { queryStatements } from './private/query-statements';
import { repositoryStatements } from './private/repository-statements';
import { SharedBuckets } from './private/shared-buckets';
import { StageConditions } from './private/stage-conditions';
import { TrustedIdentities } from './trusted-identities';
import { TrustedResources } from './trusted-resources';
import { NAMES } from '../names/kinds';

/** Properties of a data perimeter. */
export interface DataPerimeterProps {
  /** The names of the environment, from which policies know its roles. */
  readonly names: EnvironmentNames;

  /** Networks from which requests are expected. */
  readonly expectedNetworks: ExpectedNetworks;

  /**
   * ARNs of the roles that may change policies and settings of buckets and keys.
   *
   * Without them nobody could ever change them again.
   */
  readonly cloudFormationExecutionRoles: string[];

  /**
   * ARNs of roles that read settings of buckets from outside of the network, such as an auditor's.
   *
   * They read no objects.
   *
   * @default - only the service-linked roles of AWS Config and IAM Access Analyzer
   */
  readonly configurationReaders?: string[];

  /**
   * Identities whose credentials may be used in the network.
   *
   * @default TrustedIdentities.account()
   */
  readonly trustedIdentities?: TrustedIdentities;

  /**
   * Resources that may be reached from the network.
   *
   * @default TrustedResources.account()
   */
  readonly trustedResources?: TrustedResources;

  /**
   * Stages to which models are deployed.
   *
   * @default - no stages
   */
  readonly deploymentStages?: DeploymentStage[];

  /**
   * Permission for the environment's own handler to empty buckets before they are destroyed.
   *
   * @default false
   */
  readonly allowBucketEmptying?: boolean;

  /**
   * Access of Amazon Athena to the data bucket, for the role that prepares data.
   *
   * The role must then have the statements of `requiredQueryStatements`, or its credentials would reach data from anywhere.
   *
   * @default false
   */
  readonly enableAthenaAccess?: boolean;

  /**
   * Access of SageMaker to released models from its own network.
   *
   * It is limited to the model roles of the environment and its stages and the batch inference role. Otherwise models come through
   * the S3 endpoints alone.
   *
   * @default false
   */
  readonly enableSageMakerModelAccess?: boolean;

  /**
   * Public address ranges from which administrators read evaluation reports, as in a browser.
   *
   * @default - reports are read from the expected networks only
   */
  readonly administratorCidrs?: string[];
}

/**
 * A data perimeter: bucket, key, S3 gateway endpoint and interface endpoint policies that allow trusted identities to reach
 * trusted resources from expected networks only.
 *
 * Nothing else in this library writes such conditions.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
 */
export class DataPerimeter extends Construct {
  private readonly names: EnvironmentNames;
  private readonly principals: Principals;
  private readonly stages: StageConditions;
  private readonly bucketStatements: BucketStatements;
  private readonly keyStatements: KeyStatements;
  private readonly endpointStatements: EndpointStatements;
  private readonly sources: DataSources;
  private readonly shared: SharedBuckets;
  private readonly reachable: OwnedBucket[] = [];
  private readonly besides: PolicyStatement[] = [];
  private readonly closed = new Set<EndpointService>();
  private endpoints?: PrivateEndpoints;

  constructor(scope: Construct, id: string, props: DataPerimeterProps) {
    super(scope, id);
    checkRequired(this, props, {
      names: NAMES, expectedNetworks: structOf<ExpectedNetworks>({ s3EndpointIds: listOf(TEXT) }), cloudFormationExecutionRoles: listOf(TEXT),
    });
    this.check(props);
    this.names = props.names;
    const stages = new StageConditions(props.names, props.deploymentStages ?? []);
    this.stages = stages;
    const { names, cloudFormationExecutionRoles, allowBucketEmptying = false, configurationReaders } = props;
    this.principals = new Principals(names, cloudFormationExecutionRoles, allowBucketEmptying, configurationReaders);
    const queriedBy = props.enableAthenaAccess ? rolesUsing(({ reach }) => reach === 'queried') : undefined;
    this.shared = new SharedBuckets(props.names, this.principals, stages, queriedBy);
    this.bucketStatements = new BucketStatements(props.names, this.principals, props.expectedNetworks, stages, {
      queriedBy,
      fetchers: props.enableSageMakerModelAccess
        ? { roles: rolesUsing(({ reach }) => reach === 'fetched'), arns: stages.reading.modelRoles }
        : undefined,
      peopleCidrs: props.administratorCidrs,
    });
    this.sources = new DataSources(props.names, this.principals, props.expectedNetworks);
    this.keyStatements = new KeyStatements(this, props.names, this.principals, stages);
    this.endpointStatements = new EndpointStatements(
      this, props.names, props.trustedIdentities ?? TrustedIdentities.account(), props.trustedResources ?? TrustedResources.account(), stages);
  }

  /** Names a role that only some environments have. @internal */
  public _include(role: EnvironmentRole): void {
    this.principals.include(role);
  }

  /** Asks at synth which roles the environment has, and which others are let in as one of them is. @internal */
  public _ask(isMade: (role: EnvironmentRole) => boolean, sessionsOf: (role: EnvironmentRole) => string[]): void {
    this.principals.ask(isMade, sessionsOf);
  }

  /** Adds the statements of the data perimeter to a bucket policy, and allows the bucket at the S3 endpoint. */
  public applyToBucket(bucket: IBucket, trust: BucketKind): void {
    const statements = this.bucketStatements.of(bucket, trust);
    checkPolicySize(bucket, statements, 'bucket policy', 20 * 1024);
    for (const statement of statements) bucket.addToResourcePolicy(statement);
    keepPolicyWith(bucket);
    if (trust !== BucketKind.ACCESS_LOGS) this.allowBucket(bucket);
  }

  /** Allows a bucket of the environment at the S3 endpoint, where the bucket policy is its owner's to write. */
  public allowBucket(bucket: IBucket): void {
    this.reachable.push({ arn: bucket.bucketArn, account: bucket.env.account });
  }

  /**
   * Returns the statements that the owner of an existing bucket must add to the bucket policy.
   *
   * For a bucket of `allowDataSource` these are the statements that let the environment's roles reach their prefix, whatever the
   * kind, and none that shuts out the owner. For a bucket that was imported with another `account` these are also the
   * statements that let the environment's roles in, and no deny is for principals of its owner's account.
   */
  public requiredBucketStatements(bucket: IBucket, trust: BucketKind): PolicyStatement[] {
    if (this.sources.has(bucket)) return this.sources.bucketStatements(bucket);
    const statements = this.bucketStatements.of(bucket, trust);
    return this.shared.has(bucket) ? [...this.shared.sparingOwner(bucket, statements), ...this.shared.allows(bucket, trust)] : statements;
  }

  /** Returns the statements that the owner of a bucket of `allowDataSource` must add to the policy of its KMS key. */
  public requiredBucketKeyStatements(bucket: IBucket): PolicyStatement[] {
    return this.sources.has(bucket) ? this.sources.keyStatements(bucket) : [];
  }

  /** Writes the repository policy of released container images. */
  public applyToReleaseImages(repository: Repository): void {
    addStatements(repository, this.requiredRepositoryStatements(), 'repository policy', 10 * 1024, (one) => repository.addToResourcePolicy(one));
  }

  /** Returns the statements that the owner of an existing repository of released container images must add to the repository policy. */
  public requiredRepositoryStatements(): PolicyStatement[] {
    return repositoryStatements(this.stages);
  }

  /** Adds the statements of the data perimeter to a key policy. */
  public applyToKey(key: IKey, purpose: KeyPurpose): void {
    addStatements(key, this.requiredKeyStatements(purpose), 'key policy', 32 * 1024, (one) => key.addToResourcePolicy(one, false));
  }

  /** Returns the statements that the owner of an existing KMS key must add to the key policy. */
  public requiredKeyStatements(purpose: KeyPurpose): PolicyStatement[] {
    return this.keyStatements.of(purpose);
  }

  /** Returns the policy statements of the event bus to which deployment targets report alarms. */
  public requiredEventBusStatements(busArn: string): PolicyStatement[] {
    return eventBusStatements(this.stages, busArn);
  }

  /** Writes the policies of VPC endpoints, except where a policy of yours is set or AWS supports none. */
  public applyToEndpoints(endpoints: PrivateEndpoints): void {
    this.endpoints = endpoints;
    this.closeInterfaceEndpoints(endpoints);
    // Endpoints may be asked for later on; without a policy they would let everything through.
    Aspects.of(endpoints).add({ visit: (node) => { if (node === endpoints) this.closeInterfaceEndpoints(endpoints); } });
    if (endpoints.s3Gateway === undefined) {
      Annotations.of(this).addInfo('The S3 endpoint was brought from outside: its owner must let the environment\'s buckets through, and nothing else. requiredS3EndpointStatements says how.');
      return;
    }
    if (endpoints.s3HasOwnPolicy) return;
    for (const statement of this.requiredS3EndpointStatements()) endpoints.s3Gateway.addToPolicy(statement);
  }

  /**
   * Returns deny statements for the role that prepares data with Athena.
   *
   * They deny queries and changes of tables from outside of this VPC, and results in another bucket.
   */
  public requiredQueryStatements(vpcId: string, dataBucket: IBucket): PolicyStatement[] {
    return queryStatements(vpcId, dataBucket);
  }

  /** Returns the policy statements that an existing S3 endpoint needs. */
  public requiredS3EndpointStatements(): PolicyStatement[] {
    return [...this.endpointStatements.s3(() => this.reachable), ...this.besides];
  }

  /**
   * Allows a prefix of a bucket at the S3 endpoint that does not belong to the environment.
   *
   * A bucket of another account must be imported with its `account`.
   */
  public allowDataSource(bucket: IBucket, prefix: string, writable: boolean): void {
    const source = { arn: bucket.bucketArn, account: bucket.env.account };
    this.sources.add({ bucket, prefix, writable });
    for (const statement of this.endpointStatements.dataSource(source, prefix, writable)) this.addToS3Endpoint(statement);
  }

  /** Allows handlers in the VPC to respond to CloudFormation, which receives responses at pre-signed URLs of buckets of its own. */
  public trustCloudFormationResponses(): void {
    const { region: name } = this.names;
    const region = Token.isUnresolved(name) ? Fn.join('', Fn.split('-', name)) : name.replace(/-/g, '');
    this.addToS3Endpoint(this.endpointStatements.awsObjects('CloudFormationResponses', ['s3:PutObject'], `cloudformation-custom-resource-response-${region}`));
  }

  private closeInterfaceEndpoints({ _interfaceEndpoints: interfaceEndpoints }: PrivateEndpoints): void {
    for (const { service, endpoint, hasOwnPolicy } of interfaceEndpoints) {
      if (hasOwnPolicy || !service.policySupported || this.closed.has(service)) continue;
      this.closed.add(service);
      for (const statement of this.endpointStatements.of(service)) endpoint.addToPolicy(statement);
    }
  }

  private addToS3Endpoint(statement: PolicyStatement): void {
    this.besides.push(statement);
    if (!this.endpoints?.s3HasOwnPolicy) this.endpoints?.s3Gateway?.addToPolicy(statement);
  }

  private check(props: DataPerimeterProps): void {
    const { names: { account }, cloudFormationExecutionRoles, configurationReaders, administratorCidrs, deploymentStages = [] } = props;
    const ROLE = /^arn:[^:]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;
    const isExact = (arn: string) => Token.isUnresolved(arn) || ROLE.test(arn);
    checkNetworks(new InputCheck(this), props.expectedNetworks)
      .notEmpty('cloudFormationExecutionRoles', cloudFormationExecutionRoles, 'Nobody could change keys and buckets again')
      .that('cloudFormationExecutionRoles', cloudFormationExecutionRoles, (arns) => arns.every(isExact), 'be exact ARNs of roles, without wildcards', 'Name each role by itself')
      .every('cloudFormationExecutionRoles', cloudFormationExecutionRoles, (arn) => isOfAccount(arn, account), `be roles of the environment's account, ${account}`, DEPLOYS_HERE)
      .every('configurationReaders', configurationReaders, isExact, 'be exact ARNs of roles, without wildcards', 'Name each role by itself')
      .every('administratorCidrs', administratorCidrs, (range) => isAddressRange(range), 'be IPv4 ranges, such as 203.0.113.0/24')
      .unique('deploymentStages', deploymentStages.map((stage) => stage.stageName))
      .throwIfInvalid();
  }
}
