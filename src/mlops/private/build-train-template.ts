import { RemovalPolicy } from 'aws-cdk-lib';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { CfnModelPackageGroup } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { EnvironmentRole } from '../../registry';
import { ProjectBuckets } from '../../storage';
import { ProjectTemplate } from '../project-template';

/** Properties of the template of projects that train. */
export interface BuildTrainTemplateProps extends BlueprintContext {
  readonly retraining?: Schedule;
}

/** A repository, a build that writes the SageMaker pipeline and starts it, and the group that versions are registered in. */
export class BuildTrainTemplate extends ProjectTemplate {
  constructor(scope: Construct, id: string, props: BuildTrainTemplateProps) {
    const { registry, source, seedKey, description } = props;
    super(scope, id, { registry, description: description ?? 'Trains, evaluates and registers a model whenever its code changes' });
    const bound = source._bind(this, seedKey);
    const group = this.modelPackageGroup();
    const build = new BuildProject(this, 'Build', {
      what: 'build',
      description: 'Writes the SageMaker pipeline and starts it',
      role: EnvironmentRole.CODE_BUILD,
      buildSpec: 'buildspec.yml', // the repository's: what a build does is the project's own
      variables: this.variables(group.modelPackageGroupName),
    });
    const pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'build', source: bound });
    pipeline.addStage({ stageName: 'Build', actions: [new CodeBuildAction({ actionName: 'Train', input: pipeline.code, project: build.project })] });
    if (props.retraining) pipeline.repeat(props.retraining);
  }

  /** Versions are the record of what was trained: they stay when the project goes. */
  private modelPackageGroup(): CfnModelPackageGroup {
    const group = new CfnModelPackageGroup(this, 'Models', { modelPackageGroupName: this.nameOf() });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return group;
  }

  /** What the seed code is told; its README names each. */
  private variables(modelPackageGroupName: string): Record<string, string> {
    const bucket = (name: string) => this.fromEnvironment('storage', `${name}-bucket`);
    const key = (purpose: string) => this.fromEnvironment('encryption', `${purpose}-key-arn`);
    return {
      ENVIRONMENT_NAME: this.registry.environmentName,
      SAGEMAKER_PROJECT_NAME: this.projectName,
      SAGEMAKER_PROJECT_ID: this.projectId,
      SAGEMAKER_DOMAIN_ARN: this.domainArn,
      PIPELINE_NAME: this.nameOf(),
      MODEL_PACKAGE_GROUP_NAME: modelPackageGroupName,
      PIPELINE_ROLE_ARN: this.fromEnvironment('identity', `${EnvironmentRole.PIPELINE_EXECUTION}-role-arn`),
      JOB_ROLE_ARN: this.fromEnvironment('identity', `${EnvironmentRole.JOB_EXECUTION}-role-arn`),
      SUBNET_IDS: this.joinedFromEnvironment('network', 'subnet-ids'),
      SECURITY_GROUP_IDS: this.fromEnvironment('network', 'workload-security-group-id'),
      VOLUMES_KEY_ARN: key('volumes'),
      DATA_KEY_ARN: key('data'),
      MODELS_KEY_ARN: key('models'),
      ARTIFACTS_KEY_ARN: key('artifacts'),
      DATA_BUCKET: bucket('data'),
      MODELS_BUCKET: bucket('models'),
      REPORTS_BUCKET: bucket('reports'),
      CODE_BUCKET: bucket('artifacts'),
      CODE_PREFIX: `${ProjectBuckets.CODE_PREFIX}${this.nameOf()}/`,
    };
  }
}
