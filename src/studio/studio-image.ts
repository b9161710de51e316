import { Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IPrincipal, IRole, ManagedPolicy, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { CfnAppImageConfig, CfnImage, CfnImageVersion } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { EnvironmentRoleOptions } from '../names/role-options';
import { checkRequired, oneOf, REPOSITORY, TEXT } from '../private/required-input';
import { checkRoleSettings } from '../private/role-settings';
import { imageStatements } from './private/perms';
import { StudioApplication } from './studio-application';
import { InputCheck } from '../private/input-check';
import { uniqueName } from '../private/unique-name';
import { principalOf, SAGEMAKER } from '../roles/service-trust';

/** Properties of a custom Studio image. */
export interface StudioImageProps {
  /** The application that the image is for. */
  readonly application: StudioApplication;

  /** Amazon ECR repository of the image, in the same region. */
  readonly repository: IRepository;

  /** Tag or digest (`sha256:…`) of the image, of which only a digest never changes its content. */
  readonly tagOrDigest: string;

  /**
   * Name of the SageMaker image: `EnvironmentNames.studioImageName` names that of a project, whose releases become versions of it.
   *
   * Studio then offers the newest version, of which `tagOrDigest` is only the first.
   *
   * @default - a name of its own, and Studio offers the version of `tagOrDigest`
   */
  readonly imageName?: string;

  /**
   * Name of the image in Studio.
   *
   * @default - the id of the construct
   */
  readonly displayName?: string;

  /**
   * Environment variables of the application's container, beside `STUDIO_IMAGE_NAME`.
   *
   * @default - no further variables
   */
  readonly environmentVariables?: Record<string, string>;

  /**
   * Role that exists already, with which SageMaker reads the repository.
   *
   * Its owner gives it `requiredTrust` and `requiredPolicies`.
   *
   * @default - a new role
   */
  readonly existingRole?: IRole;

  /**
   * Path and permissions boundary of a new role with which SageMaker reads the repository.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/**
 * A custom image for JupyterLab or Code Editor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-byoi.html
 */
export class StudioImage extends Construct {
  /** The application that the image is for. */
  public readonly application: StudioApplication;
  /** Name of the SageMaker image. */
  public readonly imageName: string;
  /** Version number of the SageMaker image, undefined where Studio offers the newest version. */
  public readonly imageVersionNumber?: number;
  /** Name of the app image config with which Studio runs the image. */
  public readonly appImageConfigName: string;
  /** Role with which SageMaker reads the repository. */
  public readonly role: IRole;
  /** Trust policy that the owner of an existing role gives it. */
  public readonly requiredTrust: PolicyDocument;
  /** Policies that the owner of an existing role attaches to it. */
  public readonly requiredPolicies: PolicyDocument[];

  constructor(scope: Construct, id: string, props: StudioImageProps) {
    super(scope, id);
    checkRequired(this, props, { application: oneOf(StudioApplication, 'StudioApplication'), repository: REPOSITORY, tagOrDigest: TEXT });
    this.application = props.application;
    this.appImageConfigName = uniqueName(this, 63);
    this.imageName = props.imageName ?? this.appImageConfigName;
    new InputCheck(this).notBoth('existingRole', props.existingRole, 'roleOptions', props.roleOptions, 'Path and boundary of a role that exists already are its owner\'s').matches('imageName', props.imageName, /^[a-zA-Z0-9]([-.]?[a-zA-Z0-9]){0,62}$/, 'be 1–63 letters and digits with single hyphens and periods in between').throwIfInvalid();
    const assumedBy = principalOf(this, SAGEMAKER);
    this.requiredTrust = new PolicyDocument({ statements: [new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [assumedBy] })] });
    this.requiredPolicies = [new PolicyDocument({ statements: imageStatements(props.repository.repositoryArn) })];
    this.role = props.existingRole ?? this.roleThatReads(props.repository, assumedBy, props.roleOptions);
    const image = new CfnImage(this, 'Image', {
      imageName: this.imageName,
      imageDisplayName: props.displayName ?? id,
      imageRoleArn: this.role.roleArn,
    });
    image.node.addDependency(this.role);
    const version = new CfnImageVersion(this, 'Version', {
      imageName: this.imageName,
      baseImage: props.repository.repositoryUriForTagOrDigest(props.tagOrDigest),
    });
    version.addDependency(image);
    if (props.imageName === undefined) this.imageVersionNumber = Token.asNumber(version.attrVersion);
    this.configuration(props).addDependency(image);
  }

  private roleThatReads(repository: IRepository, assumedBy: IPrincipal, options: EnvironmentRoleOptions = {}): Role {
    checkRoleSettings(this, options);
    const role = new Role(this, 'Role', { path: options.path, permissionsBoundary: options.permissionsBoundary, assumedBy });
    new ManagedPolicy(role, 'Policy', { path: options.path, roles: [role], statements: imageStatements(repository.repositoryArn) });
    return role;
  }

  private configuration({ application, environmentVariables: environment = {} }: StudioImageProps): CfnAppImageConfig {
    const property = application === StudioApplication.JUPYTER_LAB ? 'JupyterLabAppImageConfig' : 'CodeEditorAppImageConfig';
    const configuration = new CfnAppImageConfig(this, 'Configuration', { appImageConfigName: this.appImageConfigName });
    // Which property is there says which application the image is for, and CDK drops an empty one: so there is always a variable.
    const variables = { STUDIO_IMAGE_NAME: this.imageName, ...environment };
    configuration.addPropertyOverride(property, {
      ContainerConfig: { ContainerEnvironmentVariables: Object.entries(variables).map(([Key, Value]) => ({ Key, Value })) },
    });
    return configuration;
  }
}
