import { NAME } from '../../../src/cli/clean-up/command';
import { ENVIRONMENT_NAME_RULE } from '../../../src/private/name-rule';

test('names of environments are what the library takes for one', () => {
  expect(NAME.source).toBe(ENVIRONMENT_NAME_RULE.pattern);
});
