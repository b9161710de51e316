import { Assembly, faultsInOtherLanguages, rootNames } from '../../integ/checks/other-languages';

const struct = { kind: 'interface', datatype: true } as const;
const assembly = (types: Assembly['types']): Assembly => ({ name: 'lib', types });
const method = (...parameters: [string, string?][]) => ({ name: 'make', parameters: parameters.map(([name, fqn]) => ({ name, type: { fqn } })) });

test('a struct may be the last parameter of a method', () => {
  const types = { 'lib.Options': struct, 'lib.Thing': { kind: 'class', methods: [method(['name'], ['options', 'lib.Options'])] } } as const;
  expect(faultsInOtherLanguages(assembly(types), new Set())).toEqual([]);
});

test.each([
  ['another struct', 'lib.Options'],
  ['something else', undefined],
])('a struct before %s is found: Python makes keywords of the last parameter only', (_, last) => {
  const types = { 'lib.Options': struct, 'lib.Thing': { kind: 'class', methods: [method(['given', 'lib.Options'], ['last', last])] } } as const;
  expect(faultsInOtherLanguages(assembly(types), new Set())).toEqual([
    'lib.Thing.make takes the struct given before another parameter: only the last becomes keywords in Python',
  ]);
});

test('a struct before another parameter of a constructor is found', () => {
  const types = { 'lib.Options': struct, 'lib.Thing': { kind: 'class', initializer: method(['options', 'lib.Options'], ['name']) } } as const;
  expect(faultsInOtherLanguages(assembly(types), new Set())).toEqual([
    'lib.Thing.constructor takes the struct options before another parameter: only the last becomes keywords in Python',
  ]);
});

test('an interface of behaviour may stand anywhere', () => {
  const types = { 'lib.IThing': { kind: 'interface' }, 'lib.Thing': { kind: 'class', methods: [method(['thing', 'lib.IThing'], ['name'])] } } as const;
  expect(faultsInOtherLanguages(assembly(types), new Set())).toEqual([]);
});

test('a name that the root of aws-cdk-lib has as well is found', () => {
  const cdk = { name: 'aws-cdk-lib', types: { 'aws-cdk-lib.RoleOptions': struct, 'aws-cdk-lib.aws_s3.Bucket': struct } };
  expect(faultsInOtherLanguages(assembly({ 'lib.RoleOptions': struct, 'lib.Bucket': struct }), rootNames(cdk))).toEqual([
    'lib.RoleOptions has the name of a type in the root of aws-cdk-lib: wildcard imports of both do not compile in Java',
  ]);
});
