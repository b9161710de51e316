/**
 * The CDK notes for each element where it was made, which takes a third of the time of a test and is in no template: jest maps each of these
 * stack traces to TypeScript. The stack traces of errors stay.
 */
process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true });

/**
 * The access simulator compares texts letter by letter with `localeCompare` and options, for which V8 makes a collator each time: four tenths
 * of the time of an access test. One collator gives the same answers.
 */
const compare = String.prototype.localeCompare;
const collator = new Intl.Collator(undefined, { sensitivity: 'accent' });
String.prototype.localeCompare = function (this: string, that: string, locales?: Intl.LocalesArgument, options?: Intl.CollatorOptions): number {
  const known = locales === undefined && options?.sensitivity === 'accent' && Object.keys(options).length === 1;
  return known ? collator.compare(this, that) : compare.call(this, that, locales as string[], options);
};
