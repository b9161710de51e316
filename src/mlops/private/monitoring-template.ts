import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Artifact } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { monitorSteps } from './monitor-steps';
import { accountsOf, dataOf, StageDelivery } from './stage-delivery';
import { MonitoringCheck } from '../../monitoring';
import { ModelMonitorTemplate } from '../../monitoring/model-monitor-template';
import { EnvironmentParameter, EnvironmentRole } from '../../names';
import { arnIn } from '../../private/arn';
import { InputCheck } from '../../private/input-check';
import { ACCOUNTS } from '../../roles/statements/artifact-keys';
import { DeploymentStage } from '../../stages';
import { ProjectTemplate } from '../project-template';

/** Properties of the template of projects that monitor. */
export interface MonitoringTemplateProps extends BlueprintContext {
  readonly checks: MonitoringCheck[];
  readonly retrains: boolean;
}

/**
 * A delivery pipeline that brings a monitor to the accounts of each stage that is monitored. What it looks at, and the
 * program that looks, are the environment's; the repository gives thresholds.
 */
export class MonitoringTemplate extends ProjectTemplate {
  private readonly released = new Artifact('Release');
  private readonly endpointProject: string;
  private readonly stages: DeploymentStage[];

  constructor(scope: Construct, id: string, private readonly props: MonitoringTemplateProps) {
    const { names, source, seedKey, description, deploymentStages, publishProgram } = props;
    super(scope, id, { names, description: description ?? 'Monitors deployed models: their data, their answers, their fairness', lowerCaseNames: true });
    this.stages = deploymentStages.filter(({ monitoring }) => monitoring !== undefined);
    new InputCheck(this).notEmpty('deploymentStages with monitoring', this.stages, 'Set `monitoring` of the stages: their targets then have the roles that monitors work with').throwIfInvalid();
    this.endpointProject = this.addParameter('EndpointProjectName', {
      group: 'Model', label: 'Deploy project', description: 'Name of the project that deploys the model', allowedPattern: '[a-z0-9]+(-[a-z0-9]+)*', maxLength: 32,
    }).valueAsString;
    const pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'monitor', source: source._source.bind(this, seedKey) });
    pipeline.addStage({ stageName: 'Release', actions: [this.releaseAction(pipeline.code)] });
    const delivery = new StageDelivery(this, 'Delivery', { publishProgram, released: this.released });
    for (const stage of this.stages) {
      const monitor = {
        stage,
        stackSetName: `${names.endpointPrefix(stage.stageName)}${this.monitor}`,
        description: `Monitor of the project ${this.endpointProject} in the stage ${stage.stageName}`,
        accounts: new Artifact(`${ACCOUNTS}${stage.pipelineStageName}`),
      };
      pipeline.addStage({
        stageName: stage.pipelineStageName,
        actions: [delivery.listAccounts({ ...monitor, runOrder: 1 }), delivery.deploy({ ...monitor, runOrder: 2 }, templateOf(stage))],
      });
    }
    if (props.retrains) this.retrain();
  }

  /** After the project's id: under the project's name there may be an endpoint. */
  private get monitor(): string {
    return `${this.projectId}-monitor`;
  }

  /** The only build of the pipeline; it runs programs of the library's, and takes values from the repository as data. */
  private releaseAction(input: Artifact): CodeBuildAction {
    const { names, checks, publishProgram, publishText, publishTemplate, publishMonitor } = this.props;
    const parts = this.stages.flatMap((stage) => {
      const template = new ModelMonitorTemplate(this.node.scope!, `${this.node.id}-${stage.stageName}-monitor`, { names, stage, checks });
      return [
        { file: templateOf(stage), ...publishTemplate(templateOf(stage), template) },
        { file: dataOf(stage), ...publishText(dataOf(stage), this.toJsonString(this.stageData(stage))) },
      ];
    });
    const build = new BuildProject(this, 'Release', {
      what: 'release',
      description: 'Puts what monitors run where targets read it, and takes the thresholds of the repository',
      role: EnvironmentRole.RELEASE,
      buildSpec: BuildSpec.fromObject(monitorSteps(publishProgram('monitor-values'), publishMonitor(), parts)),
      variables: {
        TEMPLATES_BUCKET: this.fromEnvironment(EnvironmentParameter.TEMPLATES_BUCKET),
        RELEASES_BUCKET: this.fromEnvironment(EnvironmentParameter.RELEASES_BUCKET),
        RELEASES_KEY_ARN: this.fromEnvironment(EnvironmentParameter.RELEASES_KEY_ARN),
        RELEASE_PREFIX: this.projectId,
        ENDPOINT_PROJECT: this.endpointProject,
        MONITOR: this.monitor,
        STAGES: this.stages.map(({ stageName }) => stageName).join(','),
      },
    });
    return new CodeBuildAction({ actionName: 'Release', input, project: build.project, outputs: [this.released] });
  }

  /** What programs are told of a stage. */
  private stageData(stage: DeploymentStage): Record<string, unknown> {
    const { names } = this;
    const thresholds = this.props.checks.flatMap(({ _thresholds }) => _thresholds);
    return {
      stage: stage.stageName,
      endpointPrefix: names.endpointPrefix(stage.stageName),
      thresholds: Object.fromEntries(thresholds.map(({ name, value }) => [ModelMonitorTemplate.thresholdParameter(name), { name, value }])),
      accounts: accountsOf(names, stage),
    };
  }

  /** Starts training where a monitor has found something. What is trained is registered, and waits for an approval as ever. */
  private retrain(): void {
    const { names } = this;
    const pipeline = this.addParameter('TrainingPipelineName', {
      group: 'Model',
      label: 'Delivery pipeline of the training project',
      description: 'The pipeline that is started when a monitor finds something',
      allowedPattern: `${names.projectPrefix}[a-zA-Z0-9](-*[a-zA-Z0-9])*-build`,
      maxLength: 100,
    }).valueAsString;
    new CfnRule(this, 'Retraining', {
      name: this.shortNameOf('retrain'),
      description: 'Starts training when a monitor has found violations',
      eventBusName: names.monitoringBusName,
      eventPattern: {
        'source': ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        'detail': {
          state: { value: ['ALARM'] },
          configuration: {
            metrics: {
              metricStat: {
                metric: {
                  namespace: this.stages.map(({ stageName }) => names.monitoringNamespace(stageName)),
                  name: ['Violations'],
                  dimensions: { Endpoint: this.stages.map(({ stageName }) => `${names.endpointPrefix(stageName)}${this.endpointProject}`) },
                },
              },
            },
          },
        },
      },
      targets: [{
        id: 'Training',
        arn: arnIn(this, 'codepipeline', pipeline),
        roleArn: names.roleArn(EnvironmentRole.EVENTS),
        deadLetterConfig: { arn: this._undeliveredEventsQueueArn },
      }],
    });
  }
}

/** The file of the release that holds a stage's monitor template. */
function templateOf({ stageName }: DeploymentStage): string {
  return `monitor-${stageName}.json`;
}
