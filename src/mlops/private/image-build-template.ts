import { Aws } from 'aws-cdk-lib';
import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, GlobalVariables } from 'aws-cdk-lib/aws-codepipeline';
import { CodeBuildAction } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { DeliveryPipeline } from './delivery-pipeline';
import { beginRelease, phasesOf, RELEASE, RELEASED } from './program-steps';
import { EnvironmentParameter, EnvironmentRole } from '../../names';
import { BUILT } from '../../roles/statements/artifact-keys';
import { ProjectTemplate } from '../project-template';

/** Properties of the template of projects that build images. */
export interface ImageBuildTemplateProps extends BlueprintContext {
  readonly schedule?: Schedule;
}

/**
 * A repository, a build that makes an image of its Dockerfile and pushes it, and a program of the library's that releases it once
 * its scan has passed. Neither does what the other may.
 */
export class ImageBuildTemplate extends ProjectTemplate {
  constructor(scope: Construct, id: string, props: ImageBuildTemplateProps) {
    const { names, source, seedKey, description, publishProgram } = props;
    super(scope, id, { names, description: description ?? 'Builds, scans and releases a container image for jobs and Studio', lowerCaseNames: true });
    const pipeline = new DeliveryPipeline(this, 'Pipeline', { what: 'image', source: source._source.bind(this, seedKey) });
    const variables = { IMAGES_REPOSITORY: names.imagesRepositoryName, AWS_ACCOUNT_ID: Aws.ACCOUNT_ID };
    // The image of an execution, however often its builds are tried.
    const environmentVariables = { IMAGE_TAG: { value: `${this.projectId}-${GlobalVariables.executionId}` } };
    const build = new BuildProject(this, 'Build', {
      what: 'image',
      description: 'Builds the image, tests it and pushes it',
      role: EnvironmentRole.IMAGE_BUILD,
      buildSpec: 'buildspec.yml', // the repository's: what a build does is the project's own
      runsDocker: true,
      variables: { ...variables, ENVIRONMENT_NAME: names.environmentName },
    });
    pipeline.addStage({
      stageName: 'Build',
      actions: [new CodeBuildAction({ actionName: 'Image', input: pipeline.code, project: build.project, environmentVariables })],
    });
    const release = new BuildProject(this, 'Release', {
      what: 'image-release',
      description: 'Releases the image whose scan has passed',
      role: EnvironmentRole.IMAGE_RELEASE,
      buildSpec: BuildSpec.fromObject({
        version: '0.2',
        phases: phasesOf(...beginRelease(publishProgram('image-release'), '/tmp/image-release.js', []), `OUTPUT_DIRECTORY=${RELEASE} node /tmp/image-release.js`),
        artifacts: RELEASED,
      }),
      variables: {
        ...variables,
        RELEASED_REPOSITORY: names.releasedImagesRepositoryName,
        ...props.signsImages && { SIGNING_PROFILE_ARN: this.fromEnvironment(EnvironmentParameter.IMAGE_SIGNING_PROFILE_ARN) },
        STUDIO_IMAGE: names.studioImageName(this.projectName),
        TEMPLATES_BUCKET: this.fromEnvironment(EnvironmentParameter.TEMPLATES_BUCKET),
      },
    });
    pipeline.addStage({
      stageName: 'Release',
      actions: [new CodeBuildAction({
        actionName: 'Release', input: pipeline.code, project: release.project, outputs: [new Artifact(`${BUILT}Image`)], environmentVariables,
      })],
    });
    if (props.schedule) pipeline.repeat(props.schedule);
  }
}
