import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Given } from '../../private/given';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** What an environment was given and no resource of its stack names: an Amazon ECR repository is known by its name alone. */
export function givenThings({ storage }: DataScienceEnvironmentProps): Given[] {
  const repositories = Object.values(storage?.existingRepositories ?? {}) as (IRepository | undefined)[];
  return repositories.flatMap((one) => one ?? []).map(({ repositoryName }) => ({ Type: 'AWS::ECR::Repository', RepositoryName: repositoryName }));
}
