import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { operateMonitors } from './monitor-statements';
import { passRole } from './pass-role';
import {
  BE_A_STACK, CHANGE_ALARMS, CHANGE_DASHBOARDS, CHANGE_ENDPOINTS, CHANGE_SCALING, CREATE_ENDPOINT_PARTS, DELETE_ENDPOINT_PARTS, SEE_ENDPOINTS,
  SEE_SCALING,
} from './perms';
import { becomesOurs, changeTags, isOurs, IS_NOBODYS } from './tag-statements';
import { TargetRoleParts, environmentRoles } from './target-role';
import { useVolumeKey } from './volume-key-statements';
import { EnvironmentRole, TargetRole } from '../../names';
import { arnIn } from '../../private/arn';
import { namedRole } from '../../private/named-role';
import { PackedPolicies } from '../../private/packed-policies';

/**
 * What deploys endpoint stacks in a target. Trusted by exactly one role, the administration role of the environment's
 * stack sets; may make what an endpoint stack is made of, within the guardrails, and nothing besides.
 */
export class DeploymentRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, private readonly parts: TargetRoleParts) {
    super(scope, id);
    const { names, stage, permissionsBoundary } = parts;
    const description = 'What deploys model endpoints';
    this.role = namedRole(this, 'Role', {
      roleName: names.targetRoleName(stage.stageName, TargetRole.DEPLOYMENT),
      permissionsBoundary,
      description,
      assumedBy: environmentRoles(parts, EnvironmentRole.STACK_SET_ADMINISTRATOR),
    });
    const policies = new PackedPolicies(this, 'Policy', this.role, description, names.rolePath);
    const statements = [
      ...this.stacks(), ...this.endpoints(), ...this.endpointParts(), this.passModelRole(), ...this.scaling(), ...this.watching(), ...this.keys(),
      this.readRegistry(), ...(stage.monitoring ? operateMonitors(this, parts) : []),
    ];
    for (const statement of statements) policies.add(statement);
  }

  /** StackSets names the stacks that it makes after their stack set. */
  private stacks(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: BE_A_STACK, resources: this.here('cloudformation', `stack/StackSet-${this.prefix}*`) }),
      new PolicyStatement({ actions: ['cloudformation:ValidateTemplate', 'cloudformation:GetTemplateSummary'], resources: ['*'] }), // of a template, which has no ARN
    ];
  }

  private endpoints(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: [...CHANGE_ENDPOINTS, 'sagemaker:AddTags', 'sagemaker:DeleteTags'], resources: this.here('sagemaker', `endpoint/${this.prefix}*`) }),
      // Creating and updating an endpoint names its configuration as well.
      new PolicyStatement({ actions: ['sagemaker:CreateEndpoint', 'sagemaker:UpdateEndpoint'], resources: this.here('sagemaker', 'endpoint-config/*') }),
      new PolicyStatement({ actions: SEE_ENDPOINTS, resources: this.here('sagemaker', 'endpoint/*', 'endpoint-config/*', 'model/*') }),
    ];
  }

  /** Models, configurations and targets of scaling have names that are made up; their tag says that they are this environment's. */
  private endpointParts(): PolicyStatement[] {
    const parts = this.here('sagemaker', 'model/*', 'endpoint-config/*');
    const scalable = this.here('application-autoscaling', 'scalable-target/*');
    const { environmentName } = this.parts.names;
    const becomes = { StringEquals: becomesOurs(environmentName) };
    return [
      new PolicyStatement({ actions: CREATE_ENDPOINT_PARTS, resources: parts, conditions: becomes }),
      new PolicyStatement({ actions: DELETE_ENDPOINT_PARTS, resources: parts, conditions: { StringEquals: isOurs(environmentName) } }),
      new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: parts, conditions: { ...becomes, Null: { 'sagemaker:TaggingAction': 'false' } } }),
      new PolicyStatement({ actions: ['application-autoscaling:TagResource'], resources: scalable, conditions: { ...becomes, ...IS_NOBODYS } }),
      ...changeTags({
        add: ['sagemaker:AddTags', 'application-autoscaling:TagResource'],
        remove: ['sagemaker:DeleteTags', 'application-autoscaling:UntagResource'],
        resources: [...parts, ...scalable],
        environmentName,
      }),
    ];
  }

  private passModelRole(): PolicyStatement {
    const { names, stage } = this.parts;
    const { account } = Stack.of(this);
    return passRole(names.targetRoleArn(stage.stageName, TargetRole.MODEL_EXECUTION, account), 'sagemaker');
  }

  /** @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
  private scaling(): PolicyStatement[] {
    const serviceRole = arnIn(this, 'iam', 'role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint');
    return [
      // Targets of scaling have ids that the service makes up; what narrows them is of which service they are.
      new PolicyStatement({ actions: CHANGE_SCALING, resources: ['*'], conditions: { StringEquals: { 'application-autoscaling:service-namespace': 'sagemaker' } } }),
      new PolicyStatement({ actions: SEE_SCALING, resources: ['*'] }), // descriptions take no resource
      new PolicyStatement({
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [serviceRole],
        conditions: { StringEquals: { 'iam:AWSServiceName': 'sagemaker.application-autoscaling.amazonaws.com' } },
      }),
    ];
  }

  /** Alarms and dashboards are called like the stack or like the endpoint, or as auto scaling calls those by which it follows the load. */
  private watching(): PolicyStatement[] {
    const names = [`${this.prefix}*`, `StackSet-${this.prefix}*`];
    return [
      new PolicyStatement({ actions: CHANGE_ALARMS, resources: this.here('cloudwatch', ...[...names, `TargetTracking-endpoint/${this.prefix}*`].map((name) => `alarm:${name}`)) }),
      new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }), // CloudWatch lists alarms of an account only as a whole
      new PolicyStatement({ actions: CHANGE_DASHBOARDS, resources: names.map((name) => arnIn(this, 'cloudwatch', `dashboard/${name}`)) }),
    ];
  }

  private keys(): PolicyStatement[] {
    const { volumeKey, captureKey } = this.parts;
    return [...useVolumeKey(this, volumeKey), new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [volumeKey.keyArn, captureKey.keyArn] })];
  }

  /** Endpoint stacks read where they are from SSM parameters. */
  private readRegistry(): PolicyStatement {
    const { names, stage } = this.parts;
    return new PolicyStatement({
      actions: ['ssm:GetParameter', 'ssm:GetParameters'],
      resources: this.here('ssm', `parameter${names.targetParameterPrefix(stage.stageName)}*`),
    });
  }

  private get prefix(): string {
    return this.parts.names.endpointPrefix(this.parts.stage.stageName);
  }

  private here(service: string, ...resources: string[]): string[] {
    return resources.map((resource) => arnIn(this, service, resource));
  }
}
