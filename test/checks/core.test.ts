import { look } from '../../src/checks/core/look';
import { Property } from '../../src/checks/core/resource';
import { Template, templateFrom } from '../../src/checks/core/template';
import { placeholder, Reference, Unknown, Value } from '../../src/checks/core/value';
import { isGiven } from '../../src/checks/core/verdicts';
import { RULES } from '../../src/checks/rules/all';

const SECTIONS = {
  Parameters: {
    Known: { Type: 'String', Default: 'value' },
    Given: { Type: 'String' },
    List: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/name' },
  },
  Mappings: { Sizes: { small: { Count: 2 }, large: { Count: 9 } } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Known' }, 'value'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Open: { 'Fn::Equals': [{ Ref: 'Given' }, 'value'] },
    Here: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    Both: { 'Fn::And': [{ Condition: 'Open' }, { Condition: 'No' }] },
    Either: { 'Fn::Or': [{ Condition: 'Open' }, { Condition: 'Yes' }] },
  },
};

function valueOf(value: unknown, path = 'P'): Property['value'] {
  return new Template({ ...SECTIONS, Resources: { It: { Type: 'T', Properties: { P: value } }, Other: { Type: 'T' } } }).resources[0].at(path).value;
}

describe('the value of', () => {
  test.each<[string, unknown, Value]>([
    ['a parameter with a default', { Ref: 'Known' }, 'value'],
    ['a list of parameters', { Ref: 'List' }, ['a', 'b']],
    ['what is left out', { Ref: 'AWS::NoValue' }, undefined],
    ['a resource', { Ref: 'Other' }, new Reference('Other')],
    ['an attribute', { 'Fn::GetAtt': ['Other', 'Arn'] }, new Reference('Other', 'Arn')],
    ['an attribute in YAML', { 'Fn::GetAtt': 'Other.Endpoint.Port' }, new Reference('Other', 'Endpoint.Port')],
    ['a joined text', { 'Fn::Join': ['-', [{ Ref: 'Known' }, 1, { Ref: 'Other' }]] }, `value-1-${placeholder('Other')}`],
    ['a text of the region', { 'Fn::Sub': 'x.${AWS::Region}.${Other.Arn}.${Own}.${!Kept}' }, `x.${placeholder('AWS::Region')}.${placeholder('Other.Arn')}.${placeholder('?')}.\${Kept}`],
    ['a text with variables', { 'Fn::Sub': ['${Own}', { Own: { Ref: 'Known' } }] }, 'value'],
    ['a part of a list', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['a mapping', { 'Fn::FindInMap': ['Sizes', 'large', 'Count'] }, 9],
    ['a condition that holds', { 'Fn::If': ['Yes', 1, 2] }, 1],
    ['a condition that does not', { 'Fn::If': ['No', 1, 2] }, 2],
    ['a condition that cannot hold', { 'Fn::If': ['Both', 1, 2] }, 2],
    ['a condition that must hold', { 'Fn::If': ['Either', 1, 2] }, 1],
    ['a condition that is open, and makes no difference', { 'Fn::If': ['Open', { a: 1 }, { a: 1 }] }, { a: 1 }],
    ['a list with something left out', [1, { Ref: 'AWS::NoValue' }], [1]],
  ])('%s is known', (_, value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  test.each([
    ['a parameter without a default', { Ref: 'Given' }, 'is the parameter Given, which has no default'],
    ['a parameter of Systems Manager', { Ref: 'Stored' }, 'is read from a parameter of Systems Manager (Stored)'],
    ['an import', { 'Fn::ImportValue': 'name' }, 'is made by Fn::ImportValue'],
    ['a dynamic reference', '{{resolve:ssm:/name}}', 'is read by a dynamic reference (ssm)'],
    ['a dynamic reference in a text', { 'Fn::Sub': '{{resolve:secretsmanager:${Known}}}' }, 'is read by a dynamic reference (secretsmanager)'],
    ['an open condition', { 'Fn::If': ['Open', 1, 2] }, 'depends on the condition Open'],
    ['a condition about the region', { 'Fn::If': ['Here', 1, 2] }, 'depends on the condition Here'],
    ['a mapping by region', { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'Count'] }, 'is found in the mapping Sizes by what only the deployment knows'],
    ['what is not there', { Ref: 'Nothing' }, 'refers to Nothing, which is not in the template'],
    ['a part of what is not known', { 'Fn::Select': [0, { Ref: 'Given' }] }, 'is the parameter Given, which has no default'],
    ['a split of what is open', { 'Fn::Split': ['/', { Ref: 'Other' }] }, 'is split from a text that only the deployment knows'],
    ['a function that is malformed', { 'Fn::Join': 'text' }, 'is made by Fn::Join, which is not written as CloudFormation takes it'],
    ['a function that nobody knows', { 'Fn::Cidr': ['10.0.0.0/16', 1, 8] }, 'is made by Fn::Cidr'],
  ])('%s is not known, with the reason', (_, value, why) => {
    expect(valueOf(value)).toMatchObject({ why });
  });

  test('a property is unknown if something on the way to it is, and not given if nothing is there', () => {
    expect(valueOf({ A: { Ref: 'Given' } }, 'P.A.B.C')).toEqual(new Unknown('is the parameter Given, which has no default'));
    expect(valueOf({ A: { 'Fn::If': ['Open', { B: 5 }, {}] } }, 'P.A.B')).toMatchObject({ traits: { among: [5, undefined] } });
    expect(valueOf({ A: { 'Fn::If': ['Yes', { B: 5 }, {}] } }, 'P.A.B')).toBe(5);
    expect(valueOf({ A: 'text' }, 'P.A.B')).toBeUndefined();
    expect(valueOf({ A: [{ B: 7 }] }, 'P.A.0.B')).toBe(7);
  });
});

test('a resource whose condition does not hold is none', () => {
  const resource = (condition: string) => ({ Type: 'T', Condition: condition });
  const { resources } = new Template({ ...SECTIONS, Resources: { Made: resource('Yes'), NotMade: resource('No'), Perhaps: resource('Open') } });
  expect(resources.map(({ logicalId }) => logicalId)).toEqual(['Made', 'Perhaps']);
});

test('a resource that may not be made has its condition', () => {
  const resources = { Made: { Type: 'T', Condition: 'Yes' }, Perhaps: { Type: 'T', Condition: 'Open' } };
  expect(new Template({ ...SECTIONS, Resources: resources }).resources.map(({ condition }) => condition)).toEqual([undefined, 'Open']);
});

test('what a loop makes is looked at, with what its variable says left to the deployment', () => {
  const inner = { 'It${Name}': { Type: 'T', Properties: { Fixed: 1, Named: { Ref: 'Name' }, Other: { 'Fn::GetAtt': ['Other${Name}', 'Arn'] } } }, 'Fn::ForEach::More': ['More', ['c'], { 'Other${Name}': { Type: 'T' } }] };
  const [it, other] = new Template({ Resources: { 'Fn::ForEach::Some': ['Name', ['a', 'b'], inner] } }).resources;
  expect([it.logicalId, other.logicalId, it.at('Fixed').value]).toEqual(['It${Name}', 'Other${Name}', 1]);
  expect(it.at('Named').value).toEqual(new Unknown('refers to Name, which is not in the template'));
  expect(it.at('Other').value).toEqual(new Reference('Other${Name}', 'Arn'));
});

test('a list of what may be left out may be empty', () => {
  expect(isGiven({ path: 'P', value: valueOf([{ 'Fn::If': ['Open', 'subnet', { Ref: 'AWS::NoValue' }] }]) })).toMatchObject([{ kind: 'unknown' }]);
  expect(isGiven({ path: 'P', value: valueOf([{ 'Fn::If': ['Open', 'subnet', 'other'] }]) })).toEqual([]);
});

describe('refused is', () => {
  const resources = (Resources: object, more: object = {}) => JSON.stringify({ ...more, Resources });
  test.each([
    ['what has no resources', '{"Outputs":{}}', 'It has no Resources, so it is no template of CloudFormation. Name a template, or the directory that "npx cdk synth" writes'],
    ['a list', '[]', 'It has no Resources'],
    ['what cannot be read', '{"Resources":', 'It cannot be read: Unexpected end of JSON input. Name a template in JSON or YAML'],
    ['what is larger than CloudFormation takes', resources({ It: { Type: 'T', Properties: { Text: 'x'.repeat(5_000_000) } } }), 'It has 5000058 bytes, and CloudFormation takes templates of 1048576 at most. Split the stack'],
    ['what is nested too deep', `{"Resources":{"It":{"Type":"T","Properties":{"P":${'['.repeat(400_000)}${']'.repeat(400_000)}}}}}`, 'It is nested deeper than 100 levels. Write what is inside flatter'],
    ['a circle of references', resources({ A: { Type: 'T', Properties: { P: { Ref: 'B' } } }, B: { Type: 'T', Properties: { P: { 'Fn::Sub': '${C.Arn}' } } }, C: { Type: 'T', DependsOn: ['A'] }, D: { Type: 'T', DependsOn: 'A' } }), 'Its parts need one another in a circle: A -> B -> C -> A. Break the circle, as CloudFormation cannot make any of them first'],
    ['a resource that needs itself', resources({ A: { Type: 'T', Properties: { P: { 'Fn::GetAtt': ['A', 'Arn'] } } } }), 'Its parts need one another in a circle: A -> A.'],
    ['a circle of conditions', resources({}, { Conditions: { A: { Condition: 'B' }, B: { 'Fn::Not': [{ Condition: 'A' }] } } }), 'Its parts need one another in a circle: A -> B -> A.'],
  ])('%s', (_, text, message) => {
    expect(() => templateFrom(text)).toThrow(message);
  });
});

test('a variable of a text is not the resource that has its name', () => {
  const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': ['${Data}-x', { Data: { Ref: 'AWS::AccountId' } }] } } };
  expect(new Template({ Resources: { Data: bucket } }).resources).toHaveLength(1);
});

test('a chain of ten thousand resources is no circle, and read in a second', () => {
  const chain = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`R${index}`, { Type: 'T', DependsOn: `R${index + 1}` }]));
  expect(new Template({ Resources: chain }).resources).toHaveLength(10_000);
});

describe('a parameter', () => {
  const template = (parameter: object, parameters?: Record<string, string>) => new Template(
    { Parameters: { Root: parameter }, Resources: { It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { RootAccess: { Ref: 'Root' } } } } }, { parameters },
  );
  const said = (one: Template) => look(one, RULES.filter(({ id }) => id === 'NotebookRootAccess')).map(({ kind, message }) => [kind, message]);
  const STRING = { Type: 'String' };

  test.each<[string, Template, string[][]]>([
    ['whose default breaks a rule', template({ ...STRING, Default: 'Enabled' }), [['violation', 'RootAccess is Enabled.']]],
    ['whose default keeps a rule', template({ ...STRING, Default: 'Disabled' }), [['unknown', 'RootAccess is the parameter Root, which may be another than its default.']]],
    ['that can only be what keeps a rule', template({ ...STRING, Default: 'Disabled', AllowedValues: ['Disabled'] }), []],
    ['that can be others', template({ ...STRING, AllowedValues: ['Enabled', 'Disabled'] }), [['unknown', 'RootAccess is the parameter Root, which has no default.']]],
    ['that can only be what breaks a rule', template({ ...STRING, AllowedValues: ['Enabled'] }), [['violation', 'RootAccess is the parameter Root, which has no default, and is wrong whatever it is.']]],
    ['that is given, and keeps a rule', template({ ...STRING, Default: 'Enabled' }, { Root: 'Disabled' }), []],
    ['that is given, and breaks a rule', template(STRING, { Root: 'Enabled' }), [['violation', 'RootAccess is Enabled.']]],
  ])('%s', (_, one, expected) => {
    expect(said(one)).toEqual(expected);
  });

  test('of a type that CloudFormation looks up is never empty', () => {
    const [It] = new Template({ Parameters: { Subnet: { Type: 'AWS::EC2::Subnet::Id' } }, Resources: { It: { Type: 'T', Properties: { P: { Ref: 'Subnet' } } } } }).resources;
    expect(isGiven(It.at('P'))).toEqual([]);
  });

  test('decides whether there is a resource: one that there may be is looked at', () => {
    const one = new Template({
      Parameters: { Make: { Type: 'String', Default: 'no' } },
      Conditions: { Make: { 'Fn::Equals': [{ Ref: 'Make' }, 'yes'] } },
      Resources: { It: { Type: 'AWS::SageMaker::NotebookInstance', Condition: 'Make', Properties: { RootAccess: 'Enabled' } } },
    });
    expect(said(one)).toEqual([['unknown', 'RootAccess is Enabled.']]);
  });
});

describe('what a macro may change is not compliant', () => {
  const said = (template: object) => look(new Template(template), RULES.filter(({ id }) => id === 'NotebookRootAccess')).map(({ kind, message }) => [kind, message]);
  const notebook = (more = {}) => ({ It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { RootAccess: 'Disabled', ...more } } });
  const include = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://bucket/part.yaml' } } };

  test.each<[string, object, string[][]]>([
    ['of somebody, for the template', { Transform: 'Ours', Resources: notebook() }, [['unknown', 'The macro Ours may change it.']]],
    ['that includes a file into the template', { Transform: ['AWS::LanguageExtensions', { Name: 'AWS::Include' }], Resources: notebook() }, [['unknown', 'The macro AWS::Include may change it.']]],
    ['among resources', { Resources: { ...notebook(), ...include } }, [['unknown', 'The macro Fn::Transform may change it.']]],
    ['among properties', { Resources: { It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: include } } }, [['unknown', 'RootAccess is made by Fn::Transform.']]],
    ['beside properties', { Resources: { It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { RoleArn: 'role', ...include } } } }, [['unknown', 'RootAccess may be written by a macro.']]],
    ['of AWS, which changes nothing', { Transform: 'AWS::LanguageExtensions', Resources: notebook() }, []],
  ])('%s', (_, template, expected) => {
    expect(said(template)).toEqual(expected);
  });
});

test('a byte order mark is no part of a template', () => {
  expect(templateFrom('\uFEFF{"Resources":{}}').resources).toEqual([]);
});
