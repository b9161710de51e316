import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentRegistry } from '../../registry';

/** ARNs of what an environment's people and workloads make, by the names that they give. */
export class Arns {
  constructor(private readonly scope: Construct, private readonly registry: EnvironmentRegistry) {}

  /** Of this account and region. */
  public here(service: string, ...resources: string[]): string[] {
    const { partition, region, account } = Stack.of(this.scope);
    return resources.map((resource) => `arn:${partition}:${service}:${region}:${account}:${resource}`);
  }

  public sageMaker(...types: string[]): string[] {
    return this.here('sagemaker', ...types.map((type) => `${type}/*`));
  }

  /** Log groups of SageMaker's jobs, applications and endpoints. */
  public get sageMakerLogs(): string[] {
    return this.here('logs', 'log-group:/aws/sagemaker/*');
  }

  /** Images of this account and of AWS's own registry accounts, which differ by region. */
  public get images(): string {
    const { partition, region } = Stack.of(this.scope);
    return `arn:${partition}:ecr:${region}:*:repository/*`;
  }

  /** The environment's own parameters. */
  public get parameters(): string[] {
    return this.here('ssm', `parameter${this.registry.parameterName('*', '*').replace(/\/\*\/\*$/, '/*')}`);
  }

  /** Parameters that AWS publishes for everyone. */
  public get awsParameters(): string {
    const { partition, region } = Stack.of(this.scope);
    return `arn:${partition}:ssm:${region}::parameter/aws/service/*`;
  }

  /** What project templates name: `<environment>--<project>-<project id>…`. */
  public ofProjects(service: string, suffix = '', type = ''): string[] {
    return this.here(service, `${type}${this.registry.projectPrefix}*${suffix}`);
  }

  /** Log groups of the builds of projects. */
  public get buildLogs(): string[] {
    return this.here('logs', `log-group:/aws/codebuild/${this.registry.projectPrefix}*`);
  }
}
