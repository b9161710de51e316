import * as fs from 'fs';
import * as path from 'path';

/** What TypeScript writes of `export * from './x'`. */
const EXPORT_ALL = /^__exportStar\(require\("(.+)"\), exports\);$/gm;
/** What a module exports itself, which comes before what it exports of others. */
const OWN = /\bexports\.(\w+) = /g;
/** What TypeScript writes of `import { X } from './x'`, by a name that nothing else in the file has. */
const IMPORT = /^(?:const|var) (\w+_\d+) = require\("([^"]+)"\);$/gm;

/**
 * The compiled index of a room, so that it loads a file when somebody first uses what is in it, as the modules of aws-cdk-lib do. An
 * app with one environment would load a quarter of the library for nothing else, which is a twentieth of its synthesis.
 *
 * @param namesOf names that a module exports
 */
export function withLazyExports(text: string, namesOf: (module: string) => string[]): string {
  const taken = new Set([...text.matchAll(OWN)].map(([, name]) => name));
  const lines = text.replace(EXPORT_ALL, (_, module: string) => namesOf(module).filter((name) => !taken.has(name)).map((name) => {
    taken.add(name);
    // The assignment is for Node.js, which looks for it to know what an ES module can import.
    return `exports.${name} = void 0; lazy("${name}", () => require("${module}"));`;
  }).join('\n'));
  return lines === text ? text : lines.replace('"use strict";\n', `"use strict";\n${LAZY}\n`);
}

/** From the second time on it is a value like every other. */
const LAZY = `const lazy = (name, load) => {
  const define = (property) => Object.defineProperty(exports, name, { enumerable: true, configurable: true, ...property });
  define({ get: () => { const value = load()[name]; define({ value, writable: true }); return value; } });
};`;

/**
 * A compiled file, so that it loads what it imports when a line that uses it is first run: what an app leaves switched off is not
 * loaded, which is another twentieth. Lines stay where they are.
 */
export function withLazyImports(text: string): string {
  const names = [...text.matchAll(IMPORT)].map(([, name]) => name);
  const lines = text.replace(IMPORT, (_, name: string, module: string) => (
    `let ${name} = () => { const loaded = require("${module}"); ${name} = () => loaded; return loaded; };`
  ));
  // In parentheses: `new x_1().X()` would make an x_1.
  return names.length === 0 ? text : lines.replace(new RegExp(`\\b(${names.join('|')})\\.`, 'g'), '($1()).');
}

/** Writes every file of a compiled library that way. */
export function makeLazy(folder: string): void {
  const files = (fs.readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.js')).map((file) => path.join(folder, file));
  // All are read before the first is written: one looks at another's names.
  const written = files.map((file): [string, string] => [file, withLazyImports(withLazyExports(fs.readFileSync(file, 'utf8'), (module) => (
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    Object.keys(require(path.resolve(path.dirname(file), module)) as object)
  )))]);
  for (const [file, text] of written) fs.writeFileSync(file, text);
}

if (require.main === module) makeLazy(path.resolve(__dirname, '..', 'lib'));
