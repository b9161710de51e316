import * as fc from 'fast-check';
import { withSubstitutions, withTexts } from '../../src/private/substitutions';

const joined = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

describe('texts and references', () => {
  test('are one text, with the references in it', () => {
    expect(withSubstitutions({ Arn: joined('arn:', { Ref: 'AWS::Partition' }, ':s3:::', { 'Fn::GetAtt': ['Bucket', 'Name'] }, '/*') }))
      .toEqual({ Arn: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket.Name}/*' } });
  });

  test('in a list, in a map, in another function', () => {
    expect(withSubstitutions([{ 'Fn::If': ['There', joined('a', { Ref: 'B' }), 'c'] }])).toEqual([{ 'Fn::If': ['There', { 'Fn::Sub': 'a${B}' }, 'c'] }]);
  });

  test('are shorter where only an ARN is asked for', () => {
    expect(withSubstitutions({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] } })).toEqual({ Role: { 'Fn::Sub': '${Role.Arn}' } });
  });

  test('are left where an attribute stands by itself, if only texts are to be written', () => {
    expect(withTexts({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Text: joined('a', { Ref: 'B' }) })).toEqual({ Role: { 'Fn::GetAtt': ['Role', 'Arn'] }, Text: { 'Fn::Sub': 'a${B}' } });
  });

  test('stay an attribute where it may be a list', () => {
    const entries = { 'Fn::Select': [0, { 'Fn::GetAtt': ['Endpoint', 'DnsEntries'] }] };
    expect(withSubstitutions(entries)).toEqual(entries);
  });

  test.each([
    ['something between the parts', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
    ['a list that is only known when it is deployed', { 'Fn::Join': ['', { Ref: 'List' }] }],
    ['a function in it', joined('a', { 'Fn::ImportValue': 'b' })],
    ['a policy variable, which Fn::Sub would take for a reference', joined('${aws:PrincipalAccount}', { Ref: 'B' })],
    ['a text that ends as a reference begins', joined('cost in $', '{', { Ref: 'B' })],
  ])('with %s stay as they are', (_, value) => {
    expect(withSubstitutions({ value })).toEqual({ value });
  });
});

test('mean the same as before', () => {
  const part = fc.oneof(fc.string(), fc.constantFrom('$', '{', '}', '!', '${', '${!A}'), fc.constantFrom('A', 'B').map((Ref) => ({ Ref })), fc.constant({ 'Fn::GetAtt': ['C', 'Arn'] }));
  fc.assert(fc.property(fc.array(part), (parts) => {
    expect(evaluated(withSubstitutions(joined(...parts)))).toBe(evaluated(joined(...parts)));
  }), { numRuns: 1000 });
});

/** What CloudFormation makes of either function. */
function evaluated(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': text } = value as Record<string, never>;
  if (join) return (join[1] as unknown[]).map(evaluated).join(join[0]);
  if (text !== undefined) return (text as string).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => (literal ? `\${${name}}` : `<${name}>`));
  return `<${Ref ?? (attribute as string[]).join('.')}>`;
}
