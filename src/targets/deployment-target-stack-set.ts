import { Annotations, CfnOutput, CfnStackSet, Tags } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CrossAccountDeploymentTarget } from './cross-account-deployment-target';
import { DeploymentTargetOptions } from './deployment-target-options';
import { checkRequired } from '../private/required-input';
import { DeploymentStage, IDataScienceEnvironment, StageRetirement } from '../stages';
import { SelfContainedTemplate, TemplateContent } from '../templates';
import { ListingRole } from './private/listing-role';
import { operationPreferences } from './private/operation-preferences';
import { checkStackSet } from './private/stack-set-rules';
import { TargetAdministrationRole } from './private/target-administration-role';
import { TargetExecutionRole } from './private/target-execution-role';
import { retainOnRequest, addRetirementOutput } from './retirement';
import { SelfManagedOptions, ServiceManagedOptions, StackSetOperationOptions } from './stack-set-options';
import { arnIn, WHERE_DEPLOYED } from '../private/arn';
import { ENVIRONMENT, STAGE } from '../stages/kinds';

/** Properties of a stack set of deployment targets. */
export interface DeploymentTargetStackSetProps extends DeploymentTargetOptions {
  /** The environment whose models are deployed, created in this app or imported. */
  readonly environment: IDataScienceEnvironment;

  /** The stage whose accounts become targets: organizational units, or a list of accounts. */
  readonly stage: DeploymentStage;

  /**
   * Name of the stack set, without two hyphens in a row, which the stack sets of endpoints have.
   *
   * @default - `SecureMlopsTarget-<environment>-<stage>-<region>`
   */
  readonly stackSetName?: string;

  /**
   * Options of a service-managed stack set, for a stage of organizational units.
   *
   * @default - the management account deploys, accounts that join become targets, and those that leave keep theirs
   */
  readonly serviceManaged?: ServiceManagedOptions;

  /**
   * Options of a self-managed stack set, for a stage that is a list of accounts.
   *
   * @default - new roles: one here, and the template of another that you deploy in each account
   */
  readonly selfManaged?: SelfManagedOptions;

  /**
   * Preferences of stack set operations.
   *
   * @default - one account after the other, and no failures are tolerated
   */
  readonly operation?: StackSetOperationOptions;
}

/**
 * A stack set in a platform account that creates a deployment target in each account of a stage.
 *
 * For organizational units the stack set is service-managed, and accounts become targets as they join. For a list of accounts it
 * is self-managed: first deploy `executionRoleTemplate` once in each account.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html
 */
export class DeploymentTargetStackSet extends Construct {
  /** The stack set. */
  public readonly stackSet: CfnStackSet;
  /** Name of the stack set. */
  public readonly stackSetName: string;
  /** Template that is deployed in each account. */
  public readonly template: SelfContainedTemplate;
  /** The deployment target in the template. */
  public readonly target: CrossAccountDeploymentTarget;
  /** Administration role of a self-managed stack set. */
  public readonly administrationRole?: IRole;
  /** Name of the execution role in each account of a self-managed stack set. */
  public readonly executionRoleName?: string;
  /** Template of the execution role, which you deploy once in each account of a list, unless the role exists already. */
  public readonly executionRoleTemplate?: SelfContainedTemplate;
  /** Role by which pipelines list the accounts in the organizational units of the stage, where its `platformAccount` is set. */
  public readonly listingRole?: IRole;

  constructor(scope: Construct, id: string, props: DeploymentTargetStackSetProps) {
    super(scope, id);
    checkRequired(this, props, { environment: ENVIRONMENT, stage: STAGE });
    checkStackSet(this, props);
    const { stackSetName, serviceManaged, selfManaged, operation, ...ofTarget } = props;
    const { environment: { names, environmentName }, stage } = ofTarget;
    this.stackSetName = stackSetName ?? `SecureMlopsTarget-${environmentName}-${stage.stageName}-${names.region}`;

    if (stage._accounts.isSelfManaged) {
      const { administrationRole, executionRoleName, executionRoleTemplate } = this.createExecutionRoleSetup(props, selfManaged ?? {});
      this.administrationRole = administrationRole;
      this.executionRoleName = executionRoleName;
      this.executionRoleTemplate = executionRoleTemplate;
    }
    if (stage.platformAccount !== undefined) this.listingRole = new ListingRole(this, 'Listing', { names, stage }).role;
    this.template = new SelfContainedTemplate(this, 'Template', {
      description: `Deployment target of the stage ${stage.stageName} of the data-science environment ${environmentName}`,
      allowedContent: [TemplateContent.IAM_RESOURCES],
      region: names.region,
      minify: true,
    });
    this.target = new CrossAccountDeploymentTarget(this.template, 'Target', {
      ...ofTarget,
      // StackSets makes up the end of the name of its own roles.
      cloudFormationExecutionRoles: [arnIn(WHERE_DEPLOYED, 'iam', `role/${this.executionRoleName ?? 'stacksets-exec-*'}`)],
    });
    retainOnRequest(this.template, stage);
    addRetirementOutput(this, stage, 'The deployment target');
    this.stackSet = this.makeStackSet(ofTarget, serviceManaged, operation);
    this.template.leaveTagsTo(this.stackSet);
    // With its policies, or these would be gone before the stack set is.
    if (this.node.tryFindChild('Administration')) this.stackSet.node.addDependency(this.node.findChild('Administration'));
    Tags.of(this).add('environment', environmentName);
    Tags.of(this).add('stage', stage.stageName);
  }

  private makeStackSet(placed: Placed, serviceManaged: ServiceManagedOptions = {}, operation: StackSetOperationOptions = {}): CfnStackSet {
    const { environment: { names }, stage } = placed;
    const { delegatedAdmin, autoDeployment = true, retainStacksOnAccountRemoval = stage.retirement !== StageRetirement.DELETE } = serviceManaged;
    const stackSet = new CfnStackSet(this, 'Resource', {
      stackSetName: this.stackSetName,
      description: `Deployment targets of the stage ${stage.stageName} of the data-science environment ${names.environmentName}`,
      templateBody: this.template.templateBody,
      capabilities: ['CAPABILITY_NAMED_IAM'],
      managedExecution: { Active: operation.managedExecution ?? true },
      operationPreferences: operationPreferences(operation),
      stackInstancesGroup: [{ deploymentTargets: stage._accounts.deploymentTargets, regions: [names.region] }],
      ...(this.administrationRole ? {
        permissionModel: 'SELF_MANAGED',
        administrationRoleArn: this.administrationRole.roleArn,
        executionRoleName: this.executionRoleName,
      } : {
        permissionModel: 'SERVICE_MANAGED',
        callAs: delegatedAdmin ? 'DELEGATED_ADMIN' : undefined,
        autoDeployment: autoDeployment ? { enabled: true, retainStacksOnAccountRemoval } : { enabled: false },
      }),
    });
    return stackSet;
  }

  private createExecutionRoleSetup(props: DeploymentTargetStackSetProps, options: SelfManagedOptions): ExecutionRoleSetup {
    const { stage, environment: { names } } = props;
    const parts = {
      names,
      stage,
      stackSetName: this.stackSetName,
      executionRoleName: options.executionRoleName ?? `${names.environmentName}--${stage.stageName}--target-exec-${names.region}`,
    };
    const administrationRole = options.administrationRole
      ?? new TargetAdministrationRole(this, 'Administration', { ...parts, roleOptions: options.administrationRoleOptions }).role;
    if (options.executionRoleName !== undefined) return { administrationRole, executionRoleName: options.executionRoleName };

    const execution = new TargetExecutionRole(this, 'Execution', {
      ...parts,
      administrationRoleArn: administrationRole.roleArn,
      permissionsBoundary: options.executionRoleBoundary,
      targetBoundary: props.permissionsBoundary,
      existingRoles: props.existingRoles,
    });
    const description = `Once in each account of the stage ${stage.stageName}, before this stack is deployed`;
    new CfnOutput(this, 'ExecutionRoleCommand', { description, value: execution.command });
    Annotations.of(this).addInfoV2('cdk-secure-mlops:executionRole', `${description}: ${execution.command}`);
    return { administrationRole, executionRoleName: parts.executionRoleName, executionRoleTemplate: execution.template };
  }
}

/** What is placed. */
type Placed = Pick<DeploymentTargetStackSetProps, 'environment' | 'stage'>;

/** What enters the accounts of a list. */
interface ExecutionRoleSetup {
  readonly administrationRole: IRole;
  readonly executionRoleName: string;
  readonly executionRoleTemplate?: SelfContainedTemplate;
}
