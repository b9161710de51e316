import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { anyImage, ImageSources, imagesOf } from './container-statements';
import { EnvironmentNames } from '../../names';
import { arnIn } from '../../private/arn';

/** ARNs of what an environment's people and workloads make, by the names that they give. */
export class Arns {
  constructor(private readonly scope: Construct, private readonly names: EnvironmentNames) {}

  /** Of this account and region. */
  public here(service: string, ...resources: string[]): string[] {
    return resources.map((resource) => arnIn(this.scope, service, resource));
  }

  public sageMaker(...types: string[]): string[] {
    return this.here('sagemaker', ...types.map((type) => `${type}/*`));
  }

  /**
   * Of any type, for actions that take few and say in their own name which: one ARN for each of a dozen types would be most of a policy.
   * What begins with a name has its type in the ARN, for which IAM takes no pattern.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
   */
  public get anything(): string[] {
    return this.here('sagemaker', '*');
  }

  /** Of the environment by their names, which begin as the environment's do. */
  public ours(...types: string[]): string[] {
    return this.here('sagemaker', ...types.map((type) => `${type}/${this.names.projectPrefix}*`));
  }

  /**
   * Where a stack set of the environment deploys to. A target is of no region or of the stack set's, by whom one reads; its
   * name begins with the stack set's.
   */
  public get stackSetTargets(): string[] {
    return [arnIn(this.scope, 'cloudformation', `stackset-target/${this.names.projectPrefix}*`, { region: '*' })];
  }

  /**
   * Types of resources that a stack set deploys. Public types are of no account, registered ones of this one; which a
   * template holds is the template's to say, and what the roles in the targets may do limits it.
   */
  public get resourceTypes(): string[] {
    const { account } = Stack.of(this.scope);
    return ['', account].map((owner) => arnIn(this.scope, 'cloudformation', 'type/resource/*', { region: '*', account: owner }));
  }

  /** The MLflow tracking server, where there is one. */
  public get trackingServer(): string[] {
    return this.here('sagemaker', `mlflow-tracking-server/${this.names.mlflowTrackingServerName}`);
  }

  /** Log groups of SageMaker's jobs, applications and endpoints. */
  public get sageMakerLogs(): string[] {
    return this.here('logs', 'log-group:/aws/sagemaker/*');
  }

  /** Images of any account: whoever looks at them copies none but this account's. */
  public get anyImage(): string {
    return anyImage(this.scope);
  }

  /** Images of this account, of others that are named, and of AWS's own registry accounts, which differ by region. */
  public images(accounts: string[]): ImageSources {
    const { region, account } = Stack.of(this.scope);
    return imagesOf(this.scope, [], [account, ...accounts], region);
  }

  /** The environment's own parameters. */
  public get parameters(): string[] {
    return this.here('ssm', `parameter${this.names.parameterPrefix}*`);
  }

  /** Parameters that AWS publishes for everyone. */
  public get awsParameters(): string {
    return arnIn(this.scope, 'ssm', 'parameter/aws/service/*', { account: '' });
  }

  /** What project templates name: `<environment>--<project>-<project id>…`. */
  public ofProjects(service: string, suffix = '', type = ''): string[] {
    return this.here(service, `${type}${this.names.projectPrefix}*${suffix}`);
  }

  /** Log groups of the builds of projects. */
  public get buildLogs(): string[] {
    return this.here('logs', `log-group:/aws/codebuild/${this.names.projectPrefix}*`);
  }
}
