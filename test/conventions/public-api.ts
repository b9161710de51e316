import { join, relative } from 'path';
import * as ts from 'typescript';
import { fileOf, importsOf, parse, SRC } from './source-files';

/** What jsii shows of a comment, and where the comment stands. */
export interface Documented {
  /** `Type` or `Type.member`. */
  readonly name: string;
  /** Folder of `src/` that it stands in. */
  readonly room: string;
  /** The sentence that references and editors show first. */
  readonly summary: string;
  readonly comment: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** A member that users of every language see. */
export interface Member extends Documented {
  readonly node: ts.ClassElement | ts.TypeElement | ts.EnumMember | ts.ParameterPropertyDeclaration;
  readonly type?: ts.TypeNode;
  readonly isOptional: boolean;
}

/** A type that users see. */
export interface PublicType extends Documented {
  readonly node: Declaration;
  readonly members: Member[];
  /** Members that this library keeps to itself. */
  readonly internals: Member[];
  /** Names of the types that it extends or implements. */
  readonly bases: string[];
}

type Declaration = ts.ClassDeclaration | ts.InterfaceDeclaration | ts.EnumDeclaration;

/** Every type that a module exports, in the order of its name. */
export function publicTypes(index = join(SRC, 'index.ts')): PublicType[] {
  const declarations = exportedFrom(index), exported = new Set(declarations.map(({ name }) => name!.text));
  return declarations.map((node) => typeOf(node, exported)).sort((one, other) => one.name.localeCompare(other.name));
}

/** Names that a package's typings export. */
export function exportedNames(index: string): string[] {
  return exportedFrom(index, '.d.ts').map(({ name }) => name!.text);
}

/** A struct holds data alone: an interface that is not named like `IBehaviour`. */
export function isStruct({ node, name }: PublicType): boolean {
  return ts.isInterfaceDeclaration(node) && !/^I[A-Z]/.test(name);
}

function exportedFrom(file: string, extension = '.ts', names?: Set<string>): Declaration[] {
  return parse(file).statements.flatMap((statement): Declaration[] => {
    if (ts.isExportDeclaration(statement) && statement.moduleSpecifier && ts.isStringLiteral(statement.moduleSpecifier)) {
      const { exportClause, moduleSpecifier: { text } } = statement;
      if (!text.startsWith('.') || (exportClause && !ts.isNamedExports(exportClause))) return [];
      return exportedFrom(fileOf(text, file, extension), extension, exportClause && new Set(exportClause.elements.map(({ name }) => name.text)));
    }
    if (!ts.isClassDeclaration(statement) && !ts.isInterfaceDeclaration(statement) && !ts.isEnumDeclaration(statement)) return [];
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    return isExported && !isInternal(statement) && (names === undefined || names.has(statement.name!.text)) ? [statement] : [];
  });
}

/** A type, with what jsii writes into it: the members of bases that nobody exports. */
function typeOf(node: Declaration, exported: Set<string>): PublicType {
  const type = documentedOf(node, node.name!.text);
  const whole = [node, ...hiddenBasesOf(node, exported)];
  const all = whole.flatMap(({ members }) => [...members] as ts.ClassElement[]).filter(isVisible).flatMap((member): Member[] => [
    memberOf(member, type.name),
    ...(ts.isConstructorDeclaration(member)
      ? member.parameters.filter((parameter) => ts.isParameterPropertyDeclaration(parameter, member) && isVisible(parameter))
        .map((parameter) => memberOf(parameter as ts.ParameterPropertyDeclaration, type.name)) : []),
  ]);
  return {
    ...type,
    node,
    members: all.filter((member) => !isInternal(member.node)),
    internals: all.filter((member) => isInternal(member.node)),
    bases: whole.flatMap(basesOf),
  };
}

function basesOf(node: Declaration): string[] {
  const heritage = ts.isEnumDeclaration(node) ? [] : node.heritageClauses ?? [];
  return heritage.flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
}

function hiddenBasesOf(node: Declaration, exported: Set<string>): Declaration[] {
  return basesOf(node).filter((base) => !exported.has(base)).flatMap((base) => {
    const hidden = declarationsSeenBy(node).find(({ name }) => name?.text === base);
    return hidden ? [hidden, ...hiddenBasesOf(hidden, exported)] : [];
  });
}

/** Types of a declaration's file, and of the files of this library that it imports. */
function declarationsSeenBy(node: Declaration): Declaration[] {
  const source = node.getSourceFile();
  return [source, ...importsOf(source).map(parse)].flatMap(({ statements }) => statements.filter(
    (each): each is Declaration => ts.isClassDeclaration(each) || ts.isInterfaceDeclaration(each) || ts.isEnumDeclaration(each)));
}

function memberOf(node: Member['node'], owner: string): Member {
  const name = ts.isConstructorDeclaration(node) ? 'constructor' : node.name!.getText();
  return {
    ...documentedOf(node, `${owner}.${name}`),
    node,
    type: 'type' in node ? node.type : undefined,
    isOptional: 'questionToken' in node && node.questionToken !== undefined,
  };
}

function documentedOf(node: ts.Node, name: string): Documented {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '').join('\n');
  const tags = ts.getJSDocTags(node).map((tag) => [tag.tagName.text, ts.getTextOfJSDocComment(tag.comment) ?? ''] as const);
  const [room] = relative(SRC, node.getSourceFile().fileName).split('/');
  return { name, room, comment, summary: summaryOf(comment), tags: new Map(tags) };
}

/** As jsii cuts it: a short first paragraph, or the first sentence, which ends at a semicolon as well. */
function summaryOf(comment: string): string {
  const [paragraph, ...others] = comment.split(/(?:\r?\n){2}/);
  if (others.length > 0 && paragraph.split(' ').length < 20) return paragraph;
  return /^[^!?.;]+[!?.;](?=\s)/.exec(comment)?.[0] ?? paragraph;
}

function isVisible(node: ts.Node): boolean {
  return !(ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));
}

function isInternal(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal');
}
