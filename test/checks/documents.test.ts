import { execFileSync } from 'child_process';
import { existsSync, readFileSync, statSync } from 'fs';
import { dirname, join, relative, resolve } from 'path';

const ROOT = resolve(__dirname, '..', '..');
const TASKS = Object.keys((JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8')) as { tasks: Record<string, unknown> }).tasks);
/** Folders of the repository: a path in a text that begins with one of them is meant as one. */
const FOLDERS = ['src', 'test', 'integ', 'projenrc', '.github', '.ci'];

/** Every document that people write. The API reference is made from the compiled library. */
const DOCUMENTS = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: ROOT, encoding: 'utf8' })
  .split('\n').filter((file) => file !== '' && !/(^|\/)API\.md$|^CHANGELOG\.md$|seed-code\//.test(file) && existsSync(join(ROOT, file)));

test.each(DOCUMENTS)('links of %s lead somewhere', (file) => {
  expect(linksOf(file).filter((link) => !leadsSomewhere(file, link))).toEqual([]);
});

test.each(DOCUMENTS)('paths that %s names exist', (file) => {
  const named = [...read(file).matchAll(/`([\w.-]+\/[\w./-]*\w\/?)`/g)].map(([, path]) => path);
  expect(named.filter((path) => FOLDERS.includes(path.split('/')[0]) && !existsSync(join(ROOT, path)))).toEqual([]);
});

test.each(DOCUMENTS)('tasks that %s names can be run', (file) => {
  const named = [...read(file).matchAll(/npx projen ([a-z][\w:-]*)/g)].map(([, task]) => task);
  expect(named.filter((task) => !TASKS.includes(task))).toEqual([]);
});

const DECISIONS = DOCUMENTS.filter((file) => file.includes('/adr/'));

test.each(DECISIONS)('%s is listed with its title, status and date', (file) => {
  const [, title, status, date] = /^# (.*)\n\nStatus: (.*), (\d{4}-\d\d-\d\d)\n/.exec(read(file))!;
  expect(read('CONTRIBUTING.md')).toContain(`| [${title}](${file}) | ${file.split('/')[1]} | ${status} | ${date} |`);
});

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** Links to files and headings of the repository, without those in code. */
function linksOf(file: string): string[] {
  const prose = read(file).replace(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link).filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path, heading] = link.split('#');
  const target = path === '' ? file : relative(ROOT, resolve(ROOT, dirname(file), path));
  if (!existsSync(join(ROOT, target))) return false;
  return heading === undefined || statSync(join(ROOT, target)).isDirectory() || headingsOf(target).includes(heading);
}

/** Headings as code hosts name them. */
function headingsOf(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading.toLowerCase().replace(/[^\w\- ]/g, '').trim().replace(/ /g, '-'));
}
