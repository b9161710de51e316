import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, dirname, join } from 'path';

const RELEASE = 'p-abc123/churn-models/1/null';
const [ENDPOINT, HOUR, UNTIL] = ['local', '2030/05/17/09', '2030-05-17T10:00:00Z'];

/** Cells as the data has them: numbers, texts, and nothing where there is no value. */
type Row = string[];

/** What the monitor found, by the metrics that it puts and the features that it names. */
export interface Found {
  readonly metrics: Record<string, number>;
  readonly features: string[];
}

/**
 * An endpoint whose requests and answers are captured: the model is asked over HTTP, and what it says is put where SageMaker
 * puts it. Baselines are where a release has them.
 */
export class Monitored {
  private readonly features: Row[];
  private readonly truth: string[];
  /** The first column of numbers, which a change of the data is about. */
  private readonly numeric: number;

  /**
   * @param trained what a run of the seed code has written
   * @param url where its model answers
   * @param run runs the monitor with words
   */
  constructor(
    trained: string, private readonly url: string, private readonly folder: string, private readonly run: (words: string[]) => Promise<string>,
  ) {
    const [, ...rows] = readFileSync(join(trained, 'data', 'test', 'test.csv'), 'utf8').trim().split('\n').map((line) => line.split(','));
    this.features = rows.map((row) => row.slice(0, -1));
    this.truth = rows.map((row) => row.at(-1)!);
    this.numeric = this.features[0].findIndex((_, at) => this.features.every((row) => !Number.isNaN(Number(row[at]))));
    const baselines = join(folder, 'releases', RELEASE, 'baselines');
    mkdirSync(baselines, { recursive: true });
    for (const file of readdirSync(join(trained, 'baseline'))) {
      cpSync(join(trained, 'baseline', file), join(baselines, `model-${file.startsWith('quality-') ? '' : 'data-quality-'}${basename(file)}`));
    }
  }

  /** Asks the model for each row of the test set by a request of its own, after a change of its features. */
  public async asked(change: (row: Row) => Row = (row) => row): Promise<void> {
    const lines: object[] = [];
    for (const [at, row] of this.features.map(change).entries()) {
      const answer = await fetch(`${this.url}/invocations`, { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: row.join(',') });
      const side = (mode: string, data: string) => ({ observedContentType: 'text/csv', mode, data, encoding: 'CSV' });
      lines.push({
        captureData: { endpointInput: side('INPUT', row.join(',')), endpointOutput: side('OUTPUT', await answer.text()) },
        eventMetadata: { eventId: `${at}`, inferenceTime: '2030-05-17T09:12:13Z' },
        eventVersion: '0',
      });
    }
    this.write(join('captures', RELEASE, ENDPOINT, 'AllTraffic', HOUR, '12-13-111.jsonl'), lines);
  }

  /** Tells what was true, after a change of it. */
  public told(change: (label: string) => string = (label) => label): void {
    this.write(join('ground-truth', HOUR, 'labels.jsonl'), this.truth.map((label, at) => ({
      groundTruthData: { data: `${change(label)}`, encoding: 'CSV' }, eventMetadata: { eventId: `${at}` }, eventVersion: '0',
    })));
  }

  /** The lowest label for the highest, and so on; of classes, another for each. */
  public readonly upsideDown = (label: string): string => {
    const numbers = this.truth.map(Number), classes = [...new Set(this.truth)].sort();
    return numbers.some(Number.isNaN) ? classes[(classes.indexOf(label) + 1) % classes.length] : `${Math.max(...numbers) + Math.min(...numbers) - Number(label)}`;
  };

  /** As far from where a feature is as its values are wide. */
  public readonly shifted = (row: Row): Row => {
    const values = this.features.map((one) => Number(one[this.numeric])).filter((_, at) => this.features[at][this.numeric] !== '');
    return row.map((cell, at) => (at === this.numeric && cell !== '' ? `${Number(cell) + Math.max(...values) - Math.min(...values)}` : cell));
  };

  /** Asks the monitor. */
  public async judged(check: string): Promise<Found> {
    const places = ['captures', 'releases', 'ground-truth', 'reports'].map((name) => `--${name}=file://${join(this.folder, name)}`);
    await this.run([`--check=${check}`, `--endpoint=${ENDPOINT}`, '--namespace=none', `--until=${UNTIL}`, ...places]);
    const read = (name: string): unknown => JSON.parse(readFileSync(join(this.folder, 'reports', check, '2030/05/17/10', `${name}.json`), 'utf8'));
    const { violations } = read('constraint_violations') as { violations: { feature_name: string }[] };
    return { metrics: read('metrics') as Record<string, number>, features: violations.map(({ feature_name }) => feature_name) };
  }

  private write(path: string, lines: object[]): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  }
}
