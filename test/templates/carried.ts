import { App, CfnStackSet, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SelfContainedTemplate, SelfContainedTemplateProps } from '../../src/templates';

export interface Carried {
  readonly app: App;
  readonly parent: Stack;
  readonly template: SelfContainedTemplate;
  readonly carrier: CfnStackSet;
}

/** A part of a template that a test reads into. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Json = Record<string, any>;

/** A stack that carries a template inline, as stack sets and products do. */
export function carried(props: SelfContainedTemplateProps = {}, app = new App()): Carried {
  const parent = new Stack(app, 'Parent', { env: { account: '111111111111', region: 'eu-west-1' } });
  const template = new SelfContainedTemplate(parent, 'Template', props);
  const carrier = new CfnStackSet(parent, 'Carrier', { stackSetName: 'carrier', permissionModel: 'SELF_MANAGED', templateBody: template.templateBody });
  return { app, parent, template, carrier };
}

/** The text that the parent carries. */
export function carriedText({ parent }: Carried): string {
  const [carrier] = Object.values(Template.fromStack(parent).findResources('AWS::CloudFormation::StackSet')) as Json[];
  return carrier.Properties.TemplateBody as string;
}

/** The template that the parent carries. */
export function carriedTemplate(made: Carried): Json {
  return JSON.parse(carriedText(made)) as Json;
}
