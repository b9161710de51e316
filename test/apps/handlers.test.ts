import { existsSync, readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';

const HANDLERS = join(__dirname, '..', '..', 'assets', 'handlers');

/** Characters that each handler may take of a template's megabyte, as the template carries it: escaped, or compressed and in base64. */
const BUDGETS: Record<string, number> = {
  'bucket-emptying': 7_500,
  'corrective': 56_000, // alone in a template of a security team; a sixth of it is the list of AWS's image accounts
  'default-security-group': 4_000,
  'deployment-accounts': 30_000,
  'idle': 60_000, // with what runs against quotas; in the template of spending controls, with signatures and retries as `spending` has them
  'image-release': 24_500,
  'monitor-values': 3_000,
  'network-range': 4_500,
  'promotion': 34_000,
  'product-assets': 6_000,
  'publisher': 9_500,
  'release': 36_000,
  'spending': 66_000, // in the template of its controls; two thirds of it are signatures and retries of calls of IAM, whose client is no part of ours
  'studio-clean-up': 14_000,
};

test.each(readdirSync(HANDLERS).filter((file) => file.endsWith('.js')).map((file) => basename(file, '.js')))('the handler %s keeps to its share of the template', (handler) => {
  const file = join(HANDLERS, `${handler}.js`), packed = `${file}.br`;
  const inTemplate = existsSync(packed) ? readFileSync(packed, 'base64') : JSON.stringify(readFileSync(file, 'utf8'));
  expect(inTemplate.length).toBeLessThanOrEqual(BUDGETS[handler] ?? 0);
});
