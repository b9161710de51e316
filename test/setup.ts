/**
 * The CDK notes for each element where it was made, which takes a third of the time of a test and is in no template: jest maps each of these
 * stack traces to TypeScript. The stack traces of errors stay.
 */
process.env.CDK_CONTEXT_JSON = JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true });
