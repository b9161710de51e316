import { Artifact } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { deliveryVariables, pipelineVariables } from './pipeline-variables';
import { approvalOf, modelPackageGroupOf, releaseAction, unlessRepeated } from './version-release';
import { EnvironmentParameter, EnvironmentRole } from '../../names';
import { ProjectTemplate } from '../project-template';

/** Properties of the template of projects that infer in batches. */
export interface BatchInferenceTemplateProps extends BlueprintContext {
  readonly schedule?: Schedule;
}

/**
 * A repository, and a delivery pipeline that copies the newest approved version as it was approved, writes a SageMaker pipeline
 * that runs the copy over a prefix of the data bucket, and starts it: when a version is approved, when the code changes, and on
 * a schedule.
 */
export class BatchInferenceTemplate extends ProjectTemplate {
  constructor(scope: Construct, id: string, props: BatchInferenceTemplateProps) {
    const { names, source, seedKey, description, publishProgram } = props;
    super(scope, id, { names, description: description ?? 'Runs the newest approved model version over data, in batches', lowerCaseNames: true });
    const modelPackageGroup = modelPackageGroupOf(this);
    const released = new Artifact('Release');
    const pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'batch', source: source._source.bind(this, seedKey) });
    pipeline.addStage({
      stageName: 'Release',
      actions: [releaseAction(this, { publishProgram, modelPackageGroup, code: pipeline.code, released, parts: [], stageNames: [] })],
    });
    const build = new BuildProject(this, 'Build', {
      what: 'build',
      description: 'Writes the SageMaker pipeline and starts it',
      role: EnvironmentRole.CODE_BUILD,
      buildSpec: 'buildspec.yml', // the repository's: what a build does is the project's own
      variables: {
        ...pipelineVariables(this, modelPackageGroup),
        BATCH_ROLE_ARN: this.fromEnvironment(EnvironmentParameter.BATCH_INFERENCE_ROLE_ARN),
      },
    });
    pipeline.addStage({
      stageName: 'Infer',
      beforeEntry: unlessRepeated(),
      actions: [new CodeBuildAction({
        actionName: 'Infer', input: pipeline.code, extraInputs: [released], project: build.project, environmentVariables: deliveryVariables(),
      })],
    });
    pipeline.startOnRepeatable('Approved', 'approved', approvalOf(modelPackageGroup));
    if (props.schedule) pipeline.repeat(props.schedule);
  }
}
