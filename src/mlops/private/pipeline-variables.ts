import { BuildEnvironmentVariable } from 'aws-cdk-lib/aws-codebuild';
import { GlobalVariables } from 'aws-cdk-lib/aws-codepipeline';
import { EnvironmentParameter } from '../../names';
import { CODE_PREFIX } from '../../roles/statements/artifact-keys';
import { ProjectTemplate } from '../project-template';

/** What seed code is told that writes a SageMaker pipeline; `pipeline/environment.py` names each. */
export function pipelineVariables(template: ProjectTemplate, modelPackageGroupName: string, tracksRuns = false): Record<string, string> {
  const value = (parameter: EnvironmentParameter) => template.fromEnvironment(parameter);
  return {
    ENVIRONMENT_NAME: template.names.environmentName,
    SAGEMAKER_PROJECT_NAME: template.projectName,
    SAGEMAKER_PROJECT_ID: template.projectId,
    SAGEMAKER_DOMAIN_ARN: template.domainArn,
    PIPELINE_NAME: template.nameOf(),
    MODEL_PACKAGE_GROUP_NAME: modelPackageGroupName,
    PIPELINE_ROLE_ARN: value(EnvironmentParameter.PIPELINE_EXECUTION_ROLE_ARN),
    JOB_ROLE_ARN: value(EnvironmentParameter.JOB_EXECUTION_ROLE_ARN),
    SUBNET_IDS: template.joinedFromEnvironment(EnvironmentParameter.SUBNET_IDS),
    SECURITY_GROUP_IDS: value(EnvironmentParameter.WORKLOAD_SECURITY_GROUP_ID),
    VOLUMES_KEY_ARN: value(EnvironmentParameter.VOLUMES_KEY_ARN),
    DATA_KEY_ARN: value(EnvironmentParameter.DATA_KEY_ARN),
    MODELS_KEY_ARN: value(EnvironmentParameter.MODELS_KEY_ARN),
    ARTIFACTS_KEY_ARN: value(EnvironmentParameter.ARTIFACTS_KEY_ARN),
    DATA_BUCKET: value(EnvironmentParameter.DATA_BUCKET),
    MODELS_BUCKET: value(EnvironmentParameter.MODELS_BUCKET),
    REPORTS_BUCKET: value(EnvironmentParameter.REPORTS_BUCKET),
    CODE_BUCKET: value(EnvironmentParameter.ARTIFACTS_BUCKET),
    CODE_PREFIX: `${CODE_PREFIX}${template.nameOf()}/`,
    ...tracksRuns && { MLFLOW_TRACKING_SERVER_ARN: value(EnvironmentParameter.MLFLOW_TRACKING_SERVER_ARN) },
  };
}

/** What it is told by the delivery pipeline: each execution starts one of the SageMaker pipeline, however often its build is tried. */
export function deliveryVariables(): Record<string, BuildEnvironmentVariable> {
  return { DELIVERY_ID: { value: GlobalVariables.executionId } };
}
