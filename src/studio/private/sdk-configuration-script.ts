import { LOCAL_STORAGE } from '../../identity/instance-families';
import { packedNotebook } from '../../private/bundles';

/** Where the script finds what: names of parameters, and what no parameter tells. */
export interface SdkConfigurationInput {
  readonly region: string;
  /** Names of parameters, by what they hold. */
  readonly parameters: Record<string, string>;
  /** Prefix of the data bucket under which people write, without a slash at its end. */
  readonly outputPrefix: string;
  /** What names of the environment's pipelines and versions begin with. */
  readonly namePrefix: string;
  readonly requireNetworkIsolation: boolean;
  /** Seconds that a job may take which says nothing of it. */
  readonly maximumRuntime: number;
}

/**
 * A script that writes the SDK's configuration (`notebook/configure.py`) and lays `notebook/secure_mlops.py` on the path, which
 * completes what the configuration has no word for. Packed: a script may have 12,288 bytes, the package index's part included.
 */
export function sdkConfigurationScript({
  region, parameters, outputPrefix, namePrefix, requireNetworkIsolation, maximumRuntime,
}: SdkConfigurationInput): string {
  const localStorage = LOCAL_STORAGE.map((family) => family.replace('*', ''));
  const settings = JSON.stringify({
    region, parameters, outputPrefix, namePrefix, isolatesJobs: requireNetworkIsolation, maximumRuntime, localStorage,
  });
  return `#!/bin/bash
# Packed: src/studio/notebook/ of cdk-secure-mlops.
FILES="$(base64 -d <<< ${packedNotebook()} | gunzip)"
export SETTINGS='${settings}'
export MODULE="\${FILES%%$'\\f'*}"
python3 -c "\${FILES#*$'\\f'}" || echo "the SageMaker SDK could not be configured" >&2
exit 0
`;
}
