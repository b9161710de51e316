import { App, AppProps, DefaultStackSynthesizer, PermissionsBoundary, Stack, StackProps, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { SelfContainedTemplate, TemplateContent } from '../../src/templates';

const EVERYTHING = '${AWS::AccountId}-${AWS::Region}';
const ENV = { account: '111111111111', region: 'eu-west-1' };
const roleProps = { assumeRolePolicyDocument: {} };

interface Rendered { readonly Resources: Record<string, { readonly Properties: { readonly PermissionsBoundary?: unknown } }> }

interface Place { readonly app?: AppProps; readonly stage?: PermissionsBoundary; readonly stack?: StackProps }

/** The boundary that a role gets in a template, and that one gets in the stack around it. */
function boundaries({ app: appProps, stage, stack: stackProps }: Place) {
  const app = new App(appProps);
  const stack = new Stack(stage ? new Stage(app, 'Prod', { permissionsBoundary: stage }) : app, 'Stack', { env: ENV, ...stackProps });
  new CfnRole(stack, 'Role', roleProps);
  const template = new SelfContainedTemplate(stack, 'Template', { allowedContent: [TemplateContent.IAM_RESOURCES] });
  new CfnRole(template, 'Role', roleProps);
  stack.exportValue(template.templateBody, { name: 'template' });
  const around = Template.fromStack(stack);
  const [{ Value }] = Object.values(around.findOutputs('*')) as { Value: string }[];
  const ofRole = ({ Resources }: Rendered) => Resources.Role.Properties.PermissionsBoundary;
  return { within: ofRole(JSON.parse(Value) as Rendered), around: ofRole(around.toJSON() as Rendered) };
}

const policy = (...name: unknown[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ...name]] });

test('placeholders are those of where the template is deployed', () => {
  const { within } = boundaries({ stage: PermissionsBoundary.fromName(`b-${EVERYTHING}`) });
  expect(within).toEqual(policy(':policy/b-', { Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }));
});

test('a boundary of the app reaches a template as well', () => {
  const { within } = boundaries({ app: { context: { '@aws-cdk/core:permissionsBoundary': { name: 'b-${AWS::AccountId}' } } } });
  expect(within).toEqual(policy(':policy/b-', { Ref: 'AWS::AccountId' }));
});

test('a boundary by its ARN keeps what it names', () => {
  const { within } = boundaries({ stage: PermissionsBoundary.fromArn('arn:aws:iam::aws:policy/PowerUserAccess') });
  expect(within).toBe('arn:aws:iam::aws:policy/PowerUserAccess');
});

describe('the qualifier is that of the stack around it', () => {
  const stage = PermissionsBoundary.fromName('cdk-${Qualifier}-b');
  const acme = () => new DefaultStackSynthesizer({ qualifier: 'acme' });

  test.each<[string, Place, string]>([
    ['by default', {}, 'hnb659fds'],
    ['by its synthesizer', { stack: { synthesizer: acme() } }, 'acme'],
    ['by the app\'s synthesizer', { app: { defaultStackSynthesizer: acme() } }, 'acme'],
    ['by context', { app: { context: { '@aws-cdk/core:bootstrapQualifier': 'acme' } } }, 'acme'],
  ])('%s', (_, place, qualifier) => {
    const { within, around } = boundaries({ stage, ...place });
    expect(within).toEqual(policy(`:policy/cdk-${qualifier}-b`));
    expect(JSON.stringify(around)).toContain(`:policy/cdk-${qualifier}-b`);
  });
});

test('a template within a template has the boundary of the outer one', () => {
  const app = new App();
  const stack = new Stack(new Stage(app, 'Prod', { permissionsBoundary: PermissionsBoundary.fromName(`cdk-\${Qualifier}-${EVERYTHING}`) }), 'Stack', {
    env: ENV, synthesizer: new DefaultStackSynthesizer({ qualifier: 'acme' }),
  });
  const outer = new SelfContainedTemplate(stack, 'Outer');
  const inner = new SelfContainedTemplate(outer, 'Inner', { allowedContent: [TemplateContent.IAM_RESOURCES] });
  new CfnRole(inner, 'Role', roleProps);
  stack.exportValue(inner.templateBody, { name: 'template' });
  expect(JSON.stringify(Template.fromStack(stack).toJSON())).toContain('cdk-acme-');
});

test('no boundary is none', () => {
  expect(boundaries({})).toEqual({ within: undefined, around: undefined });
});

test('a role\'s own boundary stays where nothing is said around it', () => {
  const stack = new Stack(new App(), 'Stack');
  const template = new SelfContainedTemplate(stack, 'Template', { allowedContent: [TemplateContent.IAM_RESOURCES] });
  const permissionsBoundary = ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess').managedPolicyArn;
  new CfnRole(template, 'Role', { ...roleProps, permissionsBoundary });
  expect(stack.resolve(template.templateBody)).toContain('policy/PowerUserAccess');
});
