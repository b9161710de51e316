import { createHash } from 'crypto';
import { Construct } from 'constructs';

/** How much is left of a name that people read. */
const LONGEST_WORD = 10;
/** How the CDK ends names: with a hash of the whole path, by which they differ. */
const HASH = /[0-9A-F]{8}$/;
/** Parts of a path that say nothing. */
const SILENT = ['Default', 'Resource'];

/** The name that the CDK gives to something at this path, without most of what is in front of its hash. */
export function shortName(name: string, path: string): string {
  const words = path.split('/').filter((word) => !SILENT.includes(word));
  const [hash] = HASH.exec(name) ?? [];
  if (words.length < 2 || hash === undefined) return name; // what stands at the top is called as it is
  return `${words[words.length - 1].replace(/[^A-Za-z0-9]/g, '').slice(0, LONGEST_WORD)}${hash}`;
}

/** What the CDK makes of a path may be as long as a stack's name, with some room for its hash. */
const LONGEST_PATH = 110;

/** The name of a template as a stack where the CDK would refuse the one it makes: nothing of that name is ever deployed. */
export function nameWithin(scope: Construct, id: string): string | undefined {
  const path = [...scope.node.scopes.map(({ node }) => node.id), id].join('-');
  return path.length <= LONGEST_PATH ? undefined : `Template${createHash('sha256').update(path).digest('hex').slice(0, 8)}`;
}
