import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IRepository, Repository } from 'aws-cdk-lib/aws-ecr';
import { DataScienceEnvironment, DeploymentStage, ExistingRepositories, ProjectBlueprint } from '../../../src';
import { writtenIn } from '../../../src/private/written-policies';
import { testApp } from '../../test-app';

const ENV = { account: '111111111111', region: 'eu-west-1' };
const STAGES = [DeploymentStage.accounts('production', { accounts: ['222222222222'] })];

/** An environment that builds and deploys images, and takes repositories that exist already. */
function churn(existing: (named: (name: string) => IRepository, stack: Stack) => ExistingRepositories) {
  const stack = new Stack(testApp(), 'Stack', { env: ENV });
  const named = (name: string) => Repository.fromRepositoryName(stack, name, name);
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', deploymentStages: STAGES, storage: { existingRepositories: existing(named, stack) },
  });
  environment.addProjectTemplate('Image', { blueprint: ProjectBlueprint.imageBuild() });
  return { stack, environment, template: Template.fromStack(stack) };
}
const namesOf = (template: Template) => Object.values(template.findResources('AWS::ECR::Repository'))
  .map(({ Properties }) => (Properties as { RepositoryName: string }).RepositoryName).sort();

test.each<[string, Parameters<typeof churn>[0], string[]]>([
  ['images', (named) => ({ imagesRepository: named('churn/images') }), ['churn/released/images', 'churn/releases']],
  ['released images', (named) => ({ releasedImagesRepository: named('churn/released/images') }), ['churn/images', 'churn/releases']],
  ['releases', (named) => ({ releasesRepository: named('churn/releases') }), ['churn/images', 'churn/released/images']],
])('in the place of a repository of %s no other is made', (_, existing, others) => {
  expect(namesOf(churn(existing).template)).toEqual(others);
});

test('is told to preflight, for no resource of the stack names it', () => {
  const { template } = churn((named) => ({ releasesRepository: named('churn/releases') }));
  template.hasResource('AWS::SSM::Parameter', {
    Properties: { Name: '/secure-mlops/churn/studio/domain-id' },
    Metadata: { 'cdk-secure-mlops:given': [{ Type: 'AWS::ECR::Repository', RepositoryName: 'churn/releases' }] },
  });
});

test('what the owner of releases adds is the policy that a new repository would have', () => {
  const given = churn((named) => ({ releasesRepository: named('churn/releases') })), made = churn(() => ({}));
  const [policy] = Object.values(made.template.findResources('AWS::ECR::Repository', { Properties: { RepositoryName: 'churn/releases' } }));
  const statements = given.environment.perimeter.requiredRepositoryStatements().map((statement) => statement.toStatementJson() as object);
  const { RepositoryPolicyText: { Statement } } = policy.Properties as { RepositoryPolicyText: { Statement: object[] } };
  expect(writtenIn(given.stack, given.stack.resolve(statements))).toEqual(Statement);
});

test.each<[string, Parameters<typeof churn>[0], string]>([
  ['another name', (named) => ({ imagesRepository: named('company/images') }), 'existingRepositories.imagesRepository must have the name churn/images, got "company/images"'],
  ['another account', (_, stack) => ({
    releasesRepository: Repository.fromRepositoryArn(stack, 'Elsewhere', 'arn:aws:ecr:eu-west-1:333333333333:repository/churn/releases'),
  }), 'existingRepositories.releasesRepository must be in the environment\'s account, 111111111111, got "333333333333"'],
  ['another region', (_, stack) => ({
    releasesRepository: Repository.fromRepositoryArn(stack, 'Elsewhere', 'arn:aws:ecr:eu-west-2:111111111111:repository/churn/releases'),
  }), 'existingRepositories.releasesRepository must be in the environment\'s region, eu-west-1, got "eu-west-2"'],
])('a repository of %s is refused, because targets would not find it', (_, existing, message) => {
  expect(() => churn(existing)).toThrow(`[Stack/Churn/Storage] ${message}`);
});
