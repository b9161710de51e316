import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentNetwork, EnvironmentRole, InternetAccess, ProjectBlueprint } from '../../../src';
import { testApp } from '../../test-app';

const { PUBLISHER, STUDIO_CLEAN_UP, BUCKET_EMPTYING, DEFAULT_SECURITY_GROUP } = EnvironmentRole;
const FUNCTIONS = [PUBLISHER, STUDIO_CLEAN_UP, BUCKET_EMPTYING, DEFAULT_SECURITY_GROUP];

/** An environment with every log group that there is. */
function churn(props: (given: (name: string) => ILogGroup, stack: Stack) => Partial<DataScienceEnvironmentProps>) {
  const app = testApp({ context: { '@cdk-secure-mlops/destroy-data': true } });
  const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', removalPolicy: RemovalPolicy.DESTROY, ...props((name) => LogGroup.fromLogGroupName(stack, name, `/company/${name}`), stack),
  });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  return { stack, environment, template: Template.fromStack(stack) };
}

describe('log groups that exist already', () => {
  const { template } = churn((given) => ({
    network: EnvironmentNetwork.managed({
      flowLogs: { logGroup: given('flow-logs') },
      internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'], alertLogGroup: given('alerts'), flowLogGroup: given('flows') }),
    }),
    roleOptions: { exceptions: FUNCTIONS.map((role) => ({ role, existingLogGroup: given(role) })) },
  }));

  test('are used for all, and none is made', () => {
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    template.hasResourceProperties('AWS::EC2::FlowLog', { LogGroupName: '/company/flow-logs' });
    template.hasResourceProperties('AWS::NetworkFirewall::LoggingConfiguration', {
      LoggingConfiguration: {
        LogDestinationConfigs: [
          { LogType: 'ALERT', LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: '/company/alerts' } },
          { LogType: 'FLOW', LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: '/company/flows' } },
        ],
      },
    });
  });

  test.each(FUNCTIONS)('are written by functions, and by their roles alone: %s', (role) => {
    template.hasResourceProperties('AWS::Lambda::Function', { LoggingConfig: { LogGroup: `/company/${role}` } });
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).filter((policy) => JSON.stringify(policy).includes(`:log-group:/company/${role}:*`));
    expect(policies).toHaveLength(1);
    expect(policies[0]).toMatchObject({
      Properties: {
        PolicyDocument: { Statement: expect.arrayContaining([expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] })]) as unknown },
      },
    });
  });

  test('are written by the delivery of flow logs', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Description: 'Delivers VPC flow logs',
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['logs:PutLogEvents']) })]) },
    });
  });
});

test('the owner of a role and a log group is told to let the one write the other', () => {
  const { stack, environment } = churn((given, scope) => ({
    roleOptions: {
      exceptions: [{
        role: EnvironmentRole.STUDIO_CLEAN_UP,
        existingRole: Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111111111111:role/clean-up'),
        existingLogGroup: given('clean-up'),
      }],
    },
  }));
  const [document] = environment.requiredPolicies(EnvironmentRole.STUDIO_CLEAN_UP).map((one) => stack.resolve(one) as { Statement: object[] });
  expect(JSON.stringify(document.Statement.filter((one) => JSON.stringify(one).includes('logs:PutLogEvents')))).toContain(':logs:eu-west-1:111111111111:log-group:/company/clean-up:*');
});

test.each<[string, Parameters<typeof churn>[0], string]>([
  ['of a role without a function', (given) => ({
    roleOptions: { exceptions: [{ role: EnvironmentRole.JOB_EXECUTION, existingLogGroup: given('jobs') }] },
  }), 'roleOptions.exceptions (job-execution).existingLogGroup must be given for publisher, studio-clean-up, bucket-emptying, default-security-group'],
  ['with a retention of its own', (given) => ({
    network: EnvironmentNetwork.managed({ flowLogs: { logGroup: given('flow-logs'), retention: RetentionDays.ONE_DAY } }),
  }), 'flowLogs.logGroup must not be given together with flowLogs.retention'],
  ['of a firewall with a retention of its own, where no other is made', (given) => ({
    network: EnvironmentNetwork.managed({
      internetAccess: InternetAccess.inspected({
        allowedDomains: ['pypi.org'], alertLogGroup: given('alerts'), flowLogGroup: given('flows'), logRetention: RetentionDays.ONE_DAY,
      }),
    }),
  }), 'logRetention must not be given together with alertLogGroup and flowLogGroup, got 1. The retention of log groups that exist already is their owner\'s'],
  ['of another account', (_, stack) => ({
    network: EnvironmentNetwork.managed({ flowLogs: { logGroup: LogGroup.fromLogGroupArn(stack, 'Elsewhere', 'arn:aws:logs:eu-west-1:222222222222:log-group:flows:*') } }),
  }), 'flowLogs.logGroup must be in the stack\'s account, 111111111111, got "222222222222"'],
  ['of another region', (_, stack) => ({
    roleOptions: {
      exceptions: [{
        role: EnvironmentRole.PUBLISHER, existingLogGroup: LogGroup.fromLogGroupArn(stack, 'Elsewhere', 'arn:aws:logs:eu-west-2:111111111111:log-group:publisher:*'),
      }],
    },
  }), 'existingLogGroup must be in the stack\'s region, eu-west-1, got "eu-west-2"'],
])('a log group %s is refused', (_, props, message) => {
  expect(() => churn(props)).toThrow(message);
});
