import { MONITORING_TYPES, ofJob } from './job-definition';
import { Property } from '../../core/resource';
import { Rule } from '../../core/rule';
import { is, isAtLeast, where } from '../../core/verdicts';

function isSeveral(count: Property): boolean | undefined {
  const [verdict] = isAtLeast(count, 2);
  return verdict?.kind === 'unknown' ? undefined : verdict === undefined;
}

export const MONITORING_TRAFFIC_ENCRYPTION: Rule = {
  id: 'MonitoringTrafficEncryption',
  title: 'Traffic between instances of monitoring jobs is encrypted.',
  remedy: 'Set NetworkConfig.EnableInterContainerTrafficEncryption to true.',
  severity: 'medium',
  types: MONITORING_TYPES,
  controls: ['SageMaker.9', 'SageMaker.10', 'SageMaker.13', 'SageMaker.15', 'SageMaker.22'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringNetworkConfig.html',
  look: (job, template) => ofJob(job, template, ({ network }) => {
    const encrypted = is(job.at(`${network}.EnableInterContainerTrafficEncryption`), [true], false);
    // AWS asks it of jobs for bias only where there is somebody to talk to.
    return job.type === 'AWS::SageMaker::ModelBiasJobDefinition' ? where(isSeveral(job.at('JobResources.ClusterConfig.InstanceCount')), () => encrypted) : encrypted;
  }),
};
