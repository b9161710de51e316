import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, Persona } from '../../../src';
import { testApp } from '../../test-app';

describe('people and jobs have security groups apart', () => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  const template = Template.fromStack(stack);
  const { studioSecurityGroup, workloadSecurityGroup } = environment.network;
  const [people, jobs] = [studioSecurityGroup, workloadSecurityGroup].map((group) => stack.resolve(group.securityGroupId) as object);
  type Json = Record<string, Record<string, unknown>>;
  const properties = (type: string) => Object.values(template.findResources(type)).map((resource) => resource.Properties as Json);

  test('the domain has the group of people, and a profile its own beside it: neither has the group of jobs', () => {
    expect(properties('AWS::SageMaker::Domain').map((domain) => domain.DefaultUserSettings.SecurityGroups)).toEqual([[people]]);
    expect(properties('AWS::SageMaker::UserProfile').map((profile) => profile.UserSettings.SecurityGroups)).toEqual([[{ Ref: expect.stringContaining('Useralice') }]]);
  });

  test('jobs run in theirs, which the registry names', () => {
    expect(properties('AWS::SSM::Parameter').find(({ Name }) => Name as unknown === '/secure-mlops/churn/network/workload-security-group-id')?.Value).toEqual(jobs);
  });
});
