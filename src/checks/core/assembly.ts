import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { reasonsIn } from './assembly-reasons';
import { isRecord } from './value';

/** Why rules may be broken at resources of a template in a cloud assembly, as its constructs say: none if it is in no assembly. */
export function reasonsBeside(template: string): (logicalId: string, rule: string) => string | undefined {
  const folder = dirname(template);
  const manifest = join(folder, 'manifest.json');
  const artifacts = existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { artifacts?: Record<string, Record<string, unknown>> }).artifacts ?? {} : {};
  const stack = Object.values(artifacts).find(({ properties }) => isRecord(properties) && properties.templateFile === basename(template));
  if (stack === undefined) return () => undefined;
  const file = stack.additionalMetadataFile;
  const metadata: unknown = typeof file === 'string' ? JSON.parse(readFileSync(join(folder, file), 'utf8')) : stack.metadata;
  return reasonsIn(metadata);
}
