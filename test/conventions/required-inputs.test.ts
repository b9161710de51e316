import * as ts from 'typescript';
import { Call, CALLS } from './calls';
import { isStruct, Member, PublicType, publicTypes } from './public-api';
import * as api from '../../src';
import { ValidationError } from '../../src/private/invalid-input';

/** What the library's own constructs make and call: people are handed it, or know it by better methods. */
const FOR_CONSTRUCTS = [
  'CrossAccountDeploymentTarget#', 'DataPerimeter#', 'DataSource', 'EnvironmentKeys', 'EnvironmentNames#',
  'EnvironmentStorage', 'ExecutionGuardrails', 'ExecutionRoles#', 'ManagedRole#', 'MlopsProjectTemplate',
  'PackageIndex', 'Personas', 'PrivateEndpoints',
  'ProjectTemplate#', 'SecureMlopsChecks#', 'SelfContainedTemplate#', 'StorageGrants', 'StudioPackageIndex#', 'StudioSdkConfiguration#',
];

const TYPES = publicTypes();
const STRUCTS = Object.fromEntries(TYPES.filter(isStruct).map((type) => [type.name, type]));
const named = (name: string): PublicType | undefined => TYPES.find((type) => type.name === name);

interface Parameter { readonly name: string; readonly type: string; readonly isOptional: boolean }
/** Where in the arguments something is given, and what belongs there. */
interface Place { readonly path: (string | number)[]; readonly type: string }

/** Everything that can be called, as `Class`, `Class.factory` or `Class#method`, by what it takes. */
const CALLABLE = new Map(TYPES.filter(({ node }) => ts.isClassDeclaration(node)).flatMap(callsOf));

function callsOf(type: PublicType): [string, Parameter[]][] {
  return type.members.flatMap(({ node }): [string, Parameter[]][] => {
    if (!ts.isConstructorDeclaration(node) && !ts.isMethodDeclaration(node)) return [];
    const has = (modifier: ts.SyntaxKind) => node.modifiers?.some(({ kind }) => kind === modifier);
    if (ts.isConstructorDeclaration(node) && has(ts.SyntaxKind.ProtectedKeyword)) return [];
    const isStatic = has(ts.SyntaxKind.StaticKeyword);
    const parameters = node.parameters.map((one) => ({
      name: one.name.getText(), type: one.type?.getText() ?? '', isOptional: one.questionToken !== undefined || one.initializer !== undefined,
    }));
    return [[ts.isConstructorDeclaration(node) ? type.name : `${type.name}${isStatic ? '.' : '#'}${node.name.getText()}`, parameters]];
  });
}

/** The members of a struct and of those that it extends. */
function membersOf(type: PublicType): Member[] {
  return [...type.members, ...type.bases.flatMap((base) => (named(base) ? membersOf(named(base)!) : []))];
}

/** What has to be given: the parameters of a call and, in structs and lists, what has to be in them. */
function placesIn(path: Place['path'], type: string, value: unknown): Place[] {
  const element = /^(?:readonly )?(.+)\[\]$/.exec(type)?.[1], struct = named(type);
  if (element !== undefined && Array.isArray(value)) return [{ path, type }, ...placesIn([...path, 0], element, value[0])];
  if (struct === undefined || !isStruct(struct)) return [{ path, type }];
  const required = membersOf(struct).filter(({ isOptional }) => !isOptional);
  return [{ path, type }, ...required.flatMap(({ name, type: own }) => {
    const member = name.split('.')[1];
    return placesIn([...path, member], own!.getText(), (value as Record<string, unknown>)[member]);
  })];
}

/** What somebody gives instead whose language does not look at types, or who overrules them, as in `process.env.ACCOUNT!`. */
function mistakesIn(type: string): unknown[] {
  const missing = [undefined, null];
  if (type === 'string') return [...missing, '', 7];
  if (type === 'number') return [...missing, 'many'];
  if (type.endsWith('[]')) return [...missing, 'text'];
  return type in STRUCTS ? missing : [...missing, 'text', {}];
}

function wrong(given: unknown, [step, ...others]: Place['path'], mistake: unknown): unknown {
  const inner = others.length === 0 ? mistake : wrong((given as Record<string, unknown>)[step], others, mistake);
  return Array.isArray(given) ? given.map((one: unknown, index) => (index === step ? inner : one)) : { ...given as object, [step]: inner };
}

function call(name: string, { on, given }: Call): unknown {
  const [type, member] = name.split(/[.#]/), owner = (api as unknown as Record<string, new (...all: unknown[]) => unknown>)[type];
  if (member === undefined) return new owner(...given);
  const subject = (on ?? owner) as Record<string, (...all: unknown[]) => unknown>;
  return subject[member](...given);
}

/** How a message may name what is wrong: a list as a whole or by its element, a struct by what has to be in it. */
function namesOf({ path: [index, ...path], type }: Place, parameters: Parameter[]): string[] {
  const { name } = parameters[index as number], struct = named(type);
  const own = path.length === 0 ? name : path.join('.');
  const inside = struct === undefined || !isStruct(struct) ? [] : membersOf(struct).filter(({ isOptional }) => !isOptional).map((member) => member.name.split('.')[1]);
  const list = path.length > 0 && typeof path[path.length - 1] === 'number' ? path.slice(0, -1).join('.') || name : undefined;
  return [own, ...list === undefined ? [] : [list], ...inside.map((member) => [...path, member].join('.'))];
}

/** How a mistake ended that was not refused in the library's words. */
function answerTo(name: string, place: Place, parameters: Parameter[], mistake: unknown): string[] {
  const { path } = place;
  const it = CALLS[name]();
  const where = path.map((step, index) => (index === 0 ? parameters[step as number].name : step)).join('.');
  const told = `${where} = ${JSON.stringify(mistake)}`;
  try {
    call(name, { ...it, given: wrong(it.given, path, mistake) as unknown[] });
    return [`${told}: accepted`];
  } catch (error) {
    if (!(error instanceof ValidationError)) return [`${told}: ${String(error).split('\n')[0]}`];
    return namesOf(place, parameters).some((property) => error.message.includes(`${property} must `)) ? [] : [`${told}: ${error.message}`];
  }
}

test('every constructor and method to which something has to be given is tried', () => {
  const hasToBeGiven = (parameters: Parameter[]) => parameters.some(({ name, type, isOptional }) => !isOptional && type !== 'Construct' && name !== 'id');
  const isForConstructs = (name: string) => FOR_CONSTRUCTS.some((one) => [name, name.split('#')[0], `${name.split('#')[0]}#`].includes(one));
  const asking = [...CALLABLE].filter(([name, parameters]) => hasToBeGiven(parameters) && !isForConstructs(name)).map(([name]) => name);
  expect(asking.filter((name) => !(name in CALLS))).toEqual([]);
});

test.each(Object.keys(CALLS))('%s takes what it should, and says what is missing or something else', (name) => {
  const parameters = CALLABLE.get(name)!;
  const { given } = CALLS[name]();
  expect(() => call(name, CALLS[name]())).not.toThrow();
  const places = parameters.flatMap(({ name: parameter, type, isOptional }, index) =>
    (type === 'Construct' || parameter === 'id' || isOptional ? [] : placesIn([index], type, given[index])));
  expect(places.flatMap((place) => mistakesIn(place.type).flatMap((mistake) => answerTo(name, place, parameters, mistake)))).toEqual([]);
});
