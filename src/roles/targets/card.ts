import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TargetBucketUse } from './bucket-use';
import { TargetContext } from './context';
import { TargetKeyUse } from './key-use';
import { EnvironmentRole, TargetParameter, TargetRole } from '../../names';
import { DeploymentStage } from '../../stages';
import { ServiceTrust } from '../service-trust';

/**
 * Everything that is said of one role of a deployment target, in the order in which a reviewer asks. The role's own policies, those of
 * the target's buckets and keys, its parameter and the table of the README are made from it.
 */
export interface TargetRoleCard {
  /** The role, and so its name. */
  readonly role: TargetRole;
  /** Id of its construct. */
  readonly id: string;
  /** What IAM shows of it. */
  readonly description: string;
  /** Whether it is outside the path of the environment's roles: stack sets know their execution role by its name alone. */
  readonly hasNoPath?: true;
  /** What its stage must have, where not every target has the role. */
  readonly onlyWith?: 'copies' | 'monitoring';
  /**
   * Services, with `<endpoints>` in the place of what names of the stage's endpoints begin with and `<schedules>` in that of the group of its
   * schedules; or roles of the environment.
   */
  readonly assumedBy: readonly (ServiceTrust | EnvironmentRole)[];

  /** What it may do, besides the objects of buckets. */
  readonly may: (context: TargetContext) => PolicyStatement[];
  /** Which buckets it uses, and so which of their keys, through Amazon S3. */
  readonly buckets: readonly TargetBucketUse[];
  /** Which keys it uses besides, through which services. */
  readonly keys?: readonly TargetKeyUse[];
  /** Which roles of the target it passes, by the service that gets them. */
  readonly passes?: Readonly<Record<string, readonly TargetRole[]>>;
  /** Whether containers run as it, which write logs and metrics and have a network interface. */
  readonly runsContainers?: true;
  /** Whether all that it may do is one policy by itself, of whose id no number is a part. */
  readonly hasOnePolicy?: true;

  /** Whether guardrails deny it what is not in the network, encrypted, and of allowed instance types. */
  readonly isGuarded?: true;
  /** Actions that none of its policies allows. */
  readonly never: readonly string[];

  /** The parameter that publishes its ARN. */
  readonly publishedAs?: TargetParameter;
}

/** Whether the targets of a stage have a role. */
export function isInTargets({ onlyWith }: TargetRoleCard, { promotion, monitoring }: DeploymentStage): boolean {
  switch (onlyWith) {
    case 'copies': return promotion.hasModelCopies;
    case 'monitoring': return monitoring !== undefined;
    default: return true;
  }
}
