import { run } from './run';

/**
 * `node monitor-values.js`, a step of a monitoring project's pipeline. Takes the thresholds that the repository chooses, as
 * data, and writes for each stage the parameters of its monitor. It calls nothing of AWS.
 */
process.exitCode = run({
  say: (text) => process.stdout.write(`${text}\n`),
  fail: (text) => process.stderr.write(`${text}\n`),
});
