import { Lazy } from 'aws-cdk-lib';
import { IManagedPolicy, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TARGET_LAUNCH } from './acknowledgements';
import { PlacingStatements } from './target-stack-statements';
import { EnvironmentNames, TargetRole } from '../../names';
import { acknowledge } from '../../private/acknowledgements';
import { arnIn } from '../../private/arn';
import { namedRole } from '../../private/named-role';
import { PackedPolicies } from '../../private/packed-policies';
import { LAUNCH } from '../../roles/project-launch';
import { principalOf, SERVICE_CATALOG } from '../../roles/service-trust';
import { DeploymentStage } from '../../stages';

/** What a launch role of targets is made of. */
export interface TargetLaunchRoleProps {
  /** Of the environments, one of which the form names. */
  readonly names: EnvironmentNames;
  readonly stages: DeploymentStage[];
  readonly roleName: string;
  /** Bounds the role itself. */
  readonly permissionsBoundary?: IManagedPolicy;
  /** Bounds the roles of a target, so it must bound each role that this one makes. */
  readonly targetBoundary?: IManagedPolicy;
  /** Roles of a target that exist already, so that this one makes none of them. */
  readonly existingRoles?: TargetRole[];
}

/** What Service Catalog names the stacks of provisioned products. */
const STACKS = 'SC-*';

/** The role with which Service Catalog launches, updates and terminates targets in an account. */
export class TargetLaunchRole extends Construct {
  public readonly role: IRole;

  constructor(scope: Construct, id: string, props: TargetLaunchRoleProps) {
    super(scope, id);
    const { names, roleName, permissionsBoundary } = props;
    acknowledge(this, TARGET_LAUNCH);
    const description = 'Launches deployment targets of models';
    this.role = namedRole(this, 'Resource', { roleName, description, permissionsBoundary, assumedBy: principalOf(this, SERVICE_CATALOG) });
    const policies = new PackedPolicies(this, 'Policy', this.role, description);
    const ofAny = names._of(Lazy.string({ produce: () => '*' })); // the form names the environment
    const placing = new PlacingStatements(this, { ...props, names: ofAny, stacks: STACKS, readTemplate: this.readTemplate() });
    policies.add(new PolicyStatement({ actions: LAUNCH.stacks, resources: [arnIn(this, 'cloudformation', `stack/${STACKS}`)] }));
    for (const statement of placing.all()) policies.add(statement);
  }

  /** Service Catalog keeps templates in buckets of its own, whose names it does not tell, and marks what may be launched. */
  private readTemplate(): PolicyStatement {
    return new PolicyStatement({
      actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } },
    });
  }
}
