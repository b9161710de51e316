import { PublishedProgram } from './blueprint-context';
import { beginRelease, phasesOf, PublishedPart, RELEASE, RELEASED } from './program-steps';

/**
 * Steps that put the program which looks where targets read it, and write what each stage's monitor is deployed with. Nothing
 * of the repository is run.
 *
 * @param monitorKey key of the program in the templates bucket, in a folder that says which content it has
 */
export function monitorSteps(values: PublishedProgram, monitorKey: string, parts: PublishedPart[]): Record<string, unknown> {
  const version = '$(basename "$MONITOR_KEY" .zip)'; // another content has another name
  return {
    version: '0.2',
    env: { variables: { MONITOR_KEY: monitorKey } },
    phases: phasesOf(
      ...beginRelease(values, '/tmp/monitor-values.js', parts),
      `export PROGRAM_URL="s3://$RELEASES_BUCKET/$RELEASE_PREFIX/${version}/monitor.zip"`,
      'aws s3 cp --only-show-errors --copy-props none --sse aws:kms --sse-kms-key-id "$RELEASES_KEY_ARN" "s3://$TEMPLATES_BUCKET/$MONITOR_KEY" "$PROGRAM_URL"',
      `OUTPUT_DIRECTORY=${RELEASE} node /tmp/monitor-values.js`,
    ),
    artifacts: RELEASED,
  };
}
