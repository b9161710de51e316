import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, IAction, Result } from 'aws-cdk-lib/aws-codepipeline';
import {
  CloudFormationDeployStackSetAction, CodeBuildAction, ManualApprovalAction,
  StackInstances, StackSetDeploymentModel, StackSetParameters, StackSetTemplate,
} from 'aws-cdk-lib/aws-codepipeline-actions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { accountsSteps, releaseSteps, TESTS_FILE } from './deploy-steps';
import { EndpointAlarmOptions, EndpointUpdate, ModelEndpointTemplate } from '../../deployment';
import { DeploymentStage, EnvironmentRegistry, EnvironmentRole, TargetRole } from '../../registry';
import { ProjectBuckets } from '../../storage';
import { ProjectTemplate } from '../project-template';

/** Properties of the template of projects that deploy. */
export interface DeployTemplateProps extends BlueprintContext {
  readonly update?: EndpointUpdate;
  readonly alarms?: EndpointAlarmOptions;
}

/**
 * A delivery pipeline that starts when a version is approved: copies the version as it was approved, then, stage by
 * stage, asks for an approval, deploys the copy, and tests the endpoint. The endpoint's template is the environment's;
 * the repository gives values within what the stage fixed, and the test.
 */
export class DeployTemplate extends ProjectTemplate {
  private readonly pipeline: DeliveryPipeline;
  /** What was released, and the values and templates to deploy it with. */
  private readonly released = new Artifact('Release');
  private readonly release: CodeBuildAction;
  private readonly accounts: BuildProject;
  private readonly test: BuildProject;

  constructor(scope: Construct, id: string, private readonly props: DeployTemplateProps) {
    const { registry, source, seedKey, description, deploymentStages } = props;
    super(scope, id, { registry, description: description ?? 'Deploys approved model versions, stage by stage', lowerCaseNames: true });
    const modelPackageGroup = this.addParameter('ModelPackageGroupName', {
      group: 'Model',
      label: 'Model package group',
      description: 'The group whose approved versions are deployed',
      allowedPattern: `${registry.projectPrefix}[a-zA-Z0-9](-*[a-zA-Z0-9])*`,
      maxLength: 63,
    }).valueAsString;
    this.pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'deploy', source: source._bind(this, seedKey) });
    this.release = this.releaseAction(modelPackageGroup);
    this.accounts = this.accountsBuild();
    this.test = this.testBuild();
    this.pipeline.addStage({ stageName: 'Release', actions: [this.release] });
    for (const stage of deploymentStages) this.deployTo(stage);
    this.pipeline.startOn('Approved', 'approved', {
      source: ['aws.sagemaker'],
      detailType: ['SageMaker Model Package State Change'],
      detail: { ModelPackageGroupName: [modelPackageGroup], ModelApprovalStatus: ['Approved'] },
    });
  }

  private deployTo(stage: DeploymentStage): void {
    const accounts = new Artifact(`${ProjectBuckets.ACCOUNTS}${stage.deliveryName}`);
    const approval = stage.approval.isManual ? [this.approvalAction(stage)] : [];
    this.pipeline.addStage({
      stageName: stage.deliveryName,
      actions: [...approval, this.accountsAction(stage, accounts), this.deployAction(stage, accounts), this.testAction(stage, accounts)],
      onFailure: { result: Result.ROLLBACK },
    });
  }

  /** The only build that writes releases; it runs a program of the library's, and takes values from the repository as data. */
  private releaseAction(modelPackageGroup: string): CodeBuildAction {
    const { deploymentStages, registry, publishProgram, publishText, update, alarms } = this.props;
    const parts = deploymentStages.flatMap((stage) => {
      const template = new ModelEndpointTemplate(this.node.scope!, `${this.node.id}-${stage.stageName}-endpoint`, { registry, stage, update, alarms });
      return [
        { file: templateOf(stage), key: publishText(templateOf(stage), template.templateBody) },
        { file: dataOf(stage), key: publishText(dataOf(stage), this.toJsonString(this.stageData(stage))) },
      ];
    });
    const bucket = (name: string) => this.fromEnvironment('storage', `${name}-bucket`);
    const build = new BuildProject(this, 'Release', {
      what: 'release',
      description: 'Copies the newest approved version, as it was approved',
      role: EnvironmentRole.RELEASE,
      buildSpec: BuildSpec.fromObject(releaseSteps(publishProgram('release'), parts)),
      variables: {
        MODEL_PACKAGE_GROUP_NAME: modelPackageGroup,
        MODELS_BUCKET: bucket('models'),
        REPORTS_BUCKET: bucket('reports'),
        RELEASES_BUCKET: bucket('releases'),
        RELEASES_KEY_ARN: this.fromEnvironment('encryption', 'releases-key-arn'),
        RELEASES_REPOSITORY: registry.releasesRepositoryName,
        RELEASE_PREFIX: this.projectId,
        TEMPLATES_BUCKET: bucket('templates'),
        SAGEMAKER_PROJECT_NAME: this.projectName,
        STAGES: deploymentStages.map(({ stageName }) => stageName).join(','),
      },
    });
    return new CodeBuildAction({
      actionName: 'Release', input: this.pipeline.code, project: build.project, outputs: [this.released], variablesNamespace: 'Release',
    });
  }

  private approvalAction(stage: DeploymentStage): IAction {
    const { topic } = stage.approval;
    return new ManualApprovalAction({
      actionName: 'Approve',
      runOrder: 1,
      externalEntityLink: this.release.variable('VERSION_LINK'),
      additionalInformation: `${this.release.variable('MODEL_PACKAGE_ARN')} to ${stage.stageName}: ${this.release.variable('METRICS')}`,
      // By its ARN in the registry: the topic itself is a resource of another stack.
      notificationTopic: topic && Topic.fromTopicArn(this, `${stage.deliveryName}Topic`, this.fromEnvironment('projects', `${stage.stageName}-approval-topic-arn`)),
    });
  }

  /** Where the stage's targets stand now: only what has registered is deployed to. */
  private accountsBuild(): BuildProject {
    return new BuildProject(this, 'Accounts', {
      what: 'accounts',
      description: 'Lists the accounts of a stage that are ready',
      role: EnvironmentRole.DEPLOYMENT_ACCOUNTS,
      outsideVpc: true, // AWS Organizations is reached in one region only
      buildSpec: BuildSpec.fromObject(accountsSteps(this.props.publishProgram('deployment-accounts'))),
      variables: { TEMPLATES_BUCKET: this.fromEnvironment('storage', 'templates-bucket') },
    });
  }

  /** What programs are told of a stage. In a file: an action of a pipeline takes 1,000 characters, and stages may have hundreds of accounts. */
  private stageData(stage: DeploymentStage): Record<string, unknown> {
    const { registry } = this;
    return {
      stage: stage.stageName,
      endpointPrefix: registry.endpointPrefix(stage.stageName),
      instanceTypes: stage.endpoints.instanceTypes,
      accounts: {
        stage: stage.stageName,
        endpointTestRole: testRoleOf(registry, stage),
        ...stage.retirement && { retire: stage.retirement },
        ...stage.leaving.length > 0 && { leaving: stage.leaving },
        ...stage.organizationalUnitPaths.length > 0
          ? {
            organizationId: stage.organizationId,
            organizationalUnitPaths: stage.organizationalUnitPaths,
            listingRoleArn: stage.platformAccount && registry.listingRoleArn(stage.stageName, stage.platformAccount),
          }
          : { accounts: stage.isSameAccount ? [registry.account] : stage.accountIds },
      },
    };
  }

  private accountsAction(stage: DeploymentStage, output: Artifact): IAction {
    return new CodeBuildAction({
      actionName: 'Accounts',
      runOrder: 2,
      input: this.released,
      outputs: [output],
      project: this.accounts.project,
      environmentVariables: { STAGE: { value: stage.stageName }, STACK_SET_NAME: { value: this.endpointName(stage) } },
    });
  }

  private deployAction(stage: DeploymentStage, accounts: Artifact): IAction {
    const { registry } = this;
    return new CloudFormationDeployStackSetAction({
      actionName: 'Deploy',
      runOrder: 3,
      stackSetName: this.endpointName(stage),
      description: `Endpoint of the project ${this.projectName} in the stage ${stage.stageName}`,
      template: StackSetTemplate.fromArtifactPath(this.released.atPath(templateOf(stage))),
      parameters: StackSetParameters.fromArtifactPath(this.released.atPath(`parameters-${stage.stageName}.json`)),
      stackInstances: StackInstances.fromArtifactPath(accounts.atPath('accounts.json'), [registry.region]),
      deploymentModel: StackSetDeploymentModel.selfManaged({
        administrationRole: Role.fromRoleArn(this, `${stage.deliveryName}Administration`, registry.roleArn(EnvironmentRole.STACK_SET_ADMINISTRATOR), { mutable: false }),
        executionRoleName: registry.targetRoleName(stage.stageName, TargetRole.DEPLOYMENT),
      }),
      failureTolerancePercentage: 0, // what fails in one account does not reach the next
    });
  }

  /** The repository's own test, with a role in each target that can do nothing but describe and invoke. */
  private testBuild(): BuildProject {
    return new BuildProject(this, 'Test', {
      what: 'test',
      description: 'Tests the endpoints of a stage',
      role: EnvironmentRole.CODE_BUILD,
      buildSpec: TESTS_FILE,
      variables: { SAGEMAKER_PROJECT_NAME: this.projectName },
    });
  }

  private testAction(stage: DeploymentStage, accounts: Artifact): IAction {
    const { requests, errorPercentage, latencyOf95Percent } = stage.tests;
    const variables = {
      STAGE: stage.stageName,
      ENDPOINT_NAME: this.endpointName(stage),
      ENDPOINT_TEST_ROLE: testRoleOf(this.registry, stage),
      REQUESTS: `${requests}`,
      ERROR_PERCENTAGE: `${errorPercentage}`,
      LATENCY_OF_95_PERCENT: `${latencyOf95Percent.toMilliseconds()}`,
    };
    return new CodeBuildAction({
      actionName: 'Test',
      runOrder: 4,
      input: this.pipeline.code,
      extraInputs: [this.released, accounts],
      project: this.test.project,
      environmentVariables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    });
  }

  private endpointName(stage: DeploymentStage): string {
    return this.registry.endpointName(stage.stageName, this.projectName);
  }
}

/** The role of a target that may describe and invoke its endpoints, with its path but for the first slash. */
function testRoleOf(registry: EnvironmentRegistry, { stageName }: DeploymentStage): string {
  return `${registry.rolePath.slice(1)}${registry.targetRoleName(stageName, TargetRole.ENDPOINT_TEST)}`;
}

/** The file of the release that says what a stage is. */
function dataOf({ stageName }: DeploymentStage): string {
  return `stage-${stageName}.json`;
}

/** The file of the release that holds a stage's endpoint template. */
function templateOf({ stageName }: DeploymentStage): string {
  return `endpoint-${stageName}.json`;
}
