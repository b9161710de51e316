import { Report } from './rehearsal';
import { columns } from '../columns';

const STEPS = ['bootstrap', 'failed deploy', 'deploy', 'change', 'broken change', 'refused change', 'refused destroy', 'destroy'];

/** The outcome, one line a variant, and everything that is not as it should be. */
export function table(reports: Report[], seconds: number): string {
  const rows = [['variant', 'resources', ...STEPS.map((step) => `${step} s`), 'kept', 'keys waiting', 'left behind']];
  for (const report of reports) {
    const steps = STEPS.map((step) => report.seconds[step]?.toFixed(1) ?? '–');
    rows.push([report.variant, String(report.resources), ...steps, String(report.kept.length), String(report.scheduled.length),
      report.discrepancies.length === 0 ? 'nothing' : `${report.discrepancies.length} discrepancies`]);
  }
  const lines = columns(rows);
  for (const report of reports.filter(({ discrepancies }) => discrepancies.length > 0)) {
    lines.push('', `${report.variant}:`, ...report.discrepancies.slice(0, 20).map((line) => `  ${line}`), ...(report.tail ? ['', report.tail] : []));
  }
  return [...lines, '', `${reports.length} rehearsals in ${seconds.toFixed(0)} s`].join('\n');
}
