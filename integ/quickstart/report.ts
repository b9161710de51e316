import { Deliverable } from './deliverable';
import { FixedCost, SOURCE } from './prices';
import { colors } from '../colors';

/** What the seed that this library replaces needed for its quickstart. */
const SEED = { resources: 130, functions: 8, customResources: 14 };
const WIDTH = 31;

/** What a user gets, for people. */
export function report(gets: Deliverable, resolved: (name: string) => string, costs: FixedCost[], checks: string[]): string {
  const total = costs.reduce((sum, { count, each }) => sum + count * each, 0);
  return [
    ...section('People', gets.outputs.filter(({ description }) => description.startsWith('Become')).map(({ name, description }) => row(description.replace('Become ', '').split(':')[0], colors.cyan(resolved(name))))),
    ...section('What they find', gets.outputs.filter(({ description }) => !description.startsWith('Become')).map(({ name, description }) => row(description.split(':')[0], resolved(name)))),
    row('Studio profiles', gets.users.join(', ')),
    row('project templates', gets.projectTemplates.join(', ')),
    row('buckets', gets.buckets.join(', ')),
    row('keys', gets.keys.join(', ')),
    row('private endpoints', gets.endpoints.join(', ')),
    ...section('Fixed cost a month', costs.map(({ what, count, each }) => row(`$ ${(count * each).toFixed(2)}`, `${count} ${what}, $ ${each.toFixed(2)} each`))),
    row(colors.bold(`$ ${total.toFixed(2)}`), colors.dim(SOURCE)),
    ...section('Size', [
      row('resources', compared(gets.resources, SEED.resources)),
      row('functions', compared(gets.functions, SEED.functions)),
      row('custom resources', compared(gets.customResources, SEED.customResources)),
      row('roles', String(gets.roles)),
      row('deployment', `about ${Math.ceil(gets.minutes)} minutes ${colors.dim('(estimated along the longest chain of resources)')}`),
    ]),
    ...section('Checks passed', checks.map((check) => `  ${colors.green('✔')} ${check}`)),
    ...section('With an AWS account', [
      `  ${colors.cyan('npx cdk deploy --app "npx ts-node -T -P integ/tsconfig.json integ/apps/quickstart/app.ts"')}`,
    ]),
    '',
  ].join('\n');
}

function section(title: string, rows: string[]): string[] {
  return ['', colors.bold(title), ...rows];
}

function row(name: string, text: string): string {
  const visible = name.replace(/\u001b\[\d+m/g, '').length;
  return `  ${name}${' '.repeat(Math.max(1, WIDTH - visible))}${text}`;
}

function compared(count: number, seed: number): string {
  return `${count} ${colors.dim(`(the system it replaces: ${seed})`)}`;
}
