import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Unmet } from '../../integ/acceptance/claim';
import { COSTS, Extra, extrasOf } from '../../integ/acceptance/extras';
import { AcceptanceRecord, Result } from '../../integ/acceptance/record';
import { Scene } from '../../integ/acceptance/scene';
import { Step } from '../../integ/acceptance/step';
import { REMOVAL, STEPS } from '../../integ/acceptance/steps';
import { acceptanceTable } from '../../integ/acceptance/table';
import { walk, Walked } from '../../integ/acceptance/walk';

const ALL = [...STEPS, ...REMOVAL];

describe('each step', () => {
  test('has a name of its own', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
  });

  test.each(ALL)('$id rests on a page of AWS, and says what to do', ({ claim, page, remedy }) => {
    expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(claim).toMatch(/^[A-Z].*[^.]$/);
    expect(remedy).toMatch(/^[A-Z].*[^.]$/);
  });

  test('is in the table of the README', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'integ', 'acceptance', 'README.md'), 'utf8');
    const named = readme.split('\n').filter((line) => line.startsWith('| ')).flatMap((line) => [...line.split('|')[3].matchAll(/`([^`]+)`/g)].map(([, id]) => id));
    expect(named.sort()).toEqual(ALL.map(({ id }) => id).sort());
  });

  test('comes after those that it needs', () => {
    const late = ALL.filter(({ after }, at) => after.some((needed) => !ALL.slice(0, at).some(({ id }) => id === needed)));
    expect(late.map(({ id }) => id)).toEqual([]);
  });
});

describe('a run', () => {
  let folder: string, played: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'acceptance-'));
    played = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const step = (id: string, more: Partial<Step> = {}): Step => ({
    id, claim: 'It works', page: 'https://docs.aws.amazon.com/', remedy: 'Mend it', after: [], play: async () => { played.push(id); return 'seen'; }, ...more,
  });
  const failing = async () => { throw new Unmet('It did not.'); };
  const run = (steps: Step[], local = false) => walk(steps, undefined as unknown as Scene, new AcceptanceRecord(join(folder, 'record.json')), local, () => {});
  const results = (walked: Walked[]) => walked.map(({ step: { id }, result }) => `${id}: ${result}`);

  test('goes on from where an earlier one was: what held is not done again, what failed is', async () => {
    await run([step('deploy'), step('domain', { play: failing })]);
    played = [];
    expect(results(await run([step('deploy'), step('domain')]))).toEqual(['deploy: holds', 'domain: holds']);
    expect(played).toEqual(['domain']);
  });

  test('does not begin what needs a step that did not hold, and does everything else', async () => {
    const walked = await run([step('deploy', { play: failing }), step('domain', { after: ['deploy'] }), step('alone')]);
    expect(results(walked)).toEqual(['deploy: does not hold', 'domain: not begun', 'alone: holds']);
    expect(walked[1].said).toBe('it needs "deploy"');
  });

  test('says what the local AWS cannot show, and why', async () => {
    const [walked] = await run([step('job', { onlyOnAws: 'it runs no jobs' })], true);
    expect(walked).toMatchObject({ result: Result.NOT_HERE, said: 'it runs no jobs' });
    expect(played).toEqual([]);
  });

  test('plays what costs only if it is asked for, and says what it costs', async () => {
    const costly = step('firewall', { onlyWith: Extra.FIREWALL });
    const record = () => new AcceptanceRecord(join(folder, 'record.json'));
    const asking = (...extras: Extra[]) => walk([costly], { extras } as unknown as Scene, record(), false, () => {});
    const [{ result, said }] = await asking();
    expect([result, said]).toEqual([Result.NOT_ASKED, `--firewall: ${COSTS[Extra.FIREWALL]}`]);
    expect(played).toEqual([]);
    expect(results(await asking(Extra.FIREWALL))).toEqual(['firewall: holds']);
  });

  test('keeps the extras that the environment was made with, and takes no other', () => {
    const file = join(folder, 'extras.json');
    expect(extrasOf(file, [Extra.MLFLOW])).toEqual([Extra.MLFLOW]);
    expect(extrasOf(file, [])).toEqual([Extra.MLFLOW]);
    expect(() => extrasOf(file, [Extra.MLFLOW, Extra.FIREWALL])).toThrow(
      'An earlier run has begun without --firewall. Remove what it has made with --finish, and begin again.');
  });

  test('writes down each outcome at once', async () => {
    const seen: string[] = [];
    await run([step('deploy'), step('domain', { play: async () => { seen.push(readFileSync(join(folder, 'record.json'), 'utf8')); return 'seen'; } })]);
    expect(JSON.parse(seen[0])).toMatchObject({ deploy: { result: 'holds' } });
  });

  test('ends in a table that names no account, with the remedy of what did not hold', async () => {
    const walked = await run([step('deploy', { play: async () => { throw new Unmet('role of 123456789012 | refused'); } })]);
    expect(acceptanceTable(walked, 'eu-west-1').split('\n')).toEqual([
      'Acceptance in eu-west-1',
      '',
      '| step | result | seen | took | rests on |',
      '|---|---|---|---|---|',
      '| deploy | does not hold | role of <account> \\| refused | 0 s | [page](https://docs.aws.amazon.com/) |',
      '',
      '**deploy**: It works. Mend it',
      '',
      '0 hold, 1 do not, 0 cannot be tried here, 0 were not asked for, 0 were not begun',
    ]);
  });
});
