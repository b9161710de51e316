import { App, Stack } from 'aws-cdk-lib';
import { ISubnet, IVpc, SubnetFilter, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { DataScienceEnvironment, EnvironmentNetwork, SecureStudioDomain } from '../../src';

const env = { account: '111111111111', region: 'eu-west-1' };

/** What the CLI would have to look up, with credentials. */
const lookedUp = (app: App) => (app.synth().manifest.missing ?? []).map(({ provider }) => provider);

describe('in a stack whose account and region are known', () => {
  test('nothing is looked up for a new network', () => {
    const app = new App();
    new EnvironmentNetwork(new Stack(app, 'Stack', { env }), 'Network', { zoneCount: 3 });
    expect(lookedUp(app)).toEqual([]);
  });

  test('nothing is looked up for zones that have names', () => {
    const app = new App();
    new EnvironmentNetwork(new Stack(app, 'Stack', { env }), 'Network', { availabilityZones: ['eu-west-1c', 'eu-west-1a'] });
    expect(lookedUp(app)).toEqual([]);
  });

  test('the stack looks zones up for others as before', () => {
    const app = new App(), stack = new Stack(app, 'Stack', { env });
    new EnvironmentNetwork(stack, 'Network');
    expect(stack.availabilityZones).toEqual(['dummy1a', 'dummy1b', 'dummy1c']);
    expect(lookedUp(app)).toEqual(['availability-zones']);
  });

  test('a stack that knows its zones keeps them', () => {
    class Knowing extends Stack {
      public get availabilityZones() {
        return ['eu-west-1a', 'eu-west-1b'];
      }
    }
    const app = new App(), stack = new Knowing(app, 'Stack', { env });
    new EnvironmentNetwork(stack, 'Network', { availabilityZones: ['eu-west-1a'] });
    expect(stack.availabilityZones).toEqual(['eu-west-1a', 'eu-west-1b']);
  });
});

describe('on the first synthesis of an app that looks a VPC up', () => {
  const choices: [string, (vpc: IVpc) => ISubnet[] | undefined][] = [
    ['by default', () => undefined],
    ['isolated ones', (vpc) => vpc.isolatedSubnets],
    ['private ones', (vpc) => vpc.privateSubnets],
    ['a group of subnets', (vpc) => vpc.selectSubnets({ subnetGroupName: 'ml' }).subnets],
    ['filtered ones', (vpc) => vpc.selectSubnets({ subnetFilters: [SubnetFilter.byIds(['subnet-0aaaaaaaaaaaaaaa0'])] }).subnets],
    ['all, of which ids occur twice', (vpc) => [...vpc.isolatedSubnets, ...vpc.privateSubnets]],
  ];
  const lookUp = (stack: Stack) => Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0' });

  test.each(choices)('an environment refuses no subnets, so that the look-up is made: %s', (_, subnetsOf) => {
    const app = new App(), stack = new Stack(app, 'Stack', { env }), vpc = lookUp(stack);
    new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', network: EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, subnets: subnetsOf(vpc) }) });
    expect(lookedUp(app)).toEqual(['vpc-provider']);
  });

  test.each(choices)('nor does a Studio domain alone: %s', (_, subnetsOf) => {
    const app = new App(), stack = new Stack(app, 'Stack', { env }), vpc = lookUp(stack);
    const executionRole = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    new SecureStudioDomain(stack, 'Studio', { vpc, subnets: subnetsOf(vpc), encryptionKey: new Key(stack, 'Key'), executionRole });
    expect(lookedUp(app)).toEqual(['vpc-provider']);
  });

  test('two VPCs are not taken for one', () => {
    const app = new App(), stack = new Stack(app, 'Stack', { env });
    for (const vpcId of ['vpc-0a', 'vpc-0b']) EnvironmentNetwork.fromVpc(stack, `Network${vpcId}`, { vpc: Vpc.fromLookup(stack, vpcId, { vpcId }) });
    expect(lookedUp(app)).toEqual(['vpc-provider', 'vpc-provider']);
  });
});
