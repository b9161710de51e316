import { readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';

const HANDLERS = join(__dirname, '..', '..', 'assets', 'handlers');

/** Characters that each handler may take of a template's megabyte, escaped as the template carries it. */
const BUDGETS: Record<string, number> = {
  'bucket-emptying': 6_000,
  'default-security-group': 6_000,
  'deployment-accounts': 60_000,
  'publisher': 20_000,
  'release': 75_000,
  'studio-clean-up': 24_000,
};

test.each(readdirSync(HANDLERS).map((file) => basename(file, '.js')))('the handler %s keeps to its share of the template', (handler) => {
  const inTemplate = JSON.stringify(readFileSync(join(HANDLERS, `${handler}.js`), 'utf8'));
  expect(inTemplate.length).toBeLessThanOrEqual(BUDGETS[handler] ?? 0);
});
