import { readdirSync } from 'fs';
import { join } from 'path';
import { SRC } from './source-files';
import { Acknowledgement } from '../../src/private/acknowledgements';

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /^\w+\/private\/[\w-]*acknowledgements\.ts$/.test(file)).sort();

test.each(FILES)('acknowledgements name services and actions, so that another one is found: %s', (file) => {
  const foreign = ['secretsmanager:GetSecretValue', 'dynamodb:DeleteItem', 'iam:ListUsers'].map((action) => `Resource::*(${action})`);
  const lists = Object.values(jest.requireActual<Record<string, unknown>>(join(SRC, file))).filter(Array.isArray) as Acknowledgement[][];
  expect(lists.flat().filter((one) => foreign.some((text) => one.wildcard?.test(text))).map(({ reason }) => reason)).toEqual([]);
});
