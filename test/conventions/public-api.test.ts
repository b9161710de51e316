import { join } from 'path';
import * as ts from 'typescript';
import { exportedNames, isStruct, Member, PublicType, publicTypes } from './public-api';
import { beyondRemaining } from './remaining';
import { exportedTypes } from './remaining.json';
import { SRC } from './source-files';

const TYPES = publicTypes();
const STRUCTS = TYPES.filter(isStruct);
const MEMBERS = TYPES.flatMap(({ members }) => members);
const named = (name: string): PublicType | undefined => TYPES.find((type) => type.name === name);

function isConstruct(name: string): boolean {
  return named(name)?.bases.some((base) => ['Construct', 'Resource', 'Stack', 'NestedStack'].includes(base) || isConstruct(base)) ?? false;
}

function typesIn(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  const own = ts.isTypeReferenceNode(node) ? [node.typeName.getText()] : [];
  return own.concat(...node.getChildren().map(typesIn));
}

function has(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((modifier) => modifier.kind === kind)) ?? false;
}

describe('exported names', () => {
  test('are few', () => {
    expect(TYPES.length).toBeLessThanOrEqual(exportedTypes);
  });

  test('do not clash with those that every CDK app imports', () => {
    const taken = new Set(exportedNames(join(SRC, '..', 'node_modules', 'aws-cdk-lib', 'index.d.ts')));
    expect(taken).toContain('Environment');
    expect(TYPES.map(({ name }) => name).filter((name) => taken.has(name))).toEqual([]);
  });
});

describe('properties', () => {
  const NETWORK = 'endpoints, their policies and rules of security groups are added to it; a VPC of another app is brought by EnvironmentNetwork.fromVpc()';
  const EXPLAINED: Record<string, string> = {
    'CrossAccountDeploymentTargetProps.network': NETWORK,
    'PackageIndexProps.network': NETWORK,
    'PersonaPermissionSetProps.personaRole': 'its policies and its boundary are copied into the permission set',
    'StudioOptions.images': 'an image of Studio is its version and configuration, which nothing else makes',
    'StudioOptions.lifecycleConfigurations': 'says for which applications it is and whether it runs by default, which its ARN does not',
  };

  test('take interfaces, so that something of another app or another make fits', () => {
    const taking = STRUCTS.flatMap(({ members }) => members).filter(({ type }) => typesIn(type).some(isConstruct));
    expect(taking.map(({ name }) => name).sort()).toEqual(Object.keys(EXPLAINED));
  });

  test('of two structs that agree in three or more are those of one that both extend', () => {
    const key = ({ name, type, comment }: Member) => [name.split('.')[1], type?.getText(), comment].join();
    const copies = STRUCTS.flatMap((one, index) => STRUCTS.slice(index + 1).flatMap((other) => {
      const keys = new Map(one.members.map((member) => [key(member), member.node]));
      const same = other.members.filter((member) => (keys.get(key(member)) ?? member.node) !== member.node);
      return same.length >= 3 ? [{ room: one.room, name: `${one.name}, ${other.name}: ${same.map(({ name }) => name.split('.')[1]).join(', ')}` }] : [];
    }));
    expect(beyondRemaining('copiedProperties', copies)).toEqual([]);
  });
});

describe('a name of properties', () => {
  /** Names of several types among some members, each with where it stands. */
  const severalTypes = (members: Member[]): string[] => {
    const types = new Map<string, Map<string, string>>();
    for (const { name, type } of members) {
      if (type === undefined) continue;
      const property = name.split('.')[1];
      types.set(property, (types.get(property) ?? new Map<string, string>()).set(type.getText().replace(' | undefined', ''), name));
    }
    return [...types].filter(([, of]) => of.size > 1).map(([property, of]) => `${property}: ${[...of].map(([type, name]) => `${type} (${name})`).join(', ')}`);
  };
  const isProperty = ({ node }: Member) => !has(node, ts.SyntaxKind.StaticKeyword)
    && (ts.isPropertyDeclaration(node) || ts.isGetAccessorDeclaration(node) || ts.isParameter(node) || ts.isPropertySignature(node));

  test('that are given is of one type', () => {
    // An environment can make its network itself, a source of networks; an EnvironmentNetwork is such a source.
    const given = STRUCTS.flatMap(({ members }) => members).filter(({ name }) => name !== 'DataScienceEnvironmentProps.network');
    expect(severalTypes(given)).toEqual([]);
  });

  test('that are read is of one type', () => {
    expect(severalTypes(TYPES.filter((type) => !isStruct(type)).flatMap(({ members }) => members.filter(isProperty)))).toEqual([]);
  });
});

describe('methods', () => {
  test('take one struct, as the last argument', () => {
    const isStructOf = ({ type }: ts.ParameterDeclaration) => typesIn(type).some((name) => {
      const ours = named(name);
      return ours ? isStruct(ours) : /(Props|Options|Attributes)$/.test(name);
    });
    const parametersOf = ({ node }: Member) => (ts.isFunctionLike(node) ? [...node.parameters] : []);
    const several = MEMBERS.filter((member) => parametersOf(member).slice(0, -1).some(isStructOf));
    expect(several.map(({ name }) => name)).toEqual([]);
  });

  test('make resources, getters do not: a look at a property changes no template', () => {
    const MAKES = /this\.\w+ (\?\?)?= |\bnew \w+\(this\b/;
    const ofConstructs = TYPES.filter(({ name }) => isConstruct(name)).flatMap(({ members }) => members);
    expect(beyondRemaining('makingGetters', ofConstructs.filter(({ node }) => ts.isGetAccessorDeclaration(node) && MAKES.test(node.getText())))).toEqual([]);
  });
});

describe('classes', () => {
  test('that can be extended ask for nothing that other languages do not see', () => {
    const closed = ({ node }: PublicType) => ts.isClassDeclaration(node)
      && node.members.some((member) => ts.isConstructorDeclaration(member) && has(member, ts.SyntaxKind.PrivateKeyword));
    const asking = TYPES.filter((type) => !closed(type) && type.internals.some(({ node }) => has(node, ts.SyntaxKind.AbstractKeyword)));
    expect(beyondRemaining('unfinishedClasses', asking)).toEqual([]);
  });
});
