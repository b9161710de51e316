import { dirname } from 'path';
import { App } from 'aws-cdk-lib';

/** A value of a template: JSON with intrinsics. */
export type TemplateValue = string | number | boolean | null | TemplateValue[] | { [key: string]: TemplateValue };

/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Record<string, TemplateValue>;
}

/** What a template reader needs of a template. */
export interface Template {
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: TemplateValue }>;
  readonly Mappings?: Record<string, Record<string, Record<string, TemplateValue>>>;
  readonly Conditions?: Record<string, TemplateValue>;
  readonly Resources?: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, { readonly Value: TemplateValue; readonly Export?: { readonly Name: TemplateValue } }>;
}

/** A template and the place it is deployed to. */
export interface SynthesizedStack {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
  /** Where its assets are. */
  readonly directory?: string;
  /** Values of the template's parameters; defaults of the template otherwise. */
  readonly parameters?: Record<string, TemplateValue>;
}

/** The stacks of an app; stacks without account or region are deployed to the given ones. */
export function stacksOf(app: App, fallback: { account: string; region: string }): SynthesizedStack[] {
  return app.synth().stacks.map((stack) => ({
    stackName: stack.stackName,
    account: known(stack.environment.account) ?? fallback.account,
    region: known(stack.environment.region) ?? fallback.region,
    template: stack.template as Template,
    directory: dirname(stack.templateFullPath),
  }));
}

function known(value: string): string | undefined {
  return value.startsWith('unknown-') ? undefined : value;
}
