/** What the name of an environment is made of. */
export const ENVIRONMENT_NAME_RULE = {
  pattern: '^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$',
  rule: 'be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter',
};
