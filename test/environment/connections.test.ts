import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage } from '../../src';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
const staging = DeploymentStage.accounts('staging', { accounts: ['222222222222'] });

test('a database lets Studio in, and jobs only where that is said', () => {
  const stack = new Stack(testApp(), 'Stack', { env });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  const database = new SecurityGroup(stack, 'Database', { vpc: environment.network.vpc });
  database.connections.allowFrom(environment, Port.tcp(5432));
  const ofDatabase = { GroupId: stack.resolve(database.securityGroupId) as object, FromPort: 5432 };
  const ofStudio = stack.resolve(environment.network.studioSecurityGroup.securityGroupId) as object;
  const template = Template.fromStack(stack);
  const lettingIn = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress', { Properties: ofDatabase }));
  expect(lettingIn.map(({ Properties }) => (Properties as { SourceSecurityGroupId: object }).SourceSecurityGroupId)).toEqual([ofStudio]);
  template.hasResourceProperties('AWS::EC2::SecurityGroupEgress', { GroupId: ofStudio, DestinationSecurityGroupId: ofDatabase.GroupId, FromPort: 5432 });
});

test('a database lets the models of a target in', () => {
  const app = testApp();
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(new Stack(app, 'Names'), 'Churn', { environmentName: 'churn', ...env });
  const stack = new Stack(app, 'Target', { env: { ...env, account: '222222222222' } });
  const target = new CrossAccountDeploymentTarget(stack, 'Target', { environment, stage: staging });
  const database = new SecurityGroup(stack, 'Database', { vpc: target.network.vpc });
  database.connections.allowFrom(target, Port.tcp(5432));
  Template.fromStack(stack).hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
    GroupId: stack.resolve(database.securityGroupId) as object,
    SourceSecurityGroupId: stack.resolve(target.network.workloadSecurityGroup.securityGroupId) as object,
    FromPort: 5432,
    Description: Match.anyValue(),
  });
});
