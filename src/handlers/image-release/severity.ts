/** How severe findings are, by the names that Amazon ECR gives, the worst first. `UNTRIAGED` is of Amazon Inspector. */
const SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL'];

/** The severities that a repository may choose. */
export const CHOICES: readonly string[] = SEVERITIES;

/** Whether a finding is as severe as what is refused. One that nobody has judged yet may be anything. */
export function isRefused(severity: string, failOn: string): boolean {
  const rank = SEVERITIES.indexOf(severity);
  return rank === -1 || rank <= SEVERITIES.indexOf(failOn);
}
