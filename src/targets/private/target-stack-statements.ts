import { Stack } from 'aws-cdk-lib';
import { Conditions, IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { arnIn } from '../../private/arn';
import {
  ATTACH_POLICY, CHANGE_BUCKET, CHANGE_KEY, CHANGE_LOG_GROUP, CHANGE_NETWORK, CHANGE_PARAMETER, CHANGE_POLICY, CHANGE_QUEUE, CHANGE_REPOSITORY,
  CHANGE_ROLE, CHANGE_SCHEDULE_GROUP, CREATE_NETWORK, CREATE_ROLE, DELIVER_LOGS, LEND_KEY, NAME_KEY, SEE_ANYTHING, START_KEY, TAKE_KEY_BACK,
} from '../../roles/statements/stack-actions';
import { CHANGE_ALARMS } from '../../roles/targets/perms';
import { DeploymentStage } from '../../stages';

/** Whose target is placed. */
export interface PlacingStatementsProps {
  readonly names: EnvironmentNames;
  readonly stage: DeploymentStage;
  readonly stackSetName: string;
  readonly targetBoundary?: IManagedPolicy;
}

const NETWORK_PARTS = ['vpc', 'subnet', 'route-table', 'security-group', 'vpc-endpoint', 'vpc-flow-log'];

/** What placing a target takes, as statements of the role that places it. `scope` is in the account of the target. */
export class PlacingStatements {
  constructor(private readonly scope: Construct, private readonly props: PlacingStatementsProps) {}

  public all(): PolicyStatement[] {
    return [
      allow(SEE_ANYTHING, ['*']), // descriptions take no resource
      this.readTemplate(),
      ...this.network(),
      ...this.roles(),
      ...this.keys(),
      ...this.storage(),
      ...this.copies(),
      ...this.monitoring(),
    ];
  }

  /** StackSets hands the template over in a bucket of its own, which is in no account of ours. */
  private readTemplate(): PolicyStatement {
    const { account } = Stack.of(this.scope);
    return allow(['s3:GetObject'], [arnIn(this.scope, 's3', '*/*')], { StringNotEquals: { 'aws:ResourceAccount': account } });
  }

  /** EC2 makes up the ids of what it creates; what is there already is told by its tag. */
  private network(): PolicyStatement[] {
    const parts = this.here('ec2', ...NETWORK_PARTS.map((part) => `${part}/*`));
    const ours = { StringEquals: { 'aws:ResourceTag/environment': this.props.names.environmentName } };
    return [
      allow(CREATE_NETWORK, parts),
      allow(['ec2:CreateTags'], parts, { StringEquals: { 'ec2:CreateAction': CREATE_NETWORK.map((action) => action.replace('ec2:', '')) } }),
      allow([...CHANGE_NETWORK, 'ec2:CreateTags', 'ec2:DeleteTags'], parts, ours),
      // Rules have no tags; the group that they are in has.
      allow(['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'], this.here('ec2', 'security-group-rule/*')),
      // Private names of endpoints are a hosted zone that AWS makes and whose id nobody knows before.
      allow(['route53:AssociateVPCWithHostedZone'], [arnIn(this.scope, 'route53', 'hostedzone/*')]),
      allow(DELIVER_LOGS, ['*']), // takes no resource
    ];
  }

  /**
   * The roles of a target by name. What CloudFormation names begins with the name of the stack, of which IAM's limits leave
   * the beginning.
   */
  private roles(): PolicyStatement[] {
    const { names, stage, targetBoundary } = this.props;
    const { account } = Stack.of(this.scope);
    const inPath = (kind: string) => arnIn(this.scope, 'iam', `${kind}${names.rolePath}StackSet-*`);
    const roles = [...stage.promotion._targetRoles.map((role) => names.targetRoleArn(stage.stageName, role, account)), inPath('role')];
    const bounded = targetBoundary && { StringEquals: { 'iam:PermissionsBoundary': targetBoundary.managedPolicyArn } };
    return [
      allow(CREATE_ROLE, roles, bounded),
      allow(CHANGE_ROLE, roles),
      allow(ATTACH_POLICY, roles, { ArnLike: { 'iam:PolicyARN': inPath('policy') } }),
      allow(CHANGE_POLICY, [inPath('policy')]),
      allow(['iam:PassRole'], [inPath('role')], { StringEquals: { 'iam:PassedToService': 'vpc-flow-logs.amazonaws.com' } }),
    ];
  }

  private keys(): PolicyStatement[] {
    const { names, stage } = this.props;
    const keys = this.here('kms', 'key/*'); // KMS makes up the ids, and sees a new key's tags minutes later only
    return [
      allow(['kms:CreateKey'], ['*']), // takes no resource
      allow(START_KEY, keys),
      allow(CHANGE_KEY, keys, { StringEquals: { 'aws:ResourceTag/environment': names.environmentName } }),
      allow(NAME_KEY, [...keys, ...this.here('kms', `alias/${names.environmentName}--${stage.stageName}--*`)]),
    ];
  }

  private storage(): PolicyStatement[] {
    const { names, stage, stackSetName } = this.props;
    const logGroup = `log-group:StackSet-${stackSetName}-*`;
    const parameters = `${names.targetParameterPrefix(stage.stageName)}*`;
    return [
      allow(CHANGE_LOG_GROUP, this.here('logs', logGroup)),
      allow(CHANGE_BUCKET, [arnIn(this.scope, 's3', 'stackset-*')]), // named by CloudFormation after the stack, of which S3's limit leaves the beginning
      allow(CHANGE_PARAMETER, this.here('ssm', `parameter${parameters}`)),
    ];
  }

  private monitoring(): PolicyStatement[] {
    const { names, stage: { monitoring, stageName }, stackSetName } = this.props;
    if (monitoring === undefined) return [];
    return [
      allow(CHANGE_SCHEDULE_GROUP, this.here('scheduler', `schedule-group/${names.monitoringScheduleGroupName(stageName)}`)),
      allow(CHANGE_QUEUE, this.here('sqs', names._undeliveredReportsQueueName(stageName))),
      allow(CHANGE_ALARMS, this.here('cloudwatch', `alarm:StackSet-${stackSetName}-*`)),
      allow(['cloudwatch:DescribeAlarms'], ['*']), // CloudWatch lists alarms of an account only as a whole
    ];
  }

  /** Where a stage has copies of released models of its own. */
  private copies(): PolicyStatement[] {
    const { names, stage } = this.props;
    if (!stage.promotion.hasModelCopies) return [];
    const { account, region, urlSuffix } = Stack.of(this.scope);
    const throughEcr = { StringEquals: { 'kms:ViaService': `ecr.${region}.${urlSuffix}` } };
    return [
      allow(CHANGE_BUCKET, [arnIn(this.scope, 's3', names.targetModelsBucketName(stage.stageName, account))]),
      allow(CHANGE_REPOSITORY, this.here('ecr', `repository/${names.targetRepositoryName(stage.stageName)}`)),
      allow(LEND_KEY, this.here('kms', 'key/*'), { ...throughEcr, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      allow(TAKE_KEY_BACK, this.here('kms', 'key/*'), throughEcr),
    ];
  }

  private here(service: string, ...resources: string[]): string[] {
    return resources.map((resource) => arnIn(this.scope, service, resource));
  }
}

function allow(actions: string[], resources: string[], conditions?: Conditions): PolicyStatement {
  return new PolicyStatement({ actions, resources, conditions });
}
