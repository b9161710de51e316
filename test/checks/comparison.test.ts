import { compareState } from '../../integ/rehearsal/comparison';

const BUCKET = 's3.buckets/stack-churnstoragetemplates1234-abcd';
const VERSION = "s3.object_versions/('stack-churnstoragetemplates1234-abcd', 'products/train-2.json')";

describe('after a roll-back', () => {
  test('a value that is another one is told, with the first difference', () => {
    expect(compareState({ 'iam.roles/a': '{"Path": "/"}' }, { 'iam.roles/a': '{"Path": "/x/"}' })).toEqual([
      'not rolled back: iam.roles/a: …{"Path": "/"}… became …{"Path": "/x/"}…',
    ]);
  });

  test('what is gone and what is new are told', () => {
    expect(compareState({ 'ssm.parameters/a': '1' }, { 'ssm.parameters/b': '1' })).toEqual([
      'gone after the roll-back: ssm.parameters/a',
      'left behind by the roll-back: ssm.parameters/b',
    ]);
  });

  test('versions that were published meanwhile stay in the templates bucket', () => {
    const before = { [BUCKET]: '{"objects": {"products/train-1.json": {"body": "bytes"}}}' };
    const after = { [BUCKET]: '{"objects": {"products/train-1.json": {"body": "bytes"}, "products/train-2.json": {"body": "bytes"}}}', [VERSION]: '[]' };
    expect(compareState(before, after)).toEqual([]);
  });

  test('a published object that is gone or another one is told all the same', () => {
    const before = { [BUCKET]: '{"objects": {"products/train-1.json": {"checksum": "a"}}}' };
    expect(compareState(before, { [BUCKET]: '{"objects": {}}' })).toEqual([expect.stringContaining(`not rolled back: ${BUCKET}`)]);
    expect(compareState(before, { [BUCKET]: '{"objects": {"products/train-1.json": {"checksum": "b"}}}' })).toEqual([expect.stringContaining(`not rolled back: ${BUCKET}`)]);
  });

  test('versions in buckets of people are no exception', () => {
    const version = "s3.object_versions/('stack-churnstoragedata1234-abcd', 'x')";
    expect(compareState({}, { [version]: '[]' })).toEqual([`left behind by the roll-back: ${version}`]);
  });
});
