import { App, Stack } from 'aws-cdk-lib';
import { oneLine } from './catalog/environments';
import { templatesOf } from './catalog/synthesized';
import { resourcesOf, Template, textsOf, Value } from './template/template';
import { DataScienceEnvironment, ProjectBlueprint, StudioAuthMode } from '../../src';
import { stacksOf } from '../access/template/synthesized-stack';
import { TemplateReader } from '../access/template/template-reader';

const ACCOUNT = '111111111111';

/** What differs between partitions, as AWS documents it. */
describe.each([
  {
    region: 'eu-west-1',
    partition: 'aws',
    foreign: /amazonaws(\.com)?\.cn|amazonaws-us-gov/,
    signIn: 'https://signin.aws.amazon.com/switchrole',
    endpoints: ['com.amazonaws.eu-west-1.sagemaker.api', 'com.amazonaws.eu-west-1.kms', 'aws.sagemaker.eu-west-1.studio'],
  },
  {
    region: 'cn-north-1',
    partition: 'aws-cn',
    foreign: /(console|signin)\.aws\.amazon\.com|amazonaws-us-gov/,
    signIn: 'https://signin.amazonaws.cn/switchrole',
    endpoints: ['cn.com.amazonaws.cn-north-1.sagemaker.api', 'com.amazonaws.cn-north-1.kms', 'cn.com.amazonaws.cn-north-1.ecr.dkr'],
  },
  {
    region: 'us-gov-west-1',
    partition: 'aws-us-gov',
    foreign: /(console|signin)\.aws\.amazon\.com|amazonaws(\.com)?\.cn/,
    signIn: 'https://signin.amazonaws-us-gov.com/switchrole',
    endpoints: ['com.amazonaws.us-gov-west-1.sagemaker.api', 'com.amazonaws.us-gov-west-1.kms', 'aws.sagemaker.us-gov-west-1.studio'],
  },
])('in $region', ({ region, partition, foreign, signIn, endpoints }) => {
  const app = new App({ analyticsReporting: false });
  oneLine(new Stack(app, 'SecureMlops', { env: { account: ACCOUNT, region } }));
  // Links work where nothing binds the session.
  new DataScienceEnvironment(new Stack(app, 'WithLinks', { env: { account: ACCOUNT, region } }), 'Churn', {
    environmentName: 'links', studio: { authMode: StudioAuthMode.IDENTITY_CENTER },
  }).addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  const [{ template }, withLinks] = templatesOf(app.synth());

  test('no ARN names another partition', () => {
    const texts = textsOf({ ...template, Resources: withoutCode(template) });
    expect(texts.flatMap((text) => text.match(/arn:aws[a-z-]*:/g) ?? []).filter((arn) => arn !== `arn:${partition}:`)).toEqual([]);
  });

  test('nothing, not even code, names a host of another partition', () => {
    expect([template, withLinks.template].flatMap(textsOf).flatMap((text) => text.match(foreign)?.[0] ?? [])).toEqual([]);
  });

  test('the endpoints are those of the region', () => {
    const names = resourcesOf(template, 'AWS::EC2::VPCEndpoint').map(([, { Properties }]) => Properties?.ServiceName);
    expect(names).toEqual(expect.arrayContaining(endpoints));
    expect(names.filter((name) => typeof name === 'string' && !name.includes(`.${region}.`))).toEqual([]);
  });

  test('service principals are global, but for those of which AWS wants the region and the suffix', () => {
    const services = [...new Set(statementsOf(template).flatMap(servicesOf))].filter((service) => !/^[a-z0-9.-]+\.amazonaws\.com$/.test(service));
    expect(services).toEqual(region.startsWith('cn-') ? [`logs.${region}.amazonaws.com.cn`] : []);
  });

  test('the links of the personas lead to the console of the partition', () => {
    const reader = new TemplateReader(stacksOf(app, { account: ACCOUNT, region }));
    const links = Object.values(withLinks.template.Outputs ?? {}).map(({ Value: value }) => String(reader.value(withLinks.stackName, value))).filter((value) => value.startsWith('https://signin'));
    expect(links).toHaveLength(4);
    expect(links.filter((link) => !link.startsWith(signIn))).toEqual([]);
  });
});

/** Handlers are JavaScript, which is not ours to read here. */
function withoutCode(template: Template): object {
  return Object.values(template.Resources).filter(({ Type }) => Type !== 'AWS::Lambda::Function');
}

function statementsOf(template: Template): Value[] {
  return Object.values(template.Resources).flatMap(({ Properties = {} }) =>
    ['AssumeRolePolicyDocument', 'KeyPolicy', 'PolicyDocument'].flatMap((name) => ((Properties[name] as { Statement?: Value[] } | undefined)?.Statement ?? [])));
}

/** The service principals of a statement; an intrinsic as JSON. */
function servicesOf(statement: Value): string[] {
  const { Principal: principal } = statement as { Principal?: { Service?: Value } };
  return [principal?.Service ?? []].flat().map((service) => (typeof service === 'string' ? service : JSON.stringify(service)));
}
