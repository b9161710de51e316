import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import { printedPages } from './printed';
import { INTEG_APPS } from '../../../integ/apps/apps';
import { simulatorIn } from '../../../src/cli/access/find-simulator';
import { htmlOf } from '../../../src/cli/access/html';
import { matrixOf } from '../../../src/cli/access/matrix';
import { Judge } from '../../../src/cli/access/simulator';
import { stacksOf } from '../../../src/cli/assembly';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
afterAll(() => rmSync(folder, { recursive: true }));

let simulator: Judge | undefined;
beforeAll(async () => {
  simulator = await simulatorIn(resolve(__dirname, '..', '..', '..'));
});

async function tableOf(name: string): Promise<string> {
  const outdir = join(folder, name), app = new App({ outdir });
  INTEG_APPS.find((one) => one.name === name)!.build(app);
  app.synth();
  return htmlOf(await matrixOf(stacksOf(outdir), simulator));
}

describe('on two pages of A4, in letters of 7 points, is printed', () => {
  test.each(['quickstart', 'bring-your-own', 'multi-account'])('%s', async (name) => {
    const html = await tableOf(name);
    expect(html).toContain('@media print{body{font-size:7pt;');
    expect(printedPages(html)).toBeLessThanOrEqual(2);
  }, 300_000);
});

test('what needs a third page is noticed', async () => {
  const html = await tableOf('multi-account'), [notes] = /<ol>.*<\/ol>/.exec(html)!, [rows] = /<tr><th scope="row">[^]*<\/tr>/.exec(html)!;
  expect(printedPages(html.replace(notes, notes.repeat(3)))).toBeGreaterThan(2);
  expect(printedPages(html.replace(rows, `${rows}\n${rows}`))).toBeGreaterThan(2);
}, 300_000);
