import { endpoints } from './endpoints';
import { Finding, Reported } from './finding';
import { quotas } from './quotas';
import { settings } from './settings';
import { told } from './told';
import { trackingServers } from './tracking-servers';
import { applications, listedApplications, Memory, notebooks, remembered, spaces } from './workplaces';
import { described } from '../aws/faults';
import { readRecord, writeRecord } from '../aws/records';

/** What Lambda tells EventBridge. */
export interface Answer {
  readonly tell: boolean;
  readonly message: string;
}

/** What is remembered from one day to the next. */
interface Remembered extends Memory {
  /** ARNs that people were told of. */
  readonly told: readonly string[];
}

const MEMORY = 'idle/memory.json';

/** Called once a day. */
export async function handler({ time }: { readonly time?: string }): Promise<Answer> {
  const now = time === undefined ? new Date() : new Date(time), day = now.toISOString().slice(0, 10);
  const stored = await readRecord<Remembered>(settings(), MEMORY);
  const before: Remembered = stored?.value ?? { since: now.toISOString(), seen: {}, told: [] };
  const failures: string[] = [];
  const asked = async <T>(what: string, ask: () => Promise<T[]>): Promise<T[]> => {
    try {
      return await ask();
    } catch (error) {
      failures.push(`${what}: ${described(error)}`); // the others are looked at all the same
      return [];
    }
  };
  const apps = await asked('applications', listedApplications), memory = remembered(before, apps, now);
  const found = [
    ...await asked('endpoints', () => endpoints(now)),
    ...await asked('applications', () => applications(apps, now)),
    // Without a list of applications, nothing is known of spaces.
    ...failures.some((one) => one.startsWith('applications')) ? [] : await asked('spaces', () => spaces(memory, now)),
    ...await asked('notebook instances', () => notebooks(now)),
    ...await asked('MLflow tracking servers', () => trackingServers(now)),
  ].filter(({ arn }) => !settings().allowList.some((pattern) => isLike(pattern, arn)));
  const reported: Reported[] = [];
  for (const finding of found) reported.push(await done(finding));
  const { used, unknown } = await quotas(apps, asked);
  const { text, isNew } = told(reported, used, failures, before.told, now);
  await writeRecord(settings(), `idle/${day}.json`, { at: now.toISOString(), days: settings().days, findings: reported, quotas: used, unknownQuotas: unknown, failures }, await readRecord(settings(), `idle/${day}.json`));
  await writeRecord(settings(), MEMORY, { ...memory, told: [...reported, ...used].map(({ arn }) => arn) }, stored);
  console.log(JSON.stringify({ day, findings: reported.length, quotas: used.length, failures }));
  return { tell: isNew, message: text };
}

/** Does what is chosen, and says what became of it. */
async function done({ action, ...finding }: Finding): Promise<Reported> {
  if (action === undefined) return { ...finding, outcome: 'reported' };
  const { name, undo } = action;
  if (!settings().enforced.includes(name)) return { ...finding, action: name, outcome: 'reported' };
  try {
    await action.run();
    return { ...finding, action: name, outcome: 'done', undo };
  } catch (error) {
    return { ...finding, action: name, outcome: 'failed', reason: described(error) };
  }
}

function isLike(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^${escaped}$`).test(text);
}
