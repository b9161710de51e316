import { Rule } from '../../core/rule';
import { isGiven } from '../../core/verdicts';

export const CLUSTER_IN_VPC: Rule = {
  id: 'ClusterInVpc',
  title: 'Clusters are in a VPC of one\'s own.',
  remedy: 'Give the cluster a VpcConfig with Subnets and SecurityGroupIds.',
  severity: 'medium',
  types: ['AWS::SageMaker::Cluster'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateCluster.html',
  look: (cluster) => isGiven(cluster.at('VpcConfig.Subnets')),
};
