import { PublishedFile } from './blueprint-context';
import { beginRelease, fetch, phasesOf, PublishedPart, RELEASE, RELEASED } from './program-steps';

/**
 * Steps that put the program which looks where targets read it, and write what each stage's monitor is deployed with. Nothing
 * of the repository is run.
 *
 * @param monitor the program, whose key says which content it has
 */
export function monitorSteps(values: PublishedFile, monitor: PublishedFile, parts: PublishedPart[]): Record<string, unknown> {
  const version = '$(basename "$MONITOR_KEY" .zip)'; // another content has another name
  return {
    version: '0.2',
    env: { variables: { MONITOR_KEY: monitor.key } },
    phases: phasesOf(
      ...beginRelease(values, '/tmp/monitor-values.js', parts),
      `export PROGRAM_URL="s3://$RELEASES_BUCKET/$RELEASE_PREFIX/${version}/monitor.zip"`,
      ...fetch(monitor, '/tmp/monitor.zip'), // not copied from bucket to bucket: what was compared is what is put there
      'aws s3 cp --only-show-errors --sse aws:kms --sse-kms-key-id "$RELEASES_KEY_ARN" /tmp/monitor.zip "$PROGRAM_URL"',
      `OUTPUT_DIRECTORY=${RELEASE} node /tmp/monitor-values.js`,
    ),
    artifacts: RELEASED,
  };
}
