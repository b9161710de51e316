import { RemovalPolicy, Size, Stack, Token } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnSecurityConfiguration } from 'aws-cdk-lib/aws-glue';
import { IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentKeys } from '../encryption';
import { EnvironmentNames } from '../names';
import { EndpointService, EnvironmentNetwork } from '../network';
import { DataPerimeter } from '../perimeter';
import { DataPreparationOptions } from './data-preparation-options';
import { EnvironmentStorage } from './environment-storage';
import { InputCheck } from '../private/input-check';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { PREFIX, PREFIX_RULE } from './private/prefixes';
import { QueryPermissions } from './private/query-permissions';

/** Properties of data preparation. @internal */
export interface DataPreparationProps extends DataPreparationOptions {
  /** The names of the environment, from which the Glue database and the Athena workgroup are named. */
  readonly names: EnvironmentNames;

  /** The network of the role, from which alone queries come and which gets the endpoints of Glue and Athena. */
  readonly network: EnvironmentNetwork;

  /** The data perimeter of the data bucket, which must have `enableAthenaAccess`. */
  readonly perimeter: DataPerimeter;

  /** The buckets of the environment. */
  readonly storage: EnvironmentStorage;

  /** The keys of the environment, which encrypt query results, Glue's logs and job bookmarks. */
  readonly keys: EnvironmentKeys;

  /** The role that prepares data, the only one for which the data perimeter opens the data bucket to Athena. */
  readonly role: IGrantable;

  /**
   * Removal policy of the Glue database and the Athena workgroup.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The smallest limit that Athena takes. */
const LEAST_BYTES = 10_000_000;

/**
 * An AWS Glue database over the data bucket and an Amazon Athena workgroup that queries it, for one role and one network.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/security.html
 */
export class DataPreparation extends Construct {
  /** Only the library makes it. @internal */
  public static _create(scope: Construct, id: string, props: DataPreparationProps): DataPreparation {
    return new DataPreparation(scope, id, props);
  }

  /** Name of the Glue database. */
  public readonly databaseName: string;
  /** Name of the Athena workgroup, which each query must name. */
  public readonly workGroupName: string;
  /** Name of the Glue security configuration, which each Glue job over this data must name. */
  public readonly securityConfigurationName: string;
  /** S3 URI under which Athena writes query results. */
  public readonly resultsLocation: string;

  private constructor(scope: Construct, id: string, props: DataPreparationProps) {
    super(scope, id);
    const { names, network, storage: { dataBucket: data, outputPrefixes }, keys } = props;
    const resultsPrefix = props.resultsPrefix ?? `${outputPrefixes[0]}athena/`;
    const bytesScannedLimit = props.bytesScannedLimit ?? Size.gibibytes(100);
    this.check(resultsPrefix, outputPrefixes, bytesScannedLimit);

    const removalPolicy = removalOf(this, props.removalPolicy);
    const dataKey = data.encryptionKey ?? keys.data;
    this.resultsLocation = data.s3UrlForObject(resultsPrefix);
    this.databaseName = names.databaseName;
    this.workGroupName = names.dataPreparationName;
    this.securityConfigurationName = names.dataPreparationName;
    const kept = [this.makeDatabase(data.s3UrlForObject(outputPrefixes[0])), this.makeWorkGroup(dataKey, bytesScannedLimit, removalPolicy)];
    for (const resource of kept) resource.applyRemovalPolicy(removalPolicy);
    keepWithoutFlag(...kept);
    this.makeSecurityConfiguration(dataKey, keys.logs);

    network.requireEndpoint(EndpointService.ATHENA, 'dataPreparation');
    network.requireEndpoint(EndpointService.GLUE, 'dataPreparation');
    // First what is denied: policies of a role are attached one after the other.
    this.permit(props.role, props.perimeter.requiredQueryStatements(network.vpc.vpcId, data));
    this.permit(props.role, new QueryPermissions(this, this.workGroupName, this.databaseName).statements(data, dataKey));
  }

  private makeDatabase(locationUri: string): CfnDatabase {
    return new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: { name: this.databaseName, description: 'Tables over the data bucket', locationUri },
    });
  }

  /** Whoever starts a query can say where its result goes and how it is encrypted, unless the work group says so for everybody. */
  private makeWorkGroup(key: IKey, limit: Size, removalPolicy: RemovalPolicy): CfnWorkGroup {
    return new CfnWorkGroup(this, 'WorkGroup', {
      name: this.workGroupName,
      description: 'Queries over the data bucket',
      recursiveDeleteOption: removalPolicy === RemovalPolicy.DESTROY, // with its history of queries
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: limit.toBytes(),
        resultConfiguration: {
          outputLocation: this.resultsLocation,
          expectedBucketOwner: Stack.of(this).account,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn },
        },
      },
    });
  }

  private makeSecurityConfiguration(dataKey: IKey, logsKey: IKey): void {
    new CfnSecurityConfiguration(this, 'SecurityConfiguration', {
      name: this.securityConfigurationName,
      encryptionConfiguration: {
        s3Encryptions: [{ s3EncryptionMode: 'SSE-KMS', kmsKeyArn: dataKey.keyArn }],
        cloudWatchEncryption: { cloudWatchEncryptionMode: 'SSE-KMS', kmsKeyArn: logsKey.keyArn },
        jobBookmarksEncryption: { jobBookmarksEncryptionMode: 'CSE-KMS', kmsKeyArn: dataKey.keyArn },
      },
    });
  }

  private permit({ grantPrincipal }: IGrantable, statements: PolicyStatement[]): void {
    for (const statement of statements) grantPrincipal.addToPrincipalPolicy(statement);
  }

  private check(resultsPrefix: string, outputPrefixes: string[], limit: Size): void {
    const below = outputPrefixes.some((prefix) => Token.isUnresolved(prefix) || resultsPrefix.startsWith(prefix));
    const check = new InputCheck(this)
      .matches('resultsPrefix', resultsPrefix, PREFIX, PREFIX_RULE)
      .that('resultsPrefix', resultsPrefix, () => below, `be below one of the output prefixes, ${outputPrefixes.join(', ')}`, 'Nothing else of the data bucket may be written');
    if (!limit.isUnresolved() && limit.toBytes() < LEAST_BYTES) {
      check.report('bytesScannedLimit', `${limit.toBytes()} bytes`, `be at least ${LEAST_BYTES} bytes`, 'Athena takes no smaller limit');
    }
    check.throwIfInvalid();
  }
}
