import { conditionsHold } from './conditions';
import { RequestSymbols } from './request-symbols';
import { weigh } from './statements';
import { Vocabulary } from './vocabulary';
import { PolicyDocument, PolicyStatement } from '../../access/policy-document';
import { Solver } from '../solver';

const documentOf = (statement: Partial<PolicyStatement>): PolicyDocument => (
  { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', ...statement }] });

async function weighed(statement: Partial<PolicyStatement>): Promise<void> {
  const document = documentOf(statement);
  weigh(document, new RequestSymbols([document]), await Vocabulary.of('s3', ['arn:aws:s3:::b']));
}

/** Whether a condition can hold, and whether it can fail, in a request without the key and in one with these values of it. */
async function canHold(operator: string, values: string[], given: string[] | undefined): Promise<boolean> {
  const document = documentOf({ Condition: { [operator]: { 'k:key': values } } });
  const request = new RequestSymbols([document], { least: given?.length });
  const holds = conditionsHold(document.Statement[0].Condition, request);
  const context = request.elements('k:key').map(({ present, value }, at) => (given?.[at] === undefined ? `(not ${present})` : `(and ${present} (= ${value} "${given[at]}"))`));
  const [answer] = (await Solver.start()).answers([...request.declarations(), ...request.atoms.map((atom) => `(define-fun ${atom.name} () Bool ${request.meaning(atom)})`)], [`(and ${context.join(' ')} ${holds})`]);
  return answer === 'sat';
}

test.each<[string, string[], string[] | undefined, boolean]>([
  ['StringEquals', ['a'], undefined, false],
  ['StringEquals', ['a', 'b'], ['b'], true],
  ['StringEqualsIfExists', ['a'], undefined, true],
  ['StringNotEquals', ['a'], undefined, true],
  ['StringNotEquals', ['a', 'b'], ['b'], false],
  ['StringLike', ['a*c?'], ['abbcd'], true],
  ['StringLike', ['a*c?'], ['abbc'], false],
  ['Bool', ['True'], ['true'], true],
  ['NumericGreaterThan', ['10'], ['9'], false],
  ['NumericGreaterThan', ['10'], ['11'], true],
  ['ArnLike', ['arn:aws:s3:::a*'], ['arn:aws:s3:::ab:c'], true],
  ['ArnLike', ['arn:aws:iam::*:role/a'], ['arn:aws:iam::1:2:role/a'], false],
  ['ForAnyValue:StringEquals', ['a'], undefined, false],
  ['ForAnyValue:StringEquals', ['a'], ['b', 'a'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['b', 'a'], true],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'a'], false],
  ['ForAllValues:StringLike', ['a*'], undefined, true],
  ['ForAllValues:StringLike', ['a*'], ['ab', 'b'], false],
])('%s %j of %j: %s', async (operator, values, given, holds) => {
  expect(await canHold(operator, values, given)).toBe(holds);
});

test.each<[string, Partial<PolicyStatement>, string]>([
  ['an operator', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }, 'The operator IpAddress has no encoding'],
  ['an operator on sets', { Condition: { 'ForAnyValue:StringLikeIfExists': { 'k:key': 'a' } } }, 'The operator ForAnyValue:StringLikeIfExists has no encoding'],
  ['an element', { NotPrincipal: { AWS: '*' } }, 'The element NotPrincipal has no encoding'],
  ['a kind of principal', { Principal: { Federated: 'accounts.example.com' } }, 'Principals of the kind Federated have no encoding'],
  ['a principal', { Principal: { AWS: 'arn:aws:sts::111111111111:assumed-role/r/s' } }, 'The principal arn:aws:sts::111111111111:assumed-role/r/s has no encoding'],
  ['a default of a variable', { Condition: { StringEquals: { 'k:key': '${aws:username, \'a\'}' } } }, 'The default value of a policy variable is not encoded: ${aws:username, \'a\'}'],
])('%s without an encoding is refused, not ignored', async (_, statement, message) => {
  await expect(weighed(statement)).rejects.toThrow(message);
});

test('one key is a set everywhere or nowhere', async () => {
  await expect(weighed({ Condition: { 'StringEquals': { 'k:key': 'a' }, 'ForAnyValue:StringLike': { 'k:key': 'b' } } }))
    .rejects.toThrow('k:key is compared both as a set and as one value');
});
