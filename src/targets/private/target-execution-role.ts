import { Stack } from 'aws-cdk-lib';
import { IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PlacingStatements } from './target-stack-statements';
import { EnvironmentNames, TargetRole } from '../../names';
import { arnIn, WHERE_DEPLOYED } from '../../private/arn';
import { namedRole } from '../../private/named-role';
import { PackedPolicies } from '../../private/packed-policies';
import { rolesByName } from '../../roles/service-trust';
import { BE_A_STACK } from '../../roles/targets/perms';
import { DeploymentStage } from '../../stages';
import { SelfContainedTemplate, TemplateContent } from '../../templates';

/** What an execution role of targets is made of. */
export interface TargetExecutionRoleProps {
  readonly names: EnvironmentNames;
  readonly stage: DeploymentStage;
  readonly stackSetName: string;
  readonly executionRoleName: string;
  readonly administrationRoleArn: string;
  /** Bounds the role itself. */
  readonly permissionsBoundary?: IManagedPolicy;
  /** Bounds the roles of a target, so it must bound each role that this one makes. */
  readonly targetBoundary?: IManagedPolicy;
  /** Roles of a target that exist already, so that this one makes none of them. */
  readonly existingRoles?: TargetRole[];
}

/**
 * The template of the role by which an account of a list lets a stack set in: trusts exactly its administration role, and
 * may do what placing a target takes.
 */
export class TargetExecutionRole extends Construct {
  public readonly template: SelfContainedTemplate;
  /** What a person runs in each account. */
  public readonly command: string;

  constructor(scope: Construct, id: string, props: TargetExecutionRoleProps) {
    super(scope, id);
    const { names, stage, stackSetName, executionRoleName, administrationRoleArn, permissionsBoundary } = props;
    const { account } = Stack.of(this);
    this.template = new SelfContainedTemplate(this, 'Template', {
      description: `Lets the stack set ${stackSetName} of the account ${account} place deployment targets of the stage ${stage.stageName}`,
      allowedContent: [TemplateContent.IAM_RESOURCES],
      fileName: `${stackSetName}-execution-role.yaml`,
    });
    const description = `Places the deployment target of the stage ${stage.stageName}`;
    const role = namedRole(this.template, 'ExecutionRole', {
      roleName: executionRoleName,
      permissionsBoundary,
      description,
      assumedBy: rolesByName(account, [administrationRoleArn]),
    });
    const policies = new PackedPolicies(this.template, 'Policy', role, description);
    const stacks = `StackSet-${stackSetName}-*`;
    const placing = new PlacingStatements(this.template, { ...props, stages: [stage], stacks, readTemplate: this.readTemplate() });
    for (const statement of [this.beAStack(stacks), ...placing.all()]) policies.add(statement);
    this.command = [
      'aws cloudformation deploy', `--region ${names.region}`, `--stack-name ${stackSetName}-execution-role`,
      `--template-file cdk.out/${this.template.filePath}`, '--capabilities CAPABILITY_NAMED_IAM',
    ].join(' ');
  }

  private beAStack(stacks: string): PolicyStatement {
    return new PolicyStatement({ actions: BE_A_STACK, resources: [arnIn(WHERE_DEPLOYED, 'cloudformation', `stack/${stacks}`)] });
  }

  /** StackSets hands the template over in a bucket of its own, which is in no account of ours. */
  private readTemplate(): PolicyStatement {
    const { account } = Stack.of(this.template);
    return new PolicyStatement({
      actions: ['s3:GetObject'], resources: [arnIn(WHERE_DEPLOYED, 's3', '*/*')], conditions: { StringNotEquals: { 'aws:ResourceAccount': account } },
    });
  }
}
