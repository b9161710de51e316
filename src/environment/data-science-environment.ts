import { RemovalPolicy } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { CloudFormationProduct } from 'aws-cdk-lib/aws-servicecatalog';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { EnvironmentKeys } from '../encryption';
import { ExecutionRoles, ManagedRole, Persona, Personas } from '../identity';
import { MlopsProjectTemplate, ProjectBlueprint, ProjectTemplateOptions } from '../mlops';
import { DataScienceEnvironmentProps } from './data-science-environment-props';
import { EnvironmentUserOptions } from './environment-user-options';
import { ImportedEnvironment } from './imported-environment';
import { ProjectFoundation } from '../mlops/project-foundation';
import { Launchable } from '../mlops/template-delivery';
import { UndeliveredEvents } from '../monitoring/undelivered-events';
import { EnvironmentAttributes, EnvironmentNames, EnvironmentRole } from '../names';
import { EnvironmentNetwork, PackageIndex } from '../network';
import { DataPerimeter } from '../perimeter';
import { throwValidationError } from '../private/invalid-input';
import { removalOf } from '../private/removal';
import { checkRequired, TEXT } from '../private/required-input';
import { writePoliciesShort } from '../private/written-policies';
import { cardOf, PERSONAS } from '../roles/cards';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';
import { STAGE } from '../stages/kinds';
import { DataPreparation, DataSource, DataSourceOptions, EnvironmentStorage } from '../storage';
import { MlflowTrackingServer, SecureStudioDomain, StudioUser } from '../studio';
import { openBatchInference } from './private/batch-inference';
import { openCodeRepositories } from './private/code-repositories';
import { tellOwner } from './private/data-source-outputs';
import { createMlflow } from './private/environment-mlflow';
import { EnvironmentOutputs } from './private/environment-outputs';
import { EnvironmentParameters } from './private/environment-parameters';
import { createPerimeter } from './private/environment-perimeter';
import { makeFoundation } from './private/environment-projects';
import { createStudio, showTemplates } from './private/environment-studio';
import { tagEnvironment } from './private/environment-tags';
import { openFeatureStore } from './private/feature-store';
import { givenThings } from './private/given-things';
import { openImageBuilds, signingFaultsOf } from './private/image-builds';
import { checkDataSource, checkEnvironment, checkNewUser, checkProjectTemplate } from './private/input-rules';
import { isolateResources } from './private/isolated-resources';
import { MemberProduct } from './private/member-product';
import { prepareData } from './private/prepared-data';
import { requiredRole } from './private/required-roles';
import { grantBuckets, grantPackages, OF_WORK, OFFERED } from './private/role-grants';
import { sizeFaultsOf } from './private/stack-size';
import { openToStages } from './private/stage-parts';
import { checkStages } from './private/stage-rules';

/** A complete, locked-down data science environment: network, keys, buckets, roles, guardrails and a Studio domain. */
export class DataScienceEnvironment extends Construct implements IDataScienceEnvironment, IConnectable {
  /** Imports an environment of another app or account by its name. */
  public static fromEnvironmentAttributes(scope: Construct, id: string, attributes: EnvironmentAttributes): IDataScienceEnvironment {
    return new ImportedEnvironment(scope, id, attributes);
  }

  /** Name of the environment. */
  public readonly environmentName: string;
  /** The names that the environment shares with its project templates and deployment targets. */
  public readonly names: EnvironmentNames;
  /** The KMS keys. */
  public readonly keys: EnvironmentKeys;
  /** The network of the workloads. */
  public readonly network: EnvironmentNetwork;
  /** The data perimeter, which writes the policies of buckets, keys and VPC endpoints. */
  public readonly perimeter: DataPerimeter;
  /** The S3 buckets. */
  public readonly storage: EnvironmentStorage;
  /** The execution roles of Studio applications, pipelines, jobs and models. */
  public readonly executionRoles: ExecutionRoles;
  /** The Studio domain. */
  public readonly studio: SecureStudioDomain;
  /** The roles of people. */
  public readonly personas: Personas;
  /** The MLflow tracking server, if `mlflow` is set. */
  public readonly mlflow?: MlflowTrackingServer;
  /** The package index, if there is one. */
  public readonly packageIndex?: PackageIndex;
  /** The Glue database and the Athena workgroup over the data bucket, if `dataPreparation` is set. */
  public readonly dataPreparation?: DataPreparation;
  /** Stages to which models are deployed, in this order. */
  public readonly deploymentStages: DeploymentStage[];

  private foundation?: ProjectFoundation;
  private members?: MemberProduct;
  private undelivered?: UndeliveredEvents;
  private offersFromS3 = false;

  constructor(scope: Construct, id: string, private readonly props: DataScienceEnvironmentProps) {
    super(scope, id);
    this.node.setContext(IAM_MINIMIZE_POLICIES, true); // as cdk init asks for: the app of whoever does not would be larger by a hundredth
    checkEnvironment(this, props);
    const destroysData = removalOf(this, props.removalPolicy) === RemovalPolicy.DESTROY; // asked before its parts ask, so that people are warned once
    this.environmentName = props.environmentName;
    this.names = EnvironmentNames.forStack(this, props.environmentName, props.roleOptions);
    this.deploymentStages = props.deploymentStages ?? [];
    checkStages(this, this.names, this.deploymentStages);

    const { removalPolicy, featureStore, keys: source } = props, { names } = this;
    const offlineStoreKey = props.storage?.existingBuckets?.offlineStore?.encryptionKey;
    this.keys = EnvironmentKeys._create(this, 'Keys', { names, removalPolicy, source, mlflow: props.mlflow !== undefined, featureStore, offlineStoreKey });
    this.network = (props.network ?? EnvironmentNetwork.managed())._networkOf(this, { logsKey: this.keys.logs, names, removalPolicy });
    this.packageIndex = props.packageIndex && new PackageIndex(this, 'PackageIndex', { ...props.packageIndex, network: this.network, names });
    const perimeter = this.perimeter = createPerimeter(this, props, destroysData);
    this.storage = EnvironmentStorage._create(this, 'Storage', { ...props.storage, names, perimeter, keys: this.keys, removalPolicy });
    this.executionRoles = this.makeExecutionRoles(props);
    openFeatureStore(this, props.featureStore);
    this.dataPreparation = prepareData(this, props);
    this.studio = createStudio(this, props);
    openCodeRepositories(this, props.studio?.codeRepositories);
    this.personas = this.makePersonas(props);
    this.mlflow = createMlflow(this, props);
    if (props.domainResourceIsolation ?? true) isolateResources(this);
    openToStages(this, props, () => this.keepUndelivered());
    new EnvironmentParameters(this, 'Parameters', this, givenThings(props, this.studio));
    new EnvironmentOutputs(this, 'Outputs', this);
    this.node.addValidation({ validate: () => [...sizeFaultsOf(this), ...signingFaultsOf(this, props.imageSigningProfile)] });
    tagEnvironment(this, this.environmentName, props.owner);
    writePoliciesShort(this);
  }

  /**
   * Adds a user profile to Studio, with the execution role of the user's persona.
   *
   * @param userName name of the user profile, in lower case, to which sessions of the persona are bound
   * @throws if the persona does not work in Studio
   */
  public addUser(userName: string, options: EnvironmentUserOptions): StudioUser {
    checkNewUser(this, userName, options);
    return this.studio.addUser(userName, { ...options.userProfile, executionRole: this.executionRoleOf(options.persona).role });
  }

  /**
   * Allows Studio and jobs to reach a bucket of another owner, who must add the statements of `perimeter.requiredBucketStatements`.
   *
   * @param bucket the bucket, imported with its `account` if it belongs to another account
   * @returns the data source, which can be granted to further roles
   */
  public addDataSource(bucket: IBucket, options: DataSourceOptions = {}): DataSource {
    checkDataSource(this, bucket);
    const source = new DataSource(bucket, options);
    this.perimeter.allowDataSource(bucket, source.prefix, source.isWritable);
    for (const [role, grantee] of this.executionRoles._all) if (cardOf(role).usesDataSources) source.grantAccess(grantee);
    tellOwner(this, bucket);
    return source;
  }

  /** Returns true if a stage is one of the environment's. */
  public deploysTo(stage: DeploymentStage): boolean {
    checkRequired(this, { stage }, { stage: STAGE });
    return this.deploymentStages.some(({ stageName }) => stageName === stage.stageName);
  }

  /** What targets compare their stage with. @internal */
  public get _knownStages(): DeploymentStage[] {
    return this.deploymentStages;
  }

  /** What its project templates share: made with the first of them, because an environment without projects has no use for it. @internal */
  public _projectFoundation(blueprint: ProjectBlueprint): ProjectFoundation {
    if (blueprint._infersInBatches) openBatchInference(this);
    const foundation = this.makeFoundation();
    if (blueprint._buildsImages) openImageBuilds(this, foundation, this.props);
    return foundation;
  }

  /** Lets people launch a project template. @internal */
  public _offer({ productArn, templateUrl }: Launchable): void {
    if (productArn !== undefined) this.addProjectProduct(productArn);
    if (templateUrl !== undefined && this.foundation !== undefined) this.offerFromS3(this.foundation);
  }

  /** The network connections of the Studio applications of all users, as `network.connections` are those of jobs, builds and models. */
  public get connections(): Connections {
    return this.studio.connections;
  }

  /** Dead-letter queue of event rules, or undefined before the first project template or monitored stage, which creates it. */
  public get undeliveredEvents(): IQueue | undefined {
    return this.undelivered?.queue;
  }

  /** Alarm while an event is in the dead-letter queue, which notifies nobody until you add an action, or undefined without the queue. */
  public get undeliveredEventsAlarm(): Alarm | undefined {
    return this.undelivered?.alarm;
  }

  /**
   * Adds a project template that users can launch in Studio.
   *
   * @param templateName construct id of the template and, without `displayName`, its name in the console, so that a change replaces it
   */
  public addProjectTemplate(templateName: string, options: ProjectTemplateOptions): MlopsProjectTemplate {
    checkProjectTemplate(this, templateName, options);
    this._projectFoundation(options.blueprint); // before the template in the tree
    return new MlopsProjectTemplate(this, `Project-${templateName}`, { displayName: templateName, ...options, environment: this });
  }

  /**
   * Adds a Service Catalog product from which team administrators add and remove users, without a deployment of the environment.
   *
   * The form asks for the name, in a domain with AuthMode SSO for the one in IAM Identity Center as well, and for data scientist or ML
   * engineer. A user's work is kept unless it asks for the deletion. Terminate all members before you take the call out of the app: the
   * launch role goes with it.
   *
   * @returns the same product at each call
   * @throws in a domain that existed already
   */
  public addMemberProduct(): CloudFormationProduct {
    this.members ??= new MemberProduct(this, 'Members', this.makeFoundation());
    return this.members.product;
  }

  /** Allows users to launch an existing Service Catalog product as a project template. */
  public addProjectProduct(productArn: string): void {
    checkRequired(this, { productArn }, { productArn: TEXT });
    this.personas.allowProjectProduct(productArn);
    this.executionRoles.allowProjectProduct(productArn);
  }

  /**
   * Returns the policies that the owner of an existing role must attach to it, once everything has been added to the environment.
   *
   * @throws if the environment has no such role
   */
  public requiredPolicies(role: EnvironmentRole): PolicyDocument[] {
    return requiredRole(this, role).requiredPolicies;
  }

  /** Returns the trust policy that the owner of an existing role must give it. */
  public requiredTrust(role: EnvironmentRole): PolicyDocument {
    return requiredRole(this, role).requiredTrust;
  }

  private makeFoundation(): ProjectFoundation {
    return this.foundation ??= makeFoundation(this, this.keepUndelivered().queue, this.props);
  }

  private keepUndelivered(): UndeliveredEvents {
    if (this.undelivered) return this.undelivered;
    const undelivered = this.undelivered = new UndeliveredEvents(this, 'UndeliveredEvents', { names: this.names, encryptionKey: this.keys.logs });
    this.personas.teamAdministrator.addToPolicy(...undelivered.readingStatements);
    return undelivered;
  }

  /** Studio shows templates of a bucket that its domain names, to whoever may read them and their tags. */
  private offerFromS3({ buckets: { templates }, roles }: ProjectFoundation): void {
    if (this.offersFromS3) return;
    this.offersFromS3 = true;
    grantBuckets(this.executionRoles._all, this.storage, OFFERED);
    this.storage._enableStudioCors();
    this.executionRoles.allowProjectTemplates(roles.launch.roleArn, `https://${templates.bucketRegionalDomainName}/${ProjectFoundation.S3_TEMPLATES}/*`);
    showTemplates(this.studio, `s3://${templates.bucketName}/${ProjectFoundation.S3_TEMPLATES}/`);
  }

  private executionRoleOf(persona: Persona): ManagedRole {
    const worksAs = PERSONAS.find(({ role }) => String(role) === String(persona))?.worksAs;
    return (worksAs && this.executionRoles._all.get(worksAs)) ?? throwValidationError(this, {
      property: 'persona', value: persona, rule: 'be one that works in Studio', remedy: 'Administrators have no profile: they manage those of others',
    });
  }

  private makeExecutionRoles(props: DataScienceEnvironmentProps): ExecutionRoles {
    const roles = new ExecutionRoles(this, 'ExecutionRoles', {
      ...props.executionRoles,
      names: this.names,
      subnets: this.network.subnets,
      securityGroups: [this.network.workloadSecurityGroup],
      volumeKey: this.keys.volumes,
      studioStorageKey: this.keys.studioStorage,
      outputKeys: [this.keys.data, this.keys.models, this.keys.artifacts],
      sharedSpaces: props.sharedSpaces,
      offlineStore: props.featureStore ? this.storage._forFeatures().bucket : undefined,
    });
    grantBuckets(roles._all, this.storage, OF_WORK);
    grantPackages(roles._all, this.packageIndex);
    return roles;
  }

  private makePersonas(props: DataScienceEnvironmentProps): Personas {
    const personas = Personas._create(this, 'Personas', {
      ...props.personas,
      names: this.names,
      domainId: this.studio.domainId,
      authMode: this.studio.authMode,
      studioRoleArns: [this.executionRoles.studioRole.roleArn, this.executionRoles.dataPreparationRole.roleArn],
      securityGroups: [this.network.studioSecurityGroup],
      deploymentStages: this.deploymentStages,
    });
    grantBuckets(personas._all, this.storage, OF_WORK);
    return personas;
  }
}
