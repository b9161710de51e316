/** Format of the text of a template. */
export enum TemplateFormat {
  /** JSON without white space, the shortest form, for templates that are passed inline. */
  JSON = 'json',
  /** YAML, for people and for services that accept nothing else. */
  YAML = 'yaml',
}
