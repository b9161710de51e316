import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { Given } from '../../private/given';
import { SecureStudioDomain } from '../../studio';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** What an environment was given and no resource of its stack describes: an Amazon ECR repository is known by its name alone. */
export function givenThings({ storage }: DataScienceEnvironmentProps, studio: SecureStudioDomain): Given[] {
  const repositories = Object.values(storage?.existingRepositories ?? {}) as (IRepository | undefined)[];
  return [
    ...repositories.flatMap((one) => one ?? []).map(({ repositoryName }) => ({ Type: 'AWS::ECR::Repository', RepositoryName: repositoryName })),
    ...(studio._isGiven ? [{ Type: 'AWS::SageMaker::Domain', DomainId: studio.domainId, Required: studio.requiredDomainSettings() }] : []),
  ];
}
