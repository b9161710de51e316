/** What an environment variable must be, as a pattern and in words. */
export type Form = [pattern: RegExp, rule: string];

/** Rules of the variables that a program reads, by their names. */
export type VariableRules = Record<string, [required: boolean, ...form: Form]>;

export const BUCKET: Form = [/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'];
export const REPOSITORY: Form = [/^(?=.{2,256}$)[a-z0-9]+([._/-][a-z0-9]+)*$/, 'the name of a repository'];
export const MODEL_PACKAGE_GROUP: Form = [/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'the name of a model package group'];
export const REGION: Form = [/^(?!us-iso|eu-iso)[a-z]{2,4}(-[a-z]+)+-\d$/, 'the code of a region, such as eu-west-1, outside of the isolated partitions'];

/** The value of a variable. An empty variable is none: that is how build projects leave one out. */
export function given(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] || undefined;
}

/** Everything that is wrong with the variables. */
export function faultsOf(environment: NodeJS.ProcessEnv, rules: VariableRules): string[] {
  return Object.entries(rules).flatMap(([name, [required, pattern, rule]]) => {
    const value = given(environment, name);
    if (value === undefined) return required ? [`${name} is missing, it must be ${rule}`] : [];
    return pattern.test(value) ? [] : [`${name} is ${JSON.stringify(value)} but must be ${rule}`];
  });
}
