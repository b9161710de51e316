import { PROJECT, PROJECT_ID, ProjectParts, projectThings } from './project-things';
import { anyJobArn, thing } from './request/bystander-things';
import { Account, ACCOUNTS, REGION } from './request/organization';
import { Context } from './request/requester';
import { Thing } from './request/thing';
import { KeyByAlias, PolicyOf } from './target-things';
import { EnvironmentParameter, EnvironmentNames, EnvironmentRole, KeyPurpose } from '../../src/names';

/** What the environment has that no name tells. */
export interface EnvironmentParts {
  readonly names: EnvironmentNames;
  /** ARNs of roles that were brought from outside. */
  readonly roleArns: Partial<Record<EnvironmentRole, string>>;
  /** ARNs of the roles as which people come, where IAM Identity Center makes them. */
  readonly sessionArns?: Partial<Record<EnvironmentRole, string>>;
  /** ARNs of the buckets. */
  readonly buckets: Record<'data' | 'models' | 'releases' | 'reports' | 'mlflow' | 'offlineStore' | 'accessLogs', string>;
  /** Whose buckets these are, where they are another account's; those of releases, MLflow, offline stores and access logs never are. */
  readonly bucketOwner?: Account;
  readonly domainId: string;
  readonly subnets: string[];
  readonly securityGroups: string[];
  readonly studioSecurityGroups: string[];
  readonly vpcId: string;
  /** ARN of the function that cleans up in Studio, where members are added from a form. */
  readonly cleanUpFunction?: string;
  readonly defaultSecurityGroup: string;
  readonly flowLogGroup: string;
  readonly projects: ProjectParts;
  /** Log groups of our handlers, by role. */
  readonly handlerLogGroups: Partial<Record<EnvironmentRole, string>>;
}

/** ARN of a role of the environment, its own or from outside. */
export function roleArnOf({ names, roleArns }: EnvironmentParts, role: EnvironmentRole): string {
  return roleArns[role] ?? names.roleArn(role);
}

type Maker = (action: string) => Thing;

const { data } = ACCOUNTS;
const ENDPOINT = 'experiment';

/** Things that an environment holds, and what a launched project holds by the names that the templates give. */
export class EnvironmentThings {
  private readonly makers: Record<string, Maker>;

  constructor(
    private readonly parts: EnvironmentParts,
    private readonly keyOf: KeyByAlias,
    private readonly policyOf: PolicyOf,
  ) {
    this.makers = {
      ...this.buckets(),
      ...this.keys(),
      ...this.roles(),
      ...this.studio(),
      ...this.work(),
      ...this.preparation(),
      ...projectThings(parts.names, parts.projects, policyOf, `arn:aws:sagemaker:${REGION}:${data.id}:domain/${parts.domainId}`),
    };
  }

  public find(on: string, action = ''): Thing | undefined {
    return this.makers[on]?.(action);
  }

  private withPolicy(arn: string, policyArn = arn, account = data): Thing {
    return { arn, account, policy: this.policyOf(policyArn) };
  }

  private buckets(): Record<string, Maker> {
    const { buckets, bucketOwner } = this.parts;
    const object = (bucket: string, key: string) => () => this.withPolicy(`${bucket}/${key}`, bucket, bucketOwner);
    const uri = (bucket: string, rest = '') => () => ({ arn: `s3://${bucket.split(':').pop()}${rest}`, account: data });
    return {
      dataBucket: () => this.withPolicy(buckets.data, buckets.data, bucketOwner),
      dataObject: object(buckets.data, 'input/customers.csv'),
      dataOutputObject: object(buckets.data, 'outputs/features.csv'),
      queryResult: object(buckets.data, 'outputs/athena/1.csv'),
      modelBucket: () => this.withPolicy(buckets.models, buckets.models, bucketOwner),
      modelObject: object(buckets.models, 'churn/training-1/model.tar.gz'),
      releaseBucket: () => this.withPolicy(buckets.releases),
      releaseObject: () => this.withPolicy(`${buckets.releases}/churn/1/model.tar.gz`, buckets.releases),
      reportBucket: () => this.withPolicy(buckets.reports, buckets.reports, bucketOwner),
      reportObject: object(buckets.reports, 'churn/evaluation.json'),
      mlflowBucket: () => this.withPolicy(buckets.mlflow),
      mlflowObject: () => this.withPolicy(`${buckets.mlflow}/1/0a1b/artifacts/report.html`, buckets.mlflow),
      offlineStoreBucket: () => this.withPolicy(buckets.offlineStore),
      offlineStoreObject: () => this.withPolicy(`${buckets.offlineStore}/customers/111111111111/sagemaker/us-east-1/offline-store/customers-1/data/year=2026/1.parquet`, buckets.offlineStore),
      // Places, as requests for feature groups name them.
      offlineStoreRoot: uri(buckets.offlineStore),
      offlineStoreUri: uri(buckets.offlineStore, '/customers'),
      offlineStoreNamesake: uri(buckets.offlineStore, '-2/customers'),
      dataBucketUri: uri(buckets.data, '/outputs/features'),
      accessLogBucket: () => this.withPolicy(buckets.accessLogs),
      accessLogObject: () => this.withPolicy(`${buckets.accessLogs}/data/2026-11-23-log`, buckets.accessLogs),
    };
  }

  private keys(): Record<string, Maker> {
    const key = (purpose: KeyPurpose) => () => {
      const { arn, aliases } = this.keyOf(this.parts.names.keyAlias(purpose));
      return { ...this.withPolicy(arn), context: { 'kms:ResourceAliases': aliases } };
    };
    return {
      volumeKey: key(KeyPurpose.VOLUMES),
      studioStorageKey: key(KeyPurpose.STUDIO_STORAGE),
      dataKey: key(KeyPurpose.DATA),
      modelKey: key(KeyPurpose.MODELS),
      releaseKey: key(KeyPurpose.RELEASES),
      artifactKey: key(KeyPurpose.ARTIFACTS),
      mlflowKey: key(KeyPurpose.MLFLOW),
      featureStoreKey: key(KeyPurpose.FEATURE_STORE),
      logKey: key(KeyPurpose.LOGS),
    };
  }

  private roles(): Record<string, Maker> {
    const role = (name: EnvironmentRole) => () => this.withPolicy(roleArnOf(this.parts, name));
    return {
      dataScientistRole: role(EnvironmentRole.DATA_SCIENTIST),
      mlEngineerRole: role(EnvironmentRole.ML_ENGINEER),
      teamAdministratorRole: role(EnvironmentRole.TEAM_ADMINISTRATOR),
      dataScienceAdministratorRole: role(EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR),
      studioExecutionRole: role(EnvironmentRole.STUDIO_EXECUTION),
      dataPreparationRole: role(EnvironmentRole.DATA_PREPARATION),
      sharedSpaceRole: role(EnvironmentRole.SHARED_SPACE),
      pipelineExecutionRole: role(EnvironmentRole.PIPELINE_EXECUTION),
      jobExecutionRole: role(EnvironmentRole.JOB_EXECUTION),
      batchInferenceRole: role(EnvironmentRole.BATCH_INFERENCE),
      imageBuildRole: role(EnvironmentRole.IMAGE_BUILD),
      imageReleaseRole: role(EnvironmentRole.IMAGE_RELEASE),
      modelExecutionRole: role(EnvironmentRole.MODEL_EXECUTION),
      releaseRole: role(EnvironmentRole.RELEASE),
      stackSetAdministratorRole: role(EnvironmentRole.STACK_SET_ADMINISTRATOR),
      studioCleanUpRole: role(EnvironmentRole.STUDIO_CLEAN_UP),
      defaultSecurityGroupRole: role(EnvironmentRole.DEFAULT_SECURITY_GROUP),
      flowLogsRole: role(EnvironmentRole.FLOW_LOGS),
      projectLaunchRole: role(EnvironmentRole.PROJECT_LAUNCH),
      memberLaunchRole: role(EnvironmentRole.MEMBER_LAUNCH),
      codeBuildRole: role(EnvironmentRole.CODE_BUILD),
      codePipelineRole: role(EnvironmentRole.CODE_PIPELINE),
      eventsRole: role(EnvironmentRole.EVENTS),
      accountsBuildRole: role(EnvironmentRole.DEPLOYMENT_ACCOUNTS),
      publisherRole: role(EnvironmentRole.PUBLISHER),
      mlflowRole: role(EnvironmentRole.MLFLOW),
      featureStoreRole: role(EnvironmentRole.FEATURE_STORE),
    };
  }

  private studio(): Record<string, Maker> {
    const { domainId } = this.parts;
    const profile = (name: string) => `user-profile/${domainId}/${name}`;
    const ownedBy = (name: string): Context => ({ 'sagemaker:OwnerUserProfileArn': `arn:aws:sagemaker:${REGION}:${data.id}:${profile(name)}` });
    const owned = (name: string): Context => ({ ...ownedBy(name), 'sagemaker:SpaceSharingType': 'Private' });
    return {
      domain: () => thing('sagemaker', `domain/${domainId}`),
      ownUserProfile: () => thing('sagemaker', profile('alice')),
      otherUserProfile: () => thing('sagemaker', profile('bob')),
      memberProfile: () => thing('sagemaker', profile('carol')),
      ...this.members(),
      ownApp: () => thing('sagemaker', `app/${domainId}/alice/jupyterlab/default`),
      ownSpaceApp: () => thing('sagemaker', `app/${domainId}/alice-space/jupyterlab/default`, data, owned('alice')),
      // SageMaker may name the owner without the kind of space.
      ownedApp: () => thing('sagemaker', `app/${domainId}/alice/jupyterlab/default`, data, ownedBy('alice')),
      sharedSpaceApp: () => thing('sagemaker', `app/${domainId}/team-space/jupyterlab/default`, data, { ...owned('alice'), 'sagemaker:SpaceSharingType': 'Shared' }),
      // Somebody else's space that is called like one's own profile.
      namesakeSpaceApp: () => thing('sagemaker', `app/${domainId}/alice/jupyterlab/default`, data, owned('bob')),
      otherApp: () => thing('sagemaker', `app/${domainId}/bob/jupyterlab/default`),
      otherSpaceApp: () => thing('sagemaker', `app/${domainId}/bob-space/jupyterlab/default`, data, owned('bob')),
      ownSpace: () => thing('sagemaker', `space/${domainId}/alice-space`, data, owned('alice')),
      otherSpace: () => thing('sagemaker', `space/${domainId}/bob-space`, data, owned('bob')),
      sharedSpace: () => thing('sagemaker', `space/${domainId}/team-space`, data, { ...owned('alice'), 'sagemaker:SpaceSharingType': 'Shared' }),
      otherSharedSpace: () => thing('sagemaker', `space/${domainId}/bobs-team`, data, { ...owned('bob'), 'sagemaker:SpaceSharingType': 'Shared' }),
      otherSharedSpaceApp: () => thing('sagemaker', `app/${domainId}/bobs-team/jupyterlab/default`, data, { ...owned('bob'), 'sagemaker:SpaceSharingType': 'Shared' }),
      // Shared spaces of Studio Classic had no owner.
      ownerlessSpace: () => thing('sagemaker', `space/${domainId}/everybodys`, data, { 'sagemaker:SpaceSharingType': 'Shared' }),
      otherDomainSharedSpaceApp: () => thing('sagemaker', 'app/d-zzzzzzzzzzzz/team/jupyterlab/default', data, { 'sagemaker:SpaceSharingType': 'Shared' }),
      otherDomain: () => thing('sagemaker', 'domain/d-zzzzzzzzzzzz'),
      otherDomainSpace: () => thing('sagemaker', 'space/d-zzzzzzzzzzzz/team-space'),
      otherDomainProfile: () => thing('sagemaker', 'user-profile/d-zzzzzzzzzzzz/alice'),
      trackingServer: () => thing('sagemaker', `mlflow-tracking-server/${this.parts.names.mlflowTrackingServerName}`),
      otherTrackingServer: () => thing('sagemaker', 'mlflow-tracking-server/payroll'),
      ownLifecycleConfig: () => thing('sagemaker', 'studio-lifecycle-config/l'),
    };
  }

  /** What a member has who was added by a form. */
  private members(): Record<string, Maker> {
    const { vpcId, names: { environmentName: environment }, cleanUpFunction } = this.parts;
    const group = (tags: Record<string, string>, vpc = vpcId) => () => ({
      ...thing('ec2', 'security-group/sg-0a1b2c3d4e5f60718'), tags, context: { 'ec2:Vpc': `arn:aws:ec2:${REGION}:${data.id}:vpc/${vpc}` },
    });
    return {
      memberSecurityGroup: group({ environment, member: 'carol' }),
      environmentSecurityGroup: group({ environment }),
      neighboursMemberSecurityGroup: group({ environment: `${environment}-2`, member: 'carol' }),
      memberSecurityGroupElsewhere: group({ environment, member: 'carol' }, 'vpc-0f0f0f0f0f0f0f0f0'),
      memberSecurityGroupRule: () => thing('ec2', 'security-group-rule/sgr-0a1b2c3d4e5f60718'),
      memberStack: () => thing('cloudformation', `stack/SC-${data.id}-pp-2/1`),
      cleanUpFunction: () => ({ arn: cleanUpFunction ?? 'arn:aws:lambda:::none', account: data }),
      otherFunction: () => thing('lambda', 'function:payroll'),
    };
  }

  private work(): Record<string, Maker> {
    const { names, subnets, securityGroups, handlerLogGroups } = this.parts;
    const stream = (group?: string) => () => thing('logs', `log-group:${group}:log-stream:s`);
    const sagemaker = (rest: string) => () => thing('sagemaker', rest);
    // SageMaker marks what is made in Studio, as its page on several domains says; pipelines' executions it does not.
    const marked = (rest: string) => () => ({ ...thing('sagemaker', rest), tags: { 'sagemaker:domain-arn': `arn:aws:sagemaker:${REGION}:${data.id}:domain/${this.parts.domainId}` } });
    return {
      anyJob: (action) => thing('sagemaker', anyJobArn(action)),
      ownSubnet: () => thing('ec2', `subnet/${subnets[0]}`),
      foreignSubnet: () => thing('ec2', 'subnet/subnet-0f0f0f0f0f0f0f0f0'),
      ownNetworkInterface: () => thing('ec2', 'network-interface/eni-0123456789abcdef0'),
      workloadSecurityGroup: () => thing('ec2', `security-group/${securityGroups[0]}`),
      jobLogGroup: () => thing('logs', 'log-group:/aws/sagemaker/TrainingJobs'),
      jobLogStream: () => thing('logs', 'log-group:/aws/sagemaker/TrainingJobs:log-stream:s'),
      endpointLogGroup: () => thing('logs', `log-group:/aws/sagemaker/Endpoints/${ENDPOINT}`),
      endpointLogStream: () => thing('logs', `log-group:/aws/sagemaker/Endpoints/${ENDPOINT}:log-stream:s`),
      otherLogGroup: () => thing('logs', 'log-group:/aws/lambda/billing'),
      otherLogStream: () => thing('logs', 'log-group:/aws/lambda/billing:log-stream:s'),
      publisherLogStream: stream(handlerLogGroups[EnvironmentRole.PUBLISHER]),
      flowLogStream: stream(this.parts.flowLogGroup),
      cleanUpLogStream: stream(handlerLogGroups[EnvironmentRole.STUDIO_CLEAN_UP]),
      defaultGroupLogStream: stream(handlerLogGroups[EnvironmentRole.DEFAULT_SECURITY_GROUP]),
      cleanUpParameter: () => thing('ssm', `parameter${names.parameterName(EnvironmentParameter._CLEAN_UP)}`),
      otherVpc: () => thing('ec2', 'vpc/vpc-0f0f0f0f0f0f0f0f0'),
      vpc: () => thing('ec2', `vpc/${this.parts.vpcId}`),
      defaultSecurityGroup: () => thing('ec2', `security-group/${this.parts.defaultSecurityGroup}`),
      flowLogGroup: () => thing('logs', `log-group:${this.parts.flowLogGroup}`),
      monitoringBus: () => this.withPolicy(names.monitoringBusArn),
      defaultBus: () => thing('events', 'event-bus/default'),
      retrainingRule: () => thing('events', `rule/${names.monitoringBusName}/${names.projectPrefix}${PROJECT_ID}-retrain`),
      defaultBusRetrainingRule: () => thing('events', `rule/${names.projectPrefix}${PROJECT_ID}-retrain`),
      registryParameter: () => thing('ssm', `parameter${names.parameterName(EnvironmentParameter.DOMAIN_ID)}`),
      otherParameter: () => thing('ssm', 'parameter/billing/password'),
      namedTrainingJob: sagemaker(`training-job/${names.projectPrefix}nightly`),
      pipelineTrainingJob: sagemaker('training-job/pipelines-abcdefghijkl-Train-0123456789'),
      otherTrainingJob: sagemaker('training-job/payroll'),
      otherProcessingJob: sagemaker('processing-job/payroll'),
      otherModel: sagemaker('model/payroll'),
      otherProject: sagemaker('project/payroll'),
      otherExperiment: sagemaker('experiment/payroll'),
      otherArtifact: sagemaker('artifact/b'),
      otherPipelineExecution: sagemaker('pipeline/payroll/execution/abcdefghijkl'),
      otherModelPackage: sagemaker('model-package/payroll/1'),
      ownTrainingJob: marked('training-job/j'),
      ownProcessingJob: marked('processing-job/j'),
      ownTransformJob: marked('transform-job/j'),
      ownTuningJob: marked('hyper-parameter-tuning-job/j'),
      ownAutoMLJob: sagemaker('automl-job/j'),
      ownModel: marked(`model/${PROJECT}`),
      ownPipeline: sagemaker(`pipeline/${names.projectPrefix}${PROJECT}-${PROJECT_ID}`),
      ownPipelineExecution: sagemaker(`pipeline/${names.projectPrefix}${PROJECT}-${PROJECT_ID}/execution/abcdefghijkl`),
      ownExperiment: marked(`experiment/${PROJECT}`),
      ownTrial: marked(`experiment-trial/${PROJECT}`),
      ownArtifact: marked('artifact/a'),
      featureGroup: sagemaker(`feature-group/${names.projectPrefix}customers`),
      ownFeatureGroup: sagemaker(`feature-group/${PROJECT}`),
      modelPackageGroup: sagemaker(`model-package-group/${names.projectPrefix}${PROJECT}-${PROJECT_ID}`),
      modelPackage: sagemaker(`model-package/${names.projectPrefix}${PROJECT}-${PROJECT_ID}/1`),
    };
  }

  private preparation(): Record<string, Maker> {
    const { names } = this.parts;
    const glue = (rest: string) => () => thing('glue', rest);
    return {
      workGroup: () => thing('athena', `workgroup/${names.dataPreparationName}`),
      otherWorkGroup: () => thing('athena', 'workgroup/primary'),
      queryCatalog: () => thing('athena', 'datacatalog/AwsDataCatalog'),
      otherQueryCatalog: () => thing('athena', 'datacatalog/payroll'),
      catalog: glue('catalog'),
      database: glue(`database/${names.databaseName}`),
      defaultDatabase: glue('database/default'),
      otherDatabase: glue('database/payroll'),
      ownTable: glue(`table/${names.databaseName}/customers`),
      otherTable: glue('table/payroll/salaries'),
      anyGlueJob: glue('job/j'),
      anyGlueSession: glue('session/s'),
    };
  }
}
