import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CloudFormationProduct } from 'aws-cdk-lib/aws-servicecatalog';
import { ISigningProfile, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { AccessSystem } from './access-system';
import { GROUND_TRUTH_WRITER, SIGNING_PROFILE, StageName } from './cast';
import { Account, ACCOUNTS, ORGANIZATION_ID, REGION } from './request/organization';
import { TargetParts } from './target-things';
import { stacksOf, TemplateValue } from './template/synthesized-stack';
import { TemplateReader } from './template/template-reader';
import {
  CrossAccountDeploymentTarget, CrossAccountDeploymentTargetProps, DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage,
  DeploymentStageOptions,
  EnvironmentNetwork, EnvironmentNames, EnvironmentParameter, EnvironmentRole,
  IDataScienceEnvironment, MlopsProjectTemplate, ModelApproval, ModelPromotion,
  MonitoringCheck, Persona, ProjectBlueprint,
  TemplateDelivery,
} from '../../src';
import { BlueprintName, offerEveryBlueprint } from '../mlops/blueprints';
import { testApp } from '../test-app';

const PRODUCTS = `arn:aws:catalog:${REGION}:${ACCOUNTS.data.id}:product`;

/** Where the environment is. */
export const HERE = { account: ACCOUNTS.data.id, region: REGION };

const PLACES = { staging: ACCOUNTS.target, production: ACCOUNTS.production };
/** Among them a type with local storage. */
const ENDPOINTS = { instanceTypes: ['ml.m5.xlarge', 'ml.g5.xlarge'] };

type StageOptions = Pick<DeploymentStageOptions, 'endpointCapacity' | 'approval' | 'promotion' | 'monitoring'>;

/** A stage of one account, by its number or by its place in the organization, or in the environment's own account. */
const STAGE_BY = {
  account: (name: StageName, options: StageOptions) => DeploymentStage.accounts(name, { accounts: [PLACES[name].id], ...options }),
  unit: (name: StageName, options: StageOptions) => DeploymentStage.organizationalUnits(name, {
    organizationId: ORGANIZATION_ID, organizationalUnitPaths: PLACES[name].organization.paths, ...options,
  }),
  environment: (name: StageName, options: StageOptions) => DeploymentStage.sameAccount(name, options),
};

/** How the accounts of a stage are known. */
export type StageBy = keyof typeof STAGE_BY;
const BY: Record<StageName, StageBy> = { staging: 'account', production: 'unit' };

/** How an environment differs from the one that takes every default. */
export interface Variant {
  /** Where the stack is deployed; the data-science account's first region unless told otherwise. */
  readonly stackProps?: StackProps;
  readonly props?: (stack: Stack) => Partial<DataScienceEnvironmentProps>;
  /** What the owner of roles and networks from outside does once the environment says what it needs. */
  readonly finish?: (environment: DataScienceEnvironment, app: App, targets: CrossAccountDeploymentTarget[]) => void;
  /** Roles from outside. */
  readonly roleArns?: Partial<Record<EnvironmentRole, string>>;
  /** Roles as which people come, where IAM Identity Center makes them. */
  readonly sessionArns?: Partial<Record<EnvironmentRole, string>>;
  /** Whose the buckets of the environment are, where they are brought from another account. */
  readonly bucketOwner?: Account;
  /** How the accounts of the stages are known: staging's by number and production's by unit unless told otherwise. */
  readonly stages?: Record<StageName, StageBy>;
  /** From where targets read their models: the environment's releases unless told otherwise. */
  readonly promotion?: ModelPromotion;
  /** Targets are made in an app that knows the environment by these names alone. */
  readonly namesAlone?: { readonly rolePath?: string };
  readonly targetProps?: (stack: Stack) => Partial<CrossAccountDeploymentTargetProps>;
}

/** The environment that the scenarios speak of, with alice and bob in it, and the accounts that it deploys to. */
export function churn(variant: Variant = {}): AccessSystem {
  const { stackProps = { env: HERE }, props = () => ({}), finish = () => {}, roleArns = {}, stages = BY } = variant;
  const app = testApp();
  const stack = new Stack(app, 'Churn', stackProps);
  const given = props(stack); // first: what it sets on the stack must be set before the stack has anything in it
  const approvals = new Topic(stack, 'Approvals');
  const deploymentStages = stagesOf(stages, approvals, variant.promotion);
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', deploymentStages: Object.values(deploymentStages), dataPreparation: {}, mlflow: {}, featureStore: true, imageSigningProfile: signingProfile(stack), ...given,
  });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  environment.addUser('bob', { persona: Persona.ML_ENGINEER });
  environment.personas.allowEnvironmentProduct(`${PRODUCTS}/prod-environment`);
  const templates = offerProjects(environment), member = environment.addMemberProduct();
  const known = variant.namesAlone ? byName(app, variant.namesAlone) : environment;
  const targets = (['staging', 'production'] as const).map((name) => {
    const account = stages[name] === 'environment' ? ACCOUNTS.data : PLACES[name];
    const place = new Stack(app, name, { env: { account: account.id, region: REGION } });
    const target = new CrossAccountDeploymentTarget(place, 'Target', {
      environment: known, stage: deploymentStages[name], groundTruthWriters: name === 'staging' ? [GROUND_TRUTH_WRITER] : [], ...variant.targetProps?.(place),
    });
    return { account, target };
  });
  finish(environment, app, targets.map(({ target }) => target));
  const { sessionArns, bucketOwner } = variant;
  return systemOf(app, environment, targets, { roleArns, sessionArns, approvals, templates, member, bucketOwner });
}

/** Two environments in one account, the name of one beginning with the other's, that deploy to the same accounts. */
export function churnAndNeighbour(): AccessSystem {
  const app = testApp();
  const [one, other] = ['churn', 'churn-2'].map((environmentName) => {
    const stack = new Stack(app, environmentName, { env: HERE });
    const approvals = new Topic(stack, 'Approvals');
    const deploymentStages = stagesOf(BY, approvals);
    const environment = new DataScienceEnvironment(stack, 'Environment', {
      environmentName, mlflow: {}, featureStore: true, imageSigningProfile: signingProfile(stack), deploymentStages: Object.values(deploymentStages),
    });
    const templates = offerProjects(environment);
    const targets = (['staging', 'production'] as const).map((name) => {
      const place = new Stack(app, `${environmentName}-${name}`, { env: { account: PLACES[name].id, region: REGION } });
      return { account: PLACES[name], target: new CrossAccountDeploymentTarget(place, 'Target', { environment, stage: deploymentStages[name] }) };
    });
    return { environment, targets, around: { approvals, templates } };
  });
  return systemOf(app, one.environment, one.targets, { ...one.around, neighbour: systemOf(app, other.environment, other.targets, other.around) });
}

/** Of the account, as the signing configuration of its registry is. */
function signingProfile(stack: Stack): ISigningProfile {
  return SigningProfile.fromSigningProfileAttributes(stack, 'Signing', { signingProfileName: SIGNING_PROFILE, signingProfileVersion: 'version' });
}

interface PlacedTarget {
  readonly account: Account;
  readonly target: CrossAccountDeploymentTarget;
}

interface Around {
  readonly approvals: ITopic;
  readonly templates: ProjectTemplates;
  readonly member?: CloudFormationProduct;
  readonly roleArns?: Variant['roleArns'];
  readonly sessionArns?: Variant['sessionArns'];
  readonly bucketOwner?: Account;
  readonly neighbour?: AccessSystem;
}

function byName(app: App, more: { rolePath?: string }): IDataScienceEnvironment {
  return DataScienceEnvironment.fromEnvironmentAttributes(new Stack(app, 'Names'), 'Churn', { environmentName: 'churn', ...HERE, ...more });
}

/** People say yes before each stage, and are told that they are waited for. */
function stagesOf(by: Record<StageName, StageBy>, notificationTopic: ITopic, promotion?: ModelPromotion): Record<StageName, DeploymentStage> {
  const approval = ModelApproval.manual({ notificationTopic });
  const options = { endpointCapacity: ENDPOINTS, approval, promotion, monitoring: {} };
  return { staging: STAGE_BY[by.staging]('staging', options), production: STAGE_BY[by.production]('production', options) };
}

type ProjectTemplates = Record<BlueprintName | 'fromBucket', MlopsProjectTemplate>;

/** Templates of either kind, delivered either way. */
function offerProjects(environment: DataScienceEnvironment): ProjectTemplates {
  return {
    ...offerEveryBlueprint(environment, { checks: [MonitoringCheck.dataQuality()], retraining: true }),
    fromBucket: environment.addProjectTemplate('TrainFromBucket', { blueprint: ProjectBlueprint.buildTrain(), delivery: TemplateDelivery.s3() }),
  };
}

function systemOf(app: App, environment: DataScienceEnvironment, targets: PlacedTarget[], around: Around): AccessSystem {
  const { roleArns = {}, sessionArns, bucketOwner, neighbour, approvals, templates, member } = around;
  const reader = new TemplateReader(stacksOf(app, HERE));
  const valueOf = (construct: IConstruct, token: string) => {
    const stack = Stack.of(construct);
    return reader.value(stack.stackName, stack.resolve(token) as TemplateValue) as string;
  };
  const flowLogsOf = (vpcId: string) => {
    const { logGroup = 'flow-logs-of-the-company', roleArn = '' } = reader.flowLogsOf(vpcId) ?? {};
    return { flowLogGroup: logGroup, flowLogsRole: roleArn };
  };
  const networkOf = (of: IConstruct, network: EnvironmentNetwork) => ({
    subnets: network.subnets.map(({ subnetId }) => valueOf(of, subnetId)),
    securityGroups: [valueOf(of, network.workloadSecurityGroup.securityGroupId)],
    vpcId: valueOf(of, network.vpc.vpcId),
    ...flowLogsOf(valueOf(of, network.vpc.vpcId)),
  });
  const partsOf = ({ account, target }: PlacedTarget): TargetParts => ({
    stageName: target.stage.stageName,
    account,
    captureBucket: valueOf(target, target.captureBucket.bucketArn),
    modelsBucket: target.promotedModelsBucket && valueOf(target, target.promotedModelsBucket.bucketArn),
    ...networkOf(target, target.network),
  });
  const [staging, production] = targets.map(partsOf);
  const { storage, network, studio } = environment, artifacts = storage.artifactsBucket!, inBucket = storage.templatesBucket!;
  const environmentName = valueOf(environment, environment.environmentName);
  // As the templates name things once their tokens are known.
  const { rolePath, rolePaths } = environment.names;
  const names = new EnvironmentNames({ environmentName, partition: 'aws', rolePath, rolePaths, ...HERE });
  const productOf = (template: MlopsProjectTemplate) => valueOf(template, template.productArn!).split('/').pop()!;
  const logGroup = (role: EnvironmentRole) => ({ [role]: reader.logGroupOfFunction(roleArns[role] ?? names.roleArn(role)) });
  return new AccessSystem(reader, {
    names,
    roleArns,
    sessionArns,
    bucketOwner,
    buckets: {
      data: valueOf(storage, storage.dataBucket.bucketArn),
      models: valueOf(storage, storage.modelsBucket.bucketArn),
      releases: valueOf(storage, storage.releasesBucket.bucketArn),
      reports: valueOf(storage, storage.reportsBucket.bucketArn),
      mlflow: valueOf(storage, storage.mlflowBucket!.bucketArn),
      offlineStore: valueOf(storage, storage.offlineStore?.bucketArn ?? 'arn:aws:s3:::none'),
      accessLogs: valueOf(storage, storage.accessLogsBucket.bucketArn),
    },
    domainId: valueOf(studio, studio.domainId),
    ...networkOf(network, network),
    studioSecurityGroups: [valueOf(network, network.studioSecurityGroup.securityGroupId)],
    cleanUpFunction: member && storedIn(reader, names.parameterName(EnvironmentParameter._CLEAN_UP_FUNCTION_ARN)),
    defaultSecurityGroup: valueOf(network, (network.vpc as Vpc).vpcDefaultSecurityGroup),
    handlerLogGroups: {
      ...logGroup(EnvironmentRole.STUDIO_CLEAN_UP), ...logGroup(EnvironmentRole.DEFAULT_SECURITY_GROUP), ...logGroup(EnvironmentRole.PUBLISHER),
    },
    projects: {
      bucketOwner,
      trainProduct: productOf(templates.Train),
      monitorProduct: productOf(templates.Monitor),
      batchProduct: productOf(templates.Batch),
      imageProduct: productOf(templates.Image),
      memberProduct: member && valueOf(member, member.productId),
      deployProduct: productOf(templates.Deploy),
      templateUrl: valueOf(inBucket, `https://${inBucket.bucketRegionalDomainName}/projects/TrainFromBucket-0123456789ab.yaml`),
      buckets: { artifacts: valueOf(artifacts, artifacts.bucketArn), templates: valueOf(inBucket, inBucket.bucketArn) },
      approvalTopic: valueOf(approvals, approvals.topicArn),
      undeliveredEvents: valueOf(environment, environment.undeliveredEvents!.queueArn),
    },
  }, { staging, production }, neighbour);
}

/** What a parameter of the environment holds. */
function storedIn(reader: TemplateReader, name: string): string {
  const { values, resource } = reader.resources().find((found) => found.resource.Type === 'AWS::SSM::Parameter' && found.values.property(found.resource, 'Name') === name)!;
  return values.property(resource, 'Value') as string;
}
