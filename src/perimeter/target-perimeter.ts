import { Annotations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames, TargetKeyPurpose } from '../names';
import { PrivateEndpoints } from '../network';
import { InputCheck } from '../private/input-check';
import { keepPolicyWith } from '../private/removal';
import { TargetBucketUse } from '../roles/targets/bucket-use';
import { isInTargets, TargetRoleCard } from '../roles/targets/card';
import { COPIERS, MODEL_LOADERS, TARGET_CARDS } from '../roles/targets/cards';
import { DeploymentStage } from '../stages';
import { BucketKind } from './bucket-kind';
import { ExpectedNetworks } from './expected-networks';
import { BucketStatements } from './private/bucket-statements';
import { DEPLOYS_HERE, isOfAccount } from './private/deploying-accounts';
import { EndpointStatements, OwnedBucket } from './private/endpoint-statements';
import { KeyStatements } from './private/key-statements';
import { Principals } from './private/principals';
import { StageConditions } from './private/stage-conditions';
import { TrustedIdentities } from './trusted-identities';
import { TrustedResources } from './trusted-resources';
import { arnIn } from '../private/arn';

/** Properties of the data perimeter of a deployment target. */
export interface TargetPerimeterProps {
  /** The names of the environment whose models are deployed to the target. */
  readonly names: EnvironmentNames;

  /** The stage that the target belongs to. */
  readonly stage: DeploymentStage;

  /** The account of the target. */
  readonly account: string;

  /** Networks from which requests are expected. */
  readonly expectedNetworks: ExpectedNetworks;

  /**
   * ARNs of the roles that may change policies and settings of buckets and keys.
   *
   * The last part of a name may be `*` where AWS generates it, as stack sets do. Without these roles nobody could ever change
   * them again.
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
   * Names of roles of the account that write ground truth labels, with their path but without its first slash.
   *
   * @default - no roles
   */
  readonly groundTruthWriters?: string[];

  /**
   * Access of SageMaker to copies of released models from its own network, for the target's model role only.
   *
   * Otherwise they come through the S3 endpoint alone.
   *
   * @default false
   */
  readonly enableSageMakerModelAccess?: boolean;
}

/**
 * The data perimeter of an account to which models are deployed.
 *
 * It follows the rules of an environment's perimeter. Trusted identities and resources are the target account's own, and of
 * other accounts only the released models.
 */
export class TargetPerimeter extends Construct {
  private readonly buckets: BucketStatements;
  private readonly keys: KeyStatements;
  private readonly endpoints: EndpointStatements;
  private readonly reachable: OwnedBucket[];
  private readonly stage: DeploymentStage;
  private readonly arnsOf: (cards: TargetRoleCard[]) => string[];
  private readonly groundTruthWriters: string[];

  constructor(scope: Construct, id: string, props: TargetPerimeterProps) {
    super(scope, id);
    const { names, stage, account, expectedNetworks, cloudFormationExecutionRoles } = props;
    const ROLE = /^arn:[^:]+:iam::[^:*]+:role\/[\w+=,.@/${}:-]+\*?$/;
    new InputCheck(this)
      .notEmpty('cloudFormationExecutionRoles', cloudFormationExecutionRoles, 'Nobody could change keys and buckets again')
      .that('cloudFormationExecutionRoles', cloudFormationExecutionRoles.filter((arn) => !arn.includes('${Token[')), (arns) => arns.every((arn) => ROLE.test(arn)),
        'be ARNs of roles, with a wildcard at the end of the name at most')
      .every('cloudFormationExecutionRoles', cloudFormationExecutionRoles, (arn) => isOfAccount(arn, account), `be roles of the target's account, ${account}`, DEPLOYS_HERE)
      .throwIfInvalid();
    const { environmentName, region, partition, rolePath, rolePaths } = names;
    const here = new EnvironmentNames({ environmentName, account, region, partition, rolePath, rolePaths });
    const nowhere = new StageConditions(here, []);
    const principals = new Principals(here, cloudFormationExecutionRoles, false, props.configurationReaders);
    this.stage = stage;
    this.arnsOf = (cards) => cards.map(({ role }) => names.targetRoleArn(stage.stageName, role, account));
    this.buckets = new BucketStatements(here, principals, expectedNetworks, nowhere, {
      promotion: { roleArns: this.arnsOf(COPIERS), account: names.account },
      fetchers: props.enableSageMakerModelAccess ? { roles: [], arns: this.arnsOf(MODEL_LOADERS) } : undefined,
    });
    this.keys = new KeyStatements(this, here, principals, nowhere);
    this.endpoints = new EndpointStatements(this, here, TrustedIdentities.account(), TrustedResources.account(), nowhere);
    // What is copied here is read here: the data-science account may be gone. Monitors read baselines, and their program, there.
    const releases = { arn: names.releasesBucketArn, account: names.account };
    this.reachable = stage._readsReleases ? [releases] : [];
    this.groundTruthWriters = (props.groundTruthWriters ?? []).map((name) => arnIn(this, 'iam', `role/${name}`));
  }

  /** Adds the statements of the data perimeter to the policy of the data capture bucket, and allows the bucket at the S3 endpoint. */
  public applyToCaptureBucket(bucket: IBucket): void {
    const statements = [...this.buckets.of(bucket, BucketKind.CAPTURE), ...this.buckets.groundTruth(bucket, this.groundTruthWriters)];
    for (const statement of statements) bucket.addToResourcePolicy(statement);
    keepPolicyWith(bucket);
    this.allowBucket(bucket);
  }

  /** Adds the statements of the data perimeter to the policy of the bucket of released models, and allows the bucket at the S3 endpoint. */
  public applyToModelsBucket(bucket: IBucket): void {
    for (const statement of this.buckets.of(bucket, BucketKind.PROMOTED)) bucket.addToResourcePolicy(statement);
    keepPolicyWith(bucket);
    this.allowBucket(bucket);
  }

  /** Adds the statements of the data perimeter to the policy of the access logs bucket, which no endpoint leads to. */
  public applyToAccessLogsBucket(bucket: IBucket): void {
    for (const statement of this.buckets.of(bucket, BucketKind.ACCESS_LOGS)) bucket.addToResourcePolicy(statement);
    keepPolicyWith(bucket);
  }

  /** Allows a bucket at the S3 endpoint, where the bucket policy is its owner's to write. */
  public allowBucket(bucket: IBucket): void {
    this.reachable.push({ arn: bucket.bucketArn, account: bucket.env.account });
  }

  /** Adds the statements of the data perimeter to a key policy. */
  public applyToKey(key: IKey, purpose: TargetKeyPurpose): void {
    for (const statement of this.requiredKeyStatements(purpose)) key.addToResourcePolicy(statement, false);
  }

  /** Returns the statements that the owner of an existing KMS key must add to the key policy. */
  public requiredKeyStatements(purpose: TargetKeyPurpose): PolicyStatement[] {
    const users = (matches: (card: TargetRoleCard) => boolean) => this.rolesOf(TARGET_CARDS.filter(matches));
    const usersOfBucket = (matches: (use: TargetBucketUse) => boolean) => users(({ buckets }) => buckets.some(matches));
    switch (purpose) {
      case TargetKeyPurpose.VOLUMES:
        return this.keys.forTarget('Volumes', users(({ keys = [] }) => keys.some((key) => key.purpose === purpose)), 'sagemaker');
      case TargetKeyPurpose.CAPTURE: return [
        ...this.keys.forTarget('Capture', [...usersOfBucket(({ bucket }) => bucket === 'capture'), ...this.groundTruthWriters], 's3'),
        ...this.keys.forJobOutputs(usersOfBucket(({ bucket, namesKey }) => bucket === 'capture' && namesKey === true)),
      ];
      case TargetKeyPurpose.MODELS: return this.keys.forCopies(this.arnsOf(COPIERS), this.arnsOf(MODEL_LOADERS));
      case TargetKeyPurpose.LOGS: return this.keys.forLogs();
    }
  }

  private rolesOf(cards: TargetRoleCard[]): string[] {
    return this.arnsOf(cards.filter((card) => isInTargets(card, this.stage)));
  }

  /** Writes the policies of VPC endpoints, except where a policy of yours is set or AWS supports none. */
  public applyToEndpoints(endpoints: PrivateEndpoints): void {
    const { _interfaceEndpoints: interfaceEndpoints, s3Gateway, s3HasOwnPolicy } = endpoints;
    for (const { service, endpoint, hasOwnPolicy } of interfaceEndpoints) {
      if (hasOwnPolicy || !service.policySupported) continue;
      for (const statement of this.endpoints.of(service)) endpoint.addToPolicy(statement);
    }
    if (s3Gateway === undefined) {
      Annotations.of(this).addInfo('The S3 endpoint was brought from outside: its owner must let released models and the capture bucket through. requiredS3EndpointStatements says how.');
      return;
    }
    if (s3HasOwnPolicy) return;
    for (const statement of this.requiredS3EndpointStatements()) s3Gateway.addToPolicy(statement);
  }

  /** Returns the policy statements that an existing S3 endpoint needs. */
  public requiredS3EndpointStatements(): PolicyStatement[] {
    return this.endpoints.s3(() => this.reachable);
  }
}
