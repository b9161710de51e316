import { Check, each } from '../check';
import { Finding, problem } from '../finding';

const ECR = 'AmazonEC2ContainerRegistry_V20150921';

/** Amazon ECR repositories that were given are there, and keep what is in them. */
export const GIVEN_REPOSITORIES: Check = {
  name: 'given-repositories',
  title: 'A given ECR repository is there, its tags do not move, and images are scanned as they are pushed.',
  actions: ['ecr:DescribeRepositories', 'ecr:BatchGetRepositoryScanningConfiguration'],
  look: (stack, account) => each(stack.given('AWS::ECR::Repository'), async ({ properties: { RepositoryName: name } }) => {
    if (typeof name !== 'string') return [];
    const question = { action: 'ecr:DescribeRepositories', subject: `the repository ${name}`, absent: ['RepositoryNotFoundException'] };
    const answer = await account.json<{ repositories: { imageTagMutability: string }[] }>('ecr', ECR, question, { repositoryNames: [name] });
    if (answer === undefined) return [problem(`There is no repository ${name}.`, 'Leave it out, and the stack makes it.')];
    const scanned = await account.json<{ scanningConfigurations: { scanFrequency: string }[] }>(
      'ecr', ECR, { action: 'ecr:BatchGetRepositoryScanningConfiguration', subject: `scans of the repository ${name}` }, { repositoryNames: [name] });
    const found: Finding[] = [], [{ imageTagMutability: mutability }] = answer.repositories;
    const frequency = scanned?.scanningConfigurations[0]?.scanFrequency;
    if (mutability !== 'IMMUTABLE') {
      found.push(problem(`Tags of the repository ${name} can move (${mutability}), and what was scanned or approved is known by its tag.`, `Run "aws ecr put-image-tag-mutability --repository-name ${name} --image-tag-mutability IMMUTABLE".`));
    }
    if (frequency === 'MANUAL') {
      found.push(problem(`Images of the repository ${name} are not scanned as they are pushed, and nothing without a scan is released.`, `Run "aws ecr put-image-scanning-configuration --repository-name ${name} --image-scanning-configuration scanOnPush=true".`));
    }
    return found;
  }),
};
