import { BuildSpec, CfnProject, ComputeType, IProject, LinuxArmBuildImage, LinuxBuildImage, Project } from 'aws-cdk-lib/aws-codebuild';
import { Construct } from 'constructs';
import { EnvironmentParameter, EnvironmentRole } from '../../names';
import { ProjectTemplate } from '../project-template';

/** What a build of a project is made of. */
export interface BuildProjectProps {
  /** What the build is called after the project. */
  readonly what: string;
  readonly description: string;
  /** What its log group is called after, where that is not the build. */
  readonly logsOf?: string;
  /** The role that it runs as. */
  readonly role: EnvironmentRole;
  /** The steps, or the name of a file of the repository that says them. */
  readonly buildSpec: BuildSpec | string;
  readonly variables: Record<string, string>;
  /** For what the environment's network does not lead to. */
  readonly outsideVpc?: boolean;
  /**
   * Whether it runs Docker: on the processors of SageMaker's instances, for which its images are, and with room for these.
   *
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/sample-docker.html
   */
  readonly runsDocker?: boolean;
  /** @default 60 */
  readonly timeoutInMinutes?: number;
}

/**
 * A build of a project, in the environment's network and with its key. The L2 would write permissions into the role and
 * make a VPC of parameters; both are the environment's.
 */
export class BuildProject extends Construct {
  public readonly project: IProject;

  constructor(template: ProjectTemplate, id: string, props: BuildProjectProps) {
    super(template, id);
    const { names } = template;
    const name = template.nameOf(props.what);
    const image = props.runsDocker ? LinuxBuildImage.AMAZON_LINUX_2023_5 : LinuxArmBuildImage.AMAZON_LINUX_2023_STANDARD_3_0;
    const logs = template._buildLogs(`${id}Logs`, props.logsOf ?? name);
    const resource = new CfnProject(this, 'Resource', {
      name,
      description: props.description,
      serviceRole: names.roleArn(props.role),
      source: { type: 'CODEPIPELINE', buildSpec: typeof props.buildSpec === 'string' ? props.buildSpec : props.buildSpec.toBuildSpec() },
      artifacts: { type: 'CODEPIPELINE' },
      encryptionKey: template.fromEnvironment(EnvironmentParameter.ARTIFACTS_KEY_ARN),
      environment: {
        type: image.type,
        image: image.imageId,
        computeType: props.runsDocker ? ComputeType.MEDIUM : ComputeType.SMALL,
        privilegedMode: props.runsDocker ?? false,
        environmentVariables: Object.entries(props.variables).map(([variable, value]) => ({ name: variable, value, type: 'PLAINTEXT' })),
      },
      vpcConfig: props.outsideVpc ? undefined : {
        vpcId: template.fromEnvironment(EnvironmentParameter.VPC_ID),
        subnets: template.listFromEnvironment(EnvironmentParameter.SUBNET_IDS),
        securityGroupIds: [template.fromEnvironment(EnvironmentParameter.WORKLOAD_SECURITY_GROUP_ID)],
      },
      logsConfig: { cloudWatchLogs: { status: 'ENABLED', groupName: logs.ref } },
      // Kept on the machine that built last, where it is still there: no bucket, nobody else's cache.
      cache: { type: 'LOCAL', modes: ['LOCAL_SOURCE_CACHE', 'LOCAL_CUSTOM_CACHE'] },
      timeoutInMinutes: props.timeoutInMinutes ?? 60,
    });
    this.project = Project.fromProjectName(this, 'Project', resource.ref);
  }
}
