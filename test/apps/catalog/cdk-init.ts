import { readFileSync } from 'fs';
import { dirname, join } from 'path';

/** What `cdk init` of the pinned CLI writes into the `context` of a new app's `cdk.json`: every feature flag as the CDK recommends it. */
export function cdkInitContext(): Record<string, unknown> {
  const cli = dirname(require.resolve('aws-cdk/package.json'));
  return JSON.parse(readFileSync(join(cli, 'lib', 'init-templates', '.recommended-feature-flags.json'), 'utf8')) as Record<string, unknown>;
}
