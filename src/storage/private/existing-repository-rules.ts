import { Token } from 'aws-cdk-lib';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { EnvironmentNames } from '../../names';
import { InputCheck } from '../../private/input-check';
import { ExistingRepositories } from '../storage-options';

/** Roles, project templates and targets know repositories by the environment's name. */
const RENAME = 'Templates, roles and targets know it by that name, and Amazon ECR renames none: leave it out, and copy what is in it';

/** Refuses existing repositories that cannot stand in for new ones. */
export function checkExistingRepositories(check: InputCheck, existing: ExistingRepositories | undefined, names: EnvironmentNames): void {
  const expected: Record<keyof ExistingRepositories, string> = {
    imagesRepository: names.imagesRepositoryName,
    releasedImagesRepository: names.releasedImagesRepositoryName,
    releasesRepository: names.releasesRepositoryName,
  };
  const isSame = (its: string, expectedOne: string) => Token.isUnresolved(expectedOne) || its === expectedOne;
  for (const [name, repository] of Object.entries(existing ?? {}) as [keyof ExistingRepositories, IRepository | undefined][]) {
    const property = `existingRepositories.${name}`;
    check
      .that(property, repository?.repositoryName, (its) => isSame(its, expected[name]), `have the name ${expected[name]}`, RENAME)
      .that(property, repository?.env.account, (its) => isSame(its, names.account), `be in the environment's account, ${names.account}`, RENAME)
      .that(property, repository?.env.region, (its) => isSame(its, names.region), `be in the environment's region, ${names.region}`, RENAME);
  }
}
