import { BuildEnvironmentVariable } from 'aws-cdk-lib/aws-codebuild';
import { GlobalVariables } from 'aws-cdk-lib/aws-codepipeline';
import { EnvironmentRole } from '../../registry';
import { ProjectBuckets } from '../../storage';
import { ProjectTemplate } from '../project-template';

/** What seed code is told that writes a SageMaker pipeline; `pipeline/environment.py` names each. */
export function pipelineVariables(template: ProjectTemplate, modelPackageGroupName: string): Record<string, string> {
  const bucket = (name: string) => template.fromEnvironment('storage', `${name}-bucket`);
  const key = (purpose: string) => template.fromEnvironment('encryption', `${purpose}-key-arn`);
  return {
    ENVIRONMENT_NAME: template.registry.environmentName,
    SAGEMAKER_PROJECT_NAME: template.projectName,
    SAGEMAKER_PROJECT_ID: template.projectId,
    SAGEMAKER_DOMAIN_ARN: template.domainArn,
    PIPELINE_NAME: template.nameOf(),
    MODEL_PACKAGE_GROUP_NAME: modelPackageGroupName,
    PIPELINE_ROLE_ARN: template.fromEnvironment('identity', `${EnvironmentRole.PIPELINE_EXECUTION}-role-arn`),
    JOB_ROLE_ARN: template.fromEnvironment('identity', `${EnvironmentRole.JOB_EXECUTION}-role-arn`),
    SUBNET_IDS: template.joinedFromEnvironment('network', 'subnet-ids'),
    SECURITY_GROUP_IDS: template.fromEnvironment('network', 'workload-security-group-id'),
    VOLUMES_KEY_ARN: key('volumes'),
    DATA_KEY_ARN: key('data'),
    MODELS_KEY_ARN: key('models'),
    ARTIFACTS_KEY_ARN: key('artifacts'),
    DATA_BUCKET: bucket('data'),
    MODELS_BUCKET: bucket('models'),
    REPORTS_BUCKET: bucket('reports'),
    CODE_BUCKET: bucket('artifacts'),
    CODE_PREFIX: `${ProjectBuckets.CODE_PREFIX}${template.nameOf()}/`,
  };
}

/** What it is told by the delivery pipeline: each execution starts one of the SageMaker pipeline, however often its build is tried. */
export function deliveryVariables(): Record<string, BuildEnvironmentVariable> {
  return { DELIVERY_ID: { value: GlobalVariables.executionId } };
}
