import { Place } from './place';
import { Service } from '../../handlers/aws/service-endpoints';

/** A list of an account, in which what is the environment's is known by its name (`isNamed` of its kind). */
export interface Named {
  readonly type: string;
  readonly service: Service['name'];
  readonly prefix: string;
  readonly action: string;
  readonly list: string;
  readonly input?: (environment: string) => object;
  readonly nameIn: (item: never) => string;
  readonly tokens?: [asked: string, given: string];
}

export const NAMED: Named[] = [
  { type: 'AWS::SageMaker::MlflowTrackingServer', service: 'sagemaker', prefix: 'SageMaker', action: 'sagemaker:ListMlflowTrackingServers', list: 'TrackingServerSummaries', nameIn: ({ TrackingServerName }: { TrackingServerName: string }) => TrackingServerName },
  { type: 'AWS::SageMaker::FeatureGroup', service: 'sagemaker', prefix: 'SageMaker', action: 'sagemaker:ListFeatureGroups', list: 'FeatureGroupSummaries', input: (environment) => ({ NameContains: `${environment}--` }), nameIn: ({ FeatureGroupName }: { FeatureGroupName: string }) => FeatureGroupName },
  { type: 'AWS::SageMaker::ModelPackageGroup', service: 'sagemaker', prefix: 'SageMaker', action: 'sagemaker:ListModelPackageGroups', list: 'ModelPackageGroupSummaryList', input: (environment) => ({ NameContains: `${environment}--` }), nameIn: ({ ModelPackageGroupName }: { ModelPackageGroupName: string }) => ModelPackageGroupName },
  { type: 'AWS::CodeCommit::Repository', service: 'codecommit', prefix: 'CodeCommit_20150413', action: 'codecommit:ListRepositories', list: 'repositories', nameIn: ({ repositoryName }: { repositoryName: string }) => repositoryName, tokens: ['nextToken', 'nextToken'] },
  { type: 'AWS::ECR::Repository', service: 'ecr', prefix: 'AmazonEC2ContainerRegistry_V20150921', action: 'ecr:DescribeRepositories', list: 'repositories', nameIn: ({ repositoryName }: { repositoryName: string }) => repositoryName, tokens: ['nextToken', 'nextToken'] },
  { type: 'AWS::Athena::WorkGroup', service: 'athena', prefix: 'AmazonAthena', action: 'athena:ListWorkGroups', list: 'WorkGroups', nameIn: ({ Name }: { Name: string }) => Name },
  { type: 'AWS::Glue::Database', service: 'glue', prefix: 'AWSGlue', action: 'glue:GetDatabases', list: 'DatabaseList', nameIn: ({ Name }: { Name: string }) => Name },
];

/** Names of all that there is in a list. */
export async function namesIn({ aws, account, environment }: Place, named: Named): Promise<string[]> {
  const { service, prefix, action, list, input, nameIn, tokens } = named;
  return (await aws.allJson<never>(service, prefix, { action, subject: `the ${list} of ${account}` }, list, input?.(environment), tokens)).map(nameIn);
}
