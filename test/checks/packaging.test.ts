import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { parse } from 'yaml';
import { requiredBundles } from '../../projenrc/required-bundles';

const ROOT = resolve(__dirname, '..', '..');

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly jobs: Record<string, { readonly needs?: string | string[]; readonly steps: { readonly name?: string; readonly run?: string }[] }>;
}

function workflow(name: string): Workflow {
  return parse(readFileSync(join(ROOT, '.github', 'workflows', `${name}.yml`), 'utf8')) as Workflow;
}

describe('a package', () => {
  test('is not made without a bundle of each handler, program and project', () => {
    expect(requiredBundles().filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    const made = readdirSync(join(ROOT, 'assets', 'handlers')).filter((name) => name.endsWith('.js')).map((name) => name.replace(/\.js$/, ''));
    expect(made.filter((name) => !requiredBundles().some((file) => file.startsWith(`assets/handlers/${name}.js`)))).toEqual([]);
  });

  test.each(['js', 'java', 'python'])('for %s begins with looking for them', (language) => {
    const { tasks } = JSON.parse(readFileSync(join(ROOT, '.projen', 'tasks.json'), 'utf8')) as { tasks: Record<string, { steps: { exec?: string }[] }> };
    expect(tasks[`package:${language}`].steps[0].exec).toContain('projenrc/required-bundles.ts');
  });
});

describe('a release', () => {
  test('is started by a person, never by a push', () => {
    expect(Object.keys(workflow('release').on)).toEqual(['workflow_dispatch']);
  });

  test('is verified before its version is made, and published after that', () => {
    const { jobs } = workflow('release');
    const commands = jobs.release.steps.flatMap(({ run }) => run ?? []);
    expect(commands.indexOf('npx projen verify')).toBeGreaterThan(commands.indexOf('npm ci'));
    expect(commands.indexOf('npx projen verify')).toBeLessThan(commands.indexOf('npx projen release'));
    for (const name of Object.keys(jobs).filter((job) => job !== 'release')) expect([jobs[name].needs].flat()).toContain('release');
  });
});

test('a pull request is verified', () => {
  expect(workflow('build').jobs.build.steps.map(({ run }) => run)).toContain('npx projen verify');
});

test('CI runs the two commands that README names', () => {
  const named = readFileSync(join(ROOT, 'README.md'), 'utf8').match(/^npm ci && npx projen \w+$/gm);
  const run = readFileSync(join(ROOT, '.ci', 'run'), 'utf8').match(/^npm ci && npx projen \w+(?= \|\| exit 1$)/gm);
  expect(named).toHaveLength(2);
  expect(run).toEqual(named);
});
