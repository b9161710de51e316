import { ResourceGraph } from './resource-graph';
import { Resource, Template, Value } from './template';

const resource = (Properties: Record<string, Value> = {}, rest: Partial<Resource> = {}): Resource => ({ Type: 'Some::Type', Properties, ...rest });
const graph = (Resources: Template['Resources'], Conditions?: Template['Conditions']) => ResourceGraph.of({ Resources, Conditions });

test.each<[string, Resource]>([
  ['Ref', resource({ Name: { Ref: 'B' } })],
  ['GetAtt as a list', resource({ Arn: { 'Fn::GetAtt': ['B', 'Arn'] } })],
  ['GetAtt as text', resource({ Arn: { 'Fn::GetAtt': 'B.Arn' } })],
  ['Sub', resource({ Arn: { 'Fn::Sub': 'arn:${AWS::Partition}:x:::${B.Arn}/*' } })],
  ['the variables of a Sub', resource({ Arn: { 'Fn::Sub': ['${it}', { it: { Ref: 'B' } }] } })],
  ['a branch of an If', resource({ Name: { 'Fn::If': ['Some', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] } })],
  ['deep inside a list', resource({ Policy: { Statement: [{ Resource: [{ 'Fn::Join': ['', [{ Ref: 'B' }, '/*']] }] }] } })],
  ['DependsOn', resource({}, { DependsOn: ['B'] })],
  ['DependsOn as text', resource({}, { DependsOn: 'B' })],
])('a circle by %s is found', (_, a) => {
  expect(graph({ A: a, B: resource({ Name: { Ref: 'A' } }) }).circles()).toEqual([['A', 'B', 'A']]);
});

test('a resource that needs itself is a circle', () => {
  expect(graph({ A: resource({ Name: { Ref: 'A' } }) }).circles()).toEqual([['A', 'A']]);
});

test('conditions that need each other are a circle', () => {
  const conditions = { One: { 'Fn::Not': [{ Condition: 'Two' }] }, Two: { 'Fn::Not': [{ Condition: 'One' }] } };
  expect(graph({ A: resource({}, { Condition: 'One' }) }, conditions).circles()).toHaveLength(1);
});

test('what is no reference makes no circle', () => {
  const b = resource({ Text: 'A', Literal: { 'Fn::Sub': '${!A}' }, Parameter: { Ref: 'P' }, Pseudo: { Ref: 'AWS::Region' } });
  expect(graph({ A: resource({ Name: { Ref: 'B' } }), B: b }).circles()).toEqual([]);
});

test('the critical path is the slowest chain, not the one of most resources', () => {
  const chain = graph({ A: resource(), B: resource({ Name: { Ref: 'A' } }), C: resource({ Name: { Ref: 'B' } }), Slow: resource(), D: resource({}, { DependsOn: ['C', 'Slow'] }) });
  expect(chain.criticalPath((id) => (id === 'Slow' ? 100 : 1))).toEqual({ seconds: 101, resources: ['Slow', 'D'] });
});
