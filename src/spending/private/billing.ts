import { Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnAnomalyMonitor, CfnAnomalySubscription } from 'aws-cdk-lib/aws-ce';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';

/** A service of AWS that tells of costs, and as what it does so. */
const BUDGETS = { sid: 'Budgets', service: 'budgets.amazonaws.com' };
const ANOMALIES = { sid: 'CostAnomalies', service: 'costalerts.amazonaws.com' };

/** As bills call it, from which budgets take their costs. */
const SAGEMAKER = 'Amazon SageMaker';

/** Percentages of what was spent at which people hear of it. */
const ACTUAL = [50, 80, 100];

/**
 * A budget of AWS for what the account pays for SageMaker, from bills: half a day late, and with what has no price by the hour.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 */
export function budget(scope: Construct, topic: ITopic, usdPerMonth: number): CfnBudget {
  letTell(scope, topic, BUDGETS);
  const subscribers = [{ subscriptionType: 'SNS', address: topic.topicArn }];
  const at = (notificationType: string, threshold: number) => ({
    notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' }, subscribers,
  });
  return new CfnBudget(scope, 'Budget', {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: usdPerMonth, unit: 'USD' },
      costFilters: { Service: [SAGEMAKER], Region: [Stack.of(scope).region] },
    },
    notificationsWithSubscribers: [...ACTUAL.map((share) => at('ACTUAL', share)), at('FORECASTED', 100)],
  });
}

/**
 * Notifications of costs that are unlike those before, as AWS Cost Anomaly Detection finds them in the account.
 *
 * @param monitorArn the account's monitor of services, of which it has one; undefined where it has none
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
 */
export function anomalies(scope: Construct, topic: ITopic, usd: number, monitorArn: string | undefined): CfnAnomalySubscription {
  letTell(scope, topic, ANOMALIES);
  const name = `${Stack.of(scope).stackName}-${scope.node.addr.slice(-8)}`;
  const monitor = monitorArn ?? new CfnAnomalyMonitor(scope, 'AnomalyMonitor', { monitorName: name, monitorType: 'DIMENSIONAL', monitorDimension: 'SERVICE' }).attrMonitorArn;
  return new CfnAnomalySubscription(scope, 'AnomalySubscription', {
    subscriptionName: name,
    monitorArnList: [monitor],
    frequency: 'IMMEDIATE', // a topic takes no other
    subscribers: [{ type: 'SNS', address: topic.topicArn }],
    thresholdExpression: JSON.stringify({ Dimensions: { Key: 'ANOMALY_TOTAL_IMPACT_ABSOLUTE', MatchOptions: ['GREATER_THAN_OR_EQUAL'], Values: [String(usd)] } }),
  });
}

/** Lets a service of the account publish to a topic of the app, and use its key; those of an imported one have to allow it. */
function letTell(scope: Construct, topic: ITopic, { sid, service }: { readonly sid: string; readonly service: string }): void {
  const principals = [new ServicePrincipal(service)], conditions = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  topic.addToResourcePolicy(new PolicyStatement({ sid, principals, actions: ['sns:Publish'], resources: [topic.topicArn], conditions }));
  topic.masterKey?.addToResourcePolicy(new PolicyStatement({
    sid: `${sid}Encrypt`,
    principals,
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'], // in a key policy: this key
    conditions: { ...conditions, ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': arnIn(scope, 'sns', '*') } },
  }));
}
