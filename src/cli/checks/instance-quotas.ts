import { Check } from '../check';
import { problem } from '../finding';
import { PlannedStack } from '../planned-stack';

/**
 * How many instances of a type the stack would run, by the name of their quota: it has one for each type and use.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sagemaker.html
 */
function needed(stack: PlannedStack): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { properties } of stack.added('AWS::SageMaker::EndpointConfig')) {
    for (const { InstanceType: type, InitialInstanceCount: count } of (properties.ProductionVariants ?? []) as Record<string, unknown>[]) {
      if (typeof type !== 'string') continue;
      const name = `${type} for endpoint usage`;
      counts.set(name, (counts.get(name) ?? 0) + Number(count ?? 1));
    }
  }
  return counts;
}

/** There is room for the instances of endpoints: the quota of many types is none, until somebody has asked for more. */
export const INSTANCE_QUOTAS: Check = {
  name: 'instance-quotas',
  title: 'Quotas of SageMaker are large enough for the instances of the stack\'s endpoints.',
  actions: ['servicequotas:ListServiceQuotas'],
  look: async (stack, account) => {
    const all = needed(stack);
    if (all.size === 0) return [];
    const question = { action: 'servicequotas:ListServiceQuotas', subject: 'the quotas of SageMaker\'s instances' };
    // By their names: there are thousands of codes, one for each type and use.
    const quotas = await account.allJson<{ QuotaName: string; QuotaCode: string; Value: number }>(
      'servicequotas', 'ServiceQuotasV20190624', question, 'Quotas', { ServiceCode: 'sagemaker', MaxResults: 100 });
    return quotas.filter(({ QuotaName, Value }) => (all.get(QuotaName) ?? 0) > Value).map(({ QuotaName, QuotaCode, Value }) => (
      problem(`The stack's endpoints begin with ${all.get(QuotaName)} instances, and the quota "${QuotaName}" is ${Value}.`, `Have the quota ${QuotaCode} of sagemaker raised in Service Quotas, or take another instance type.`)
    ));
  },
};
