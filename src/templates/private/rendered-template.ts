/** What is read of a template that has been rendered. */
export interface RenderedTemplate {
  readonly Transform?: unknown;
  readonly Parameters?: Record<string, { readonly Default?: unknown }>;
  readonly Mappings?: Record<string, unknown>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources?: Record<string, RenderedResource>;
  readonly Outputs?: Record<string, { readonly Condition?: string }>;
}

export interface RenderedResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | string[];
  readonly Properties?: Record<string, unknown>;
}
