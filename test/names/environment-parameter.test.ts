import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { filesBelow, ParameterTable, PARAMETER_NAME, textOf } from './parameter-table';
import {
  DataScienceEnvironment, DeploymentStage, EnvironmentParameter, ModelApproval, MonitoringCheck, ProjectTemplate,
  StudioSdkConfiguration,
} from '../../src';
import { parameterPrefix, Place } from '../../src/cli/clean-up/place';
import { isInner, templatesOf } from '../apps/catalog/synthesized';
import { resourcesOf } from '../apps/template/template';
import { offerEveryBlueprint } from '../mlops/blueprints';

const APPROVAL_TOPIC = EnvironmentParameter.approvalTopicArn('<stage>');
const CATALOGUE = [
  ...Object.values(EnvironmentParameter).filter((value): value is EnvironmentParameter => value instanceof EnvironmentParameter), APPROVAL_TOPIC,
];
const BLUEPRINTS = { 'build and train': 'Train', 'fine-tuning': 'FineTune', 'image build': 'Image', 'batch inference': 'Batch', 'deploy': 'Deploy', 'monitoring': 'Monitor' };

/** An environment with all that writes or reads parameters. */
function environmentIn(app: App): { stack: Stack; environment: DataScienceEnvironment } {
  const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const approval = ModelApproval.manual({ notificationTopic: new Topic(stack, 'Approvals') });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    dataPreparation: {},
    mlflow: {},
    featureStore: true,
    imageSigningProfile: new SigningProfile(stack, 'Images', { platform: Platform.NOTATION_OCI_SHA384_ECDSA }),
    deploymentStages: [DeploymentStage.accounts('production', { accounts: ['222222222222'], approval, monitoring: {} })],
  });
  offerEveryBlueprint(environment, { checks: [MonitoringCheck.dataQuality()] });
  environment.addMemberProduct();
  return { stack, environment };
}

/** Paths below the environment's, as the catalogue writes them. */
function pathsIn(text: string): Set<string> {
  return new Set([...text.matchAll(/\/secure-mlops\/churn\/([a-z-]+\/[a-z-]+)/g)].map(([, path]) => path.replace('production-approval', '<stage>-approval')));
}

describe('the parameters of an environment', () => {
  const app = new App({ analyticsReporting: false });
  const { stack, environment } = environmentIn(app);
  const templates = templatesOf(app.synth());
  const [own] = templates;
  const readers = new Map<string, Set<string>>(Object.entries(BLUEPRINTS).map(([reader, id]) => [
    reader, pathsIn(templates.filter((one) => isInner(one) && one.stackName.includes(`productsproject${id.toLowerCase()}`)).map(({ body }) => body).join()),
  ]));
  readers.set('member', pathsIn(templates.filter((one) => isInner(one) && one.stackName.includes('productsmember')).map(({ body }) => body).join()));
  readers.set('SDK configuration', pathsIn(StudioSdkConfiguration.fromNames(environment.names, { featureStore: true, enableMlflow: true }).scriptFor(stack)!));

  test('are all in the catalogue, and all of it is written', () => {
    const published = resourcesOf(own.template, 'AWS::SSM::Parameter').map(([, { Properties }]) => [...pathsIn(String(Properties?.Name))][0]);
    const byConstructs = CATALOGUE.filter((one) => one !== EnvironmentParameter._CLEAN_UP);
    expect(published.sort()).toEqual(byConstructs.map(({ path }) => path).sort());
    expect([...pathsIn(own.body)].sort()).toEqual(CATALOGUE.map(({ path }) => path).sort());
  });

  test('are lists where the catalogue says so', () => {
    const lists = resourcesOf(own.template, 'AWS::SSM::Parameter').filter(([, { Properties }]) => Properties?.Type === 'StringList');
    const [paths] = lists.map(([, { Properties }]) => [...pathsIn(String(Properties?.Name))]);
    expect(paths).toEqual(CATALOGUE.filter(({ isList }) => isList).map(({ path }) => path));
  });

  test.each([...readers.keys()])('are read by %s as the catalogue says', (reader) => {
    const readBy = CATALOGUE.filter(({ _readBy }) => _readBy.includes(reader)).map(({ path }) => path);
    expect([...readers.get(reader)!].sort()).toEqual(readBy.sort());
  });

  test('are the table in the README', () => {
    expect(new ParameterTable('EnvironmentParameter').rows()).toEqual(CATALOGUE.map((one) => [
      `\`${one.path}\``, one === APPROVAL_TOPIC ? '`approvalTopicArn()`' : nameOf(one), one._writtenBy, one._readBy.join(', '),
    ]));
  });
});

/** What the public constant of a parameter is called. */
function nameOf(parameter: EnvironmentParameter): string {
  const [name] = Object.entries(EnvironmentParameter).find(([, value]) => value === parameter)!;
  return name.startsWith('_') ? '' : `\`${name}\``;
}

describe('names of parameters', () => {
  test('are written in no other file of the library: neither in programs nor in seed code', () => {
    const catalogue = /(names\/(environment-names|environment-parameter|target-parameter)|cli\/clean-up\/place)\.ts$/;
    expect(filesBelow('src', /\.(py|ts|sh|toml|json|ya?ml|ipynb)$/).filter((file) => !catalogue.test(file) && PARAMETER_NAME.test(textOf(file)))).toEqual([]);
  });

  test('begin in the clean-up, whose bundle has no constructs, as they do in the library', () => {
    const { environment } = environmentIn(new App({ analyticsReporting: false }));
    expect(parameterPrefix({ environment: environment.environmentName } as Place)).toBe(environment.names.parameterPrefix);
  });

  test('are those of the catalogue in every README', () => {
    const named = filesBelow('src', /\.md$/).flatMap((file) => [...textOf(file).matchAll(/\/secure-mlops\/(?:<environment>|churn)\/([a-z-]+\/[a-z-]+)['`]/g)].map(([, path]) => path));
    expect(named.length).toBeGreaterThan(0);
    expect(CATALOGUE.map(({ path }) => path)).toEqual(expect.arrayContaining(named));
  });
});

describe('a parameter of somebody\'s own', () => {
  test('is written and read by its path', () => {
    const app = new App({ analyticsReporting: false }), { stack, environment } = environmentIn(app);
    const payroll = EnvironmentParameter.custom('payroll/bucket');
    environment.names.publish(stack, payroll, 'ours');
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/payroll/bucket', Value: 'ours' });
    const template = new ProjectTemplate(stack, 'Own', { names: environment.names });
    const units = EnvironmentParameter.customList('payroll/units');
    new CfnTopic(template, 'Topic', { displayName: template.fromEnvironment(payroll), topicName: template.joinedFromEnvironment(units) });
    expect(JSON.parse(template.resolve(template.templateText()) as string).Parameters).toMatchObject({
      PayrollBucket: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/secure-mlops/churn/payroll/bucket' },
      PayrollUnits: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/secure-mlops/churn/payroll/units' },
    });
  });

  test.each(['', 'payroll', 'payroll/', '/payroll/bucket', 'payroll/bucket/name', 'pay roll/bucket'])('has no path %p', (path) => {
    expect(() => EnvironmentParameter.custom(path)).toThrow(`[EnvironmentParameter] path must be two names with a slash in between, such as payroll/bucket, got ${JSON.stringify(path)}`);
  });

  test('is not among the environment\'s: a mistyped name would fail when somebody launches a project', () => {
    expect(() => EnvironmentParameter.customList('network/subnet-id')).toThrow(
      '[EnvironmentParameter] path must begin with a name of your own: network, encryption, storage, identity, studio, projects are the environment\'s, '
      + 'got "network/subnet-id". What the environment keeps is a constant of EnvironmentParameter');
  });
});

test.each([
  ['fromEnvironment', EnvironmentParameter.SUBNET_IDS, '[Stack/Own] parameter must be read by listFromEnvironment, got "network/subnet-ids"'],
  ['listFromEnvironment', EnvironmentParameter.VPC_ID, '[Stack/Own] parameter must be read by fromEnvironment, got "network/vpc-id"'],
] as const)('%s refuses a parameter of the other kind, which CloudFormation would refuse at the launch', (read, parameter, message) => {
  const { stack, environment } = environmentIn(new App({ analyticsReporting: false }));
  expect(() => new ProjectTemplate(stack, 'Own', { names: environment.names })[read](parameter)).toThrow(message);
});
