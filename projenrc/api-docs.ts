import { execFileSync } from 'child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '..');
/** The reference of a room: code hosts do not render all of it in one file. */
const fileOf = (room: string) => `src/${room}/API.md`;
const KINDS: Record<string, string> = { Constructs: 'construct', Classes: 'class', Structs: 'struct', Protocols: 'interface', Enums: 'enum' };

/** A type of the API and its part of the text of jsii-docgen. */
interface DocumentedType {
  readonly name: string;
  readonly kind: string;
  readonly room: string;
  readonly summary: string;
  readonly text: string;
}

interface Assembly {
  readonly name: string;
  readonly types: Record<string, { readonly docs?: { readonly summary?: string }; readonly locationInModule: { readonly filename: string } }>;
}

/** The API reference of the compiled library: an index in API.md, and a file for each room, by their paths. */
export function apiDocs(): Map<string, string> {
  const types = documentedTypes();
  const rooms = [...new Set(types.map(({ room }) => room))].sort();
  const roomOf = new Map(types.map(({ name, room }) => [name, room]));
  const inRoom = (room: string) => types.filter((type) => type.room === room);
  return new Map([
    ['API.md', index(rooms.map((room) => ({ room, types: inRoom(room) })))],
    ...rooms.map((room): [string, string] => [fileOf(room), reference(room, inRoom(room), roomOf)]),
  ]);
}

function documentedTypes(): DocumentedType[] {
  const assembly = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf8')) as Assembly;
  return jsiiDocgen().split(/^## /m).slice(1).flatMap((chapter) => {
    const kind = KINDS[chapter.slice(0, chapter.indexOf(' '))];
    return chapter.split(/^### /m).slice(1).map((text) => {
      const name = text.slice(0, text.indexOf(' '));
      const { docs, locationInModule } = assembly.types[`${assembly.name}.${name}`];
      return { name, kind, room: locationInModule.filename.split('/')[1], summary: docs?.summary ?? '', text };
    });
  });
}

function jsiiDocgen(): string {
  const folder = mkdtempSync(join(tmpdir(), 'api-'));
  try {
    execFileSync(process.execPath, [join(ROOT, 'node_modules', 'jsii-docgen', 'bin', 'jsii-docgen'), '-o', join(folder, 'API.md')], { cwd: ROOT });
    return readFileSync(join(folder, 'API.md'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function index(rooms: { readonly room: string; readonly types: readonly DocumentedType[] }[]): string {
  const row = ({ room, name, kind, summary }: DocumentedType) =>
    `| [\`${name}\`](${fileOf(room)}#${anchor(name)}) | ${kind} | ${summary.replace(/\s+/g, ' ').replace(/\|/g, '\\|')} |`;
  return [
    '# API reference',
    '',
    'Everything is exported from `cdk-secure-mlops`. The types are listed by the room that they are in, each with its own page.',
    ...rooms.flatMap(({ room, types }) => [
      '',
      `## [${room}](${fileOf(room)})`,
      '',
      `[About this room](src/${room}/README.md)`,
      '',
      '| type | kind | |',
      '|---|---|---|',
      ...types.map(row),
    ]),
    '',
  ].join('\n');
}

function reference(room: string, types: readonly DocumentedType[], roomOf: Map<string, string>): string {
  // A link leads to the type's own room.
  const links = (text: string) => text.replace(/href="#cdk-secure-mlops\.(\w+)/g, (link, name: string) => {
    const other = roomOf.get(name);
    return other === undefined || other === room ? link : `href="../${other}/API.md#${anchor(name)}`;
  });
  return [
    `# API of ${room}`,
    '',
    '[About this room](README.md) · [all rooms](../../API.md)',
    '',
    ...types.map(({ text }) => `## ${links(text).replace(/^(#+)/gm, (marks) => marks.slice(1)).trimEnd()}\n`),
  ].join('\n');
}

const anchor = (type: string) => `cdk-secure-mlops.${type}`;

/** The files that are there. */
export function writtenApiDocs(): string[] {
  return ['API.md', ...readdirSync(join(ROOT, 'src')).map(fileOf)].filter((file) => existsSync(join(ROOT, file)));
}

if (require.main === module) {
  const made = apiDocs();
  for (const file of writtenApiDocs()) rmSync(join(ROOT, file));
  for (const [file, text] of made) writeFileSync(join(ROOT, file), text);
}
