import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, DeploymentStage, ModelEndpointStackSet, ModelEndpointStackSetProps, StageRetirement } from '../../src';
import { DATA_SCIENCE, knownByName, production, staging, stagingWith } from '../targets/fixture';

const RELEASES = 's3://churn--releases-111111111111-eu-west-1';

const FORECAST = { modelName: 'forecast', image: 'image', modelDataUrl: `${RELEASES}/forecast/1/model.tar.gz` };

function stackSet(props: Partial<ModelEndpointStackSetProps> = {}, env = DATA_SCIENCE, app = new App({ analyticsReporting: false })) {
  const stack = new Stack(app, 'Models', { env });
  new ModelEndpointStackSet(stack, 'Forecast', { environment: props.environment ?? knownByName(app), stage: staging, ...FORECAST, ...props });
  return Template.fromStack(stack);
}

/** The template that the stack set deploys. */
function endpointTemplate(props?: Partial<ModelEndpointStackSetProps>): Template {
  const [{ Properties }] = Object.values(stackSet(props).findResources('AWS::CloudFormation::StackSet'));
  return Template.fromJSON(JSON.parse(Properties.TemplateBody));
}

describe('the stack set of an endpoint', () => {
  test('enters accounts by the role chain, one account after the other', () => {
    stackSet().hasResourceProperties('AWS::CloudFormation::StackSet', {
      StackSetName: 'churn--staging--forecast',
      PermissionModel: 'SELF_MANAGED',
      AdministrationRoleARN: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111111111111:role/churn--stack-set-administrator-eu-west-1']] },
      ExecutionRoleName: 'churn--staging--deployment-eu-west-1',
      StackInstancesGroup: [{ DeploymentTargets: { Accounts: ['222222222222'] }, Regions: ['eu-west-1'] }],
      OperationPreferences: { FailureToleranceCount: 0, MaxConcurrentCount: 1 },
    });
  });

  test('fits inline', () => {
    const [{ Properties }] = Object.values(stackSet().findResources('AWS::CloudFormation::StackSet'));
    expect(Buffer.byteLength(Properties.TemplateBody)).toBeLessThan(20_000);
  });
});

describe('the endpoint stack', () => {
  test('reads from the target\'s registry where it is', () => {
    const template = endpointTemplate();
    template.hasParameter('SubnetIds', { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/secure-mlops/churn/staging/network/subnet-ids' });
    template.hasResourceProperties('AWS::SageMaker::Model', {
      ExecutionRoleArn: { Ref: 'ModelRoleArn' }, VpcConfig: { Subnets: { Ref: 'SubnetIds' }, SecurityGroupIds: { Ref: 'SecurityGroupIds' } },
    });
  });

  test('takes models from the releases bucket only, and instance types that the stage allows', () => {
    const template = endpointTemplate({ stage: DeploymentStage.accounts('staging', { accounts: ['222222222222'], endpointCapacity: { instanceTypes: ['ml.m5.large', 'ml.g5.xlarge'] } }) });
    template.hasParameter('ModelDataUrl', { AllowedPattern: `${RELEASES}/.+` });
    template.hasParameter('InstanceType', { AllowedValues: ['ml.m5.large', 'ml.g5.xlarge'], Default: 'ml.m5.large' });
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', { KmsKeyId: { 'Fn::If': [Match.anyValue(), { Ref: 'AWS::NoValue' }, { Ref: 'VolumesKeyArn' }] } });
  });

  test('tags what the deployment role knows by its tag', () => {
    for (const type of ['AWS::SageMaker::Model', 'AWS::SageMaker::EndpointConfig']) {
      endpointTemplate().hasResourceProperties(type, { Tags: Match.arrayWith([{ Key: 'environment', Value: 'churn' }]) });
    }
  });

  test('captures nothing where the stage says so', () => {
    const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'], endpointCapacity: { capturePercentage: 0 } });
    endpointTemplate({ stage }).hasResourceProperties('AWS::SageMaker::EndpointConfig', { DataCaptureConfig: Match.absent() });
  });
});

describe('an account that is leaving the stage', () => {
  const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222', '333333333333'], retiringAccounts: ['333333333333'] });

  test('has no endpoint any more, and its roles still', () => {
    stackSet({ stage }).hasResourceProperties('AWS::CloudFormation::StackSet', {
      StackInstancesGroup: [{ DeploymentTargets: { Accounts: ['222222222222'] }, Regions: ['eu-west-1'] }],
    });
  });

  test('is not deployed to by its number either', () => {
    expect(() => stackSet({ stage, accounts: ['333333333333'] }))
      .toThrow('accounts must be none that is leaving the stage \'staging\', 333333333333, got');
  });
});

describe('an account that is taken off the list', () => {
  interface Policies { DeletionPolicy?: string; UpdateReplacePolicy?: string }
  const policiesOf = (template: Template) => Object.values(template.toJSON().Resources as Record<string, Policies>);
  const saysOf = (template: Template) => Object.values(template.findOutputs('*')).map(({ Value }) => Value as string);

  test('loses its endpoint, unless told otherwise', () => {
    expect(policiesOf(endpointTemplate()).filter(({ DeletionPolicy }) => DeletionPolicy !== undefined)).toEqual([]);
    expect(saysOf(stackSet())).toEqual([]);
  });

  test('loses its endpoint where that was chosen, and the output says so', () => {
    const stage = stagingWith(StageRetirement.DELETE);
    expect(endpointTemplate({ stage }).toJSON()).toEqual(endpointTemplate().toJSON());
    expect(saysOf(stackSet({ stage }))).toEqual(['The endpoint churn--staging--forecast is removed when its account leaves the stage']);
  });

  test('keeps all of its endpoint where that was chosen, but nothing of what was replaced or could not be made', () => {
    const stage = stagingWith(StageRetirement.RETAIN);
    const policies = policiesOf(endpointTemplate({ stage }));
    expect(policies.length).toBeGreaterThan(5);
    expect(policies.filter(({ DeletionPolicy, UpdateReplacePolicy }) => DeletionPolicy !== 'RetainExceptOnCreate' || UpdateReplacePolicy !== undefined)).toEqual([]);
    expect(saysOf(stackSet({ stage }))).toEqual(['The endpoint churn--staging--forecast stays there when its account leaves the stage: remove it there']);
  });
});

describe('bad input is refused', () => {
  test.each<[string, Partial<ModelEndpointStackSetProps>, string]>([
    ['a unit without accounts', { stage: production }, "accounts must be given for the stage 'production', whose accounts are only known to the organization, got nothing"],
    ['an account of another stage', { accounts: ['333333333333'] }, "accounts must be accounts of the stage 'staging', 222222222222, got [\"333333333333\"]"],
    ['an instance type that the stage does not allow', { instanceType: 'ml.p4d.24xlarge' }, "instanceType must be one that the stage 'staging' allows, ml.m5.large, ml.m5.xlarge"],
    ['a name with a double hyphen', { modelName: 'fore--cast' }, 'modelName must be lower-case letters and digits in groups joined by single hyphens'],
    ['a name that is too long', { modelName: 'x'.repeat(60) }, 'modelName must have at most 47 characters'],
    ['an artifact on a disk', { modelDataUrl: 'model.tar.gz' }, 'modelDataUrl must be an S3 URI'],
    ['the data-science account in the list', { stage: DeploymentStage.accounts('staging', { accounts: ['111111111111', '222222222222'] }) },
      'stage must not have the data-science account, 111111111111, among its accounts, got "staging". Use DeploymentStage.sameAccount'],
    ['the data-science account in a unit', { stage: production, accounts: ['333333333333', '111111111111'] },
      "accounts must not be the data-science account in the stage 'production', got [\"111111111111\"]"],
    ['another account for a stage of the data-science account', { stage: DeploymentStage.sameAccount('lab'), accounts: ['222222222222'] },
      "accounts must be the data-science account in the stage 'lab', got [\"222222222222\"]"],
    ['two accounts of which one is none', { accounts: ['222222222222', '2222'] }, 'accounts must be account ids of 12 digits, got ["2222"]'],
  ])('%s', (_, props, message) => expect(() => stackSet(props)).toThrow(message));

  test.each([
    ['region', { ...DATA_SCIENCE, region: 'us-east-1' }, 'region of the stack must be the environment\'s, eu-west-1, got "us-east-1". Targets are placed in that region only'],
    ['account', { ...DATA_SCIENCE, account: '222222222222' }, 'account of the stack must be the environment\'s, 111111111111, got "222222222222". The role that enters targets is there'],
  ])('a stack of another %s', (_, env, message) => {
    expect(() => stackSet({}, env)).toThrow(`[Models/Forecast] ${message}`);
  });

  test('an environment of an unknown account, but for its own stack', () => {
    const app = new App(), own = new Stack(app, 'Own');
    const environment = new DataScienceEnvironment(own, 'Churn', { environmentName: 'churn', deploymentStages: [staging] });
    expect(() => stackSet({ environment }, DATA_SCIENCE, app)).toThrow("environment must be in a stack with an account and a region, to be used from other accounts, those of the stage 'staging'");
    expect(() => new ModelEndpointStackSet(own, 'Forecast', { ...FORECAST, environment, stage: staging })).not.toThrow();
  });
});
