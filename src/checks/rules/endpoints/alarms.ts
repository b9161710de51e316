import { refersTo } from '../../core/relations';
import { Resource } from '../../core/resource';
import { Rule } from '../../core/rule';
import { COMPLIANT, isGiven, unknown, violation } from '../../core/verdicts';

/** Whether an alarm is about an endpoint, by the dimension of its metrics: undefined where only the deployment knows. */
function isAbout(alarm: Resource, endpoint: Resource): boolean | undefined {
  const answers = dimensionsOf(alarm).map((path) => refersTo(alarm.at(path).value, alarm, endpoint, 'EndpointName'));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** Paths of values of dimensions, of one metric or of several. */
function dimensionsOf(alarm: Resource): string[] {
  const lists = ['Dimensions', ...alarm.each('Metrics').map(({ path }) => `${path}.MetricStat.Metric.Dimensions`)];
  return lists.flatMap((list) => alarm.each(list)).filter(({ path }) => alarm.at(`${path}.Name`).value === 'EndpointName').map(({ path }) => `${path}.Value`);
}

export const ENDPOINT_ALARMS: Rule = {
  id: 'EndpointAlarms',
  title: 'Endpoints have an alarm, or are rolled back by one.',
  remedy: 'Name alarms in DeploymentConfig.AutoRollbackConfiguration, or make one with the dimension EndpointName.',
  severity: 'medium',
  types: ['AWS::SageMaker::Endpoint'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html',
  look: (endpoint, template) => {
    const alarms = endpoint.at('DeploymentConfig.AutoRollbackConfiguration.Alarms');
    if (alarms.value !== undefined && isGiven(alarms).length === 0) return COMPLIANT;
    // Nobody hears of an alarm whose actions are off.
    const about = template.near('AWS::CloudWatch::Alarm').filter((alarm) => String(alarm.at('ActionsEnabled').value).toLowerCase() !== 'false').map((alarm) => isAbout(alarm, endpoint));
    if (about.includes(true)) return COMPLIANT;
    if (alarms.value !== undefined) return isGiven(alarms);
    return (about.includes(undefined) ? unknown : violation)(alarms.path, 'No alarm of the template is about it, and none rolls it back.');
  },
};
