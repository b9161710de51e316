import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, Conditions, GlobalVariables, Result, Rule } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { STARTER } from './delivery-pipeline';
import { releaseSteps } from './deploy-steps';
import { PublishedPart } from './program-steps';
import { EnvironmentParameter, EnvironmentRole } from '../../names';
import { ProjectTemplate } from '../project-template';

/** What is released, and what goes along. */
export interface VersionReleaseProps {
  readonly publishProgram: BlueprintContext['publishProgram'];
  readonly modelPackageGroup: string;
  readonly code: Artifact;
  readonly released: Artifact;
  /** What is laid beside the release, by the keys where it was published. */
  readonly parts: PublishedPart[];
  /** Names of the stages whose values are written as well. */
  readonly stageNames: string[];
}

/** The parameter of a template for the group whose approved versions are released. */
export function modelPackageGroupOf(template: ProjectTemplate): string {
  return template.addParameter('ModelPackageGroupName', {
    group: 'Model',
    label: 'Model package group',
    description: 'The group whose approved versions are used',
    allowedPattern: `${template.names.projectPrefix}[a-zA-Z0-9](-*[a-zA-Z0-9])*`,
    maxLength: 63,
  }).valueAsString;
}

/** What AWS says when a version of a group was approved. It may say so twice. */
export function approvalOf(modelPackageGroup: string) {
  return {
    source: ['aws.sagemaker'],
    detailType: ['SageMaker Model Package State Change'],
    detail: { ModelPackageGroupName: [modelPackageGroup], ModelApprovalStatus: ['Approved'] },
  };
}

/**
 * The step that copies the newest approved version, as it was approved: the only build that writes releases. It runs a program
 * of the library's, and takes values from the repository as data. Everything after it uses the copy.
 */
export function releaseAction(template: ProjectTemplate, props: VersionReleaseProps): CodeBuildAction {
  const value = (parameter: EnvironmentParameter) => template.fromEnvironment(parameter);
  const build = new BuildProject(template, 'Release', {
    what: 'release',
    description: 'Copies the newest approved version, as it was approved',
    role: EnvironmentRole.RELEASE,
    buildSpec: BuildSpec.fromObject(releaseSteps(props.publishProgram('release'), props.parts)),
    variables: {
      MODEL_PACKAGE_GROUP_NAME: props.modelPackageGroup,
      MODELS_BUCKET: value(EnvironmentParameter.MODELS_BUCKET),
      REPORTS_BUCKET: value(EnvironmentParameter.REPORTS_BUCKET),
      RELEASES_BUCKET: value(EnvironmentParameter.RELEASES_BUCKET),
      RELEASES_KEY_ARN: value(EnvironmentParameter.RELEASES_KEY_ARN),
      RELEASES_REPOSITORY: template.names.releasesRepositoryName,
      RELEASE_PREFIX: template.projectId,
      TEMPLATES_BUCKET: value(EnvironmentParameter.TEMPLATES_BUCKET),
      SAGEMAKER_PROJECT_NAME: template.projectName,
      STAGES: props.stageNames.join(','),
    },
  });
  return new CodeBuildAction({
    actionName: 'Release',
    input: props.code,
    project: build.project,
    outputs: [props.released],
    variablesNamespace: 'Release',
    environmentVariables: { STARTED_BY: { value: STARTER }, PIPELINE_EXECUTION: { value: GlobalVariables.executionId } },
  });
}

/**
 * Skips a stage where AWS has told of an approval again: what it would bring is on its way or there already. Approvers are not
 * asked again, and the next version does not wait.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-conditions.html
 */
export function unlessRepeated(): Conditions {
  const rule = new Rule({
    name: 'NotRepeated', provider: 'VariableCheck', version: '1', configuration: { Variable: '#{Release.STATE}', Operator: 'NE', Value: 'repeated' },
  });
  return { conditions: [{ result: Result.SKIP, rules: [rule] }] };
}
