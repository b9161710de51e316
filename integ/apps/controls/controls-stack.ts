import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CorrectiveAction, CorrectiveControls, DataScienceEnvironment, DetectiveControls, SpendingControls, SpendingLimit } from '../../../src';

/** Properties of the stack. */
export interface ControlsStackProps extends StackProps {
  readonly environment: DataScienceEnvironment;

  /**
   * What becomes of logs and their key.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** What security has beside an environment: everything that tells, everything that corrects, and limits of what is spent. */
export class ControlsStack extends Stack {
  public readonly detective: DetectiveControls;
  public readonly corrective: CorrectiveControls;
  public readonly spending: SpendingControls;
  /** The bucket of CloudTrail's log files. */
  public readonly trailBucket: IBucket;
  /** Who takes decisions of the corrective controls back. */
  public readonly responders: Role;

  constructor(scope: Construct, id: string, { environment, removalPolicy, ...props }: ControlsStackProps) {
    super(scope, id, { description: 'Controls of a secure data-science environment', ...props });
    this.detective = new DetectiveControls(this, 'Detective', {
      environment,
      removalPolicy,
      configRules: true,
      securityHub: true,
      guardDuty: true,
      macie: true,
      externalAccessAnalyzer: true,
      unusedAccessAnalyzer: true,
    });
    this.trailBucket = this.detective.trailBucket!;
    this.corrective = new CorrectiveControls(this, 'Corrective', {
      topic: this.detective.notificationTopic,
      encryptionKey: this.detective.encryptionKey,
      guardrailStatements: environment.executionRoles.guardrails.statements,
      buckets: [this.trailBucket],
      vpcs: [environment.network.vpc],
      enforcedActions: Object.values(CorrectiveAction),
      // eslint-disable-next-line no-restricted-syntax -- the same in each account and region of the app
      allowList: ['arn:aws:sagemaker:*:*:notebook-instance/course-*'],
    });
    this.spending = new SpendingControls(this, 'Spending', {
      environment,
      topic: this.detective.notificationTopic,
      encryptionKey: this.detective.encryptionKey,
      limit: SpendingLimit.usdPerMonth(5000).combine(SpendingLimit.usdPerDay(500)),
      personLimit: SpendingLimit.usdPerDay(50),
    });
    this.responders = new Role(this, 'Responders', { assumedBy: new AccountRootPrincipal(), description: 'Takes decisions of the corrective controls back' });
    this.corrective.grantUndo(this.responders);
  }
}
