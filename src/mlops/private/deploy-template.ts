import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, GlobalVariables, IAction, Result } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction, ManualApprovalAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { promotionSteps, TESTS_FILE } from './deploy-steps';
import { accountsOf, dataOf, roleOf, StageDelivery } from './stage-delivery';
import { approvalOf, modelPackageGroupOf, releaseAction, unlessRepeated } from './version-release';
import { EndpointAlarmOptions, EndpointUpdate } from '../../endpoints';
import { ModelEndpointTemplate } from '../../endpoints/model-endpoint-template';
import { EnvironmentParameter, EnvironmentRole, TargetRole } from '../../names';
import { InputCheck } from '../../private/input-check';
import { ACCOUNTS } from '../../roles/statements/artifact-keys';
import { DeploymentStage } from '../../stages';
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
  private readonly delivery: StageDelivery;
  private readonly promotion?: BuildProject;
  private readonly test: BuildProject;

  constructor(scope: Construct, id: string, private readonly props: DeployTemplateProps) {
    const { names, source, seedKey, description, deploymentStages } = props;
    new InputCheck(scope).notEmpty('deploymentStages', deploymentStages, 'ProjectBlueprint.deploy goes through them: give them to the environment').throwIfInvalid();
    super(scope, id, { names, description: description ?? 'Deploys approved model versions, stage by stage', lowerCaseNames: true });
    const modelPackageGroup = modelPackageGroupOf(this);
    this.pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'deploy', source: source._source.bind(this, seedKey) });
    this.release = this.releaseOf(modelPackageGroup);
    this.delivery = new StageDelivery(this, 'Delivery', { publishProgram: props.publishProgram, released: this.released });
    if (deploymentStages.some(({ promotion }) => promotion.hasModelCopies)) this.promotion = this.promotionBuild();
    this.test = this.testBuild();
    this.pipeline.addStage({ stageName: 'Release', actions: [this.release] });
    for (const stage of deploymentStages) this.deployTo(stage);
    this.pipeline.startOnRepeatable('Approved', 'approved', approvalOf(modelPackageGroup));
  }

  private deployTo(stage: DeploymentStage): void {
    const accounts = new Artifact(`${ACCOUNTS}${stage.pipelineStageName}`);
    const promotion = stage.promotion.hasModelCopies ? [this.promotionAction(stage, accounts, this.promotion!)] : [];
    const endpoint = {
      stage, accounts, stackSetName: this.endpointName(stage), description: `Endpoint of the project ${this.projectName} in the stage ${stage.stageName}`,
    };
    // What is rolled back is run again as a whole: whoever approved, approved what is gone back to.
    if (stage.approval.isManual) {
      this.pipeline.addStage({ stageName: stage.approvalStageName, actions: [this.approvalAction(stage)], beforeEntry: unlessRepeated() });
    }
    this.pipeline.addStage({
      stageName: stage.pipelineStageName,
      actions: [
        this.delivery.listAccounts({ ...endpoint, runOrder: 1 }),
        ...promotion,
        this.delivery.deploy({ ...endpoint, runOrder: 2 + promotion.length }, templateOf(stage)),
        this.testAction(stage, accounts),
      ],
      beforeEntry: unlessRepeated(),
      onFailure: { result: Result.ROLLBACK },
    });
  }

  /** What is deployed: the version, and for each stage what the environment says of it. */
  private releaseOf(modelPackageGroup: string): CodeBuildAction {
    const { deploymentStages, names, publishProgram, publishText, publishTemplate, update, alarms } = this.props;
    const parts = deploymentStages.flatMap((stage) => {
      const template = new ModelEndpointTemplate(this.node.scope!, `${this.node.id}-${stage.stageName}-endpoint`, { names, stage, update, alarms });
      return [
        { file: templateOf(stage), ...publishTemplate(templateOf(stage), template) },
        { file: dataOf(stage), ...publishText(dataOf(stage), this.toJsonString(this.stageData(stage))) },
      ];
    });
    return releaseAction(this, {
      publishProgram,
      modelPackageGroup,
      code: this.pipeline.code,
      released: this.released,
      parts,
      stageNames: deploymentStages.map(({ stageName }) => stageName),
    });
  }

  private approvalAction(stage: DeploymentStage): IAction {
    const { notificationTopic: topic } = stage.approval;
    return new ManualApprovalAction({
      actionName: 'Approve',
      externalEntityLink: this.release.variable('VERSION_LINK'),
      additionalInformation: `${this.release.variable('MODEL_PACKAGE_ARN')} to ${this.endpointName(stage)}: ${this.release.variable('METRICS')}`,
      // By its ARN as a parameter: the topic itself is a resource of another stack.
      notificationTopic: topic && Topic.fromTopicArn(this, `${stage.pipelineStageName}Topic`, this.fromEnvironment(EnvironmentParameter.approvalTopicArn(stage.stageName))),
    });
  }

  /** What programs are told of a stage. In a file: an action of a pipeline takes 1,000 characters, and stages may have hundreds of accounts. */
  private stageData(stage: DeploymentStage): Record<string, unknown> {
    const { names } = this;
    return {
      stage: stage.stageName,
      endpointPrefix: names.endpointPrefix(stage.stageName),
      instanceTypes: stage._endpointCapacity.instanceTypes,
      ...stage.promotion.hasModelCopies && {
        promotion: {
          role: roleOf(names, stage, TargetRole.PROMOTION),
          bucket: names.targetModelsBucketName(stage.stageName, '{account}'),
          repository: names.targetRepositoryName(stage.stageName),
        },
      },
      accounts: accountsOf(names, stage),
    };
  }

  /** The only build that writes into targets; it runs a program of the library's, on what the steps before it have handed on. */
  private promotionBuild(): BuildProject {
    const { names } = this;
    return new BuildProject(this, 'Promotion', {
      what: 'promotion',
      description: 'Copies a released version to the accounts of a stage',
      role: EnvironmentRole.PROMOTION,
      buildSpec: BuildSpec.fromObject(promotionSteps(this.props.publishProgram('promotion'))),
      variables: {
        RELEASES_BUCKET: this.fromEnvironment(EnvironmentParameter.RELEASES_BUCKET),
        RELEASES_REPOSITORY: names.releasesRepositoryName,
        TEMPLATES_BUCKET: this.fromEnvironment(EnvironmentParameter.TEMPLATES_BUCKET),
      },
      timeoutInMinutes: 480, // artifacts and images may have gigabytes, and a stage many accounts
    });
  }

  private promotionAction(stage: DeploymentStage, accounts: Artifact, { project }: BuildProject): IAction {
    const variables = {
      STAGE: stage.stageName,
      ACCOUNTS: accounts.artifactName!,
      MODEL_PACKAGE_GROUP_NAME: this.endpointName(stage), // one group for a model and a stage, as there is one endpoint
      PIPELINE_EXECUTION: GlobalVariables.executionId,
    };
    return new CodeBuildAction({
      actionName: 'Promote',
      runOrder: 2,
      input: this.released,
      extraInputs: [accounts],
      project,
      environmentVariables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    });
  }

  /**
   * The repository's own test, with a role in each target that can do nothing but describe and invoke.
   *
   * Its log group is named after the project's name alone, as the endpoints are: SageMaker keeps names of projects unique, and
   * Service Catalog does not. CloudFormation refuses the log group, and so a second project that would deploy to the first
   * one's endpoints. No name of a project has two hyphens in a row, as there are after it.
   */
  private testBuild(): BuildProject {
    return new BuildProject(this, 'Test', {
      what: 'test',
      logsOf: `${this.names.projectPrefix}${this.projectName}--test`,
      description: 'Tests the endpoints of a stage',
      role: EnvironmentRole.CODE_BUILD,
      buildSpec: TESTS_FILE,
      variables: { SAGEMAKER_PROJECT_NAME: this.projectName },
    });
  }

  private testAction(stage: DeploymentStage, accounts: Artifact): IAction {
    const { requests, errorPercentage, p95Latency } = stage._endpointTest;
    const variables = {
      STAGE: stage.stageName,
      ENDPOINT_NAME: this.endpointName(stage),
      ENDPOINT_TEST_ROLE: roleOf(this.names, stage, TargetRole.ENDPOINT_TEST),
      REQUESTS: `${requests}`,
      ERROR_PERCENTAGE: `${errorPercentage}`,
      LATENCY_OF_95_PERCENT: `${p95Latency.toMilliseconds()}`,
    };
    return new CodeBuildAction({
      actionName: 'Test',
      runOrder: stage.promotion.hasModelCopies ? 4 : 3,
      input: this.pipeline.code,
      extraInputs: [this.released, accounts],
      project: this.test.project,
      environmentVariables: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, { value }])),
    });
  }

  private endpointName(stage: DeploymentStage): string {
    return this.names.endpointName(stage.stageName, this.projectName);
  }
}

/** The file of the release that holds a stage's endpoint template. */
function templateOf({ stageName }: DeploymentStage): string {
  return `endpoint-${stageName}.json`;
}
