import { readFileSync } from 'fs';
import { App, cx_api as cxapi } from 'aws-cdk-lib';
import { CheckedApp, make } from './apps';
import { Template } from '../template/template';

/** A template and the text of it that CloudFormation would be sent. */
export interface SynthesizedTemplate {
  readonly stackName: string;
  readonly template: Template;
  readonly body: string;
  readonly file: string;
}

/** The templates of an app. */
export function templatesOf(assembly: cxapi.CloudAssembly): SynthesizedTemplate[] {
  return assembly.stacks.map((stack) => ({
    stackName: stack.stackName,
    template: stack.template as Template,
    body: readFileSync(stack.templateFullPath, 'utf8'),
    file: stack.templateFullPath,
  }));
}

/** Synthesizes an app of the catalog. */
export function synthesize(checked: CheckedApp, outdir?: string): { app: App; templates: SynthesizedTemplate[] } {
  const app = make(checked, outdir);
  return { app, templates: templatesOf(app.synth()) };
}
