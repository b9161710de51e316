import { Duration } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { contentOf, Offer, only, resources, templateOf, variablesOf, written } from './fixture';
import { ProjectBlueprint, SeedCode } from '../../src';
import { Json } from '../templates/carried';

const offer = new Offer();
const made = contentOf(offer, offer.add({ blueprint: ProjectBlueprint.imageBuild(Schedule.rate(Duration.days(7))) }));
const stages = only(made, 'AWS::CodePipeline::Pipeline').Stages as Json[];
const build = only(made, 'AWS::CodeBuild::Project', '-image'), release = only(made, 'AWS::CodeBuild::Project', '-image-release');

describe('the way of an image', () => {
  test('is a build, and then a release of what was built', () => {
    expect(stages.map(({ Name, Actions }) => [Name as string, ...(Actions as Json[]).map((action) => action.Name as string)])).toEqual([
      ['Source', 'Code'], ['Build', 'Image'], ['Release', 'Release'],
    ]);
  });

  test('has one tag for both, of the project and the execution, however often they are tried', () => {
    for (const { Actions } of stages.slice(1)) {
      const [{ Configuration }] = Actions as Json[];
      expect(JSON.parse(written(Configuration.EnvironmentVariables as Json, made))).toEqual([
        { name: 'IMAGE_TAG', type: 'PLAINTEXT', value: 'p-1-#{codepipeline.PipelineExecutionId}' },
      ]);
    }
  });

  test('begins when code changes, and on a schedule where one is asked for', () => {
    expect(only(made, 'AWS::Events::Rule', '-push').EventPattern.detail.referenceName).toEqual(['main']);
    expect(only(made, 'AWS::Events::Rule', '-schedule').ScheduleExpression).toBe('rate(7 days)');
    expect(Object.keys(resources(templateOf(ProjectBlueprint.imageBuild()), 'AWS::Events::Rule'))).toHaveLength(1);
  });
});

describe('the build', () => {
  test('is the only one that runs Docker, on the processors of SageMaker\'s instances', () => {
    expect(build.Environment).toMatchObject({ PrivilegedMode: true, Type: 'LINUX_CONTAINER' });
    expect(release.Environment).toMatchObject({ PrivilegedMode: false });
  });

  test('runs what the repository says, in the network, as a role that pushes and nothing else', () => {
    expect(build.Source.BuildSpec).toBe('buildspec.yml');
    expect(build.VpcConfig).toBeDefined();
    expect(written(build.ServiceRole as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--image-build-eu-west-1');
    expect(variablesOf(build, made)).toEqual({ IMAGES_REPOSITORY: 'churn/images', AWS_ACCOUNT_ID: '111111111111', ENVIRONMENT_NAME: 'churn' });
  });
});

test('the release knows where released images are, and the image of Studio that is named after environment and project', () => {
  expect(variablesOf(release, made)).toMatchObject({ RELEASED_REPOSITORY: 'churn/released/images', STUDIO_IMAGE: expect.stringMatching(/^churn\.[a-z0-9-]+$/) as string });
});

test('the release runs a program of the library\'s, and nothing of the repository', () => {
  expect(written(release.ServiceRole as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--image-release-eu-west-1');
  expect(release.Source.BuildSpec).not.toContain('image_build');
  expect(release.Source.BuildSpec).toMatch(/programs\/image-release-[0-9a-f]{12}\.js/);
});

test('its repository holds a Dockerfile whose base image the build names, and says how severe findings may be', () => {
  const { files } = SeedCode.imageBuild();
  expect(files.Dockerfile).toContain('FROM ${BASE_IMAGE}');
  expect(JSON.parse(files['image.json'])).toMatchObject({ scan: { failOn: 'HIGH' } });
});
