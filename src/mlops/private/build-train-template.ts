import { RemovalPolicy } from 'aws-cdk-lib';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { CfnModelPackageGroup } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { deliveryVariables, pipelineVariables } from './pipeline-variables';
import { EnvironmentRole } from '../../names';
import { ProjectTemplate } from '../project-template';

/** Properties of the template of projects that train. */
export interface BuildTrainTemplateProps extends BlueprintContext {
  readonly schedule?: Schedule;
  /** What it is for, where the environment says no other description. */
  readonly purpose: string;
}

/** A repository, a build that writes the SageMaker pipeline and starts it, and the group that versions are registered in. */
export class BuildTrainTemplate extends ProjectTemplate {
  constructor(scope: Construct, id: string, props: BuildTrainTemplateProps) {
    const { names, source, seedKey, purpose, description = purpose, tracksRuns } = props;
    super(scope, id, { names, description });
    const bound = source._source.bind(this, seedKey);
    const group = this.modelPackageGroup();
    const build = new BuildProject(this, 'Build', {
      what: 'build',
      description: 'Writes the SageMaker pipeline and starts it',
      role: EnvironmentRole.CODE_BUILD,
      buildSpec: 'buildspec.yml', // the repository's: what a build does is the project's own
      variables: pipelineVariables(this, group.modelPackageGroupName, tracksRuns),
    });
    const pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'build', source: bound });
    pipeline.addStage({
      stageName: 'Build',
      actions: [new CodeBuildAction({
        actionName: 'Train', input: pipeline.code, project: build.project, environmentVariables: deliveryVariables(),
      })],
    });
    if (props.schedule) pipeline.repeat(props.schedule);
  }

  /** Versions are the record of what was trained: they stay when the project goes. */
  private modelPackageGroup(): CfnModelPackageGroup {
    const group = new CfnModelPackageGroup(this, 'Models', { modelPackageGroupName: this.nameOf() });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return group;
  }
}
