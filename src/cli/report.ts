import { Reported } from './finding';

/** What the codes with which the command ends say to machines. */
export enum ExitCode {
  FINE = 0,
  FOUND = 1,
  WRONG_USE = 2,
  UNREAD = 3,
}

export function exitCodeOf(found: Reported[]): ExitCode {
  if (found.some(({ kind }) => kind === 'problem')) return ExitCode.FOUND;
  return found.length > 0 ? ExitCode.UNREAD : ExitCode.FINE;
}

/** For people: problems first, each with its remedy. */
export function reportOf(found: Reported[], stacks: number, checks: number, isColored: boolean): string {
  const paint = (code: number, text: string) => isColored ? `\u001b[${code}m${text}\u001b[0m` : text;
  const problems = found.filter(({ kind }) => kind === 'problem');
  const unknown = found.filter(({ kind }) => kind === 'unknown');
  const lines = [...problems, ...unknown].map(({ kind, stack, check, message, remedy }) => (
    `${kind === 'problem' ? paint(31, 'problem') : paint(33, 'unknown')} ${stack} (${check}): ${message}\n        ${remedy}`
  ));
  const end = `${problems.length} problems and ${unknown.length} unknown, by ${checks} checks of ${stacks} stacks.`;
  return [...lines, paint(problems.length > 0 ? 31 : unknown.length > 0 ? 33 : 32, end)].join('\n');
}
