/** How the text of a template is written. */
export enum TemplateFormat {
  /** JSON without white space: the shortest, for what carries a template inline. */
  JSON = 'json',
  /** YAML, for people and for services that take nothing else. */
  YAML = 'yaml',
}
