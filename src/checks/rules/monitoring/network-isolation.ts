import { MONITORING_TYPES, ofJob } from './job-definition';
import { Rule } from '../../core/rule';
import { is } from '../../core/verdicts';

export const MONITORING_NETWORK_ISOLATION: Rule = {
  id: 'MonitoringNetworkIsolation',
  title: 'Containers of monitoring jobs reach no network.',
  remedy: 'Set NetworkConfig.EnableNetworkIsolation to true.',
  severity: 'medium',
  types: MONITORING_TYPES,
  controls: ['SageMaker.11', 'SageMaker.12', 'SageMaker.14', 'SageMaker.20', 'SageMaker.25'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringNetworkConfig.html',
  look: (job, template) => ofJob(job, template, ({ network }) => is(job.at(`${network}.EnableNetworkIsolation`), [true], false)),
};
