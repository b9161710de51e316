import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { look } from '../../src/checks/core/look';
import { templateFrom } from '../../src/checks/core/template';
import { RULES } from '../../src/checks/rules/all';
import { parseTemplate } from '../../src/cli/template-check/yaml';
import { APPS, make } from '../../test/apps/catalog/apps';
import { columns } from '../columns';

/**
 * How long the library's rules take for many templates, as JSON and as YAML:
 * `npx ts-node -T --project integ/tsconfig.json integ/bench/checks.ts [templates]`
 *
 * The templates are those of the catalog's apps, over and over: from an endpoint's to the largest environment's.
 */
function main([count = '1000']: string[]): void {
  const workplace = mkdtempSync(join(tmpdir(), 'checks-'));
  try {
    const texts = APPS.flatMap((app, index) => make(app, join(workplace, String(index))).synth().stacks.map(({ templateFullPath }) => readFileSync(templateFullPath, 'utf8')));
    const rows = [[`${count} templates`, 'seconds', 'of it reading', 'MB', 'findings']];
    const yaml = texts.map((text) => `# In YAML, of which JSON is a part.\n${text}`);
    for (const [name, all, most] of [['JSON', texts, Number(count)], ['YAML', yaml, Math.ceil(Number(count) / 20)]] as const) rows.push(timed(name, all, most));
    console.log(columns(rows).join('\n'));
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

function timed(name: string, texts: readonly string[], count: number): string[] {
  let reading = 0, bytes = 0, findings = 0;
  const start = process.hrtime.bigint();
  for (let index = 0; index < count; index++) {
    const text = texts[index % texts.length], before = process.hrtime.bigint();
    const template = templateFrom(text, parseTemplate);
    reading += Number(process.hrtime.bigint() - before);
    bytes += text.length;
    findings += look(template, RULES).length;
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return [`${count} of ${name}`, seconds.toFixed(1), (reading / 1e9).toFixed(1), (bytes / 1e6).toFixed(0), String(findings)];
}

main(process.argv.slice(2));
