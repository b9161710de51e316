import { Rule } from '../../core/rule';
import { Resource } from '../../core/template';
import { Reference, shown } from '../../core/value';
import { isGiven, violation } from '../../core/verdicts';

/** By the dimension of its metrics: its name, or the attribute that is its name. */
function isAbout(alarm: Resource, endpoint: Resource): boolean {
  const { value: name } = endpoint.at('EndpointName');
  return dimensionsOf(alarm).some((path) => {
    const { value } = alarm.at(path);
    if (value instanceof Reference) return value.logicalId === endpoint.logicalId;
    return value !== undefined && name !== undefined && shown(value) === shown(name);
  });
}

/** Paths of values of dimensions, of one metric or of several. */
function dimensionsOf(alarm: Resource): string[] {
  const lists = ['Dimensions', ...alarm.each('Metrics').map(({ path }) => `${path}.MetricStat.Metric.Dimensions`)];
  return lists.flatMap((list) => alarm.each(list)).filter(({ path }) => alarm.at(`${path}.Name`).value === 'EndpointName').map(({ path }) => `${path}.Value`);
}

export const ENDPOINT_ALARMS: Rule = {
  id: 'EndpointAlarms',
  title: 'Endpoints have an alarm, and are rolled back by it.',
  remedy: 'Name alarms in DeploymentConfig.AutoRollbackConfiguration, or make one with the dimension EndpointName.',
  severity: 'medium',
  types: ['AWS::SageMaker::Endpoint'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html',
  look: (endpoint, template) => {
    const alarms = endpoint.at('DeploymentConfig.AutoRollbackConfiguration.Alarms');
    if (alarms.value !== undefined || template.of('AWS::CloudWatch::Alarm').some((alarm) => isAbout(alarm, endpoint))) return isGiven({ ...alarms, value: alarms.value ?? true });
    return violation(alarms.path, 'No alarm of the template is about it, and none rolls it back.');
  },
};
