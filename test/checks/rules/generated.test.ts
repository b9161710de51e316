import * as fc from 'fast-check';
import { ARBITRARY_UNKNOWN, Drawn, replaced, resourceOf, Schema } from './generated';
import { look } from '../../../src/checks/core/look';
import { Resource } from '../../../src/checks/core/resource';
import { Template } from '../../../src/checks/core/template';
import { RULES } from '../../../src/checks/rules/all';
import { Registry } from '../../oracles/registry/registry';

const TYPES = [...new Set(RULES.flatMap(({ types }) => types))];
let registry: Registry;
beforeAll(async () => { registry = await Registry.of(); }, 600_000);

const schema = (type: string) => registry.schema(type) as unknown as Schema;
/** What is beside a resource: parameters that say nothing, and a policy of a bucket. */
const templateOf = ({ type, properties, policy }: Drawn) => new Template({
  Parameters: { Given: { Type: 'String' } },
  Resources: { It: { Type: type, Properties: properties }, Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: policy } } },
});
/** By rule, what it says. */
function verdicts(drawn: Drawn): Map<string, string[]> {
  const found = look(templateOf(drawn), RULES.filter(({ types }) => types.includes(drawn.type)));
  return new Map(RULES.map(({ id }) => [id, found.filter(({ rule }) => rule.id === id).map(({ kind }) => kind)]));
}

describe.each(TYPES)('of resources of the type %s, as its schema has them and worse', (type) => {
  test('none stops a rule, and each verdict is a sentence', () => {
    fc.assert(fc.property(resourceOf(type, schema(type), { mayBeWrong: true }), (drawn) => {
      for (const { message } of look(templateOf(drawn), RULES)) expect(message).toMatch(/^[A-Z][^]*\.$/);
    }), { numRuns: 150 });
  });

  test('one with something unknown is not compliant, if it would be broken by what may come', () => {
    fc.assert(fc.property(resourceOf(type, schema(type)), ARBITRARY_UNKNOWN, fc.nat(), (drawn, unknown, place) => {
      const [before, after] = [verdicts(drawn), verdicts(replaced(drawn, unknown, place))];
      for (const [rule, kinds] of before) {
        // Broken before means: there is a value with which it would be broken.
        if (kinds.includes('violation')) expect([rule, after.get(rule)!.length]).not.toEqual([rule, 0]);
        // And what is said to be broken whatever comes, cannot have been kept.
        if (after.get(rule)!.includes('violation')) expect([rule, kinds.length]).not.toEqual([rule, 0]);
      }
    }), { numRuns: 300 });
  });

  test('rules ask only for properties that its schema has', () => {
    const asked = jest.spyOn(Resource.prototype, 'at');
    fc.assert(fc.property(resourceOf(type, schema(type)), (drawn) => void verdicts(drawn)), { numRuns: 100 });
    const calls = asked.mock.calls.map(([path], index) => ({ path, resource: asked.mock.contexts[index] as Resource }));
    const paths = new Set(calls.filter(({ resource }) => resource.type === type).map(({ path }) => path));
    asked.mockRestore();
    expect([...paths].filter((path) => !has(schema(type), path.split('.')))).toEqual([]);
  });
});

/** Whether a schema has a property, or is silent about what is inside. */
function has(root: Schema, names: string[], at: Schema = root): boolean {
  const node = at.$ref === undefined ? at : root.definitions![at.$ref.split('/').pop()!];
  if (names.length === 0) return true;
  const [name, ...rest] = names;
  if (/^\d+$/.test(name) && node.items !== undefined) return has(root, rest, node.items);
  if (node.properties === undefined) return node.items === undefined;
  return node.properties[name] !== undefined && has(root, rest, node.properties[name]);
}
