import { existsSync, readFileSync } from 'fs';
import { basename, dirname, join } from 'path';
import { reasonsIn } from './assembly-reasons';
import { isRecord } from './value';

/** Why rules may be broken at resources of a template in a cloud assembly, as its constructs say: none if it is in no assembly. */
export function reasonsBeside(template: string): (logicalId: string, rule: string) => string | undefined {
  const folder = dirname(template);
  const manifest = read(join(folder, 'manifest.json'));
  const artifacts = isRecord(manifest) && isRecord(manifest.artifacts) ? Object.values(manifest.artifacts).filter(isRecord) : [];
  const stack = artifacts.find(({ properties }) => isRecord(properties) && properties.templateFile === basename(template));
  if (stack === undefined) return () => undefined;
  const file = stack.additionalMetadataFile;
  return reasonsIn(typeof file === 'string' ? read(join(folder, file)) : stack.metadata);
}

/** Undefined if the file is not there, or no JSON: other tools have a manifest.json as well, which says nothing of templates. */
function read(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
