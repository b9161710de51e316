import { Stack, Token } from 'aws-cdk-lib';
import { Conditions, IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames, TargetRole } from '../../names';
import { arnIn } from '../../private/arn';
import {
  ATTACH_POLICY, CHANGE_BUCKET, CHANGE_KEY, CHANGE_LOG_GROUP, CHANGE_NETWORK, CHANGE_PARAMETER, CHANGE_POLICY, CHANGE_QUEUE, CHANGE_REPOSITORY,
  CHANGE_ROLE, CHANGE_SCHEDULE_GROUP, CREATE_NETWORK, CREATE_ROLE, DELIVER_LOGS, LEND_KEY, NAME_KEY, SEE_ANYTHING, START_KEY, TAKE_KEY_BACK,
} from '../../roles/statements/stack-actions';
import { isInTargets } from '../../roles/targets/card';
import { TARGET_CARDS } from '../../roles/targets/cards';
import { CHANGE_ALARMS } from '../../roles/targets/perms';
import { DeploymentStage } from '../../stages';

/** Whose target is placed. */
export interface PlacingStatementsProps {
  /** Of the environment, which has a token for a name where it may be any. */
  readonly names: EnvironmentNames;
  readonly stages: DeploymentStage[];
  /** What the stacks of targets are called, such as `SC-*`. */
  readonly stacks: string;
  /** By which the template is handed over. */
  readonly readTemplate: PolicyStatement;
  readonly targetBoundary?: IManagedPolicy;
  readonly existingRoles?: TargetRole[];
}

const NETWORK_PARTS = ['vpc', 'subnet', 'route-table', 'security-group', 'vpc-endpoint', 'vpc-flow-log'];

/** What placing a target takes, as statements of the role that places it. `scope` is in the account of the target. */
export class PlacingStatements {
  /** What IAM's and S3's limits leave of the name of a stack, in names that CloudFormation makes of it. */
  private readonly beginning: string;
  /** What is there already and is an environment's. */
  private readonly ours: Conditions;

  constructor(private readonly scope: Construct, private readonly props: PlacingStatementsProps) {
    const { stacks, names: { environmentName } } = props, tag = 'aws:ResourceTag/environment';
    this.beginning = `${stacks.split('-')[0]}-*`;
    this.ours = Token.isUnresolved(environmentName) ? { Null: { [tag]: 'false' } } : { StringEquals: { [tag]: environmentName } };
  }

  public all(): PolicyStatement[] {
    return [
      allow(SEE_ANYTHING, ['*']), // descriptions take no resource
      this.props.readTemplate,
      ...this.network(),
      ...this.roles(),
      ...this.keys(),
      ...this.storage(),
      ...this.copies(),
      ...this.monitoring(),
    ];
  }

  /** EC2 makes up the ids of what it creates; what is there already is told by its tag. */
  private network(): PolicyStatement[] {
    const parts = this.here('ec2', ...NETWORK_PARTS.map((part) => `${part}/*`));
    return [
      allow(CREATE_NETWORK, parts),
      allow(['ec2:CreateTags'], parts, { StringEquals: { 'ec2:CreateAction': CREATE_NETWORK.map((action) => action.replace('ec2:', '')) } }),
      allow([...CHANGE_NETWORK, 'ec2:CreateTags', 'ec2:DeleteTags'], parts, this.ours),
      // Rules have no tags; the group that they are in has.
      allow(['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'], this.here('ec2', 'security-group-rule/*')),
      // Private names of endpoints are a hosted zone that AWS makes and whose id nobody knows before.
      allow(['route53:AssociateVPCWithHostedZone'], [arnIn(this.scope, 'route53', 'hostedzone/*')]),
      allow(DELIVER_LOGS, ['*']), // takes no resource
    ];
  }

  /** The roles of a target by name, and those that CloudFormation names. */
  private roles(): PolicyStatement[] {
    const { names, targetBoundary, existingRoles: given = [] } = this.props;
    const { account } = Stack.of(this.scope);
    const inPath = (kind: string) => arnIn(this.scope, 'iam', `${kind}${names.rolePath}${this.beginning}`);
    const named = (rolesOf: (stage: DeploymentStage) => TargetRole[]) => (
      this.each((stage) => rolesOf(stage).map((role) => names.targetRoleArn(stage.stageName, role, account))));
    const hasFlowLogs = given.includes(TargetRole.FLOW_LOGS), flowLogs = hasFlowLogs ? named(() => [TargetRole.FLOW_LOGS]) : [inPath('role')];
    const pass = allow(['iam:PassRole'], flowLogs, { StringEquals: { 'iam:PassedToService': 'vpc-flow-logs.amazonaws.com' } });
    const made = named((stage) => TARGET_CARDS.filter((card) => isInTargets(card, stage) && !given.includes(card.role)).map(({ role }) => role));
    const roles = [...made, ...hasFlowLogs ? [] : flowLogs];
    if (roles.length === 0) return [pass];
    const bounded = targetBoundary && { StringEquals: { 'iam:PermissionsBoundary': targetBoundary.managedPolicyArn } };
    return [
      allow(CREATE_ROLE, roles, bounded),
      allow(CHANGE_ROLE, roles),
      allow(ATTACH_POLICY, roles, { ArnLike: { 'iam:PolicyARN': inPath('policy') } }),
      allow(CHANGE_POLICY, [inPath('policy')]),
      pass,
    ];
  }

  private keys(): PolicyStatement[] {
    const { names: { environmentName } } = this.props;
    const keys = this.here('kms', 'key/*'); // KMS makes up the ids, and sees a new key's tags minutes later only
    return [
      allow(['kms:CreateKey'], ['*']), // takes no resource
      allow(START_KEY, keys),
      allow(CHANGE_KEY, keys, this.ours),
      allow(NAME_KEY, [...keys, ...this.here('kms', ...this.each(({ stageName }) => [`alias/${environmentName}--${stageName}--*`]))]),
    ];
  }

  private storage(): PolicyStatement[] {
    const { names, stacks } = this.props;
    return [
      allow(CHANGE_LOG_GROUP, this.here('logs', `log-group:${stacks}`)),
      allow(CHANGE_BUCKET, [arnIn(this.scope, 's3', this.beginning.toLowerCase())]), // named by CloudFormation after the stack
      allow(CHANGE_PARAMETER, this.here('ssm', ...this.each(({ stageName }) => [`parameter${names.targetParameterPrefix(stageName)}*`]))),
    ];
  }

  private monitoring(): PolicyStatement[] {
    const { names, stacks } = this.props;
    const monitored = this.each(({ monitoring, stageName }) => (monitoring === undefined ? [] : [stageName]));
    if (monitored.length === 0) return [];
    return [
      allow(CHANGE_SCHEDULE_GROUP, this.here('scheduler', ...monitored.map((stage) => `schedule-group/${names.monitoringScheduleGroupName(stage)}`))),
      allow(CHANGE_QUEUE, this.here('sqs', ...monitored.map((stage) => names._undeliveredReportsQueueName(stage)))),
      allow(CHANGE_ALARMS, this.here('cloudwatch', `alarm:${stacks}`)),
      allow(['cloudwatch:DescribeAlarms'], ['*']), // CloudWatch lists alarms of an account only as a whole
    ];
  }

  /** Where a stage has copies of released models of its own. */
  private copies(): PolicyStatement[] {
    const { names } = this.props;
    const copying = this.each(({ promotion, stageName }) => (promotion.hasModelCopies ? [stageName] : []));
    if (copying.length === 0) return [];
    const { account, region, urlSuffix } = Stack.of(this.scope);
    const throughEcr = { StringEquals: { 'kms:ViaService': `ecr.${region}.${urlSuffix}` } };
    return [
      allow(CHANGE_BUCKET, copying.map((stage) => arnIn(this.scope, 's3', names.targetModelsBucketName(stage, account)))),
      allow(CHANGE_REPOSITORY, this.here('ecr', ...copying.map((stage) => `repository/${names.targetRepositoryName(stage)}`))),
      allow(LEND_KEY, this.here('kms', 'key/*'), { ...throughEcr, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      allow(TAKE_KEY_BACK, this.here('kms', 'key/*'), throughEcr),
    ];
  }

  private each(of: (stage: DeploymentStage) => string[]): string[] {
    return this.props.stages.flatMap(of);
  }

  private here(service: string, ...resources: string[]): string[] {
    return resources.map((resource) => arnIn(this.scope, service, resource));
  }
}

function allow(actions: string[], resources: string[], conditions?: Conditions): PolicyStatement {
  return new PolicyStatement({ actions, resources, conditions });
}
