import { readdirSync, readFileSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';
import * as ts from 'typescript';

/** The folder of the library's sources. */
export const SRC = resolve(__dirname, '..', '..', 'src');

/** TypeScript files below a folder, as paths from it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')).sort();
}

/** A file as it was parsed: no types are looked up, so that reading the whole library takes a second. */
export function parse(file: string): ts.SourceFile {
  const source = PARSED.get(file) ?? ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  PARSED.set(file, source);
  return source;
}

const PARSED = new Map<string, ts.SourceFile>();

/** The file of this library that a module specifier leads to. */
export function fileOf(specifier: string, importer: string, extension = '.ts'): string {
  const path = resolve(dirname(importer), specifier);
  return ts.sys.fileExists(path + extension) ? path + extension : join(path, `index${extension}`);
}

/** Files that a file imports or exports from this library, also where it does so for types only. */
export function importsOf(source: ts.SourceFile): string[] {
  return source.statements
    .filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
    .flatMap(({ moduleSpecifier }) => (moduleSpecifier && ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text.startsWith('.') ? [moduleSpecifier.text] : []))
    .map((specifier) => fileOf(specifier, source.fileName));
}

/** Circles between files: each as the files that lead to one another. */
export function circlesOf(imports: Map<string, string[]>): string[][] {
  const circles: string[][] = [];
  const path: string[] = [];
  const done = new Set<string>();
  const visit = (file: string): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].map((each) => relative(SRC, each)));
    if (done.has(file)) return;
    done.add(file);
    path.push(file);
    for (const imported of imports.get(file) ?? []) visit(imported);
    path.pop();
  };
  for (const file of imports.keys()) visit(file);
  return circles;
}
