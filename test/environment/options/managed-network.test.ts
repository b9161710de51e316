import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnRole, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentNetwork, EnvironmentRole, EnvironmentRoleOptions, INetworkSource, InternetAccess } from '../../../src';
import { testApp } from '../../test-app';

function churn(props: (stack: Stack) => Partial<DataScienceEnvironmentProps>, context = {}) {
  const stack = new Stack(testApp({ context }), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  return { stack, environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props(stack) }) };
}
const roleOptions = (stack: Stack) => ({ path: '/company/', permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'company-boundary') });
const WARNING = 'Roles of the network have no permissions boundary and no path, and roleOptions of the environment ask for it. '
  + 'Give it EnvironmentNetwork.managed(…), which has them from the environment, or give roleOptions to the network as well. [ack: cdk-secure-mlops:networkRolesWithoutOptions]';

describe('a managed network', () => {
  const { stack, environment } = churn(
    (scope) => ({ roleOptions: roleOptions(scope), removalPolicy: RemovalPolicy.DESTROY, network: EnvironmentNetwork.managed({ cidr: '10.20.0.0/20', zoneCount: 3 }) }),
    { '@cdk-secure-mlops/destroy-data': true },
  );
  const all = environment.network.node.findAll();

  test('has the settings that were given', () => {
    Template.fromStack(stack).hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.20.0.0/20' });
    expect(environment.network.subnets).toHaveLength(3);
  });

  test('has roles with the names, the path and the permissions boundary of the environment', () => {
    const roles = all.filter((node): node is CfnRole => node instanceof CfnRole);
    expect(roles.map(({ roleName }) => roleName)).toEqual(['churn--default-security-group-eu-west-1', 'churn--flow-logs-eu-west-1']);
    for (const { path, permissionsBoundary } of roles) {
      expect(path).toBe('/company/');
      expect(JSON.stringify(stack.resolve(permissionsBoundary))).toContain(':policy/company-boundary');
    }
  });

  test('has log groups with the key and the removal policy of the environment', () => {
    const groups = all.filter((node): node is CfnLogGroup => node instanceof CfnLogGroup);
    expect(groups.map(({ kmsKeyId }) => kmsKeyId)).toEqual(groups.map(() => environment.keys.logs.keyArn));
    expect(groups.map(({ cfnOptions: { deletionPolicy } }) => deletionPolicy)).toEqual(groups.map(() => 'Delete'));
  });

  test('knows beforehand whether it leads to the internet', () => {
    expect(EnvironmentNetwork.managed().hasInternetAccess).toBe(false);
    expect(EnvironmentNetwork.managed({ internetAccess: InternetAccess.natGateways() }).hasInternetAccess).toBe(true);
  });
});

describe('a network that was made apart', () => {
  test('is warned of where its roles lack what the environment asks of roles', () => {
    const { stack } = churn((scope) => ({ roleOptions: roleOptions(scope), network: new EnvironmentNetwork(scope, 'Network') }));
    Annotations.fromStack(stack).hasWarning('/Stack/Network', WARNING);
  });

  const NOT_EXISTING = 'Roles of the network are new ones, and roleOptions of the environment give existing ones. '
    + 'Give it EnvironmentNetwork.managed(…), which has them from the environment, or give roleOptions to the network as well. [ack: cdk-secure-mlops:networkRolesWithoutOptions]';
  const existing = (scope: Stack, ...roles: EnvironmentRole[]): EnvironmentRoleOptions => (
    { exceptions: roles.map((role) => ({ role, existingRole: Role.fromRoleArn(scope, `Given-${role}`, `arn:aws:iam::111111111111:role/their-${role}`) })) });

  test.each([EnvironmentRole.FLOW_LOGS, EnvironmentRole.DEFAULT_SECURITY_GROUP])('is warned of where it makes a role that exists already (%s)', (role) => {
    const { stack } = churn((scope) => ({ roleOptions: existing(scope, role), network: new EnvironmentNetwork(scope, 'Network') }));
    Annotations.fromStack(stack).hasWarning('/Stack/Network', NOT_EXISTING);
  });

  test('is not warned of where it has the roles that exist already', () => {
    const { stack } = churn((scope) => {
      const options = existing(scope, EnvironmentRole.FLOW_LOGS, EnvironmentRole.DEFAULT_SECURITY_GROUP);
      return { roleOptions: options, network: new EnvironmentNetwork(scope, 'Network', { roleOptions: options }) };
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('networkRolesWithoutOptions'));
  });

  test('is warned of what one role lacks where the other exists already', () => {
    const { stack } = churn((scope) => {
      const options = existing(scope, EnvironmentRole.FLOW_LOGS);
      return { roleOptions: { ...roleOptions(scope), ...options }, network: new EnvironmentNetwork(scope, 'Network', { roleOptions: options }) };
    });
    Annotations.fromStack(stack).hasWarning('/Stack/Network', WARNING);
  });

  test('is not warned of with the same options', () => {
    const { stack } = churn((scope) => {
      const options = roleOptions(scope);
      return { roleOptions: options, network: new EnvironmentNetwork(scope, 'Network', { roleOptions: options }) };
    });
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('networkRolesWithoutOptions'));
  });

  test('is not warned of where it has no roles', () => {
    const { stack } = churn((scope) => ({ roleOptions: roleOptions(scope), network: EnvironmentNetwork.fromVpc(scope, 'Network', { vpc: new Vpc(scope, 'Vpc') }) }));
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('networkRolesWithoutOptions'));
  });
});

test('a network that is none is refused', () => {
  expect(() => churn(() => ({ network: { hasInternetAccess: false } as INetworkSource })))
    .toThrow('[Stack/Churn] network must be the network of the environment, got {"hasInternetAccess":false}. Give an EnvironmentNetwork, or EnvironmentNetwork.managed(…)');
});
