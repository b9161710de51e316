import { BuildSpec } from 'aws-cdk-lib/aws-codebuild';
import { Artifact, IAction } from 'aws-cdk-lib/aws-codepipeline';
import { CloudFormationDeployStackSetAction, CodeBuildAction, StackInstances, StackSetDeploymentModel, StackSetParameters, StackSetTemplate } from 'aws-cdk-lib/aws-codepipeline-actions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BlueprintContext } from './blueprint-context';
import { BuildProject } from './build-project';
import { accountsSteps } from './deploy-steps';
import { EnvironmentParameter, EnvironmentNames, EnvironmentRole, TargetRole } from '../../names';
import { DeploymentStage } from '../../stages';
import { ProjectTemplate } from '../project-template';

/** What is delivered to the accounts of a stage. */
export interface StageDeliveryProps {
  readonly publishProgram: BlueprintContext['publishProgram'];
  /** Holds `stage-<stage>.json`, `parameters-<stage>.json` and the template. */
  readonly released: Artifact;
}

/** One stack set in a stage. */
export interface Delivery {
  readonly stage: DeploymentStage;
  readonly stackSetName: string;
  readonly description: string;
  /** The accounts of the stage that are ready. */
  readonly accounts: Artifact;
  readonly runOrder: number;
}

/** The steps of a delivery pipeline that put a stack set into the accounts of a stage: which accounts are ready, and the stack set itself. */
export class StageDelivery extends Construct {
  private readonly listing: BuildProject;

  constructor(private readonly template: ProjectTemplate, id: string, private readonly props: StageDeliveryProps) {
    super(template, id);
    this.listing = new BuildProject(template, 'Accounts', {
      what: 'accounts',
      description: 'Lists the accounts of a stage that are ready',
      role: EnvironmentRole.DEPLOYMENT_ACCOUNTS,
      outsideVpc: true, // AWS Organizations is reached in one region only
      buildSpec: BuildSpec.fromObject(accountsSteps(props.publishProgram('deployment-accounts'))),
      variables: { TEMPLATES_BUCKET: template.fromEnvironment(EnvironmentParameter.TEMPLATES_BUCKET) },
    });
  }

  /** Where the stage's targets stand now: only what has registered is deployed to. */
  public listAccounts({ stage, stackSetName, accounts, runOrder }: Delivery): IAction {
    return new CodeBuildAction({
      actionName: 'Accounts',
      runOrder,
      input: this.props.released,
      outputs: [accounts],
      project: this.listing.project,
      environmentVariables: { STAGE: { value: stage.stageName }, STACK_SET_NAME: { value: stackSetName } },
    });
  }

  /** A stack in each of these accounts, one after the other. */
  public deploy({ stage, stackSetName, description, accounts, runOrder }: Delivery, templateFile: string): IAction {
    const { names } = this.template;
    const { released } = this.props;
    return new CloudFormationDeployStackSetAction({
      actionName: 'Deploy',
      runOrder,
      stackSetName,
      description,
      template: StackSetTemplate.fromArtifactPath(released.atPath(templateFile)),
      parameters: StackSetParameters.fromArtifactPath(released.atPath(parametersOf(stage))),
      stackInstances: StackInstances.fromArtifactPath(accounts.atPath('accounts.json'), [names.region]),
      deploymentModel: StackSetDeploymentModel.selfManaged({
        administrationRole: Role.fromRoleArn(this.template, `${stage.pipelineStageName}Administration`, names.roleArn(EnvironmentRole.STACK_SET_ADMINISTRATOR), { mutable: false }),
        executionRoleName: names.targetRoleName(stage.stageName, TargetRole.DEPLOYMENT),
      }),
      failureTolerancePercentage: 0, // what fails in one account does not reach the next
    });
  }
}

/** What the program is told that lists a stage's accounts. */
export function accountsOf(names: EnvironmentNames, stage: DeploymentStage): Record<string, unknown> {
  return {
    stage: stage.stageName,
    endpointTestRole: roleOf(names, stage, TargetRole.ENDPOINT_TEST),
    ...stage.retirement && { retire: stage.retirement },
    ...stage.retiringAccounts.length > 0 && { leaving: stage.retiringAccounts },
    ...stage._accounts.settings(names),
  };
}

/** A role of a target, with its path but for the first slash. */
export function roleOf(names: EnvironmentNames, { stageName }: DeploymentStage, role: TargetRole): string {
  return `${names.rolePath.slice(1)}${names.targetRoleName(stageName, role)}`;
}

/** The file of a release that says what a stage is. */
export function dataOf({ stageName }: DeploymentStage): string {
  return `stage-${stageName}.json`;
}

/** The file of a release that holds the parameters of a stage's stack set. */
function parametersOf({ stageName }: DeploymentStage): string {
  return `parameters-${stageName}.json`;
}
