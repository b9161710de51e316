import { MONITORING_TYPES, ofJob } from './job-definition';
import { Rule } from '../../core/rule';
import { isGiven } from '../../core/verdicts';

export const MONITORING_IN_VPC: Rule = {
  id: 'MonitoringInVpc',
  title: 'Monitoring jobs run in a VPC of one\'s own.',
  remedy: 'Give NetworkConfig a VpcConfig with Subnets and SecurityGroupIds.',
  severity: 'medium',
  types: MONITORING_TYPES,
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html',
  look: (job, template) => ofJob(job, template, ({ network }) => isGiven(job.at(`${network}.VpcConfig.Subnets`))),
};
