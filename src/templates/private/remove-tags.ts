import { RenderedTemplate } from './rendered-template';

/** Takes tags out of the resources of a template. A tag of the same name and another value stays: it overrides the stack's. */
export function removeTags(template: RenderedTemplate, tags: Record<string, string>): void {
  for (const { Properties } of Object.values(template.Resources ?? {})) {
    if (typeof Properties?.Tags !== 'object' || Properties.Tags === null) continue;
    const kept = Array.isArray(Properties.Tags)
      ? Properties.Tags.filter(({ Key, Value }: { Key: string; Value: unknown }) => tags[Key] !== Value)
      : Object.fromEntries(Object.entries(Properties.Tags).filter(([key, value]) => tags[key] !== value));
    if (Object.keys(kept).length > 0) Properties.Tags = kept;
    else delete Properties.Tags;
  }
}
