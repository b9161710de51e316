import { readFileSync } from 'fs';
import { join } from 'path';
import { churn } from '../../access/churn-app';
import { readScenarios, Scenario } from '../../access/scenario';
import { Simulator } from '../../access/simulator';
import { trialOf, tryOut } from '../../access/trial';
import { actionsOf } from '../authorization/reference';
import { compare, readExplanations } from '../explained';
import { printFigures } from '../figures';

/** Permissions that a page of AWS gives for something that we do. */
interface PagePermissions {
  readonly page: string;
  /**
   * When the page was as it is quoted here: the last day of its text in AWS's archives (github.com/awsdocs), or, from 2026 on, the day
   * on which a stored copy of the page was looked up, where AWS keeps no history.
   */
  readonly date: string;
  readonly what: string;
  /** Who of ours does it, in the words of the access tests. */
  readonly who: string;
  /** Actions, and patterns of actions where the page gives a pattern. */
  readonly permissions: string[];
  /** The patterns of the page that the list is chosen from, where they give everything of a service. */
  readonly chosenFrom?: string[];
  /** What it is done on, where the page says so. */
  readonly on?: string;
  /** The service that asks for the caller, where the page says so. */
  readonly via?: string;
  /** Context keys that the page does not name: it has to work without. */
  readonly without?: string[];
}

const pages = JSON.parse(readFileSync(join(__dirname, 'pages.json'), 'utf8')) as PagePermissions[];
const rows = readScenarios('contract', 'own').filter(({ expect }) => expect === 'allow');
const differences: string[] = [];

/** The requests of the access tests that somebody makes for an action. */
function requests({ who, on, via }: PagePermissions, action: string): Scenario[] {
  return rows.filter((row) => row.who === who && row.does.toLowerCase() === action.toLowerCase()
    && (on === undefined || row.on === on) && (via === undefined || !action.startsWith('kms:') || row.given?.viaService === via));
}

/** The actions of a list, its patterns among them by name. */
async function actionsIn({ permissions }: PagePermissions): Promise<string[]> {
  return (await Promise.all(permissions.map((permission) => permission.includes('*') ? actionsOf(permission) : [permission]))).flat();
}

beforeAll(async () => {
  const system = churn();
  const simulator = new Simulator();
  let asked = 0;
  for (const permissions of pages) {
    for (const action of await actionsIn(permissions)) {
      asked++;
      const outcomes = await Promise.all(requests(permissions, action).map(async (row) => {
        const given = { ...row.given, without: [...row.given?.without ?? [], ...permissions.without ?? []] };
        return (await tryOut(trialOf({ ...row, given }, system), simulator)).outcome;
      }));
      if (!outcomes.includes('allow')) differences.push(`${permissions.who}, ${permissions.what}: ${action}`);
    }
  }
  printFigures('AWS documentation', { 'lists of pages': pages.length, 'permissions asked': asked, 'not granted': differences.length });
}, 300_000);

test('what AWS\'s pages give for what we do is granted, or has a reason', () => {
  expect(compare(differences, readExplanations(join(__dirname, 'not-granted.json')))).toEqual({ unexplained: [], stale: [] });
});

test('every list has its page and date', () => {
  expect(pages.filter(({ page, date }) => !page.startsWith('https://') || !/^20\d\d-\d\d-\d\d$/.test(date))).toEqual([]);
});

test('what is chosen from the patterns of a page is among what they stand for', async () => {
  const chosen = pages.filter(({ chosenFrom }) => chosenFrom);
  const strangers = await Promise.all(chosen.map(async ({ permissions, chosenFrom }) => {
    const given = (await Promise.all(chosenFrom!.map(actionsOf))).flat();
    return permissions.filter((permission) => !given.includes(permission));
  }));
  expect(strangers.flat()).toEqual([]);
});
