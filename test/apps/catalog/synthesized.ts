import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { App, cx_api as cxapi } from 'aws-cdk-lib';
import { parse } from 'yaml';
import { CheckedApp, make } from './apps';
import { objectsOf, sourceOf } from '../template/published';
import { resourcesOf, Template } from '../template/template';

/** A template and the text of it that CloudFormation would be sent. */
export interface SynthesizedTemplate {
  readonly stackName: string;
  readonly template: Template;
  readonly body: string;
  readonly file: string;
}

/** The templates of an app, and those that its stack sets deploy and its products launch. */
export function templatesOf(assembly: cxapi.CloudAssembly): SynthesizedTemplate[] {
  const stacks = assembly.stacks.map((stack) => ({
    stackName: stack.stackName,
    template: stack.template as Template,
    body: readFileSync(stack.templateFullPath, 'utf8'),
    file: stack.templateFullPath,
  }));
  const launched = [...stacks, ...productTemplates(assembly)];
  return [...launched, ...launched.flatMap((stack) => innerTemplates(assembly, stack))];
}

/** Templates that Service Catalog launches are assets of the stack with the product. */
function productTemplates({ directory }: cxapi.CloudAssembly): SynthesizedTemplate[] {
  return readdirSync(directory).filter((file) => file.endsWith('.product.template.json')).map((name) => {
    const file = join(directory, name), body = readFileSync(file, 'utf8');
    return { stackName: name.split('.')[0], template: JSON.parse(body) as Template, body, file };
  });
}

/** Templates that leave the app are no stacks of its assembly: written beside them, for those who read files. */
function innerTemplates(assembly: cxapi.CloudAssembly, { stackName, template }: SynthesizedTemplate): SynthesizedTemplate[] {
  const beside = (id: string, body: string, inner: Template, extension: string) => {
    const file = join(assembly.directory, `${stackName}.${id}.inner.${extension}`);
    writeFileSync(file, body);
    return { stackName: `${stackName}/${id}`, template: inner, body, file };
  };
  const deployed = resourcesOf(template, 'AWS::CloudFormation::StackSet').map(([id, { Properties }]) => {
    const body = String(Properties?.TemplateBody);
    return beside(id, body, JSON.parse(body) as Template, 'json');
  });
  const objects = Object.entries(template.Resources).flatMap(([id, resource]) => objectsOf(id, resource));
  const published = objects.flatMap(([id, object]) => {
    const extension = String(object.ContentType).split('/')[1];
    if (!['json', 'yaml'].includes(extension)) return [];
    const body = sourceOf(object, assembly.directory).toString();
    const inner = parse(body) as Partial<Template>; // YAML holds JSON as well
    return inner.Resources ? [beside(id, body, inner as Template, extension)] : [];
  });
  return [...deployed, ...published];
}

/** Templates that are sent inline, or shown in Studio: those that an app's stacks hold. */
export function isInner({ file }: SynthesizedTemplate): boolean {
  return /\.inner\.(json|yaml)$/.test(file);
}

/** Synthesizes an app of the catalog. */
export function synthesize(checked: CheckedApp, outdir?: string): { app: App; templates: SynthesizedTemplate[] } {
  const app = make(checked, outdir);
  return { app, templates: templatesOf(app.synth()) };
}
