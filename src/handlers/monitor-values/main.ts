import { run } from './run';
import { BUILD_LOG } from '../programs/output';

/**
 * `node monitor-values.js`, a step of a monitoring project's pipeline. Takes the thresholds that the repository chooses, as
 * data, and writes for each stage the parameters of its monitor. It calls nothing of AWS.
 */
process.exitCode = run(BUILD_LOG);
