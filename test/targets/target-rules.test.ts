import { Duration, Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { DATA_SCIENCE, STAGING, knownByName, production, staging, target } from './fixture';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, DeploymentStageOptions, EndpointService, EnvironmentNetwork, ModelPromotion, PrivateEndpointsOptions } from '../../src';
import { testApp } from '../test-app';

const refused = (...args: Parameters<typeof target>) => () => target(...args);
const sameAccount = DeploymentStage.sameAccount('lab');

describe('a target is refused', () => {
  test('for a stage that the environment does not deploy to', () => {
    const app = testApp();
    const environment = new DataScienceEnvironment(new Stack(app, 'DataScience', { env: DATA_SCIENCE }), 'Churn', {
      environmentName: 'churn', deploymentStages: [production],
    });
    expect(() => new CrossAccountDeploymentTarget(new Stack(app, 'Target', { env: STAGING }), 'Churn', { environment, stage: staging }))
      .toThrow('[Target/Churn] stage must be one of the environment\'s deploymentStages, got "staging". Released models are open to those only');
  });

  test.each<[string, DeploymentStageOptions, DeploymentStageOptions, string]>([
    ['is monitored, and the environment does not know it', {}, { monitoring: {} },
      'stage.monitoring must be the environment\'s for the stage \'staging\', none, got "jobs on ml.m5.large"'],
    ['is not monitored, and the environment relies on it', { monitoring: {} }, {},
      'stage.monitoring must be the environment\'s for the stage \'staging\', jobs on ml.m5.large, got "none"'],
    ['has copies of models that the environment does not make', {}, { promotion: ModelPromotion.copy() },
      'stage.promotion must be the environment\'s for the stage \'staging\', none, got "copies of models"'],
    ['has no copies of models, and the environment makes them', { promotion: ModelPromotion.copy() }, {},
      'stage.promotion must be the environment\'s for the stage \'staging\', copies of models, got "none"'],
    ['has other endpoints', { endpointCapacity: { instanceTypes: ['ml.m5.xlarge'], capturePercentage: 50 } }, {},
      'stage.endpointCapacity must be the environment\'s for the stage \'staging\', ml.m5.xlarge, 2 to 4 instances, 50 percent captured, got "ml.m5.large, ml.m5.xlarge, 2 to 4 instances, 100 percent captured"'],
  ])('where the stage %s', (_, ofEnvironment, ofTarget, fault) => {
    const app = testApp();
    const stage = (options: DeploymentStageOptions) => DeploymentStage.accounts('staging', { accounts: [STAGING.account!], ...options });
    const environment = new DataScienceEnvironment(new Stack(app, 'DataScience', { env: DATA_SCIENCE }), 'Churn', {
      environmentName: 'churn', deploymentStages: [stage(ofEnvironment)],
    });
    const place = new Stack(app, 'Target', { env: STAGING });
    expect(() => new CrossAccountDeploymentTarget(place, 'Churn', { environment, stage: stage(ofTarget) }))
      .toThrow(`[Target/Churn] ${fault}. Give both the same DeploymentStage`);
    expect(() => new CrossAccountDeploymentTarget(place, 'Same', { environment, stage: stage(ofEnvironment) })).not.toThrow();
  });

  test('where the environment\'s stack names no account and region, and another account needs its names', () => {
    const app = testApp();
    const environment = new DataScienceEnvironment(new Stack(app, 'DataScience'), 'Churn', { environmentName: 'churn', deploymentStages: [staging] });
    expect(() => new CrossAccountDeploymentTarget(new Stack(app, 'Target', { env: STAGING }), 'Churn', { environment, stage: staging }))
      .toThrow('[Target/Churn] environment must be in a stack with an account and a region, to be used from other accounts, those of the stage \'staging\', got "churn". '
        + 'Its names would become those of the targets; set env on the environment\'s stack, or use DataScienceEnvironment.fromEnvironmentAttributes');
  });

  test('where the environment\'s stack names an account and no region', () => {
    const app = testApp();
    const environment = new DataScienceEnvironment(new Stack(app, 'DataScience', { env: { account: DATA_SCIENCE.account } }), 'Churn', {
      environmentName: 'churn', deploymentStages: [staging],
    });
    expect(() => new CrossAccountDeploymentTarget(new Stack(app, 'Target', { env: STAGING }), 'Churn', { environment, stage: staging }))
      .toThrow('[Target/Churn] environment must be in a stack with an account and a region');
  });

  test('of a list that has the data-science account in it, also where only the environment\'s names are known', () => {
    expect(refused({ stage: DeploymentStage.accounts('staging', { accounts: [DATA_SCIENCE.account!, STAGING.account!] }) })).toThrow(
      '[Target/Churn] stage must not have the data-science account, 111111111111, among its accounts, got "staging". Use DeploymentStage.sameAccount',
    );
  });

  test('in the environment\'s own account, unless the stage says so', () => {
    expect(refused({ stage: production }, DATA_SCIENCE)).toThrow(
      '[Target/Churn] account of the stack must be another than the environment\'s for the stage \'production\', got "111111111111". Use DeploymentStage.sameAccount',
    );
  });

  test('in another account, if the stage is the environment\'s own', () => {
    expect(refused({ stage: sameAccount }))
      .toThrow('[Target/Churn] account of the stack must be the environment\'s, 111111111111, for the stage \'lab\', got "222222222222"');
    expect(() => target({ stage: sameAccount }, DATA_SCIENCE)).not.toThrow();
  });

  test('in an account that nobody knows, if the stage is the environment\'s own', () => {
    const app = testApp();
    expect(() => new CrossAccountDeploymentTarget(new Stack(app, 'Target'), 'Churn', { environment: knownByName(app), stage: sameAccount }))
      .toThrow('[Target/Churn] stage must be placed in the environment\'s account, got "lab"');
  });

  test('with everything that is wrong about it at once', () => {
    expect(refused({ stage: staging }, { account: '444444444444', region: 'us-east-1' })).toThrow([
      '[Target/Churn] account of the stack must be one of those of the stage \'staging\', 222222222222, got "444444444444"',
      '[Target/Churn] region of the stack must be the environment\'s, eu-west-1, got "us-east-1". '
        + 'Released models, their key and all names are of that region',
    ].join('\n'));
  });

  test.each([
    ['cidr', { cidr: '10.1.0.0/16' }, '"10.1.0.0/16"'],
    ['zoneCount', { zoneCount: 3 }, '3'],
    ['endpoints', { endpoints: { additionalServices: [] } }, '{"additionalServices":[]}'],
    ['flowLogs', { flowLogs: {} }, '{}'],
  ])('with a network and %s', (property, options, shown) => {
    const app = testApp();
    const stack = new Stack(app, 'Target', { env: STAGING });
    const network = new EnvironmentNetwork(stack, 'Network', { restrictDefaultSecurityGroup: false });
    expect(() => new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging, network, ...options }))
      .toThrow(`[Target/Churn] ${property} must not be given together with network, got ${shown}. A given network stays as it is`);
  });

  describe('in a given VPC', () => {
    const { SAGEMAKER_RUNTIME, ECR_API, ECR_DOCKER, LOGS, MONITORING, STS } = EndpointService;
    const NEEDED = [SAGEMAKER_RUNTIME, ECR_API, ECR_DOCKER, LOGS, MONITORING];
    const inVpc = (endpoints: PrivateEndpointsOptions) => () => {
      const app = testApp();
      const stack = new Stack(app, 'Target', { env: STAGING });
      const vpc = new Vpc(stack, 'Vpc', { subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
      const network = EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, endpoints });
      return new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging, network });
    };

    test('without the endpoints that a model endpoint needs', () => {
      expect(inVpc({ services: [STS] })).toThrow(
        '[Target/Churn] network must have the private endpoints SageMakerRuntime, EcrApi, EcrDocker, Logs, Monitoring, which model endpoints of the stage \'staging\' need, '
        + 'got Target/Network. Let the network make them, or name those that the VPC has already in endpoints.existingServices');
    });

    test.each(NEEDED.map((service) => [service.endpointName, service] as const))('without %s alone', (name, service) => {
      expect(inVpc({ excludedServices: [service] }))
        .toThrow(`[Target/Churn] network must have the private endpoint ${name}, which model endpoints of the stage 'staging' need`);
    });

    test('not if it has them, made or there before', () => {
      expect(inVpc({ services: NEEDED })).not.toThrow();
      expect(inVpc({ services: [], existingServices: NEEDED })).not.toThrow();
    });
  });

  test('with a key of another region', () => {
    const app = testApp();
    const stack = new Stack(app, 'Target', { env: STAGING });
    const capture = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:222222222222:key/11111111-2222-4333-8444-555555555555');
    expect(() => new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: staging, existingKeys: { capture } }))
      .toThrow('[Target/Churn/Keys] existingKeys.capture must be a key in the target\'s region, eu-west-1, got "us-east-1". Replicate the key or give one of that region');
  });

  test.each([Duration.hours(0), Duration.hours(12), Duration.hours(36)])('if captures are kept for %s', (captureExpiration) => {
    expect(refused({ captureExpiration })).toThrow(
      `[Target/Churn/Capture] captureExpiration must be at least 1 whole day, got ${JSON.stringify(captureExpiration.toHumanString())}`);
  });
});

test('a target of a unit may be in an account that is not known yet', () => {
  const app = testApp();
  const stack = new Stack(app, 'Target');
  expect(() => new CrossAccountDeploymentTarget(stack, 'Churn', { environment: knownByName(app), stage: production })).not.toThrow();
});
