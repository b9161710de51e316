import { join } from 'path';
import * as ts from 'typescript';
import { filesBelow, parse, SRC } from './source-files';

/** What somebody is told who gives bad input, as the source has it; what is only known when it is said stands in ‹›. */
export interface Message {
  /** File and line. */
  readonly at: string;
  readonly property: string;
  /** What follows after "must". */
  readonly rule: string;
  readonly remedy: string;
}

/** Rules of `InputCheck` that are given a text for the rule, by the places of property, rule and remedy among their arguments. */
const CHECKS: Record<string, [number, number, number]> = { that: [0, 3, 4], every: [0, 3, 4], matches: [0, 3, 4], report: [0, 2, 3] };
/** Programs that run elsewhere have messages of their own. */
const ELSEWHERE = /^(handlers|cli|checks\/core|mlops\/seed-code)\//;

const sources = () => filesBelow(SRC).filter((file) => !ELSEWHERE.test(file)).map((file) => ({ file, source: parse(join(SRC, file)) }));

/** Every message of a rule that is written in the library's source. */
export function messages(): Message[] {
  return sources().flatMap(({ file, source }) => nodesOf(source).flatMap((node) => {
    const [property, rule, remedy] = partsOf(node);
    if (property === undefined || rule === undefined || isParameter(rule)) return [];
    return [{ at: `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`, property: textOf(property), rule: textOf(rule), remedy: remedy ? textOf(remedy) : '' }];
  }));
}

/** Texts of annotations, which the CLI shows beside the path of the construct. */
export function annotations(): string[] {
  return sources().flatMap(({ source }) => nodesOf(source).flatMap((node) => {
    const isAnnotation = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && /^add(Info|Warning|Error)(V2)?$/.test(node.expression.name.text);
    return isAnnotation ? [textOf(node.arguments[node.arguments.length - 1])] : [];
  }));
}

/** Where something is thrown that is no `ValidationError`. */
export function otherErrors(): string[] {
  return sources().flatMap(({ file, source }) => nodesOf(source)
    .filter((node) => ts.isThrowStatement(node) && /^new (?!ValidationError\b)/.test(node.expression.getText())).map((node) => `${file}: ${node.getText()}`));
}

function partsOf(node: ts.Node): (ts.Node | undefined)[] {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const places = CHECKS[node.expression.name.text];
    return places && node.arguments.length > places[1] ? places.map((place) => node.arguments[place] as ts.Node | undefined) : [];
  }
  if (!ts.isObjectLiteralExpression(node)) return [];
  const member = (name: string) => node.properties.find((one) => one.name?.getText() === name);
  return ['property', 'rule', 'remedy'].map((name) => { const one = member(name); return one && (ts.isPropertyAssignment(one) ? one.initializer : one.name); });
}

/** A rule that is handed on was written elsewhere. */
const isParameter = (rule: ts.Node) => ts.isIdentifier(rule) && rule.text === 'rule';

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => `‹${span.expression.getText()}›${span.literal.text}`).join('');
  if (ts.isBinaryExpression(node)) return textOf(node.left) + textOf(node.right);
  return `‹${node.getText()}›`;
}

function nodesOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(...nodesOf(child)));
  return [node, ...children];
}
