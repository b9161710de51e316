import { Result } from './record';
import { Walked } from './walk';

/** What was seen, to be pasted into an issue: a table, and under it what to do about what does not hold. */
export function acceptanceTable(walked: Walked[], where: string): string {
  const rows = walked.map(({ step, result, said, seconds }) => `| ${step.id} | ${result} | ${cell(said)} | ${seconds} s | [page](${step.page}) |`);
  const failed = walked.filter(({ result }) => result === Result.FAILS);
  return [
    `Acceptance in ${where}`,
    '',
    '| step | result | seen | took | rests on |',
    '|---|---|---|---|---|',
    ...rows,
    ...failed.flatMap(({ step }) => ['', `**${step.id}**: ${step.claim}. ${step.remedy}`]),
    '',
    `${count(walked, Result.HOLDS)} hold, ${failed.length} do not, ${count(walked, Result.NOT_HERE)} cannot be tried here, ${count(walked, Result.NOT_ASKED)} were not asked for, ${count(walked, Result.NOT_BEGUN)} were not begun`,
  ].join('\n');
}

function count(walked: Walked[], result: Result): number {
  return walked.filter((one) => one.result === result).length;
}

/** A cell of a table has one line, and account numbers are nobody's business. */
function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').replace(/\b\d{12}\b/g, '<account>').slice(0, 300);
}
